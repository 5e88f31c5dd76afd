#include "agent/fix.h"

#include <stdlib.h>
#include <string.h>

#include "agent/cover.h"
#include "agent/gather.h"
#include "agent/patch.h"
#include "agent/redact.h"
#include "base/buf.h"
#include "core/apply.h"
#include "core/report.h"
#include "core/unidiff.h"

/* Bytes of files that are read to prove edits, and edits, in one report. */
#define WORK_MAX ((size_t)64 << 20)
#define EDITS_MAX 1000u

struct edits {
	VEC(struct finding_edit) rows; /* sorted, apart */
};

struct joiner {
	struct report *report;
	struct arena *arena;
	const struct task_input *in;
	struct arena scratch; /* for one proof */
	size_t work, edits;   /* left */
	size_t clashing, hidden;
	struct buf patch;
};

bool fix_alters(struct span text)
{
	struct buf shown = { 0 };
	bool yes;

	redact_text(&shown, text, NULL);
	yes = !span_eq(buf_span(&shown), text);
	buf_release(&shown);
	return yes;
}

static int by_place(const void *x, const void *y)
{
	const struct rule_edit *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static bool same_edit(const struct rule_edit *a, const struct rule_edit *b)
{
	return a->from == b->from && a->to == b->to &&
	       span_eq(a->text, b->text);
}

/* Two places may ask for the same `use`; what else meets is no edit. */
static bool drop_twins(struct rule_edit *e, size_t *len)
{
	size_t n = 0;

	for (size_t i = 0; i < *len; i++) {
		if (n && same_edit(&e[n - 1], &e[i]))
			continue;
		if (n &&
		    (e[n - 1].to > e[i].from || e[n - 1].from == e[i].from))
			return false;
		e[n++] = e[i];
	}
	*len = n;
	return n > 0;
}

/* n of the group's places. */
static void fix_places(struct finding *f, struct arena *a,
		       const struct rule_group *g, const struct rule_place *p,
		       size_t n)
{
	VEC(struct rule_edit) all = { 0 };

	/* a SAFETY comment that nobody thought about mends nothing */
	if (g->rule->draft || !g->file || !g->file->now || f->fix.len)
		return;
	for (size_t i = 0; i < n; i++)
		vec_each (struct rule_edit, e, &p[i].edits)
			if (!p[i].old)
				*vec_push(&all, a) = *e;
	if (!all.len)
		return;
	qsort(all.ptr, all.len, sizeof(*all.ptr), by_place);
	if (drop_twins(all.ptr, &all.len))
		patch_lines(f, a, g->file->now->lx.src, all.ptr, all.len);
}

void fix_of_group(struct finding *f, struct arena *a,
		  const struct rule_group *g)
{
	fix_places(f, a, g, g->places.ptr, g->places.len);
}

void fix_of_place(struct finding *f, struct arena *a,
		  const struct rule_group *g, const struct rule_place *p)
{
	fix_places(f, a, g, p, 1);
}

/* The text with the edits made. */
static void make(struct buf *out, struct span text,
		 const struct finding_edit *e, size_t n)
{
	struct span rest = text, line;
	uint32_t at = 1;

	for (size_t i = 0; i < n; i++) {
		for (; at < e[i].first && text_line(&rest, &line); at++)
			;
		buf_add(out, text.ptr, (size_t)(rest.ptr - text.ptr));
		buf_addsp(out, e[i].text);
		for (; at <= e[i].last && text_line(&rest, &line); at++)
			;
		text = rest;
	}
	buf_addsp(out, text);
}

/* Are they sorted, apart, within the text, whole lines that have an end? */
static bool sound(struct span text, const struct finding_edit *e, size_t n)
{
	size_t lines = text_count_lines(text);
	bool ended = span_ends(text, "\n");

	for (size_t i = 0; i < n; i++) {
		if (!e[i].first || e[i].last < e[i].first - 1 ||
		    e[i].last > lines || (i && e[i].first <= e[i - 1].last) ||
		    (i && e[i].first == e[i - 1].first))
			return false;
		if ((e[i].last == lines || e[i].first > lines) && !ended)
			return false;
		if (e[i].text.len && !span_ends(e[i].text, "\n"))
			return false;
	}
	return n > 0;
}

/* Is a line kept back near an edit? */
static bool masked(const struct joiner *j, size_t file,
		   const struct finding_edit *e, size_t n)
{
	vec_each (struct masked_line, m, &j->in->masked.rows) {
		if (m->file != file || m->old)
			continue;
		for (size_t i = 0; i < n; i++)
			if (m->line + PATCH_CONTEXT >= e[i].first &&
			    m->line <= e[i].last + PATCH_CONTEXT)
				return true;
	}
	for (size_t i = 0; i < n; i++)
		if (span_find(e[i].text, SPAN("[masked:")) >= 0)
			return true;
	return false;
}

static const struct code_file *code_of(const struct joiner *j, size_t file)
{
	vec_each (struct code_file, c, &j->in->code.files)
		if (c->index == file)
			return c;
	return NULL;
}

/* Rust that was understood is to be understood still. */
static bool balances(struct joiner *j, size_t file, struct span path,
		     struct span new)
{
	const struct code_file *c = code_of(j, file);
	struct source s;

	if (!c || !c->now || !source_understood(c->now))
		return true;
	source_skim(&s, &j->scratch, path, new);
	return source_understood(&s) && s.lx.errors <= c->now->lx.errors;
}

/* Does the patch, read as anybody's, make the one text of the other? */
static bool applies(struct joiner *j, struct span patch, struct span old,
		    struct span new)
{
	struct unidiff d;
	struct error err = { 0 };
	struct buf made = { 0 };
	bool yes;

	yes = !unidiff_parse(&d, &j->scratch, patch, SIZE_MAX / 4, &err) &&
	      d.change.files.len == 1 &&
	      hunks_apply(&made, d.change.files.ptr, old) &&
	      span_eq(buf_span(&made), new);
	buf_release(&made);
	return yes;
}

enum proof { PROOF_NONE, PROOF_HOLDS, PROOF_HIDDEN };

/* Append the patch of these edits of a file, when they are proven. */
static enum proof prove(struct joiner *j, struct buf *out, size_t file,
			const struct finding_edit *e, size_t n)
{
	const struct file_change *f = &j->in->change.files.ptr[file];
	struct span text = f->new_text, path = f->path;
	struct buf patch = { 0 }, new = { 0 };
	enum proof is = PROOF_NONE;

	if (!text.len || span_chr(text, '\r') >= 0 ||
	    !cover_shown(&j->in->covers.ptr[file]) || !sound(text, e, n) ||
	    j->work < text.len)
		return is;
	j->work -= text.len;
	make(&new, text, e, n);
	if (span_chr(buf_span(&new), '\r') < 0 &&
	    patch_write_lines(&patch, path, text, e, n) &&
	    balances(j, file, path, buf_span(&new)) &&
	    applies(j, buf_span(&patch), text, buf_span(&new)))
		is = PROOF_HOLDS;
	if (is == PROOF_HOLDS &&
	    (masked(j, file, e, n) || fix_alters(buf_span(&patch))))
		is = PROOF_HIDDEN;
	if (is == PROOF_HOLDS && out)
		buf_addsp(out, buf_span(&patch));
	buf_release(&patch);
	buf_release(&new);
	arena_reset(&j->scratch);
	return is;
}

static bool same(const struct finding_edit *a, const struct finding_edit *b)
{
	return a->first == b->first && a->last == b->last &&
	       span_eq(a->text, b->text);
}

/* May both be made? Of two that stand in one place nobody knows the order. */
static bool apart(const struct finding_edit *a, const struct finding_edit *b)
{
	return a->last < b->first ? a->first != b->first
				  : b->last < a->first && a->first != b->first;
}

/* Is one of them in the way of those that are taken? */
static bool clashes(const struct edits *taken, const struct finding *f)
{
	vec_each (struct finding_edit, e, &f->fix)
		vec_each (struct finding_edit, t, &taken->rows)
			if (!apart(e, t) && !same(e, t))
				return true;
	return false;
}

static void take(struct edits *taken, struct arena *a,
		 const struct finding_edit *e)
{
	size_t i;

	vec_each (struct finding_edit, t, &taken->rows)
		if (same(t, e))
			return;
	*vec_push(&taken->rows, a) = *e;
	for (i = taken->rows.len - 1;
	     i && taken->rows.ptr[i - 1].first > taken->rows.ptr[i].first;
	     i--) {
		struct finding_edit later = taken->rows.ptr[i - 1];

		taken->rows.ptr[i - 1] = taken->rows.ptr[i];
		taken->rows.ptr[i] = later;
	}
}

/* Of a file: keep what is proven, in the order of the report. */
static void join_file(struct joiner *j, size_t file)
{
	struct span path = j->in->change.files.ptr[file].path;
	struct edits taken = { 0 };

	vec_each (struct finding, f, &j->report->findings) {
		enum proof is = PROOF_NONE;

		if (!f->fix.len || !span_eq(f->path, path))
			continue;
		if (f->fix.len <= j->edits)
			is = prove(j, NULL, file, f->fix.ptr, f->fix.len);
		j->hidden += is == PROOF_HIDDEN;
		if (is == PROOF_HOLDS && clashes(&taken, f)) {
			j->clashing++;
			is = PROOF_NONE;
		}
		if (is != PROOF_HOLDS) {
			f->fix.len = 0;
			continue;
		}
		j->edits -= f->fix.len;
		vec_each (struct finding_edit, e, &f->fix)
			take(&taken, j->arena, e);
	}
	if (!taken.rows.len || prove(j, &j->patch, file, taken.rows.ptr,
				     taken.rows.len) == PROOF_HOLDS)
		return;
	/* what holds alone does not hold together: rather none of it */
	vec_each (struct finding, f, &j->report->findings)
		if (span_eq(f->path, path)) {
			j->clashing += f->fix.len > 0;
			f->fix.len = 0;
		}
}

static void write_note(struct joiner *j)
{
	struct buf b = { 0 };

	if (j->clashing)
		buf_addf(&b, "%zu finding%s whose edits meet those of others",
			 j->clashing, text_plural(j->clashing));
	if (j->hidden)
		buf_addf(&b,
			 "%s%zu finding%s near lines that are masked or cannot "
			 "be printed as they are",
			 b.len ? ", " : "", j->hidden, text_plural(j->hidden));
	j->report->patch_note = arena_span(j->arena, buf_span(&b));
	buf_release(&b);
}

/* A fix of a file that is not known whole is none. */
static void drop_strays(struct joiner *j)
{
	vec_each (struct finding, f, &j->report->findings) {
		const struct file_change *file =
			f->fix.len && !f->old
				? change_file(&j->in->change, f->path)
				: NULL;

		if (!file || !file->new_text.len)
			f->fix.len = 0;
	}
}

void fixes_join(struct report *r, struct arena *a, const struct task_input *in)
{
	struct joiner j = {
		.report = r,
		.arena = a,
		.in = in,
		.work = WORK_MAX,
		.edits = EDITS_MAX,
	};

	drop_strays(&j);
	for (size_t i = 0; i < in->change.files.len; i++)
		if (in->change.files.ptr[i].new_text.len)
			join_file(&j, i);
	r->patch = arena_span(a, buf_span(&j.patch));
	write_note(&j);
	buf_release(&j.patch);
	arena_release(&j.scratch);
}
