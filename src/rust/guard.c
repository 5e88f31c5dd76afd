/*
 * One walk over the tokens: whatever takes a guard is placed, then followed.
 */
#include "rust/guard.h"

#include <stdlib.h>

#include "rust/guard_parts.h"

/* A guard that goes from name to name is followed no further. */
#define RENAMES_MAX 3

/* Words without which a file has no guard to look for. */
static bool worth_it(const struct source *s)
{
	for (uint32_t i = 0; i < s->lx.count; i++)
		if (guard_awaits(s, i))
			return true;
	return false;
}

/* Room for one more around token i? Then *slot is where its end goes. */
static bool room(struct guard_file *f, uint32_t i, uint32_t **slot)
{
	for (size_t k = 0; k < GUARD_NESTED; k++)
		if (f->alive[k] <= i) {
			*slot = &f->alive[k];
			return true;
		}
	return false;
}

static void look_at(struct guard_file *f, uint32_t i)
{
	struct guards *out = f->out;
	struct guard_taken t;
	size_t row = out->row.len;
	uint32_t *slot;
	struct guard g;
	bool yes;

	if (!room(f, i, &slot))
		return;
	if (look_kind(f->s, i + 1) == TOKEN_LESS)
		yes = guard_declared_at(&g, f, i);
	else
		yes = (guard_taken_at(&t, f, i) && guard_place(&g, f, &t)) ||
		      (guard_helped_at(&t, f, i) && guard_place(&g, f, &t));
	if (!yes)
		return;
	*slot = g.end;
	*vec_push(&out->row, f->arena) = g;
	for (size_t n = 0; row < out->row.len && n <= RENAMES_MAX; n++)
		guard_live(f, row++);
	out->row.len = row;
}

static int by_call(const void *x, const void *y)
{
	const struct guard *a = x, *b = y;

	if (a->call != b->call)
		return a->call < b->call ? -1 : 1;
	return (a->name > b->name) - (a->name < b->name);
}

void guards_find(struct guards *out, struct arena *a, const struct source *s,
		 unsigned kinds)
{
	struct guard_file f = {
		.s = s, .arena = a, .kinds = kinds, .out = out
	};

	*out = (struct guards){ 0 };
	if (s->tree.flags & TREE_DEEP || !worth_it(s))
		return;
	guard_file_read(&f);
	for (uint32_t i = 0; i < s->lx.count; i++)
		if (look_kind(s, i) == TOKEN_IDENT &&
		    (look_kind(s, i + 1) == TOKEN_OPEN_PAREN ||
		     look_kind(s, i + 1) == TOKEN_LESS) &&
		    !(s->context.flags[i] & CONTEXT_MACRO_DEF))
			look_at(&f, i);
	if (out->row.len)
		qsort(out->row.ptr, out->row.len, sizeof(*out->row.ptr),
		      by_call);
}
