/*
 * NUL-separated: a section's text, a path, and the lines of a diff, each behind
 * its sign. Whatever they are, the page holds no element, attribute, link or
 * character that the program does not write itself, and every link in it leads
 * somewhere.
 */
#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/highlight.h"
#include "cli/site.h"
#include "core/change.h"
#include "core/remark.h"
#include "core/report.h"
#include "html_strict.h"
#include "render/render.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static struct span until_nul(struct span *rest)
{
	struct span part = { "", 0 };

	text_field(rest, '\0', &part);
	return part;
}

static void make_change(struct change *c, struct arena *a, struct span path,
			struct span lines)
{
	struct file_change *f = vec_push(&c->files, a);
	struct hunk *h = vec_push(&f->hunks, a);
	uint32_t old = 1, new = 1;
	struct span line;

	f->path = f->old_path = path;
	h->old_start = h->new_start = 1;
	h->heading = path;
	while (text_line(&lines, &line)) {
		char origin = line.len && line.ptr[0] == '+'   ? '+'
			      : line.len && line.ptr[0] == '-' ? '-'
							       : ' ';

		*vec_push(&h->lines, a) = (struct diff_line){
			.origin = origin,
			.old_no = origin == '+' ? 0 : old++,
			.new_no = origin == '-' ? 0 : new ++,
			.text = span_from(line, 1),
		};
	}
	h->new_lines = new - 1;
}

/* The row of a batch's index, and the name of its page. */
static void try_index(struct arena *a, struct span id)
{
	const char *name = site_name(a, arena_cstr(a, id), 1);
	const struct index_row row = { .id = id,
				       .title = id,
				       .status = "complete",
				       .why = id,
				       .levels = { 1, 0, 2, 0 },
				       .usage = USAGE_UNKNOWN,
				       .file = name };
	struct buf out = { 0 };

	render_index(&out, &row, 1);
	assert(!html_broken(buf_span(&out)));
	assert(strict_neighbour(span_of(name)) && name[0] != '.');
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span rest = { (const char *)data, size };
	struct span text = until_nul(&rest), path = until_nul(&rest);
	const struct render_style style = { .highlight = highlight_rust };
	struct report r = { .task = "review", .title = path, .model = path };
	struct change change = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };

	*vec_push(&r.sections, &a) = (struct section){
		.want = &eight_sections.want[0],
		.state = SECTION_PRESENT,
		.text = text,
	};
	remark_parse(&r, &a, 0);
	make_change(&change, &a, path, rest);
	r.change = &change;
	*vec_push(&r.files, &a) = (struct cover){ .path = path, .note = path };
	for (size_t i = 0; i < r.findings.len; i++) {
		struct finding *f = &r.findings.ptr[i];

		f->path = i % 2 ? f->path : path;
		f->fact = text;
		*vec_push(&f->fix, &a) = (struct finding_edit){ 1, 2, rest };
	}
	render_html(&out, &r, &style);
	assert(!html_broken(buf_span(&out)));
	try_index(&a, path);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
