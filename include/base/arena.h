/*
 * arena - memory that dies at once.
 *
 * Anything returned by pointer that is neither _init'ed nor _open'ed lives in
 * the arena that was passed in. Out of memory ends the process with one line.
 * Not for use from two threads at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct span;
struct arena_block;

/* Zero-initialised is empty and ready. */
struct arena {
	struct arena_block *head;
	size_t total; /* bytes asked of malloc, for reports */
};

/* Zeroed, aligned for any type. n may be 0. Never NULL. */
void *arena_alloc(struct arena *a, size_t n);
/* As arena_alloc(count * size); an overflow ends the process. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* NUL-terminated copies. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_cstr(struct arena *a, struct span s);
struct span arena_span(struct arena *a, struct span s);
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Free everything; the arena is empty and usable again. */
void arena_release(struct arena *a);
/* Forget everything but keep the newest block for re-use. */
void arena_reset(struct arena *a);

/* malloc and realloc for base/ itself: never return NULL. */
void *base_realloc(void *p, size_t n);
/* The same as a library's allocator, so that none of them goes on with less
 * than it was to hold. */
void *base_malloc(size_t n);
void *base_calloc(size_t count, size_t size);
char *base_strdup(const char *s);
void base_free(void *p);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
