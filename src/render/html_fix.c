#include <string.h>

#include "base/buf.h"
#include "base/mask.h"
#include "core/change.h"
#include "core/report.h"
#include "render/html_parts.h"

/* Lines of one fix that are shown. */
#define FIX_LINES_MAX 80

struct mend {
	struct html *h;
	const struct html_file *file;
	bool rust;
	unsigned shown, more;
};

/* A line out of the file's hunks, masked as the page shows it there. */
static bool hunk_line(struct span *line, const struct html_file *f, uint32_t no)
{
	for (size_t i = 0; i < f->change->hunks.len; i++) {
		const struct hunk *hunk = &f->change->hunks.ptr[i];
		struct span text = f->masked[i];

		if (no < hunk->new_start ||
		    no - hunk->new_start >= hunk->new_lines)
			continue;
		vec_each (struct diff_line, l, &hunk->lines) {
			*line = span_first(text, l->text.len);
			text = span_from(text, l->text.len + 1);
			if (l->new_no == no)
				return true;
		}
	}
	return false;
}

/* Line `no` of the new side; false when it is not known. */
static bool new_line(struct buf *out, const struct html_file *f, uint32_t no)
{
	struct span rest = f->change->new_text, line = { 0 };
	uint32_t at = 0;

	buf_reset(out);
	if (f->masked && hunk_line(&line, f, no)) {
		buf_addsp(out, line);
		return true;
	}
	while (at < no && text_line(&rest, &line))
		at++;
	if (at < no)
		return false;
	mask_bytes(out, line, NULL);
	return true;
}

static void add_row(struct mend *m, const struct diff_line *l, struct span line)
{
	struct buf shown = { 0 }, code = { 0 };
	struct span text;

	if (m->shown++ >= FIX_LINES_MAX) {
		m->more++;
		return;
	}
	html_shown_line(&shown, line);
	html_code(m->h, &code, buf_span(&shown), m->rust);
	text = buf_span(&code);
	text.len--;
	html_row(m->h, 0, l, text);
	buf_release(&shown);
	buf_release(&code);
}

static void add_edit(struct mend *m, const struct finding_edit *e)
{
	struct buf masked = { 0 }, line = { 0 };
	struct span rest, text;

	for (uint32_t no = e->first; no <= e->last && !m->more; no++) {
		const struct diff_line l = { .origin = '-', .old_no = no };

		if (new_line(&line, m->file, no))
			add_row(m, &l, buf_span(&line));
	}
	mask_bytes(&masked, e->text, NULL);
	rest = buf_span(&masked);
	for (uint32_t no = e->first; text_line(&rest, &text); no++) {
		const struct diff_line l = { .origin = '+', .new_no = no };

		add_row(m, &l, text);
	}
	buf_release(&masked);
	buf_release(&line);
}

void html_fix(struct html *h, size_t finding)
{
	const struct finding *f = &h->r->findings.ptr[finding];
	size_t file = h->findings[finding].file;
	struct mend m = { .h = h, .rust = span_ends(f->path, ".rs") };

	if (!f->fix.len || !file)
		return;
	m.file = &h->files.ptr[file - 1];
	html_raw(h, "<h4>What mends it</h4>\n");
	html_begin_rows(h, false);
	vec_each (struct finding_edit, e, &f->fix)
		add_edit(&m, e);
	html_end_rows(h);
	if (m.more) {
		html_raw(h, "<p class=\"soft\">");
		html_count(h, m.more, "more line");
		html_raw(h, "; <code>--format patch</code> has all of it.</p>"
			    "\n");
	}
}
