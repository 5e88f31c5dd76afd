#include "agent/page.h"

#include <stdlib.h>
#include <string.h>

#include "core/change.h"

/* Longer files have no items that are read. */
#define LINES_MAX (4u << 20)

struct page *page_of(struct pages *p, struct span path)
{
	size_t row = path_index_find(&p->by_path, path);
	struct page *new;

	if (row != PATH_NONE)
		return p->rows.ptr[row];
	new = arena_new(p->arena, struct page);
	new->path = path;
	path_index_add(&p->by_path, p->arena, path, p->rows.len);
	*vec_push(&p->rows, p->arena) = new;
	return new;
}

bool page_has(const struct page *p, uint32_t line)
{
	return line < p->size && p->seen[line];
}

static void see(struct pages *p, struct page *page, uint32_t line)
{
	uint32_t size = page->size ? page->size : 1024;
	uint8_t *seen;

	if (line >= LINES_MAX)
		return;
	while (size <= line)
		size *= 2;
	if (size > page->size) {
		seen = arena_alloc(p->arena, size);
		if (page->size)
			memcpy(seen, page->seen, page->size);
		page->seen = seen;
		page->size = size;
	}
	page->seen[line] = 1;
}

void page_show(struct pages *p, const struct file_change *f)
{
	struct page *page = page_of(p, f->path);

	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin != '-')
				see(p, page, l->new_no);
}

size_t piece_cost(const struct piece *piece)
{
	size_t cost = 0;

	vec_each (struct excerpt, e, &piece->lines) {
		struct span rest = e->text, line;
		uint32_t n = e->line;

		for (; n < LINES_MAX && text_line(&rest, &line); n++)
			if (!page_has(piece->page, n))
				cost += line.len + PAGE_MARGIN;
	}
	return cost;
}

bool piece_take(struct pages *p, const struct piece *piece)
{
	struct page *page = piece->page;
	size_t before = page->bytes;

	if (piece_cost(piece) > p->most - p->bytes)
		return false;
	vec_each (struct excerpt, e, &piece->lines) {
		struct span rest = e->text, line;
		uint32_t n = e->line;

		for (; n < LINES_MAX && text_line(&rest, &line); n++) {
			if (page_has(page, n))
				continue;
			see(p, page, n);
			page->bytes += line.len + PAGE_MARGIN;
			*vec_push(&page->lines, p->arena) =
				(struct page_line){ n, line };
		}
	}
	p->bytes += page->bytes - before;
	return true;
}

static int by_number(const void *x, const void *y)
{
	const struct page_line *a = x, *b = y;

	return (a->number > b->number) - (a->number < b->number);
}

void pages_close(struct pages *p)
{
	size_t n = 0;

	vec_each (struct page *, row, &p->rows) {
		struct page *page = *row;

		if (!page->lines.len)
			continue;
		qsort(page->lines.ptr, page->lines.len,
		      sizeof(*page->lines.ptr), by_number);
		p->rows.ptr[n++] = page;
	}
	p->rows.len = n;
}
