#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define BLOCK_MIN 4096
#define BLOCK_MAX (256 * 1024)
#define ALIGN alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	size_t used, cap;
	alignas(max_align_t) char data[];
};

static _Noreturn void out_of_memory(size_t n)
{
	fprintf(stderr,
		"architect: out of memory (%zu bytes asked): raise the limit "
		"(ulimit -v) or review less at once\n",
		n);
	_Exit(70);
}

void *base_realloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		out_of_memory(n);
	return p;
}

void *base_malloc(size_t n)
{
	return base_realloc(NULL, n);
}

void *base_calloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (!p)
		out_of_memory(size);
	return p;
}

char *base_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(base_malloc(n), s, n);
}

void base_free(void *p)
{
	free(p);
}

static void grow(struct arena *a, size_t n)
{
	struct arena_block *b;
	size_t cap = a->head ? a->head->cap * 2 : BLOCK_MIN;

	if (cap > BLOCK_MAX)
		cap = BLOCK_MAX;
	if (cap < n)
		cap = n;
	b = base_realloc(NULL, sizeof(*b) + cap);
	b->used = 0;
	b->cap = cap;
	b->next = a->head;
	a->head = b;
	a->total += cap;
}

void *arena_alloc(struct arena *a, size_t n)
{
	void *p;

	if (n > SIZE_MAX / 2)
		out_of_memory(n);
	n = (n + ALIGN - 1) & ~(ALIGN - 1);
	if (!a->head || a->head->cap - a->head->used < n)
		grow(a, n);
	p = a->head->data + a->head->used;
	a->head->used += n;
	memset(p, 0, n);
	return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		out_of_memory(SIZE_MAX);
	return arena_alloc(a, count * size);
}

char *arena_cstr(struct arena *a, struct span s)
{
	char *p = arena_alloc(a, s.len + 1);

	if (s.len)
		memcpy(p, s.ptr, s.len);
	return p;
}

struct span arena_span(struct arena *a, struct span s)
{
	return (struct span){ arena_cstr(a, s), s.len };
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_cstr(a, span_of(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_alloc(a, (n < 0 ? 0 : (size_t)n) + 1);
	if (n > 0)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void arena_release(struct arena *a)
{
	while (a->head) {
		struct arena_block *next = a->head->next;

		free(a->head);
		a->head = next;
	}
	a->total = 0;
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = a->head;
	struct arena rest;

	if (!keep)
		return;
	rest.head = keep->next;
	arena_release(&rest);
	keep->next = NULL;
	keep->used = 0;
	a->total = keep->cap;
}
