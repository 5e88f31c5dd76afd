/*
 * hashes - a bag of hashes: pushed, sorted once, then asked.
 */
#ifndef BASE_HASHES_H
#define BASE_HASHES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"

/* A running hash of words and numbers; not for hostile tables. */
#define HASH_START 14695981039346656037u

static inline uint64_t hash_add(uint64_t h, uint64_t x)
{
	h = (h ^ x) * 0x9e3779b97f4a7c15u;
	return h ^ (h >> 29);
}

static inline uint64_t hash_span(uint64_t h, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
	return hash_add(h, s.len);
}

struct hashes {
	VEC(uint64_t) rows;
};

void hashes_sort(struct hashes *h);
/* How often is the value in it? Sorted, for this and the next. */
size_t hashes_count(const struct hashes *h, uint64_t value);
bool hashes_has(const struct hashes *h, uint64_t value);
/* How many values of these pair off with one of those? Both sorted. */
size_t hashes_shared(const struct hashes *these, const struct hashes *those);
/* Is each value of these in those, or (each: as often)? Both sorted. */
bool hashes_within(const struct hashes *these, const struct hashes *those,
		   bool each);

#endif
