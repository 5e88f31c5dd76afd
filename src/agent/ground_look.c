/* One finding: which file, which lines, and what is said when there are none.
 */
#include <string.h>

#include "agent/fingerprint.h"
#include "agent/gather.h"
#include "agent/ground_parts.h"
#include "agent/quote.h"
#include "agent/task.h"
#include "base/buf.h"
#include "core/report.h"

/* What it costs to see how near two paths are spelled. */
#define NEAR_COST 1024u

bool ground_afford(struct ground *g, size_t bytes)
{
	bool can = g->spare >= bytes;

	g->spare = can ? g->spare - bytes : 0;
	return can;
}

static struct span say(struct ground *g, struct buf *b)
{
	struct span text = arena_span(g->arena, buf_span(b));

	buf_release(b);
	return text;
}

static const char *section_id(const struct ground *g, const struct finding *f)
{
	return g->report->sections.ptr[f->section].want->id;
}

static bool design(const struct ground *g)
{
	return g->in->task == &task_design;
}

/* A section that lists what others hold. */
static bool repeats(const struct ground *g, const struct finding *f)
{
	const char *id = section_id(g, f);

	return !strcmp(id, "summary") || !strcmp(id, "action-items");
}

/* ---- paths */

/* Is there such a file, though nothing of it was sent? */
static bool in_tree(struct ground *g, struct span path)
{
	if (!design(g))
		return side_entry(&g->in->code.side, path) ||
		       change_file(&task_whole(g->in)->change, path);
	if (!ground_afford(g, g->in->tree.entries.len * PATH_COST))
		return true;
	vec_each (const struct tree_entry, e, &g->in->tree.entries)
		if (span_eq(e->path, path))
			return true;
	return false;
}

static struct span last_name(struct span path)
{
	size_t at = path.len;

	while (at > 0 && path.ptr[at - 1] != '/')
		at--;
	return span_from(path, at);
}

/* The file of the same name, if there is one alone; else the one whose path is
 * spelled nearly so; or NULL. */
static const struct shown_file *likely_file(struct ground *g, struct span path)
{
	const char *word = arena_cstr(&g->scratch, path);
	const struct shown_file *found = NULL;
	unsigned n = 0, most = path.len <= 64 ? (unsigned)path.len / 3 : 0, d;

	vec_each (const struct shown_file, f, &g->shown.files)
		if (span_eq(last_name(f->path), last_name(path))) {
			found = f;
			n++;
		}
	if (n)
		return n == 1 ? found : NULL;
	vec_each (const struct shown_file, f, &g->shown.files) {
		d = text_distance(word, arena_cstr(&g->scratch, f->path));
		if (d > most)
			continue;
		found = f;
		most = d;
	}
	return found;
}

/* Why nothing of a file that there is can be quoted. */
static struct span not_sent(const struct ground *g, struct span path)
{
	vec_each (const struct cover, c, &g->in->covers)
		if (c->state == COVER_SUMMARY && span_eq(c->path, path))
			return SPAN("only a summary of this file was sent");
	return SPAN("nothing of this file was sent");
}

static void say_no_file(struct ground *g, struct grounded *row,
			const struct look *l)
{
	size_t cost = g->shown.files.len * NEAR_COST;
	const struct shown_file *near = NULL;
	struct buf b = { 0 };

	row->say_fact = true;
	if (in_tree(g, l->f->path)) {
		l->f->fact = not_sent(g, l->f->path);
		return;
	}
	if (ground_afford(g, cost))
		near = likely_file(g, l->f->path);
	buf_adds(&b, "no such file was sent");
	if (near) {
		buf_adds(&b, "; perhaps ");
		quote_place(&b, near->path, 0);
	}
	l->f->fact = say(g, &b);
}

/* ---- lines */

/* How many files have the quotation but this one, 2 for more; the first. */
static size_t find_elsewhere(struct ground *g, const struct look *l,
			     const struct shown_file **file, struct anchor *at,
			     size_t *work)
{
	size_t n = 0;

	vec_each (const struct shown_file, f, &g->shown.files) {
		struct anchor here;

		if (f == l->file ||
		    !anchor_find(&here, f, &l->quote, &l->hint, work))
			continue;
		if (n++)
			return n;
		*file = f;
		*at = here;
	}
	return n;
}

static void say_not_found(struct ground *g, struct grounded *row,
			  const struct look *l)
{
	const struct shown_file *file;
	struct buf b = { 0 };
	struct anchor at;

	l->f->fact = SPAN("its quote is not in what was sent of this file");
	if (!g->work) {
		l->f->fact = SPAN("there was too much to look up");
		row->say_fact = true;
	} else if (find_elsewhere(g, l, &file, &at, &g->spare) == 1) {
		buf_adds(&b, "its quote stands at ");
		quote_place(&b,
			    at.old && file->old_path.len ? file->old_path
							 : file->path,
			    at.line);
		l->f->fact = say(g, &b);
		row->say_fact = true;
	}
}

/* It was found: the true place. */
static void take_anchor(struct ground *g, struct grounded *row,
			const struct look *l)
{
	const struct anchor *at = &l->at;
	bool former = at->old && l->file->old_path.len;
	struct finding *f = l->f;

	f->check = FINDING_VERIFIED;
	f->line = at->line;
	f->old = at->old;
	f->path = former ? l->file->old_path : l->file->path;
	if (!row->path.len || l->match == SHOWN_SHORT ||
	    (l->match == SHOWN_FORMER && !former))
		row->write_path = f->path;
	f->pre_existing = !design(g) && !g->in->range.all && !at->changed &&
			  !(at->beside && l->hint.removed);
	f->mask = at->masked &&
		  claims_say(&g->claims, CLAIM_MASKED, f->text, NULL, 0);
}

static void mark(struct ground *g, const struct look *l)
{
	const struct shown_file *file = l->file;
	struct fingerprint of = { .path = l->f->path,
				  .section = section_id(g, l->f) };

	if (l->f->check == FINDING_VERIFIED) {
		of.path = file->path;
		of.code = l->at.code;
		of.item = fingerprint_item(&g->scratch,
					   l->at.old ? file->was : file->now,
					   l->at.line);
	}
	fingerprint_set(l->f, &of);
}

/* A quotation at no place: it must be somewhere, and nowhere else. */
static void look_anywhere(struct ground *g, struct grounded *row,
			  struct look *l)
{
	const struct shown_file *file;
	size_t n = find_elsewhere(g, l, &file, &l->at, &g->work);

	if (n == 1) {
		l->file = file;
		take_anchor(g, row, l);
		return;
	}
	if (design(g))
		return;
	l->f->check = FINDING_UNVERIFIED;
	l->f->fact = n ? SPAN("its quote stands in several files")
		       : SPAN("its quote is not in what was sent");
	row->say_fact = n > 1;
}

static void look_at_path(struct ground *g, struct grounded *row, struct look *l)
{
	l->file = shown_find(&g->shown, l->f->path, &l->match);
	if (l->file && l->quote.ways.len &&
	    anchor_find(&l->at, l->file, &l->quote, &l->hint, &g->work)) {
		take_anchor(g, row, l);
		return;
	}
	/* a design may speak of files to be made, of code to be written */
	if (design(g) && (!l->quote.ways.len || !in_tree(g, l->f->path)))
		return;
	if (!l->quote.ways.len && repeats(g, l->f))
		return;
	l->f->check = FINDING_UNVERIFIED;
	if (!l->file)
		say_no_file(g, row, l);
	else if (!l->quote.ways.len)
		l->f->fact = SPAN("it quotes no code");
	else
		say_not_found(g, row, l);
}

void ground_look(struct ground *g, struct grounded *row)
{
	struct look l = { .f = &row->remark.finding };

	l.hint.line = l.f->line;
	l.hint.last = row->remark.last;
	l.hint.removed =
		claims_say(&g->claims, CLAIM_REMOVED, l.f->text, NULL, 0);
	quotation_read(&l.quote, &g->scratch, l.f->quote);
	if (l.f->path.len)
		look_at_path(g, row, &l);
	else if (l.quote.ways.len)
		look_anywhere(g, row, &l);
	mark(g, &l);
	if (facts_contradict(g, &l)) {
		l.f->check = FINDING_CONTRADICTED;
		row->say_fact = true;
	}
	arena_reset(&g->scratch);
}
