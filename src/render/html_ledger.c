/*
 * What was looked at, as a picture: a bar a file, as long as the file has
 * changed lines and in the colour of its coverage, which also stands there in
 * words.
 */
#include "base/buf.h"
#include "core/change.h"
#include "core/report.h"
#include "render/html_parts.h"

static const char *const states[] = {
	[COVER_FULL] = "full",
	[COVER_HUNKS] = "hunks",
	[COVER_SUMMARY] = "summary",
	[COVER_SKIPPED] = "skipped",
};

static const char *const state_words[] = {
	[COVER_FULL] = "in full",
	[COVER_HUNKS] = "some hunks",
	[COVER_SUMMARY] = "a summary only",
	[COVER_SKIPPED] = "not looked at",
};

#define STATES (sizeof(states) / sizeof(states[0]))

struct coverage {
	size_t files[STATES];
	uint64_t lines[STATES], all, most;
};

static uint64_t weight(const struct html *h, size_t number)
{
	const struct file_change *c;

	if (!number)
		return 0;
	c = h->files.ptr[number - 1].change;
	return (uint64_t)c->added + c->removed;
}

static struct coverage add_up(const struct html *h)
{
	struct coverage s = { 0 };

	vec_each (struct cover, c, &h->r->files) {
		uint64_t n = weight(h, html_find(h, c->path));

		s.files[c->state]++;
		s.lines[c->state] += n;
		s.all += n;
		s.most = n > s.most ? n : s.most;
	}
	return s;
}

/* How the lines of all files share one bar, and what the colours mean. */
static void add_sum(struct html *h, const struct coverage *s)
{
	uint64_t x = 0;

	html_raw(h, "<div class=\"sum\">\n");
	if (s->all) {
		html_begin_bar(h);
		for (size_t i = 0; i < STATES; i++) {
			uint64_t width = s->lines[i] * HTML_BAR_WIDE / s->all;

			if (s->lines[i])
				html_bar_part(h, x, width ? width : 1,
					      states[i]);
			x += width;
		}
		html_end_bar(h);
		html_raw(h, "\n");
	}
	html_raw(h, "<ul class=\"key\">\n");
	for (size_t i = 0; i < STATES; i++) {
		if (!s->files[i])
			continue;
		html_rawf(h,
			  "<li><svg viewBox=\"0 0 10 10\" "
			  "aria-hidden=\"true\"><rect class=\"%s\" "
			  "width=\"10\" height=\"10\"/></svg>%s: ",
			  states[i], state_words[i]);
		html_count(h, s->files[i], "file");
		html_raw(h, ", ");
		html_count(h, s->lines[i], "line");
		html_raw(h, "</li>\n");
	}
	html_raw(h, "</ul>\n</div>\n");
}

static void add_bar(struct html *h, const struct cover *c, uint64_t lines,
		    const struct coverage *s)
{
	uint64_t width = s->most ? lines * HTML_BAR_WIDE / s->most : 0, seen;

	html_begin_bar(h);
	width = width < 4 ? 4 : width;
	html_bar_part(h, 0, width, states[c->state]);
	if (c->state == COVER_HUNKS && c->hunks) {
		seen = width * c->hunks_sent / c->hunks;
		html_bar_part(h, 0, seen, states[COVER_FULL]);
	}
	html_end_bar(h);
}

static void add_row(struct html *h, const struct cover *c,
		    const struct coverage *s)
{
	size_t number = html_find(h, c->path);
	bool shown = number && html_shown(&h->files.ptr[number - 1]);
	uint64_t lines = weight(h, number);
	struct buf words = { 0 };

	html_raw(h, "<tr><th scope=\"row\">");
	if (shown)
		html_rawf(h, "<a href=\"#d%zu\">", number);
	html_raw(h, "<code>");
	html_line(h, c->path);
	html_raw(h, shown ? "</code></a></th>" : "</code></th>");
	html_raw(h, "<td class=\"bar\">");
	add_bar(h, c, lines, s);
	html_rawf(h, "</td><td class=\"right\">%llu</td><td>",
		  (unsigned long long)lines);
	render_cover(&words, c, true);
	html_inline(h, buf_span(&words));
	html_raw(h, "</td></tr>\n");
	buf_release(&words);
}

static void add_files(struct html *h)
{
	const struct coverage s = add_up(h);
	size_t n = 0;

	add_sum(h, &s);
	html_raw(h, "<table class=\"bars\">\n<thead><tr><th scope=\"col\">File"
		    "</th><th scope=\"col\" class=\"bar\">Size</th>"
		    "<th scope=\"col\" class=\"right\">Lines</th>"
		    "<th scope=\"col\">Coverage</th></tr></thead>\n<tbody>\n");
	vec_each (struct cover, c, &h->r->files) {
		if (n++ == HTML_ROWS_MAX)
			break;
		add_row(h, c, &s);
	}
	html_raw(h, "</tbody></table>\n");
	if (h->r->files.len <= HTML_ROWS_MAX)
		return;
	html_raw(h, "<p>");
	html_count(h, h->r->files.len - HTML_ROWS_MAX, "more file");
	html_raw(h, "; the Markdown and JSON forms list them all.</p>\n");
}

void html_ledger(struct html *h)
{
	struct buf notes = { 0 };

	html_raw(h, "<section aria-labelledby=\"ledger\">\n"
		    "<h2 id=\"ledger\">What was looked at</h2>\n<p>");
	html_line(h, h->r->title);
	html_raw(h, "</p>\n");
	if (h->r->files.len)
		add_files(h);
	render_notes(&notes, h->r);
	html_markdown(h, buf_span(&notes), 2);
	html_raw(h, "</section>\n");
	buf_release(&notes);
}
