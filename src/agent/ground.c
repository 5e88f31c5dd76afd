#include "agent/ground.h"

#include <stdlib.h>
#include <string.h>

#include "agent/fix.h"
#include "agent/gather.h"
#include "agent/ground_parts.h"
#include "agent/task.h"
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

/* ---- places as they were written */

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
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
	const struct place *a = x, *b = y;
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

/* One row for each place. */
static void join_places(struct ground *g)
{
	struct place *p = g->places;
	size_t n = 0;

	if (g->places_len)
		qsort(p, g->places_len, sizeof(*p), by_place_and_check);
	for (size_t i = 0; i < g->places_len; i++) {
		if (n && !by_place(&p[n - 1], &p[i]))
			p[n - 1].torn |=
				!same_outcome(&p[n - 1].row->remark.finding,
					      &p[i].row->remark.finding);
		else
			p[n++] = p[i];
	}
	g->places_len = n;
}

static void list_places(struct ground *g)
{
	g->places = arena_array(g->arena, g->rows.len, sizeof(*g->places));
	vec_each (struct grounded, row, &g->rows)
		if (row->path.len &&
		    row->remark.finding.check != FINDING_UNCHECKED)
			g->places[g->places_len++] =
				(struct place){ row->path, row->line, row,
						false };
	join_places(g);
}

const struct grounded *ground_place(const struct ground *g, struct span path,
				    uint32_t line)
{
	const struct place key = { path, line, NULL, false }, *found;

	if (!g->places_len)
		return NULL;
	found = bsearch(&key, g->places, g->places_len, sizeof(key), by_place);
	return found && !found->torn ? found->row : NULL;
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
	vec_each (struct grounded, row, &g->rows) {
		const struct grounded *of =
			ground_place(g, row->path, row->line);

		if (of && row->remark.finding.check == FINDING_UNCHECKED)
			repeat(row, of);
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
		if (g->rows.len && s->text.len)
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
	list_places(&g);
	share_places(&g);
	if (in->task != &task_design)
		fixes_read(&g);
	write_sections(&g);
	memset(&r->findings, 0, sizeof(r->findings));
	vec_each (struct grounded, row, &g.rows)
		*vec_push(&r->findings, a) = row->remark.finding;
	claims_close(&g.claims);
	shown_release(&g.shown);
	arena_release(&g.scratch);
}
