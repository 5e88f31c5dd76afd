/*
 * vec.h - growing arrays that live in an arena.
 *
 *	VEC(struct hunk) hunks = { 0 };
 *	*vec_push(&hunks, arena) = h;
 *	vec_each(struct hunk, h, &hunks) use(h);
 *
 * Growth doubles and leaves the old array to the arena.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <string.h>

#include "base/arena.h"

#define VEC(type)                \
	struct {                 \
		type *ptr;       \
		size_t len, cap; \
	}

/* Room for one more; its address is the value. Zeroed, unless len was made
 * smaller before. */
#define vec_push(v, a)                                                      \
	((v)->len == (v)->cap                                               \
		 ? ((v)->ptr = vec_grow((a), (v)->ptr, (v)->len, &(v)->cap, \
					sizeof(*(v)->ptr)),                 \
		    &(v)->ptr[(v)->len++])                                  \
		 : &(v)->ptr[(v)->len++])

#define vec_each(type, it, v) \
	for (type *it = (v)->ptr; it && it < (v)->ptr + (v)->len; it++)

static inline void *vec_grow(struct arena *a, void *old, size_t len,
			     size_t *cap, size_t size)
{
	size_t n = *cap ? *cap * 2 : 8;
	void *p = arena_array(a, n, size);

	if (len)
		memcpy(p, old, len * size);
	*cap = n;
	return p;
}

#endif
