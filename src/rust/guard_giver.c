/*
 * Functions that return guards, over the files of a change. A name is no
 * evidence, since many types have a lock(): the type that the function belongs
 * to, or the function itself, must be imported by name where it is called.
 */
#include <stdlib.h>

#include "rust/guard_parts.h"

static struct span owner_of(const struct outline *o, uint32_t item)
{
	uint32_t i = outline_owner(o, item);

	return i == OUTLINE_NONE ? (struct span){ 0 } : o->item[i].name;
}

static void collect(struct guard_givers *out, struct arena *a,
		    const struct source *s)
{
	struct guard_file f = { .s = s, .arena = a };

	guard_file_read(&f);
	/* none of its fns returns a guard */
	if (!f.givers.len)
		return;
	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];
		struct guard_given *g;

		if (it->kind != ITEM_FN)
			continue;
		g = vec_push(&out->row, a);
		*g = (struct guard_given){ .name = it->name,
					   .owner = owner_of(&s->outline, i),
					   .kind = -1 };
		g->kind = guard_returned(&f, it, &g->of);
	}
}

static int by_name(const void *x, const void *y)
{
	const struct guard_given *a = x, *b = y;
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int c = n ? memcmp(a->name.ptr, b->name.ptr, n) : 0;

	return c ? c
		 : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

void guard_givers_find(struct guard_givers *out, struct arena *a,
		       const struct source *const *s, size_t n)
{
	*out = (struct guard_givers){ 0 };
	for (size_t i = 0; i < n; i++)
		if (!(s[i]->tree.flags & TREE_DEEP))
			collect(out, a, s[i]);
	if (out->row.len)
		qsort(out->row.ptr, out->row.len, sizeof(*out->row.ptr),
		      by_name);
}

/* The first row of a name. */
static const struct guard_given *first_of(const struct guard_givers *in,
					  struct span name)
{
	struct guard_given key = { .name = name };
	size_t from = 0, to = in->row.len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (by_name(&in->row.ptr[mid], &key) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return in->row.ptr + from;
}

static bool defines(const struct source *s, struct span name)
{
	for (uint32_t i = 0; i < s->outline.count; i++)
		if (s->outline.item[i].kind == ITEM_FN &&
		    span_eq(s->outline.item[i].name, name))
			return true;
	return false;
}

int guard_given(const struct source *s, uint32_t i, const char **of)
{
	const struct guard_givers *in = s->givers;
	struct span name = lexer_word(&s->lx, i);
	const struct guard_given *g, *end;
	int kind = -1;

	if (!in || !in->row.len)
		return -1;
	end = in->row.ptr + in->row.len;
	for (g = first_of(in, name); g < end && span_eq(g->name, name); g++) {
		if (!import_path(&s->imports, &s->outline,
				 g->owner.len ? g->owner : name, i)
			     .len)
			continue;
		if (g->kind < 0 || (kind >= 0 && kind != g->kind))
			return -1;
		kind = g->kind;
		*of = g->of;
	}
	return kind >= 0 && !defines(s, name) ? kind : -1;
}
