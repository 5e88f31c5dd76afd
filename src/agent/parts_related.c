/*
 * Which files of a change belong together: those that name what others of them
 * add or change, the pairs with the most such names first.
 */
#include "agent/parts.h"

#include <stdlib.h>

#include "agent/gather.h"
#include "rust/look.h"

#define NOWHERE UINT32_MAX
/* Names so short are anybody's. */
#define NAME_MIN 3

/* Which file a name comes from; a hash table, a power of two in size. */
struct home {
	struct span name;
	uint32_t file; /* NOWHERE: of several */
};

/* How often two files name each other. */
struct edge {
	uint32_t a, b, weight;
};

struct related {
	struct arena *arena;
	struct home *home;
	size_t homes; /* slots */
	struct edge *edge;
	size_t edges, used;
	uint32_t *group; /* union-find, by file */
	int64_t *tokens; /* of the group, at its root */
};

static uint64_t hash(const void *p, size_t n)
{
	const unsigned char *c = p;
	uint64_t h = 0xcbf29ce484222325; /* FNV-1a */

	while (n--)
		h = (h ^ *c++) * 0x100000001b3;
	return h;
}

static struct home *home_of(const struct related *r, struct span name)
{
	size_t at = (size_t)hash(name.ptr, name.len) & (r->homes - 1);

	while (r->home[at].name.ptr && !span_eq(r->home[at].name, name))
		at = (at + 1) & (r->homes - 1);
	return &r->home[at];
}

static size_t power_above(size_t n)
{
	size_t size = 16;

	while (size < 2 * n)
		size *= 2;
	return size;
}

static bool names_items(const struct code_file *f)
{
	return f->now && f->understood;
}

static bool counts(const struct code_file *f, const struct item *it)
{
	return it->name.len >= NAME_MIN && !(it->flags & ITEM_LOCAL) &&
	       it->kind != ITEM_USE && it->kind != ITEM_IMPL &&
	       f->line[it->line] & LINE_ADDED;
}

static void note_homes(struct related *r, const struct task_input *in)
{
	size_t n = 0;

	vec_each (struct code_file, f, &in->code.files)
		n += names_items(f) ? f->now->outline.count : 0;
	r->homes = power_above(n + 1);
	r->home = arena_array(r->arena, r->homes, sizeof(*r->home));
	vec_each (struct code_file, f, &in->code.files) {
		for (uint32_t i = 0;
		     names_items(f) && i < f->now->outline.count; i++) {
			const struct item *it = &f->now->outline.item[i];
			struct home *h;

			if (!counts(f, it))
				continue;
			h = home_of(r, it->name);
			if (!h->name.ptr)
				*h = (struct home){ it->name,
						    (uint32_t)f->index };
			else if (h->file != f->index)
				h->file = NOWHERE;
		}
	}
}

static void grow_edges(struct related *r)
{
	struct edge *old = r->edge;
	size_t n = r->edges;

	r->edges = power_above(r->used + 1) * 2;
	r->edge = arena_array(r->arena, r->edges, sizeof(*r->edge));
	for (size_t i = 0; i < n; i++) {
		size_t at;

		if (!old[i].weight)
			continue;
		at = (size_t)hash(&old[i].a, 2 * sizeof(uint32_t)) &
		     (r->edges - 1);
		while (r->edge[at].weight)
			at = (at + 1) & (r->edges - 1);
		r->edge[at] = old[i];
	}
}

static void add_edge(struct related *r, uint32_t from, uint32_t to)
{
	struct edge e = { from < to ? from : to, from < to ? to : from, 0 };
	size_t at;

	if (2 * (r->used + 1) > r->edges)
		grow_edges(r);
	at = (size_t)hash(&e.a, 2 * sizeof(uint32_t)) & (r->edges - 1);
	while (r->edge[at].weight &&
	       (r->edge[at].a != e.a || r->edge[at].b != e.b))
		at = (at + 1) & (r->edges - 1);
	r->used += !r->edge[at].weight;
	e.weight = r->edge[at].weight + 1;
	r->edge[at] = e;
}

/* Names on the added lines that are at home elsewhere. */
static void note_uses(struct related *r, const struct code_file *f)
{
	const struct source *s = f->now;

	for (uint32_t i = 0; i < s->lx.count; i++) {
		const struct token *t = &s->lx.tok[i];
		const struct home *h;

		if (t->kind != TOKEN_IDENT || t->len < NAME_MIN ||
		    !(f->line[t->line] & LINE_ADDED))
			continue;
		h = home_of(r,
			    (struct span){ s->lx.src.ptr + t->start, t->len });
		if (h->name.ptr && h->file != NOWHERE && h->file != f->index)
			add_edge(r, (uint32_t)f->index, h->file);
	}
}

static uint32_t root(uint32_t *group, uint32_t i)
{
	while (group[i] != i)
		i = group[i] = group[group[i]];
	return i;
}

static int by_weight(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static void join(struct related *r, const struct edge *e, int64_t most)
{
	uint32_t a = root(r->group, e->a), b = root(r->group, e->b);

	if (a == b || r->tokens[a] + r->tokens[b] > most)
		return;
	/* the first file names the group */
	r->group[a < b ? b : a] = a < b ? a : b;
	r->tokens[a < b ? a : b] = r->tokens[a] + r->tokens[b];
}

uint32_t *parts_related(struct arena *a, const struct task_input *in,
			const int64_t *tokens, int64_t most)
{
	size_t n = in->change.files.len;
	struct related r = { .arena = a };

	r.group = arena_array(a, n + 1, sizeof(*r.group));
	r.tokens = arena_array(a, n + 1, sizeof(*r.tokens));
	for (uint32_t i = 0; i < n; i++) {
		r.group[i] = i;
		r.tokens[i] = tokens[i];
	}
	note_homes(&r, in);
	grow_edges(&r);
	vec_each (struct code_file, f, &in->code.files)
		if (names_items(f))
			note_uses(&r, f);
	qsort(r.edge, r.edges, sizeof(*r.edge), by_weight);
	for (size_t i = 0; i < r.used; i++)
		join(&r, &r.edge[i], most);
	for (uint32_t i = 0; i < n; i++)
		r.group[i] = root(r.group, i);
	return r.group;
}
