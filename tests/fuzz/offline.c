/*
 * The file as it was, a NUL, and the file as it is: one changed file of a
 * commit whose subject begins the same. The review has its eight sections, each
 * once; its findings are the rules'; a fact's place is a line of that side; and
 * no byte of it acts on a terminal.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/offline.h"
#include "agent/reply.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const struct span path = { "src/lib.rs", 10 };

struct lines {
	VEC(struct span) rows;
};

static void split(struct lines *out, struct arena *a, struct span text)
{
	struct span line;

	while (text_line(&text, &line))
		*vec_push(&out->rows, a) = line;
}

static void add_line(struct hunk *h, struct arena *a, char origin,
		     uint32_t old_no, uint32_t new_no, struct span text)
{
	struct diff_line *l = vec_push(&h->lines, a);

	l->origin = origin;
	l->old_no = origin == '+' ? 0 : old_no;
	l->new_no = origin == '-' ? 0 : new_no;
	l->text = text;
}

/* All between what both sides begin and end with is one hunk. */
static void make_change(struct change *c, struct arena *a, struct span was,
			struct span now)
{
	struct file_change *f = vec_push(&c->files, a);
	struct hunk *h = vec_push(&f->hunks, a);
	struct lines old = { 0 }, new = { 0 };
	size_t n, m, i = 0;

	f->path = f->old_path = path;
	f->status = FILE_MODIFIED;
	f->old_mode = f->new_mode = 0100644;
	f->old_text = was;
	f->new_text = now;
	split(&old, a, was);
	split(&new, a, now);
	n = old.rows.len;
	m = new.rows.len;
	while (i < n && i < m && span_eq(old.rows.ptr[i], new.rows.ptr[i]))
		i++;
	while (n > i && m > i &&
	       span_eq(old.rows.ptr[n - 1], new.rows.ptr[m - 1])) {
		n--;
		m--;
	}
	for (size_t k = i; k < n; k++)
		add_line(h, a, '-', (uint32_t)k + 1, 0, old.rows.ptr[k]);
	for (size_t k = i; k < m; k++)
		add_line(h, a, '+', 0, (uint32_t)k + 1, new.rows.ptr[k]);
	f->removed = c->removed = (uint32_t)(n - i);
	f->added = c->added = (uint32_t)(m - i);
}

static const struct source *read_side(struct arena *a, struct span text)
{
	struct source *s;

	if (!text.len)
		return NULL;
	s = arena_new(a, struct source);
	source_read(s, a, path, text);
	return s;
}

static void make_code(struct task_input *in, struct arena *a)
{
	struct code_file *c = vec_push(&in->code.files, a);
	const struct file_change *f = &in->change.files.ptr[0];
	struct rule_input rules = { 0 };
	struct item_pair pair;

	c->now = read_side(a, f->new_text);
	c->was = read_side(a, f->old_text);
	c->line = code_lines(a, moved_lines(a, &in->change), f,
			     c->now ? c->now->lx.lines : 0);
	c->understood = (!c->now || source_understood(c->now)) &&
			(!c->was || source_understood(c->was));
	pair = (struct item_pair){ c->now, c->was };
	if (c->understood)
		*vec_push(&in->code.rule_files, a) = (struct rule_file){
			.now = c->now, .was = c->was, .line = c->line
		};
	rules.file = in->code.rule_files.ptr;
	rules.files = in->code.rule_files.len;
	rules_run(&in->code.rules, a, &rules);
	item_diff(&in->code.items, a, &pair, in->code.rule_files.len);
}

static void check_text(struct span text)
{
	struct span rest = text;

	while (rest.len) {
		int32_t c = text_utf8(&rest);

		assert(c == '\n' || c == '\t' ||
		       (c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0)));
	}
}

/* "- src/lib.rs:12 — …", "- src/lib.rs:12 (before) — …" */
static void check_places(const struct task_input *in, struct span text)
{
	const struct code_file *c = &in->code.files.ptr[0];
	struct span line;

	while (text_line(&text, &line)) {
		const struct source *s = c->now;
		unsigned long at;
		char *end, number[16] = "";

		if (!span_starts(line, "- src/lib.rs:"))
			continue;
		line = span_from(line, 13);
		memcpy(number, line.ptr, line.len < 15 ? line.len : 15);
		at = strtoul(number, &end, 10);
		if (!strncmp(end, " (", 2))
			s = c->was;
		assert(s && at >= 1 && at <= s->lx.lines);
	}
}

static void check(const struct task_input *in, struct arena *a,
		  const struct buf *text)
{
	const struct rule_report *rules = &in->code.rules;
	struct report r = { 0 };

	reply_parse(&r, a, &eight_sections, buf_span(text), false);
	assert(report_complete(&r) && !r.preamble.len);
	vec_each (struct section, s, &r.sections)
		assert(!s->duplicate);
	assert(r.findings.len == rules->groups.len);
	vec_each (struct finding, f, &r.findings) {
		bool known = false;

		vec_each (struct rule_group, g, &rules->groups)
			known |= g->places.ptr[0].line == f->line &&
				 g->level == f->level;
		assert(known);
	}
	check_text(buf_span(text));
	check_places(in, buf_span(text));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span was = { (const char *)data, size }, now = { 0 };
	struct task_request rq = { .task = &task_review };
	struct task_input in = { .task = &task_review, .request = &rq };
	struct arena a = { 0 };
	struct buf text = { 0 };
	ptrdiff_t nul = span_chr(was, '\0');

	if (nul >= 0) {
		now = span_from(was, (size_t)nul + 1);
		was = span_first(was, (size_t)nul);
	}
	if (size > 65536)
		return 0;
	*vec_push(&in.commits.commits, &a) =
		(struct commit_info){ .id = "1234", .subject = now };
	in.title = SPAN("1 commit");
	*vec_push(&in.covers, &a) = (struct cover){ .path = path };
	make_change(&in.change, &a, was, now);
	make_code(&in, &a);
	offline_reply(&text, &a, &in);
	check(&in, &a, &text);
	buf_release(&text);
	arena_release(&a);
	return 0;
}
