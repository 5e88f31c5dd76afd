/*
 * A file as it was, NUL, as it is, NUL, and what a model says of it. Whatever
 * that is: what is verified stands in the file's own bytes, white space aside;
 * nothing is dropped; the section's text is what it was but for places, marks
 * and facts; and it reads as the same findings again.
 */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/ground.h"
#include "agent/reply.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/remark.h"
#include "core/report.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const struct span path = { "src/lib.rs", 10 };

static struct span until_nul(struct span *rest)
{
	struct span part = { "", 0 };

	text_field(rest, '\0', &part);
	return part;
}

static void add_line(struct hunk *h, struct arena *a, char origin,
		     uint32_t old_no, uint32_t new_no, struct span text)
{
	*vec_push(&h->lines, a) = (struct diff_line){
		.origin = origin,
		.old_no = origin == '+' ? 0 : old_no,
		.new_no = origin == '-' ? 0 : new_no,
		.text = text,
	};
}

/* Every seventh line that both sides have is left out, so there are gaps. */
static void make_change(struct change *c, struct arena *a, struct span was,
			struct span now)
{
	struct file_change *f = vec_push(&c->files, a);
	struct hunk *h = vec_push(&f->hunks, a);
	struct span old, new;
	uint32_t n = 0;

	f->path = f->old_path = path;
	f->old_text = was;
	f->new_text = now;
	for (;;) {
		bool has_old = text_line(&was, &old);
		bool has_new = text_line(&now, &new);

		if (!has_old && !has_new)
			return;
		n++;
		if (has_old && has_new && span_eq(old, new)) {
			if (n % 7 == 0)
				h = vec_push(&f->hunks, a);
			else
				add_line(h, a, ' ', n, n, new);
			continue;
		}
		if (has_old)
			add_line(h, a, '-', n, 0, old);
		if (has_new)
			add_line(h, a, '+', 0, n, new);
	}
}

static void make_code(struct task_input *in, struct arena *a)
{
	struct file_change *f = &in->change.files.ptr[0];
	struct source *now = arena_new(a, struct source);
	struct code_file *c = vec_push(&in->code.files, a);

	source_read(now, a, path, f->new_text);
	*c = (struct code_file){ .now = now,
				 .understood = source_understood(now) };
	*vec_push(&in->code.rule_files, a) = (struct rule_file){ .now = now };
}

/* Letters and digits alone: what no folding and no escape takes away. */
static void bare(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (isalnum((unsigned char)s.ptr[i]))
			buf_addc(out, s.ptr[i]);
}

/* The line that a finding was verified at is one of the file. */
static void check_line(const struct file_change *f, const struct finding *got)
{
	bool found = false;

	assert(got->line && span_eq(got->path, path));
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			found |=
				got->line == (got->old ? l->old_no : l->new_no);
	assert(found);
}

/* A quote of one line that is verified stands there, as far as letters go; of
 * what is masked, made visible, or copied along nothing is said. */
static void check_quote(const struct file_change *f, const struct finding *got)
{
	struct buf quote = { 0 }, all = { 0 };
	bool plain = true;

	for (size_t i = 0; i < got->quote.len; i++)
		plain &= isalpha((unsigned char)got->quote.ptr[i]) ||
			 strchr(" (),;=",
				got->quote.ptr[i] ? got->quote.ptr[i] : '!');
	if (plain && got->quote.len) {
		bare(&quote, got->quote);
		bare(&all, f->old_text);
		bare(&all, SPAN("0"));
		bare(&all, f->new_text);
		assert(!quote.len ||
		       span_find(buf_span(&all), buf_span(&quote)) >= 0);
	}
	buf_release(&quote);
	buf_release(&all);
}

/* Bytes of which numbers and their ranges are made. */
static bool number_byte(char c)
{
	return isdigit((unsigned char)c) ||
	       (c && strchr("-:Ll\xe2\x80\x93", c));
}

/* Numbers aside, nothing was taken out of the text. */
static void check_text(struct span was, struct span now)
{
	size_t k = 0;

	for (size_t i = 0; i < was.len; i++) {
		if (number_byte(was.ptr[i]))
			continue;
		while (k < now.len && now.ptr[k] != was.ptr[i])
			k++;
		assert(k++ < now.len);
	}
	assert(text_count_lines(was) == text_count_lines(now));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span rest = { (const char *)data, size }, was, now;
	struct task_request rq = { .task = &task_review };
	struct task_input in = { .task = &task_review, .request = &rq };
	struct report r = { .task = "review" }, before = { 0 };
	struct remarks again = { 0 };
	struct arena a = { 0 };
	struct span text[8];

	if (size > 65536)
		return 0;
	was = until_nul(&rest);
	now = until_nul(&rest);
	*vec_push(&in.covers, &a) = (struct cover){ .path = path };
	make_change(&in.change, &a, was, now);
	make_code(&in, &a);
	reply_parse(&r, &a, &eight_sections, rest, false);
	reply_parse(&before, &a, &eight_sections, rest, false);
	for (int i = 0; i < 8; i++)
		text[i] = r.sections.ptr[i].text;
	ground_report(&r, &a, &in);
	assert(r.findings.len == before.findings.len);
	for (unsigned i = 0; i < 8; i++) {
		check_text(text[i], r.sections.ptr[i].text);
		remark_read(&again, &a, r.sections.ptr[i].text, i);
	}
	assert(again.rows.len == r.findings.len);
	for (size_t i = 0; i < r.findings.len; i++) {
		const struct finding *got = &r.findings.ptr[i];

		assert(got->fingerprint[0]);
		assert(span_eq(got->text, before.findings.ptr[i].text));
		assert(span_eq(got->quote, before.findings.ptr[i].quote));
		if (got->check != FINDING_VERIFIED)
			continue;
		check_line(&in.change.files.ptr[0], got);
		check_quote(&in.change.files.ptr[0], got);
	}
	arena_release(&a);
	return 0;
}
