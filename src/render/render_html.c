/*
 * One page that stands alone: the sections with their findings as cards, the
 * change beside them, the ledger. Everything can be read without the script,
 * which filters.
 */
#include <ctype.h>

#include "base/buf.h"
#include "core/change.h"
#include "core/report.h"
#include "render/html_parts.h"
#include "render/render.h"

static void add_side(struct html *h, struct span name, const char *id)
{
	html_line(h, name);
	if (id[0]) {
		html_raw(h, " <code>");
		html_line(h, span_first(span_of(id), 10));
		html_raw(h, "</code>");
	}
}

/* From what to what, and who was asked. */
static void add_facts(struct html *h)
{
	const struct report *r = h->r;

	html_raw(h, "<p class=\"facts\">");
	if (r->existing) {
		html_raw(h, "Existing code of ");
		add_side(h, r->new_name, r->new_id);
		html_raw(h, " · ");
	} else if (r->old_name.len) {
		add_side(h, r->old_name, r->old_id);
		html_raw(h, " → ");
		add_side(h, r->new_name, r->new_id);
		html_raw(h, " · ");
	}
	if (r->change)
		html_rawf(h, "+%u −%u lines · ", r->change->added,
			  r->change->removed);
	if (r->offline) {
		html_raw(h, "no model was asked");
	} else {
		html_line(h, r->model);
		if (r->usage.cost >= 0)
			html_rawf(h, " · $%.4f", r->usage.cost);
	}
	html_raw(h, "</p>\n");
}

/* What it is of, and what it is where the title does not say so. */
static void add_title(struct html *h)
{
	struct span title = h->r->title;

	if (h->r->partial) {
		html_raw(h, "Partial reply: ");
	} else if (!span_eqs(span_of(h->r->task), "design")) {
		html_raw(h, "Review: ");
	} else if (title.len && islower((unsigned char)title.ptr[0])) {
		html_rawf(h, "%c", toupper(title.ptr[0]));
		title = span_from(title, 1);
	}
	html_line(h, title);
}

static void add_header(struct html *h)
{
	html_raw(h, "<header>\n<div class=\"top\">\n<h1>");
	add_title(h);
	html_raw(h, "</h1>\n<button type=\"button\" class=\"theme\">"
		    "Colours: auto</button>\n</div>\n");
	add_facts(h);
	if (h->r->partial) {
		html_raw(h, "<p class=\"warning\"><strong>Partial</strong>: ");
		html_line(h, span_of(report_partial_words));
		html_raw(h, "</p>\n");
	}
	html_raw(h, "</header>\n");
}

/* prefix: of the id */
static void add_nav_row(struct html *h, const char *prefix, struct span id,
			struct span name, size_t findings)
{
	html_rawf(h, "<li><a href=\"#%s", prefix);
	html_line(h, id);
	html_raw(h, "\">");
	html_line(h, name);
	html_raw(h, "</a>");
	if (findings)
		html_rawf(h, " (%zu)", findings);
	html_raw(h, "</li>\n");
}

static size_t findings_of(const struct report *r, unsigned section)
{
	size_t n = 0;

	vec_each (struct finding, f, &r->findings)
		n += f->section == section;
	return n;
}

static void add_nav(struct html *h, const char *index)
{
	const struct report *r = h->r;

	html_raw(h, "<nav aria-label=\"Parts of the report\">\n<ul>\n");
	if (index) {
		html_raw(h, "<li><a href=\"");
		html_line(h, span_of(index));
		html_raw(h, "\">All reports</a></li>\n");
	}
	for (unsigned i = 0; i < r->sections.len; i++)
		add_nav_row(h, HTML_SECTION_ID,
			    span_of(r->sections.ptr[i].want->id),
			    span_of(r->sections.ptr[i].want->name),
			    findings_of(r, i));
	if (r->change)
		add_nav_row(h, "", SPAN("change"),
			    r->existing ? SPAN("The code") : SPAN("The change"),
			    0);
	add_nav_row(h, "", SPAN("ledger"), SPAN("What was looked at"), 0);
	html_raw(h, "</ul>\n</nav>\n");
}

static void add_level_boxes(struct html *h)
{
	size_t n[LEVEL_COUNT] = { 0 };

	vec_each (struct finding, f, &h->r->findings)
		n[f->level]++;
	html_raw(h, "<fieldset>\n<legend>Levels</legend>\n");
	for (int i = 0; i < LEVEL_COUNT; i++) {
		const char *name = finding_level_name((enum finding_level)i);

		html_rawf(h,
			  "<label><input type=\"checkbox\" name=\"%s\" "
			  "checked> <span class=\"%s\"><span "
			  "class=\"level\">%s</span></span> %zu</label>\n",
			  name, name, name, n[i]);
	}
	html_raw(h, "</fieldset>\n");
}

static void add_filter(struct html *h)
{
	const struct report *r = h->r;

	if (!r->findings.len)
		return;
	html_raw(h, "<form aria-label=\"Filter the findings\">\n");
	add_level_boxes(h);
	html_raw(h, "<label>Section <select name=\"section\">\n"
		    "<option value=\"\">all</option>\n");
	for (unsigned i = 0; i < r->sections.len; i++) {
		html_raw(h, "<option value=\"");
		html_line(h, span_of(r->sections.ptr[i].want->id));
		html_raw(h, "\">");
		html_line(h, span_of(r->sections.ptr[i].want->name));
		html_raw(h, "</option>\n");
	}
	html_raw(h, "</select></label>\n<label>Text <input type=\"search\" "
		    "name=\"words\" autocomplete=\"off\"></label>\n"
		    "<button type=\"reset\">Show all</button>\n");
	html_rawf(h, "<output>%zu of %zu shown</output>\n</form>\n",
		  r->findings.len, r->findings.len);
}

void render_html(struct buf *out, const struct report *r,
		 const struct render_style *style)
{
	struct html h = { .out = out, .r = r, .highlight = style->highlight };

	html_plan(&h);
	html_head(&h, r->title);
	add_header(&h);
	add_nav(&h, style->index);
	add_filter(&h);
	html_rawf(&h, "<main id=\"main\" tabindex=\"-1\"%s>\n",
		  r->change ? " class=\"two\"" : "");
	html_raw(&h, "<div class=\"report\">\n");
	html_markdown(&h, r->preamble, 1);
	for (unsigned i = 0; i < r->sections.len; i++)
		html_section(&h, i);
	html_ledger(&h);
	html_raw(&h, "</div>\n");
	if (r->change)
		html_change(&h);
	html_raw(&h, "</main>\n");
	html_foot(&h);
	arena_release(&h.arena);
}
