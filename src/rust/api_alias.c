/*
 * The aliases of a change's files, sorted by name. Names are not resolved: one
 * that two modules have stands for nothing.
 */
#include <stdlib.h>

#include "rust/apidiff_parts.h"

/* Longer ones are not followed. */
#define ALIAS_TOKENS 256

static int by_name(const void *x, const void *y)
{
	const struct api_alias *a = x, *b = y;

	return (a->name > b->name) - (a->name < b->name);
}

static bool of_module(const struct source *s, const struct item *it)
{
	uint32_t up = it->parent;

	return !(it->flags & ITEM_LOCAL) &&
	       (up == OUTLINE_NONE || s->outline.item[up].kind == ITEM_MOD);
}

/* `type` name `=` … `;` */
static void add(struct api_aliases *out, struct arena *a,
		const struct source *s, const struct item *it)
{
	if (it->kind != ITEM_TYPE || !of_module(s, it) ||
	    look_kind(s, it->key + 2) != TOKEN_EQ ||
	    look_kind(s, it->last) != TOKEN_SEMI ||
	    it->last - it->key > ALIAS_TOKENS)
		return;
	*vec_push(&out->rows, a) =
		(struct api_alias){ .name = hash_span(HASH_START, it->name),
				    .s = s,
				    .from = it->key + 3,
				    .to = it->last };
}

void api_aliases_read(struct api_aliases *out, struct arena *a,
		      const struct rule_file *file, size_t files, bool now)
{
	size_t n;

	for (size_t f = 0; f < files; f++) {
		const struct source *s = now ? file[f].now : file[f].was;

		for (uint32_t i = 0; s && i < s->outline.count; i++)
			add(out, a, s, &s->outline.item[i]);
	}
	n = out->rows.len;
	if (n > 1)
		qsort(out->rows.ptr, n, sizeof(*out->rows.ptr), by_name);
	for (size_t i = 1; i < n; i++) {
		struct api_alias *row = &out->rows.ptr[i];

		if (row[-1].name == row->name) {
			row[-1].to = row[-1].from;
			row->to = row->from;
		}
	}
}

const struct api_alias *api_alias_find(const struct api_aliases *aliases,
				       uint64_t name)
{
	struct api_alias key = { .name = name }, *row;

	if (!aliases || !aliases->rows.len)
		return NULL;
	row = bsearch(&key, aliases->rows.ptr, aliases->rows.len, sizeof(*row),
		      by_name);
	return row && row->from < row->to ? row : NULL;
}
