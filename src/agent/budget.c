#include "agent/budget.h"

#include <stdlib.h>

#include "agent/gather.h"
#include "agent/risk.h"
#include "base/buf.h"
#include "llm/models.h"

/* How good a place to cut a line is, smaller is better: the depth of the item
 * that begins there; behind a blank line; any other. */
#define CUT_DEEPEST 200
#define CUT_BLANK 201
#define CUT_ANY 202

struct measure {
	struct chunks *out;
	struct arena *arena;
	const struct task_input *in;
	const struct model *model;
	const struct risk_file *risk;
	int64_t most;
	struct buf line;
	/* of the file that is measured */
	uint32_t file;
	size_t code;	    /* files before this row of code.files are done */
	const uint8_t *cut; /* by line of the new side; NULL: not known */
	uint32_t cut_lines;
};

int64_t budget_file(const struct task_input *in, uint32_t file,
		    const struct model *m)
{
	return BUDGET_FENCES +
	       model_text_tokens(m, in->change.files.ptr[file].path);
}

/* As agent/margin writes it. */
static int64_t line_tokens(struct measure *m, const struct diff_line *l)
{
	buf_reset(&m->line);
	buf_addf(&m->line, "%5u %c ", l->origin == '-' ? l->old_no : l->new_no,
		 l->origin);
	text_visible(&m->line, l->text);
	buf_addc(&m->line, '\n');
	if (l->no_newline)
		buf_adds(&m->line,
			 "      \\ no newline at the end of the file\n");
	return model_text_tokens(m->model, buf_span(&m->line));
}

static int64_t head_tokens(struct measure *m, const struct hunk *h)
{
	buf_reset(&m->line);
	buf_addf(&m->line, "@@ -%u,%u +%u,%u @@ ", h->old_start, h->old_lines,
		 h->new_start, h->new_lines);
	text_visible_line(&m->line, h->heading);
	return model_text_tokens(m->model, buf_span(&m->line)) + 1;
}

/* The depth of the outermost item that begins on each line. */
static void read_cuts(struct measure *m)
{
	const struct code *code = &m->in->code;
	const struct source *s = NULL;
	uint8_t *cut, *depth;

	m->cut = NULL;
	m->cut_lines = 0;
	while (m->code < code->files.len &&
	       code->files.ptr[m->code].index < m->file)
		m->code++;
	if (m->code < code->files.len &&
	    code->files.ptr[m->code].index == m->file)
		s = code->files.ptr[m->code].now;
	if (!s || s->lx.flags & LEXER_LIMIT)
		return;
	m->cut_lines = s->lx.lines;
	cut = arena_alloc(m->arena, (size_t)m->cut_lines + 2);
	depth = arena_alloc(m->arena, s->outline.count + 1);
	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];
		uint32_t up = it->parent;

		depth[i] = up == OUTLINE_NONE	     ? 1
			   : depth[up] < CUT_DEEPEST ? depth[up] + 1
						     : CUT_DEEPEST;
		if (!cut[it->lead_line] || depth[i] < cut[it->lead_line])
			cut[it->lead_line] = depth[i];
	}
	m->cut = cut;
}

static unsigned cut_before(const struct measure *m, const struct diff_line *l)
{
	if (l->new_no && l->new_no <= m->cut_lines && m->cut[l->new_no])
		return m->cut[l->new_no];
	return span_trim(l[-1].text).len ? CUT_ANY : CUT_BLANK;
}

/* Where to cut lines [from, end): in the second half, at the best place, the
 * last of equal ones. */
static uint32_t choose_cut(const struct measure *m, const struct hunk *h,
			   uint32_t from, uint32_t end)
{
	uint32_t best = end;
	unsigned least = CUT_ANY;

	for (uint32_t i = end; i > from + (end - from) / 2; i--) {
		unsigned c = cut_before(m, &h->lines.ptr[i]);

		if (c < least) {
			least = c;
			best = i;
		}
	}
	return best;
}

static void add_chunk(struct measure *m, uint32_t hunk, uint32_t first,
		      uint32_t end, int64_t tokens)
{
	const struct hunk *h =
		&m->in->change.files.ptr[m->file].hunks.ptr[hunk];
	struct chunk *c = vec_push(&m->out->rows, m->arena);

	*c = (struct chunk){
		.file = m->file,
		.hunk = hunk,
		.first = first,
		.lines = end - first,
		.tokens = tokens,
		.risk = risk_of(&m->risk[m->file], h->lines.ptr + first,
				end - first),
	};
}

/* A line that alone is too long stands alone, and is left out later. */
static void measure_hunk(struct measure *m, uint32_t hunk)
{
	const struct hunk *h =
		&m->in->change.files.ptr[m->file].hunks.ptr[hunk];
	int64_t head = head_tokens(m, h), sum = head, cost;
	uint32_t first = 0, n = (uint32_t)h->lines.len;
	int64_t *upto = arena_array(m->arena, (size_t)n + 1, sizeof(*upto));

	for (uint32_t i = 0; i < n; i++) {
		cost = line_tokens(m, &h->lines.ptr[i]);
		upto[i + 1] = upto[i] + cost;
		while (sum + cost > m->most && i > first) {
			uint32_t cut = choose_cut(m, h, first, i);

			add_chunk(m, hunk, first, cut,
				  head + upto[cut] - upto[first]);
			first = cut;
			sum = head + upto[i] - upto[first];
		}
		sum += cost;
	}
	add_chunk(m, hunk, first, n, head + upto[n] - upto[first]);
}

void budget_measure(struct chunks *out, struct arena *a,
		    const struct task_input *in, const struct model *model,
		    int64_t most)
{
	struct measure m = { .out = out,
			     .arena = a,
			     .in = in,
			     .model = model,
			     .risk = risk_read(a, in) };

	for (size_t i = 0; i < in->change.files.len; i++) {
		const struct file_change *f = &in->change.files.ptr[i];

		if (in->covers.ptr[i].state != COVER_FULL)
			continue;
		m.file = (uint32_t)i;
		m.most = most - budget_file(in, m.file, model);
		read_cuts(&m);
		for (uint32_t k = 0; k < f->hunks.len; k++)
			measure_hunk(&m, k);
	}
	buf_release(&m.line);
}

/* The riskier first, then as they stand. */
static int by_risk(const void *x, const void *y)
{
	const struct chunk *a = *(struct chunk *const *)x,
			   *b = *(struct chunk *const *)y;

	if (a->risk != b->risk)
		return a->risk > b->risk ? -1 : 1;
	return a < b ? -1 : a > b;
}

/* One more piece, if it fits; its file is paid for with the first. */
static bool take(struct chunk *c, const struct task_input *in, bool *begun,
		 int64_t *room, int64_t most)
{
	int64_t file = begun[c->file] ? 0 : budget_file(in, c->file, NULL);

	if (c->tokens > most || c->tokens + file > *room)
		return false;
	*room -= c->tokens + file;
	begun[c->file] = true;
	c->part = 0;
	return true;
}

struct chunk **budget_by_risk(struct chunks *c, struct arena *a)
{
	struct chunk **order = arena_array(a, c->rows.len + 1, sizeof(*order));

	for (size_t i = 0; i < c->rows.len; i++)
		order[i] = &c->rows.ptr[i];
	qsort(order, c->rows.len, sizeof(struct chunk *), by_risk);
	return order;
}

void budget_choose(struct chunks *c, struct arena *a,
		   const struct task_input *in, int64_t room)
{
	size_t n = c->rows.len, files = in->change.files.len + 1;
	struct chunk **order = budget_by_risk(c, a);
	bool *begun = arena_array(a, files, sizeof(*begun));
	int64_t floor = room / (int64_t)(2 * files);

	for (size_t i = 0; i < n; i++)
		order[i]->part = PART_NONE;
	for (size_t i = 0; i < n; i++)
		if (!begun[order[i]->file])
			take(order[i], in, begun, &room, floor);
	for (size_t i = 0; i < n; i++)
		if (order[i]->part == PART_NONE)
			take(order[i], in, begun, &room, INT64_MAX);
}
