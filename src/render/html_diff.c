/*
 * The change, file by file: its lines with their secrets masked, Rust
 * highlighted, a finding below the line it is about. Unchanged lines between
 * hunks are folded to their number.
 */
#include "base/buf.h"
#include "base/mask.h"
#include "core/change.h"
#include "core/hunk_mask.h"
#include "core/report.h"
#include "render/html_parts.h"

/* A file without a finding is folded when it is longer. */
#define OPEN_LINES 60

/* One file on its way. */
struct pane {
	struct html *h;
	const struct html_file *file;
	size_t number; /* of the file, from 1 */
	bool rust;
	uint32_t next_new; /* the line of the new side behind the last shown */
	size_t hidden;	   /* lines of hunks that were passed over since */
};

static void gap(struct pane *p, size_t n, const char *what,
		const struct hunk *hunk)
{
	struct html *h = p->h;
	struct span heading = hunk ? hunk_heading(hunk) : (struct span){ 0 };
	struct buf masked = { 0 };

	if (!n && !heading.len)
		return;
	html_raw(h, "<tr class=\"gap\"><td colspan=\"3\">");
	if (n) {
		html_count(h, n, what);
		html_raw(h, heading.len ? " · " : "");
	}
	mask_bytes(&masked, span_trim(heading), NULL);
	html_line(h, text_clip(buf_span(&masked), HTML_LINE_BYTES_MAX));
	html_raw(h, "</td></tr>\n");
	buf_release(&masked);
}

static void end_hidden(struct pane *p)
{
	gap(p, p->hidden, "more line", NULL);
	p->hidden = 0;
}

/* ---- lines */

static void add_number(struct html *h, const char *class, uint32_t n)
{
	html_rawf(h, "<td class=\"%s\">", class);
	if (n)
		html_rawf(h, "%u", n);
	html_raw(h, "</td>");
}

void html_begin_rows(struct html *h, bool one_side)
{
	html_rawf(h, "<table class=\"diff%s\">\n", one_side ? " one" : "");
	html_raw(h, "<colgroup><col class=\"n old\">"
		    "<col class=\"n\"><col></colgroup>\n"
		    "<thead class=\"sr\"><tr>"
		    "<th scope=\"col\">Old line</th>"
		    "<th scope=\"col\">New line</th>"
		    "<th scope=\"col\">Code</th></tr></thead>\n<tbody>\n");
}

void html_end_rows(struct html *h)
{
	html_raw(h, "</tbody></table>\n");
}

void html_row(struct html *h, size_t file, const struct diff_line *l,
	      struct span code)
{
	static const char *const classes[] = { "", " class=\"add\"",
					       " class=\"cut\"" };
	static const char *const signs[] = { " ", "+", "−" };
	unsigned kind = l->origin == '+' ? 1 : l->origin == '-' ? 2 : 0;

	/* code as it stands is no change */
	if (h->r->existing && file)
		kind = 0;
	html_rawf(h, "<tr%s", classes[kind]);
	if (file && l->new_no)
		html_rawf(h, " id=\"d%zu-%u\"", file, l->new_no);
	else if (file)
		html_rawf(h, " id=\"d%zu-o%u\"", file, l->old_no);
	html_raw(h, ">");
	add_number(h, "n old", l->old_no);
	add_number(h, "n", l->new_no);
	html_rawf(h, "<td class=\"l\"><span class=\"s\">%s</span>",
		  signs[kind]);
	buf_addsp(h->out, code);
	if (l->no_newline)
		html_raw(h, " <span class=\"soft\">(no newline at the end)"
			    "</span>");
	html_raw(h, "</td></tr>\n");
}

/* The findings about this line. */
static void add_notes(struct pane *p, const struct diff_line *l)
{
	struct html *h = p->h;
	bool any = false;

	vec_each (size_t, at, &p->file->findings) {
		if (!html_about(&h->r->findings.ptr[*at], l) ||
		    h->findings[*at].noted)
			continue;
		if (!any)
			html_raw(h, "<tr class=\"at\"><td colspan=\"3\">\n");
		any = true;
		h->findings[*at].noted = true;
		html_note(h, *at);
	}
	if (any)
		html_raw(h, "</td></tr>\n");
}

void html_shown_line(struct buf *out, struct span line)
{
	struct span cut = text_clip(line, HTML_LINE_BYTES_MAX);

	if (span_ends(cut, "\r"))
		cut.len--;
	text_visible(out, cut);
	if (cut.len + 1 < line.len)
		buf_addf(out, " … %zu more bytes", line.len - cut.len);
	buf_addc(out, '\n');
}

/* The lines of one side of a hunk as HTML, a line each. */
static void add_side(struct pane *p, const struct hunk *hunk, struct span text,
		     char left_out, struct buf *out)
{
	struct buf code = { 0 };
	struct span line;

	vec_each (struct diff_line, l, &hunk->lines) {
		line = span_first(text, l->text.len);
		text = span_from(text, l->text.len + 1);
		if (l->origin != left_out)
			html_shown_line(&code, line);
	}
	html_code(p->h, out, buf_span(&code), p->rust);
	buf_release(&code);
}

static void add_hunk(struct pane *p, const struct hunk *hunk, struct span text)
{
	const bool *show = p->file->show == HTML_WHOLE
				   ? NULL
				   : html_near(p->h, p->file, hunk);
	struct buf old = { 0 }, new = { 0 };
	struct span olds, news, code;

	add_side(p, hunk, text, '+', &old);
	add_side(p, hunk, text, '-', &new);
	olds = buf_span(&old);
	news = buf_span(&new);
	for (size_t i = 0; i < hunk->lines.len; i++) {
		const struct diff_line *l = &hunk->lines.ptr[i];

		if (l->origin != '+')
			text_line(&olds, &code);
		if (l->origin != '-')
			text_line(&news, &code);
		if (show && !show[i]) {
			p->hidden++;
			continue;
		}
		end_hidden(p);
		html_row(p->h, p->number, l, code);
		add_notes(p, l);
	}
	buf_release(&old);
	buf_release(&new);
}

/* Its first line of the new side; of one that has none, the line behind. */
static uint32_t new_begin(const struct hunk *hunk)
{
	return hunk->new_start + !hunk->new_lines;
}

static void add_table(struct pane *p)
{
	struct html *h = p->h;
	const struct hunk *hunk = p->file->change->hunks.ptr;

	html_begin_rows(h, !p->file->change->removed &&
				   p->file->change->status == FILE_ADDED);
	p->next_new = 1;
	for (size_t i = 0; i < p->file->change->hunks.len; i++, hunk++) {
		end_hidden(p);
		gap(p,
		    new_begin(hunk) > p->next_new
			    ? new_begin(hunk) - p->next_new
			    : 0,
		    "unchanged line", hunk);
		add_hunk(p, hunk, p->file->masked[i]);
		p->next_new = new_begin(hunk) + hunk->new_lines;
	}
	end_hidden(p);
	html_end_rows(h);
}

/* ---- files */

/* Findings that no line of it took. */
static void add_other_notes(struct html *h, const struct html_file *f)
{
	bool any = false;

	vec_each (size_t, at, &f->findings) {
		if (h->findings[*at].noted)
			continue;
		if (!any)
			html_raw(h, "<p class=\"soft\">On lines that are not "
				    "shown here:</p>\n");
		any = true;
		h->findings[*at].noted = true;
		html_note(h, *at);
	}
}

static void add_counts(struct html *h, const struct html_file *f)
{
	const struct file_change *c = f->change;

	if (h->r->existing)
		html_rawf(h, " <span class=\"soft\">%u lines", f->lines);
	else
		html_rawf(h, " <span class=\"soft\">%s, +%u −%u",
			  file_status_name(c->status), c->added, c->removed);
	if (c->old_path.len && !span_eq(c->old_path, c->path)) {
		html_raw(h, ", was ");
		html_line(h, c->old_path);
	}
	if (f->findings.len) {
		html_raw(h, ", ");
		html_count(h, f->findings.len, "finding");
	}
	html_raw(h, "</span>");
}

static void add_file(struct html *h, size_t number)
{
	const struct html_file *f = &h->files.ptr[number - 1];
	struct pane p = { .h = h, .file = f, .number = number };

	p.rust = span_ends(f->change->path, ".rs");
	html_rawf(h, "<details class=\"file\" id=\"d%zu\"%s>\n<summary><h3>",
		  number,
		  f->findings.len || f->lines <= OPEN_LINES ? " open" : "");
	html_line(h, f->change->path);
	html_raw(h, "</h3>");
	add_counts(h, f);
	html_raw(h, "</summary>\n");
	if (f->show == HTML_AROUND_FINDINGS && !h->r->existing)
		html_raw(h, "<p class=\"soft\">Only what is around findings: "
			    "the file, or the page, is too long for all of "
			    "it.</p>\n");
	add_table(&p);
	add_other_notes(h, f);
	html_raw(h, "</details>\n");
}

/* Those with findings, or those without. */
static void add_files(struct html *h, bool findings)
{
	for (size_t i = 0; i < h->files.len; i++) {
		const struct html_file *f = &h->files.ptr[i];

		if (html_shown(f) && (f->findings.len > 0) == findings)
			add_file(h, i + 1);
	}
}

static void add_other(struct html *h, const struct html_file *f)
{
	struct buf words = { 0 };

	html_raw(h, "<li><code>");
	html_line(h, f->change->path);
	html_raw(h, "</code>: ");
	if (f->show == HTML_LEFT_OUT) {
		html_count(h, f->lines, "line");
		html_raw(h, f->findings.len ? ", left out for the page’s size"
					    : " without a finding, left out "
					      "for the page’s size");
	} else if (f->why) {
		html_raw(h, f->why);
	} else {
		render_cover(&words, f->cover, true);
		html_inline(h, buf_span(&words));
	}
	html_raw(h, "</li>\n");
	buf_release(&words);
}

/* Files of which there are no lines here, and why. */
static void add_others(struct html *h)
{
	size_t n = 0;

	vec_each (struct html_file, f, &h->files) {
		if (html_shown(f) || n++ >= HTML_ROWS_MAX)
			continue;
		if (n == 1)
			html_raw(h, "<h3>Without their lines</h3>\n<ul>\n");
		add_other(h, f);
	}
	if (n > HTML_ROWS_MAX) {
		html_raw(h, "<li>");
		html_count(h, n - HTML_ROWS_MAX, "more file");
		html_raw(h, "</li>\n");
	}
	html_raw(h, n ? "</ul>\n" : "");
}

void html_change(struct html *h)
{
	html_raw(h, "<section class=\"change\" aria-labelledby=\"change\">"
		    "\n<h2 id=\"change\">");
	html_raw(h, h->r->existing ? "The code" : "The change");
	html_raw(h, "</h2>\n");
	if (h->r->existing)
		html_raw(h, "<p class=\"soft\">What is around findings; the "
			    "ledger lists all that was looked at.</p>\n");
	add_files(h, true);
	add_files(h, false);
	add_others(h);
	html_raw(h, "</section>\n");
}
