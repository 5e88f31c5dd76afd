#include "agent/ground.h"

#include <stdlib.h>
#include <string.h>

#include "agent/ground_parts.h"
#include "core/report.h"

/* Of GROUND_WORK, for what is only said. */
#define SPARE (GROUND_WORK / 4)

static void read_section(struct ground *g, unsigned section)
{
	struct remarks list = { 0 };

	remark_read(&list, g->arena, g->report->sections.ptr[section].text,
		    section);
	vec_each (struct remark, rm, &list.rows) {
		struct grounded *row = vec_push(&g->rows, g->arena);

		row->remark = *rm;
		row->path = rm->finding.path;
		row->line = rm->finding.line;
		ground_look(g, row);
	}
}

/* ---- findings that repeat another's place */

/* A place as it was written, and what it turned out to be. */
struct known {
	const struct grounded *row;
	bool torn; /* it turned out to be several */
};

static int by_place(const void *x, const void *y)
{
	const struct grounded *a = ((const struct known *)x)->row;
	const struct grounded *b = ((const struct known *)y)->row;
	size_t n = a->path.len < b->path.len ? a->path.len : b->path.len;
	int c = n ? memcmp(a->path.ptr, b->path.ptr, n) : 0;

	if (!c)
		c = (a->path.len > b->path.len) - (a->path.len < b->path.len);
	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	return c;
}

/* Of one place what was found comes first. */
static int by_place_and_check(const void *x, const void *y)
{
	const struct known *a = x, *b = y;
	int c = by_place(x, y);

	return c ? c
		 : (int)a->row->remark.finding.check -
			       (int)b->row->remark.finding.check;
}

static bool same_outcome(const struct finding *a, const struct finding *b)
{
	return a->check != FINDING_VERIFIED || b->check != FINDING_VERIFIED ||
	       (a->line == b->line && a->old == b->old &&
		span_eq(a->path, b->path));
}

/* One row for each place; returns how many. */
static size_t join_places(struct known *known, size_t n)
{
	size_t kept = 0;

	qsort(known, n, sizeof(*known), by_place_and_check);
	for (size_t i = 0; i < n; i++) {
		if (kept && !by_place(&known[kept - 1], &known[i]))
			known[kept - 1].torn |= !same_outcome(
				&known[kept - 1].row->remark.finding,
				&known[i].row->remark.finding);
		else
			known[kept++] = known[i];
	}
	return kept;
}

/* Its place is where the other's is; what is wrong with that is said too. */
static void repeat(struct grounded *row, const struct grounded *of)
{
	struct finding *f = &row->remark.finding;
	const struct finding *known = &of->remark.finding;

	f->path = known->path;
	f->line = known->line;
	f->old = known->old;
	row->write_path = of->write_path;
	if (known->check != FINDING_VERIFIED)
		f->check = known->check;
}

/* What was left unchecked has the place of one that was written alike. */
static void share_places(struct ground *g)
{
	struct known *known, *of, key = { 0 };
	size_t n = 0;

	known = arena_array(g->arena, g->rows.len, sizeof(*known));
	vec_each (struct grounded, row, &g->rows)
		if (row->path.len &&
		    row->remark.finding.check != FINDING_UNCHECKED)
			known[n++].row = row;
	if (!n)
		return;
	n = join_places(known, n);
	vec_each (struct grounded, row, &g->rows) {
		if (!row->path.len ||
		    row->remark.finding.check != FINDING_UNCHECKED)
			continue;
		key.row = row;
		of = bsearch(&key, known, n, sizeof(*known), by_place);
		if (of && !of->torn)
			repeat(row, of->row);
	}
}

static void write_sections(struct ground *g)
{
	size_t from = 0, to;

	for (unsigned i = 0; i < g->report->sections.len; i++) {
		struct section *s = &g->report->sections.ptr[i];

		for (to = from; to < g->rows.len &&
				g->rows.ptr[to].remark.finding.section == i;)
			to++;
		if (to > from)
			s->text = ground_write(g, s->text, from, to);
		from = to;
	}
}

void ground_report(struct report *r, struct arena *a,
		   const struct task_input *in)
{
	struct ground g = { .report = r,
			    .arena = a,
			    .in = in,
			    .work = GROUND_WORK - SPARE,
			    .spare = SPARE };

	shown_read(&g.shown, a, in);
	claims_open(&g.claims);
	for (unsigned i = 0; i < r->sections.len; i++)
		read_section(&g, i);
	share_places(&g);
	write_sections(&g);
	memset(&r->findings, 0, sizeof(r->findings));
	vec_each (struct grounded, row, &g.rows)
		*vec_push(&r->findings, a) = row->remark.finding;
	claims_close(&g.claims);
	shown_release(&g.shown);
	arena_release(&g.scratch);
}
