/*
 * A page of a report that a test puts together: shared by the suites of the
 * HTML form. Whatever is rendered is looked at by html_broken().
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/change.h"
#include "core/remark.h"
#include "core/report.h"
#include "html_strict.h"
#include "render/render.h"

/* A page under way. */
struct page {
	struct arena arena;
	struct report r;
	struct change change;
	struct buf out;
};

static inline void open_page(struct page *p)
{
	*p = (struct page){ .r = { .task = "review",
				   .title = SPAN("1 commit"),
				   .offline = true,
				   .usage = USAGE_UNKNOWN } };
	for (size_t i = 0; i < eight_sections.len; i++)
		*vec_push(&p->r.sections, &p->arena) = (struct section){
			.want = &eight_sections.want[i],
			.state = SECTION_PRESENT,
			.text = SPAN("None."),
		};
}

/* The text of the section of that index, and its findings. */
static inline void say(struct page *p, unsigned section, const char *text)
{
	p->r.sections.ptr[section].text = span_of(text);
	remark_parse(&p->r, &p->arena, section);
}

/* Every keyword of the code is one word. */
static inline void highlight_let(struct span code, code_fn each, void *ctx)
{
	ptrdiff_t at;

	while ((at = span_find(code, SPAN("let"))) >= 0) {
		each(ctx, CODE_PLAIN, span_first(code, (size_t)at));
		each(ctx, CODE_KEYWORD,
		     span_first(span_from(code, (size_t)at), 3));
		code = span_from(code, (size_t)at + 3);
	}
	each(ctx, CODE_PLAIN, code);
}

static inline const char *render(struct page *p)
{
	const struct render_style style = { .highlight = highlight_let };
	const char *wrong;

	render_html(&p->out, &p->r, &style);
	wrong = html_broken(buf_span(&p->out));
	ck_assert_msg(!wrong, "%s", wrong);
	return buf_cstr(&p->out);
}

static inline void close_page(struct page *p)
{
	buf_release(&p->out);
	arena_release(&p->arena);
}

/* A file of one hunk, whose lines begin with their sign; with '\n' between. */
static inline struct file_change *add_file(struct page *p, const char *path,
					   uint32_t from, const char *lines)
{
	struct file_change *f = vec_push(&p->change.files, &p->arena);
	struct span rest = span_of(lines), line;
	uint32_t old = from, new = from;
	struct hunk *h;

	*f = (struct file_change){ .path = span_of(path),
				   .old_path = span_of(path) };
	h = vec_push(&f->hunks, &p->arena);
	h->old_start = h->new_start = from;
	while (text_line(&rest, &line)) {
		char origin = line.ptr[0];

		*vec_push(&h->lines, &p->arena) = (struct diff_line){
			.origin = origin,
			.old_no = origin == '+' ? 0 : old++,
			.new_no = origin == '-' ? 0 : new ++,
			.text = span_from(line, 1),
		};
		f->added += origin == '+';
		f->removed += origin == '-';
	}
	h->old_lines = old - from;
	h->new_lines = new - from;
	p->r.change = &p->change;
	return f;
}

#endif
