/* The pages of a batch: a row a job, a bar of its findings by level. */
#include <ctype.h>

#include "base/buf.h"
#include "core/finding.h"
#include "render/html_parts.h"

/* Rows that a browser shows at ease. */
#define ROWS_MAX 10000

struct sums {
	size_t most, findings, pages, failed;
	double cost;
};

static size_t findings_of(const struct index_row *row)
{
	size_t n = 0;

	for (int i = 0; i < LEVEL_COUNT; i++)
		n += row->levels[i];
	return n;
}

static struct sums add_up(const struct index_row *rows, size_t len)
{
	struct sums s = { 0 };

	for (size_t i = 0; i < len; i++) {
		size_t n = findings_of(&rows[i]);

		s.most = n > s.most ? n : s.most;
		s.findings += n;
		s.pages += rows[i].file != NULL;
		s.failed += rows[i].failed;
		s.cost += rows[i].usage.cost > 0 ? rows[i].usage.cost : 0;
	}
	return s;
}

static void add_header(struct html *h, const struct sums *s, size_t len)
{
	html_raw(h, "<header>\n<div class=\"top\">\n<h1>Batch: ");
	html_count(h, len, "job");
	html_raw(h, "</h1>\n<button type=\"button\" class=\"theme\">"
		    "Colours: auto</button>\n</div>\n<p class=\"facts\">");
	html_count(h, s->findings, "finding");
	html_raw(h, " in ");
	html_count(h, s->pages, "report");
	if (s->failed)
		html_rawf(h, " · %zu not as wanted", s->failed);
	if (s->cost > 0)
		html_rawf(h, " · $%.4f", s->cost);
	html_raw(h, "</p>\n</header>\n");
}

static void add_bar(struct html *h, const struct index_row *row, size_t most)
{
	static const char *const bars[LEVEL_COUNT] = { "l0", "l1", "l2", "l3" };
	size_t x = 0;

	html_begin_bar(h);
	for (int i = 0; i < LEVEL_COUNT && most; i++) {
		size_t width = row->levels[i] * HTML_BAR_WIDE / most;

		if (!row->levels[i])
			continue;
		html_bar_part(h, x, width ? width : 1, bars[i]);
		x += width;
	}
	html_end_bar(h);
}

/* "2 must-fix, 1 question": the bar in words. */
static void add_levels(struct html *h, const struct index_row *row)
{
	const char *sep = "";

	for (int i = 0; i < LEVEL_COUNT; i++) {
		const char *name = finding_level_name((enum finding_level)i);

		if (!row->levels[i])
			continue;
		html_rawf(h,
			  "%s<span class=\"%s\"><span class=\"level\">%zu "
			  "%s</span></span>",
			  sep, name, row->levels[i], name);
		sep = ", ";
	}
	if (!*sep)
		html_raw(h, row->file ? "no finding" : "");
}

/* Is it a commit's? Then its beginning names it. */
static bool object_id(struct span s)
{
	size_t i = 0;

	while (i < s.len && isxdigit((unsigned char)s.ptr[i]))
		i++;
	return i == s.len && i >= 40;
}

static void add_job(struct html *h, const struct index_row *row)
{
	html_raw(h, "<tr><th scope=\"row\">");
	if (row->file) {
		html_raw(h, "<a href=\"");
		html_line(h, span_of(row->file));
		html_raw(h, "\">");
	}
	html_raw(h, "<code>");
	html_line(h, object_id(row->id) ? span_first(row->id, 10) : row->id);
	html_raw(h, row->file ? "</code></a></th>" : "</code></th>");
	html_raw(h, "<td class=\"what\">");
	html_line(h, row->title);
	html_raw(h, "</td>");
}

static void add_row(struct html *h, const struct index_row *row, size_t most)
{
	add_job(h, row);
	html_raw(h, "<td class=\"bar\">");
	add_bar(h, row, most);
	html_raw(h, "</td><td>");
	add_levels(h, row);
	html_rawf(h, "</td><td>%s", row->status);
	if (row->why.len) {
		html_raw(h, ": <span class=\"soft\">");
		html_line(h, row->why);
		html_raw(h, "</span>");
	}
	html_raw(h, "</td><td class=\"right\">");
	if (row->usage.cost > 0)
		html_rawf(h, "$%.4f", row->usage.cost);
	else if (row->usage.cost < 0)
		html_raw(h, "unknown");
	html_raw(h, "</td></tr>\n");
}

void render_index(struct buf *out, const struct index_row *rows, size_t len)
{
	const struct sums s = add_up(rows, len);
	struct html h = { .out = out };

	html_head(&h, SPAN("Batch of reviews"));
	add_header(&h, &s, len);
	html_raw(&h, "<main id=\"main\" tabindex=\"-1\">\n"
		     "<table class=\"bars jobs\">\n<thead><tr>"
		     "<th scope=\"col\">Job</th><th scope=\"col\">What</th>"
		     "<th scope=\"col\" class=\"bar\">Findings</th>"
		     "<th scope=\"col\">By level</th>"
		     "<th scope=\"col\">Status</th>"
		     "<th scope=\"col\" class=\"right\">Cost</th>"
		     "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < len && i < ROWS_MAX; i++)
		add_row(&h, &rows[i], s.most);
	html_raw(&h, "</tbody></table>\n");
	if (len > ROWS_MAX) {
		html_raw(&h, "<p>");
		html_count(&h, len - ROWS_MAX, "more job");
		html_raw(&h, "; the records have them all.</p>\n");
	}
	html_raw(&h, "</main>\n");
	html_foot(&h);
}
