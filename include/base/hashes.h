/*
 * hashes - a bag of hashes: pushed, sorted once, then asked.
 */
#ifndef BASE_HASHES_H
#define BASE_HASHES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct hashes {
	VEC(uint64_t) rows;
};

void hashes_sort(struct hashes *h);
/* How often is the value in it? Sorted, for this and the next. */
size_t hashes_count(const struct hashes *h, uint64_t value);
bool hashes_has(const struct hashes *h, uint64_t value);
/* Is each value of these in those, or (each: as often)? Both sorted. */
bool hashes_within(const struct hashes *these, const struct hashes *those,
		   bool each);

#endif
