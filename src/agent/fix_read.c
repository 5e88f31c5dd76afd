/* Code examples of a model's reply, and the findings that they are for. */
#include <ctype.h>
#include <string.h>

#include "agent/fix.h"
#include "agent/fix_parts.h"
#include "agent/gather.h"
#include "agent/ground_parts.h"
#include "base/buf.h"
#include "base/markdown.h"
#include "core/report.h"

/* Examples that are read, and bytes of them and of their files. */
#define EXAMPLES_MAX 200u
#define WORK_MAX ((size_t)16 << 20)
/* A finding this near a place is what is spoken of. */
#define NEAR 3u

struct reading {
	struct ground *g;
	size_t left, work;
	/* Of the last line that may name a place; no path: it names none. */
	struct span path;
	uint32_t no;
	size_t row; /* the first finding whose item has not ended */
	unsigned section;
};

/* ---- which finding */

static bool path_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
	       (c && strchr("._-/+@", c));
}

/* The first "path:12" of a line. */
static bool find_place(struct span line, struct span *path, uint32_t *no)
{
	for (size_t i = 1; i + 1 < line.len; i++) {
		size_t from = i, n = i + 1;

		if (line.ptr[i] != ':' ||
		    !isdigit((unsigned char)line.ptr[i + 1]))
			continue;
		while (from && path_byte(line.ptr[from - 1]))
			from--;
		if (from == i)
			continue;
		*path = (struct span){ line.ptr + from, i - from };
		for (*no = 0; n < line.len && n < i + 9 &&
			      isdigit((unsigned char)line.ptr[n]);
		     n++)
			*no = *no * 10 + (uint32_t)(line.ptr[n] - '0');
		return true;
	}
	return false;
}

static bool may_have(const struct grounded *row)
{
	const struct finding *f = &row->remark.finding;

	return f->check == FINDING_VERIFIED && !f->old && !f->mask &&
	       !f->fix.len && f->line;
}

static bool near(uint32_t a, uint32_t b)
{
	return a > b ? a - b <= NEAR : b - a <= NEAR;
}

/* Is the item behind? Rows are asked in the order of the text. */
static bool ended(const struct reading *r, const struct remark *m,
		  const char *at)
{
	unsigned section = m->finding.section;

	return section < r->section ||
	       (section == r->section && at >= m->item.ptr + m->item.len);
}

/* The finding whose item holds these bytes; at does not fall. */
static struct grounded *row_around(struct reading *r, const char *at)
{
	struct grounded *row = r->g->rows.ptr;
	const struct remark *m;

	while (r->row < r->g->rows.len && ended(r, &row[r->row].remark, at))
		r->row++;
	if (r->row == r->g->rows.len)
		return NULL;
	m = &row[r->row].remark;
	return m->finding.section == r->section && at >= m->item.ptr
		       ? &row[r->row]
		       : NULL;
}

/* May a fence itself be the quotation? */
static bool quotes(const struct grounded *row, const char *at)
{
	const struct span *q = &row->remark.quoted;

	return q->len && at >= q->ptr && at < q->ptr + q->len;
}

/* The finding that stands at the last place, as it was written. */
static struct grounded *row_at(struct reading *r)
{
	size_t cost = (r->g->rows.len + r->g->shown.files.len) * PATH_COST;
	struct grounded *nearest = NULL;
	enum shown_match how;
	const struct shown_file *file;

	if (!r->path.len || cost > r->work)
		return NULL;
	r->work -= cost;
	file = shown_find(&r->g->shown, r->path, &how);
	if (!file)
		return NULL;
	vec_each (struct grounded, row, &r->g->rows) {
		const struct finding *f = &row->remark.finding;

		if (!may_have(row) || !span_eq(f->path, file->path))
			continue;
		if (f->line == r->no || row->line == r->no)
			return row;
		if (!nearest && near(f->line, r->no))
			nearest = row;
	}
	return nearest;
}

static struct grounded *row_of(struct reading *r, const char *at)
{
	struct grounded *row = row_around(r, at);

	if (!row || quotes(row, at))
		return row_at(r);
	return may_have(row) ? row : NULL;
}

/* ---- the file */

static const struct source *source_of(const struct task_input *in, size_t file)
{
	vec_each (struct code_file, c, &in->code.files)
		if (c->index == file && c->understood)
			return c->now;
	return NULL;
}

static bool open_file(struct reading *r, struct fix_file *out, struct span path)
{
	const struct task_input *in = r->g->in;
	const struct file_change *f = change_file(&in->change, path);
	struct arena *a = &r->g->scratch;
	enum shown_match how;
	const struct shown_file *shown = shown_find(&r->g->shown, path, &how);
	struct span rest, line;

	if (!f || !shown || !f->new_text.len || f->new_text.len > r->work)
		return false;
	r->work -= f->new_text.len;
	out->path = f->path;
	out->text = rest = f->new_text;
	out->now = source_of(in, (size_t)(f - in->change.files.ptr));
	out->lines = (uint32_t)text_count_lines(rest);
	out->line = arena_array(a, out->lines, sizeof(*out->line));
	out->shown = arena_array(a, (size_t)out->lines + 2, 1);
	for (uint32_t i = 0; text_line(&rest, &line); i++)
		out->line[i] = line;
	vec_each (struct shown_line, l, &shown->side[SHOWN_NEW].lines)
		if (!l->old && !l->masked && l->number <= out->lines)
			out->shown[l->number] = true;
	return true;
}

/* ---- the examples */

static void take_example(struct reading *r, const char *at, struct span info,
			 struct span code)
{
	struct grounded *row = row_of(r, at);
	struct finding *f = row ? &row->remark.finding : NULL;
	struct fix_file file = { 0 };
	struct example e = { .code = code };

	if (!f || !r->left || code.len > r->work)
		return;
	r->left--;
	r->work -= code.len;
	e.diff = span_eqs(info, "diff") || span_eqs(info, "patch");
	e.at = f->line;
	e.quote = f->quote;
	if (open_file(r, &file, f->path))
		fix_match(f, r->g->arena, &r->g->scratch, &file, &e);
	arena_reset(&r->g->scratch);
}

/* The info string's first word: "rust" of "rust,ignore". */
static struct span language(struct span info)
{
	size_t n = 0;

	while (n < info.len && info.ptr[n] != ',' && info.ptr[n] != ' ')
		n++;
	return span_first(info, n);
}

static void read_fence(struct reading *r, struct md_reader *md,
		       const struct md_line *open, struct buf *code)
{
	struct span info = language(open->text);
	struct md_line line;

	buf_reset(code);
	while (md_next(md, &line) && line.kind == MD_CODE) {
		buf_addsp(code, md_dedent(line.raw, open->indent));
		buf_addc(code, '\n');
	}
	if (!info.len || span_eqs(info, "rust") || span_eqs(info, "rs") ||
	    span_eqs(info, "diff") || span_eqs(info, "patch"))
		take_example(r, open->whole.ptr, info, buf_span(code));
}

/* "Before:" and "After:" may stand between a place and its fences. */
static void note_place(struct reading *r, const struct md_line *line)
{
	struct span path;
	uint32_t no;

	if (line->kind != MD_TEXT && line->kind != MD_ITEM &&
	    line->kind != MD_HEADING)
		return;
	if (find_place(line->text, &path, &no)) {
		r->path = path;
		r->no = no;
	} else if (line->kind != MD_TEXT) {
		r->path.len = 0;
	}
}

void fixes_read(struct ground *g)
{
	struct reading r = { .g = g, .left = EXAMPLES_MAX, .work = WORK_MAX };
	struct buf code = { 0 };
	struct md_line line;

	for (; r.section < g->report->sections.len; r.section++) {
		struct md_reader md = {
			.rest = g->report->sections.ptr[r.section].text
		};

		r.path.len = 0;
		while (r.left && md_next(&md, &line)) {
			if (line.kind == MD_FENCE && line.opens)
				read_fence(&r, &md, &line, &code);
			else
				note_place(&r, &line);
		}
	}
	buf_release(&code);
}
