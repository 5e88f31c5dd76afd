/*
 * path_index - which row of a list has a path: a hash table, so that many
 * files are looked up in the time that they take to read.
 */
#ifndef BASE_PATH_INDEX_H
#define BASE_PATH_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

#define PATH_NONE ((size_t)-1)

/* Zero-initialise; lives in the arena that it is given, paths are borrowed. */
struct path_index {
	struct path_slot *slots;
	size_t size, used;
};

/* The row of a path; PATH_NONE when there is none. */
size_t path_index_find(const struct path_index *x, struct span path);
/* Of a path that is there already the first row stays. */
void path_index_add(struct path_index *x, struct arena *a, struct span path,
		    size_t row);

#endif
