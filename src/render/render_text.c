/*
 * For a person at a terminal: what was found first, what was looked at last and
 * short, for the other forms show it whole.
 */
#include <string.h>

#include "base/buf.h"
#include "core/report.h"
#include "render/prose.h"
#include "render/render.h"
#include "render/text_parts.h"

/* ---- what was found */

/* "5 must-fix · 3 should-fix (1 of them not verified) · 2 known" */
static void add_counts(struct flow *f, const struct report *r)
{
	unsigned n[LEVEL_COUNT] = { 0 }, doubtful = 0, known = 0, i;
	const char *sep = "";

	vec_each (struct finding, one, &r->findings) {
		bool old = one->age == FINDING_KNOWN && !one->known_expired;

		known += old;
		n[one->level] += !old;
		doubtful += !old && !finding_sure(one);
	}
	for (i = 0; i < LEVEL_COUNT; i++) {
		if (!n[i])
			continue;
		flow_adds(f, INK_PLAIN, sep);
		text_count(f, prose_level_ink(i), n[i]);
		flow_adds(f, prose_level_ink(i), " ");
		flow_adds(f, prose_level_ink(i), finding_level_name(i));
		if (i == LEVEL_QUESTION && n[i] > 1)
			flow_adds(f, prose_level_ink(i), "s");
		sep = " \u00b7 ";
	}
	if (!*sep)
		flow_adds(f, INK_PLAIN,
			  known ? "no new finding" : "no finding");
	if (doubtful) {
		flow_adds(f, INK_PLAIN, " (");
		text_count(f, INK_PLAIN, doubtful);
		flow_adds(f, INK_PLAIN, " of them not verified)");
	}
	if (known) {
		flow_adds(f, INK_PLAIN, " \u00b7 ");
		text_count(f, INK_PLAIN, known);
		flow_adds(f, INK_PLAIN, " known");
	}
}

static void write_title(struct sheet *sh, const struct report *r)
{
	struct flow f = { 0 };

	text_words(&f, INK_BOLD, r->title);
	flow_adds(&f, INK_PLAIN, "\n");
	if (r->findings.len || strcmp(r->task, "design") != 0) {
		add_counts(&f, r);
		flow_adds(&f, INK_PLAIN, "\n");
	}
	if (r->partial) {
		flow_adds(&f, INK_RED | INK_BOLD, "Partial");
		flow_adds(&f, INK_PLAIN, ": ");
		flow_adds(&f, INK_PLAIN, report_partial_words);
		flow_adds(&f, INK_PLAIN, "\n");
	}
	text_flow(sh, &f);
	flow_release(&f);
}

static void write_sections(struct sheet *sh, const struct places *places,
			   const struct report *r, highlight_fn highlight)
{
	if (r->preamble.len) {
		sheet_gap(sh);
		prose_write(sh, places, highlight, r->preamble);
	}
	vec_each (struct section, s, &r->sections) {
		sheet_gap(sh);
		sheet_rule(sh, s->want->name);
		sheet_gap(sh);
		prose_write(sh, places, highlight,
			    s->text.len ? s->text : SPAN("*(nothing came)*"));
	}
}

void render_text(struct buf *out, const struct report *r,
		 const struct render_style *style)
{
	struct arena a = { 0 };
	struct places places;
	struct sheet sh = { .paint = { .out = out,
				       .color = style->color,
				       .links = style->links },
			    .a = &a,
			    .width = style->width };

	if (sh.width && sh.width < SHEET_LEAST + 4)
		sh.width = SHEET_LEAST + 4;
	places_init(&places, &a, r, style->links ? style->root : NULL);
	write_title(&sh, r);
	write_sections(&sh, &places, r, style->highlight);
	text_ledger(&sh, r);
	arena_release(&a);
}
