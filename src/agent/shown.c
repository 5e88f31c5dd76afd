#include "agent/shown.h"

#include <ctype.h>
#include <stdlib.h>

#include "agent/gather.h"
#include "agent/margin.h"
#include "agent/page.h"
#include "agent/prompt_parts.h"
#include "agent/redact.h"
#include "agent/survey.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/mask.h"

/* A line before it is folded. */
struct row {
	struct shown_line line;
	bool beside; /* one was removed next to it */
	struct span text;
};

struct rows {
	VEC(struct row) all;
};

/* One file under way. */
struct sheet {
	struct shown_file file;
	struct rows now, was;
};

struct reader {
	struct arena *arena;
	const struct task_input *in;
	VEC(struct sheet *) sheets;
	struct buf sent; /* scratch */
	struct mask_counts ignored;
};

/*
 * Take the code of the next line of agent/margin off *rest: what stands behind
 * number, blank, sign, blank. Heads of hunks and remarks have no number.
 */
static struct span next_code(struct span *rest)
{
	struct span line;
	size_t n;

	while (text_line(rest, &line)) {
		n = 0;
		while (n < line.len && line.ptr[n] == ' ')
			n++;
		if (n == line.len || !isdigit((unsigned char)line.ptr[n]))
			continue;
		while (n < line.len && isdigit((unsigned char)line.ptr[n]))
			n++;
		return span_from(line, n + 3);
	}
	return SPAN("");
}

/* Was something of the line kept back? */
static bool masked(struct buf *scratch, struct span raw, struct span sent)
{
	buf_reset(scratch);
	text_visible(scratch, raw);
	return !span_eq(buf_span(scratch), sent);
}

static struct row make_row(struct reader *r, uint32_t number, struct span raw,
			   struct span *rest)
{
	struct row row = { .line.number = number, .text = next_code(rest) };

	row.line.masked = masked(&r->sent, raw, row.text);
	return row;
}

static struct sheet *sheet_of(struct reader *r, struct span path)
{
	struct sheet *new;

	vec_each (struct sheet *, one, &r->sheets)
		if (span_eq((*one)->file.path, path))
			return *one;
	new = arena_new(r->arena, struct sheet);
	new->file.path = path;
	for (int i = 0; i < SHOWN_SIDES; i++)
		new->file.side[i].fold.arena = r->arena;
	buf_reset(&r->sent);
	redact_line(&r->sent, path, NULL);
	new->file.name = arena_span(r->arena, buf_span(&r->sent));
	*vec_push(&r->sheets, r->arena) = new;
	return new;
}

/* ---- rows into folded text */

static void add_row(struct shown_text *t, const struct row *row)
{
	fold_add(&t->fold, row->text);
	*vec_push(&t->lines, t->fold.arena) = row->line;
}

static int by_number(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return (a->line.number > b->line.number) -
	       (a->line.number < b->line.number);
}

/* How far a line is from a change, when one `steps` away is as far as that. */
static void reach(struct row *row, uint32_t far, uint32_t steps)
{
	if (steps < SHOWN_FAR && far + steps < row->line.far)
		row->line.far = far + steps;
}

static void measure(struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		row[i].line.far = row[i].line.changed ? 0
				  : row[i].beside     ? 1
						      : SHOWN_FAR;
		if (i)
			reach(&row[i], row[i - 1].line.far,
			      row[i].line.number - row[i - 1].line.number);
	}
	for (size_t i = n; i-- > 1;)
		reach(&row[i - 1], row[i].line.far,
		      row[i].line.number - row[i - 1].line.number);
}

/* By number, with gaps where some are left out. */
static void add_rows(struct shown_text *t, struct rows *rows)
{
	uint32_t before = 0;

	if (rows->all.len)
		qsort(rows->all.ptr, rows->all.len, sizeof(*rows->all.ptr),
		      by_number);
	measure(rows->all.ptr, rows->all.len);
	vec_each (struct row, row, &rows->all) {
		if (before && row->line.number != before + 1)
			fold_gap(&t->fold);
		add_row(t, row);
		before = row->line.number;
	}
}

/* ---- where lines come from */

static void add_hunk(struct reader *r, struct sheet *to, const struct hunk *h,
		     struct span *rest)
{
	struct shown_text *woven = &to->file.side[SHOWN_WOVEN];
	size_t before = to->now.all.len;
	bool removed = false;

	vec_each (struct diff_line, l, &h->lines) {
		uint32_t number = l->origin == '-' ? l->old_no : l->new_no;
		struct row row = make_row(r, number, l->text, rest);

		row.line.changed = l->origin != ' ';
		row.line.old = l->origin == '-';
		row.beside = removed;
		removed = row.line.old;
		add_row(woven, &row);
		if (removed && to->now.all.len > before)
			to->now.all.ptr[to->now.all.len - 1].beside = true;
		if (!removed)
			*vec_push(&to->now.all, r->arena) = row;
		if (l->origin == '+')
			continue;
		row.line.old = true;
		row.line.number = l->old_no;
		*vec_push(&to->was.all, r->arena) = row;
	}
	fold_gap(&woven->fold);
}

static void add_change(struct reader *r, const struct file_change *f)
{
	struct sheet *to = sheet_of(r, f->path);
	struct buf b = { 0 };
	struct span rest;

	if (!span_eq(f->old_path, f->path))
		to->file.old_path = f->old_path;
	if (r->in->range.all)
		margin_added(&b, f, &r->ignored);
	else
		margin_hunks(&b, f, &r->ignored);
	rest = arena_span(r->arena, buf_span(&b));
	vec_each (struct hunk, h, &f->hunks)
		add_hunk(r, to, h, &rest);
	buf_release(&b);
}

static void add_page(struct reader *r, const struct page *p, struct span whole)
{
	struct sheet *to = sheet_of(r, p->path);
	struct buf b = { 0 };
	struct span rest;

	margin_page(&b, p, whole, &r->ignored);
	rest = arena_span(r->arena, buf_span(&b));
	vec_each (struct page_line, l, &p->lines)
		*vec_push(&to->now.all, r->arena) =
			make_row(r, l->number, l->text, &rest);
	buf_release(&b);
}

static void add_file(struct reader *r, const struct source_file *f)
{
	struct sheet *to = sheet_of(r, f->path);
	struct span text = f->text, line, rest;
	struct buf b = { 0 };
	uint32_t n = 0;

	margin_lines(&b, f->text, &r->ignored);
	rest = arena_span(r->arena, buf_span(&b));
	while (text_line(&text, &line))
		*vec_push(&to->now.all, r->arena) =
			make_row(r, ++n, line, &rest);
	buf_release(&b);
}

static void read_review(struct reader *r)
{
	const struct task_input *in = r->in;

	for (size_t i = 0; i < in->change.files.len; i++)
		if (cover_shown(&in->covers.ptr[i]))
			add_change(r, &in->change.files.ptr[i]);
	vec_each (struct page *, p, &in->surround.pages.rows) {
		const struct file_change *f =
			change_file(&task_whole(in)->change, (*p)->path);

		add_page(r, *p, f ? f->new_text : (struct span){ 0 });
	}
	vec_each (struct code_file, c, &in->code.files) {
		struct sheet *to =
			sheet_of(r, in->change.files.ptr[c->index].path);

		to->file.now = c->now;
		to->file.was = c->was;
	}
}

static void read_design(struct reader *r)
{
	const struct survey *survey = r->in->survey;
	struct pages p = { .arena = r->arena };

	vec_each (const struct source_file, f, &r->in->files)
		add_file(r, f);
	if (!survey || !survey->read)
		return;
	prompt_pages(&p, r->in);
	vec_each (struct page *, page, &p.rows) {
		const struct source *k =
			survey_source_at(survey, (*page)->path);

		add_page(r, *page, k ? k->lx.src : (struct span){ 0 });
	}
	vec_each (struct sheet *, one, &r->sheets)
		(*one)->file.now = survey_source_at(survey, (*one)->file.path);
}

void shown_read(struct shown *out, struct arena *a, const struct task_input *in)
{
	struct reader r = { .arena = a, .in = in };

	if (in->task == &task_design)
		read_design(&r);
	else
		read_review(&r);
	vec_each (struct sheet *, one, &r.sheets) {
		struct sheet *s = *one;

		add_rows(&s->file.side[SHOWN_NEW], &s->now);
		add_rows(&s->file.side[SHOWN_OLD], &s->was);
		*vec_push(&out->files, a) = s->file;
	}
	buf_release(&r.sent);
}

void shown_release(struct shown *s)
{
	vec_each (struct shown_file, f, &s->files)
		for (int i = 0; i < SHOWN_SIDES; i++)
			fold_release(&f->side[i].fold);
}

/* ---- which file a path means */

static bool names(const struct shown_file *f, struct span path)
{
	return span_eq(f->path, path) || span_eq(f->name, path);
}

/* Is it the end of the file's path, from the start of a folder or name on? */
static bool ends(const struct shown_file *f, struct span path)
{
	struct span tail;

	if (path.len >= f->path.len)
		return false;
	tail = span_from(f->path, f->path.len - path.len);
	return span_eq(tail, path) && tail.ptr[-1] == '/';
}

static const struct shown_file *
find_whole(const struct shown *s, struct span path, enum shown_match *how)
{
	*how = SHOWN_EXACT;
	vec_each (const struct shown_file, f, &s->files)
		if (names(f, path))
			return f;
	*how = SHOWN_FORMER;
	vec_each (const struct shown_file, f, &s->files)
		if (f->old_path.len && span_eq(f->old_path, path))
			return f;
	return NULL;
}

const struct shown_file *shown_find(const struct shown *s, struct span path,
				    enum shown_match *how)
{
	static const char *const heads[] = { "./", "a/", "b/" };
	const struct shown_file *found = find_whole(s, path, how);

	for (size_t i = 0; !found && i < 3; i++)
		if (span_starts(path, heads[i]))
			found = find_whole(s, span_from(path, 2), how);
	if (found)
		return found;
	*how = SHOWN_NOT;
	vec_each (const struct shown_file, f, &s->files) {
		if (!path.len || !ends(f, path))
			continue;
		if (found) {
			*how = SHOWN_NOT;
			return NULL;
		}
		*how = SHOWN_SHORT;
		found = f;
	}
	return found;
}
