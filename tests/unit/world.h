/*
 * A change as the gatherer would give it, out of patches written by hand: for
 * tests of what is said of it.
 */
#ifndef WORLD_H
#define WORLD_H

#include <string.h>

#include "agent/gather.h"
#include "agent/reply.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "test.h"

#define WORLD_CONTEXT 3

struct world {
	struct arena arena;
	struct task_request rq;
	struct task_input in;
	struct report report;
};

static inline void world_open(struct world *w, const struct task *task)
{
	*w = (struct world){ .rq.task = task };
	w->in.task = task;
	w->in.request = &w->rq;
	w->in.title = SPAN("1 commit");
	w->in.code.side.change = &w->in.change;
	w->in.code.side.arena = &w->arena;
}

static inline void world_close(struct world *w)
{
	arena_release(&w->arena);
}

static inline const struct source *
world_source(struct world *w, struct span path, struct span text)
{
	struct source *s = arena_new(&w->arena, struct source);

	if (!text.len || !span_ends(path, ".rs"))
		return NULL;
	source_read(s, &w->arena, path, text);
	return s;
}

/* Whole files as lines: ' ', '+' or '-' and the line's text. */
struct world_lines {
	VEC(struct diff_line) rows;
};

static inline void world_split(struct world_lines *out, struct world *w,
			       struct span patch)
{
	uint32_t old_no = 0, new_no = 0;
	struct span line;

	while (text_line(&patch, &line)) {
		struct diff_line *l = vec_push(&out->rows, &w->arena);

		l->origin = line.ptr[0];
		l->text = span_from(line, 1);
		l->old_no = l->origin == '+' ? 0 : ++old_no;
		l->new_no = l->origin == '-' ? 0 : ++new_no;
	}
}

static inline struct span
world_side(struct world *w, const struct world_lines *lines, char left_out)
{
	struct buf b = { 0 };
	struct span text;

	vec_each (const struct diff_line, l, &lines->rows)
		if (l->origin != left_out) {
			buf_addsp(&b, l->text);
			buf_addc(&b, '\n');
		}
	text = arena_span(&w->arena, buf_span(&b));
	buf_release(&b);
	return text;
}

/* Is line i near a changed one? */
static inline bool world_near(const struct world_lines *lines, size_t i)
{
	size_t from = i > WORLD_CONTEXT ? i - WORLD_CONTEXT : 0;

	for (size_t k = from; k <= i + WORLD_CONTEXT && k < lines->rows.len;
	     k++)
		if (lines->rows.ptr[k].origin != ' ')
			return true;
	return false;
}

static inline void world_hunks(struct world *w, struct file_change *f,
			       const struct world_lines *lines)
{
	struct hunk *h = NULL;

	for (size_t i = 0; i < lines->rows.len; i++) {
		const struct diff_line *l = &lines->rows.ptr[i];

		f->added += l->origin == '+';
		f->removed += l->origin == '-';
		if (!world_near(lines, i)) {
			h = NULL;
			continue;
		}
		if (!h)
			h = vec_push(&f->hunks, &w->arena);
		if (!h->new_start && l->new_no)
			h->new_start = l->new_no;
		if (!h->old_start && l->old_no)
			h->old_start = l->old_no;
		h->old_lines += l->origin != '+';
		h->new_lines += l->origin != '-';
		*vec_push(&h->lines, &w->arena) = *l;
	}
}

static inline void world_code(struct world *w, size_t index)
{
	const struct file_change *f = &w->in.change.files.ptr[index];
	struct code_file *c;

	if (!span_ends(f->path, ".rs"))
		return;
	c = vec_push(&w->in.code.files, &w->arena);
	c->index = index;
	c->now = world_source(w, f->path, f->new_text);
	c->was = world_source(w, f->old_path, f->old_text);
	c->understood = true;
	c->line = code_lines(&w->arena, moved_lines(&w->arena, &w->in.change),
			     f, c->now ? c->now->lx.lines : 0);
	*vec_push(&w->in.code.rule_files, &w->arena) = (struct rule_file){
		.now = c->now, .was = c->was, .line = c->line
	};
}

/* A file of the change, whole, every line behind its sign. */
static inline void world_patch(struct world *w, struct span path,
			       struct span old_path, struct span patch)
{
	struct file_change *f = vec_push(&w->in.change.files, &w->arena);
	struct world_lines lines = { 0 };

	world_split(&lines, w, patch);
	f->path = path;
	f->old_path = old_path;
	f->status = span_eq(path, old_path) ? FILE_MODIFIED : FILE_RENAMED;
	f->old_mode = f->new_mode = 0100644;
	f->new_text = world_side(w, &lines, '-');
	f->old_text = world_side(w, &lines, '+');
	world_hunks(w, f, &lines);
	w->in.change.added += f->added;
	w->in.change.removed += f->removed;
	*vec_push(&w->in.covers, &w->arena) = (struct cover){
		.path = path,
		.hunks = (uint32_t)f->hunks.len,
		.hunks_sent = (uint32_t)f->hunks.len,
	};
	world_code(w, w->in.change.files.len - 1);
}

static inline void world_file(struct world *w, const char *path,
			      const char *patch)
{
	world_patch(w, span_of(path), span_of(path), span_of(patch));
}

/* Read a reply of eight sections, of which one holds a text. */
static inline void world_reply(struct world *w, unsigned section,
			       struct span text)
{
	struct buf b = { 0 };

	for (unsigned i = 0; i < eight_sections.len; i++) {
		buf_addf(&b, "## %s\n\n", eight_sections.want[i].name);
		if (i == section)
			buf_addsp(&b, text);
		else
			buf_adds(&b, "None.");
		buf_adds(&b, "\n\n");
	}
	w->report = (struct report){ .task = w->in.task->name };
	reply_parse(&w->report, &w->arena, &eight_sections,
		    arena_span(&w->arena, buf_span(&b)), false);
	buf_release(&b);
}

#endif
