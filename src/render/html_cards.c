#include <string.h>

#include "base/buf.h"
#include "core/change.h"
#include "core/remark.h"
#include "core/report.h"
#include "render/annotation.h"
#include "render/html_parts.h"

static const struct finding *finding_at(const struct html *h, size_t i)
{
	return &h->r->findings.ptr[i];
}

/* Is there a note of it beside the change? */
static bool has_note(const struct html *h, size_t i)
{
	size_t file = h->findings[i].file;

	return file && html_shown(&h->files.ptr[file - 1]);
}

/* Its element's class and what the filter goes by. */
static void add_attributes(struct html *h, const struct finding *f,
			   const char *class)
{
	const char *level = finding_level_name(f->level);

	html_rawf(h, " class=\"%s %s%s\" data-level=\"%s\" data-section=\"",
		  class, level, f->age == FINDING_KNOWN ? " known" : "", level);
	html_line(h, span_of(h->r->sections.ptr[f->section].want->id));
	html_raw(h, "\"");
}

static void add_level(struct html *h, const struct finding *f)
{
	html_rawf(h, "<span class=\"level\">%s</span>",
		  finding_level_name(f->level));
}

static void add_place(struct html *h, const struct finding *f)
{
	html_line(h, f->path);
	if (f->line)
		html_rawf(h, ":%u", f->line);
}

static void add_mark(struct html *h, bool bad, const char *words)
{
	html_rawf(h, "<li class=\"mark%s\">%s</li>\n", bad ? " bad" : "",
		  words);
}

/* What it is besides its level; nothing of most. */
static void add_marks(struct html *h, const struct finding *f)
{
	const char *mark = finding_mark(f);
	bool known = f->age == FINDING_KNOWN;

	if (!mark && !f->own && f->age == FINDING_AGE_UNKNOWN)
		return;
	html_raw(h, "<ul class=\"marks\">\n");
	if (mark)
		add_mark(h,
			 f->check == FINDING_UNVERIFIED ||
				 f->check == FINDING_CONTRADICTED,
			 mark);
	if (f->own)
		add_mark(h, false, "the program&#39;s own");
	if (f->age == FINDING_NEW)
		add_mark(h, false, "new");
	if (known)
		add_mark(h, f->known_expired,
			 f->known_expired ? "known, expired" : "known");
	html_raw(h, "</ul>\n");
	if (!known || (!f->known_reason.len && !f->known_until.len))
		return;
	html_raw(h, "<p class=\"fact\">Known");
	if (f->known_until.len) {
		html_raw(h, " until ");
		html_line(h, f->known_until);
	}
	html_raw(h, f->known_reason.len ? ": " : "");
	html_line(h, f->known_reason);
	html_raw(h, "</p>\n");
}

static void add_ids(struct html *h, const struct finding *f)
{
	if (!f->rule && !f->fingerprint[0])
		return;
	html_raw(h, "<p class=\"ids\">");
	if (f->rule) {
		html_raw(h, "rule <code>");
		html_line(h, span_of(f->rule));
		html_raw(h, "</code>");
	}
	if (f->fingerprint[0]) {
		html_raw(h, f->rule ? ", " : "");
		html_raw(h, "fingerprint <code>");
		html_line(h, span_of(f->fingerprint));
		html_raw(h, "</code>");
	}
	html_raw(h, "</p>\n");
}

static void add_quote(struct html *h, const struct finding *f)
{
	struct buf shown = { 0 };

	if (!f->quote.len)
		return;
	text_visible(&shown, f->quote);
	html_raw(h, "<pre><code>");
	html_code(h, h->out, buf_span(&shown), span_ends(f->path, ".rs"));
	html_raw(h, "</code></pre>\n");
	buf_release(&shown);
}

static struct span between(const char *from, const char *to)
{
	return (struct span){ from, from < to ? (size_t)(to - from) : 0 };
}

/* Its words as its section has them: the lines they name are the true ones, and
 * the fact stands behind them. */
static struct span words_of(const struct html *h, size_t i)
{
	const struct remark *rm = h->findings[i].remark;
	const struct finding *f = finding_at(h, i);
	struct span words = f->text;

	if (rm && rm->words <= rm->words_end)
		words = between(rm->words, rm->words_end);
	return annotation_bare(words, f->rule);
}

/* Without the blanks that all its lines begin with. */
static void add_dedented(struct html *h, struct span text, unsigned under)
{
	struct span rest = text, line;
	size_t least = SIZE_MAX, n;
	struct buf b = { 0 };

	while (text_line(&rest, &line)) {
		for (n = 0; n < line.len && line.ptr[n] == ' '; n++)
			;
		if (n < line.len && n < least)
			least = n;
	}
	while (text_line(&text, &line)) {
		buf_addsp(&b, span_from(line, least));
		buf_addc(&b, '\n');
	}
	html_markdown(h, buf_span(&b), under);
	buf_release(&b);
}

/* What its item holds besides words and quote, which stands among it. */
static void add_body(struct html *h, size_t i)
{
	const struct remark *rm = h->findings[i].remark;
	const char *end;

	if (!rm || !rm->quoted.len) {
		add_quote(h, finding_at(h, i));
		if (rm)
			add_dedented(h,
				     between(rm->words_end,
					     rm->item.ptr + rm->item.len),
				     3);
		return;
	}
	end = rm->quoted.ptr + rm->quoted.len;
	add_dedented(h, between(rm->words_end, rm->quoted.ptr), 3);
	add_quote(h, finding_at(h, i));
	add_dedented(h, between(end, rm->item.ptr + rm->item.len), 3);
}

static void add_card(struct html *h, size_t i)
{
	const struct finding *f = finding_at(h, i);
	bool note = has_note(h, i);

	html_raw(h, "<article");
	add_attributes(h, f, "card");
	html_rawf(h, " id=\"f%zu\" aria-labelledby=\"t%zu\">\n<h3 id=\"t%zu\">",
		  i + 1, i + 1, i + 1);
	add_level(h, f);
	if (f->path.len) {
		html_rawf(h,
			  note ? " <a class=\"place\" href=\"#n%zu\">"
			       : " <span class=\"place\">",
			  i + 1);
		add_place(h, f);
		html_raw(h, note ? "</a>" : "</span>");
	}
	html_raw(h, "</h3>\n");
	add_marks(h, f);
	html_markdown(h, words_of(h, i), 3);
	add_body(h, i);
	if (f->fact.len && !h->findings[i].remark) {
		html_raw(h, "<p class=\"fact\">");
		html_text(h, f->fact);
		html_raw(h, "</p>\n");
	}
	html_fix(h, i);
	add_ids(h, f);
	html_raw(h, "</article>\n");
}

void html_note(struct html *h, size_t i)
{
	const struct finding *f = finding_at(h, i);

	html_raw(h, "<div");
	add_attributes(h, f, "note");
	html_rawf(h, " id=\"n%zu\">\n<p><a href=\"#f%zu\">", i + 1, i + 1);
	add_level(h, f);
	html_raw(h, " in ");
	html_line(h, span_of(h->r->sections.ptr[f->section].want->name));
	html_raw(h, "</a></p>\n");
	add_marks(h, f);
	html_markdown(h, words_of(h, i), 3);
	html_raw(h, "</div>\n");
}

static void begin_section(struct html *h, const struct section_want *want)
{
	struct span id = span_of(want->id);

	html_raw(h, "<section data-part=\"");
	html_line(h, id);
	html_raw(h, "\" aria-labelledby=\"" HTML_SECTION_ID);
	html_line(h, id);
	html_raw(h, "\">\n<h2 id=\"" HTML_SECTION_ID);
	html_line(h, id);
	html_raw(h, "\">");
	html_line(h, span_of(want->name));
	html_raw(h, "</h2>\n");
}

void html_section(struct html *h, unsigned section)
{
	const struct section *s = &h->r->sections.ptr[section];
	const char *at = s->text.len ? s->text.ptr : "";
	const char *end = at + s->text.len;

	begin_section(h, s->want);
	if (!s->text.len)
		html_raw(h, "<p class=\"soft\">(nothing came)</p>\n");
	for (size_t i = 0; i < h->r->findings.len; i++) {
		const struct remark *rm = h->findings[i].remark;

		if (finding_at(h, i)->section != section || !rm)
			continue;
		html_markdown(h, between(at, rm->item.ptr), 2);
		add_card(h, i);
		at = rm->item.ptr + rm->item.len;
	}
	html_markdown(h, between(at, end), 2);
	for (size_t i = 0; i < h->r->findings.len; i++)
		if (finding_at(h, i)->section == section &&
		    !h->findings[i].remark)
			add_card(h, i);
	html_raw(h, "</section>\n");
}
