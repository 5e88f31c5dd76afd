/* Facts that say the same, put together. */
#include <stdlib.h>

#include "agent/survey.h"
#include "base/arena.h"

#define NEAR 3

struct row {
	const struct survey_fact *fact;
	unsigned distance;
};

static int order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int by_words(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int c = order(a->fact->name, b->fact->name);

	if (!c)
		c = order(a->fact->detail, b->fact->detail);
	if (!c)
		c = (a->distance > b->distance) - (a->distance < b->distance);
	if (!c)
		c = (a->fact->file > b->fact->file) -
		    (a->fact->file < b->fact->file);
	return c ? c
		 : (a->fact->line > b->fact->line) -
			       (a->fact->line < b->fact->line);
}

static int by_nearness(const void *x, const void *y)
{
	const struct survey_group *a = x, *b = y;

	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return order(a->name, b->name);
}

static void add(struct survey_groups *out, struct arena *a, const struct row *r)
{
	struct survey_group *g =
		out->rows.len ? &out->rows.ptr[out->rows.len - 1] : NULL;
	const struct survey_fact *last;

	if (!g || !span_eq(g->name, r->fact->name) ||
	    !span_eq(g->detail, r->fact->detail)) {
		g = vec_push(&out->rows, a);
		g->kind = r->fact->kind;
		g->name = r->fact->name;
		g->detail = r->fact->detail;
		g->distance = r->distance;
	}
	g->count++;
	/* one place a line */
	last = g->nears ? g->near[g->nears - 1] : NULL;
	if (g->nears < NEAR && (!last || last->file != r->fact->file ||
				last->line != r->fact->line))
		g->near[g->nears++] = r->fact;
}

/* Rows of a group stand by file: count where it changes. */
static void count_files(struct survey_groups *out, const struct row *r,
			size_t n)
{
	struct survey_group *g = out->rows.ptr;
	uint32_t in_group = 0;

	for (size_t i = 0; i < n; i++) {
		if (in_group == g->count) {
			g++;
			in_group = 0;
		}
		if (!in_group || r[i].fact->file != r[i - 1].fact->file)
			g->files++;
		in_group++;
	}
}

void survey_group(struct survey_groups *out, struct arena *a,
		  const struct survey *s, enum census_kind kind)
{
	struct row *r = arena_array(a, s->facts.len, sizeof(*r));
	uint32_t from = s->closest ? s->closest->item->file : SURVEY_NONE;
	size_t n = 0;

	vec_each (const struct survey_fact, f, &s->facts)
		if (f->kind == kind) {
			r[n].fact = f;
			r[n++].distance = survey_distance(s, f->file, from);
		}
	if (!n)
		return;
	qsort(r, n, sizeof(*r), by_words);
	for (size_t i = 0; i < n; i++)
		add(out, a, &r[i]);
	count_files(out, r, n);
	qsort(out->rows.ptr, out->rows.len, sizeof(*out->rows.ptr),
	      by_nearness);
}
