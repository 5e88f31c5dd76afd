/*
 * For a person at a terminal: what was found first, what was looked at last and
 * short, for the other forms show it whole.
 */
#include <string.h>

#include "base/buf.h"
#include "core/report.h"
#include "render/prose.h"
#include "render/render.h"

/* Words that may hold names of others, on one line. */
static void add_words(struct flow *f, unsigned ink, struct span s)
{
	struct buf b = { 0 };

	text_visible_line(&b, s);
	flow_add(f, ink, buf_span(&b));
	buf_release(&b);
}

static void write_flow(struct sheet *sh, struct flow *f)
{
	sheet_flow(sh, f, sheet_prose(sh));
	flow_reset(f);
}

static void add_number(struct flow *f, unsigned ink, long long n)
{
	struct buf b = { 0 };

	text_add_number(&b, n);
	flow_add(f, ink, buf_span(&b));
	buf_release(&b);
}

/* ---- what was found */

/* "5 must-fix · 3 should-fix (1 unverified)"; known ones apart. */
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
		add_number(f, prose_level_ink(i), n[i]);
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
		add_number(f, INK_PLAIN, doubtful);
		flow_adds(f, INK_PLAIN, " of them not verified)");
	}
	if (known) {
		flow_adds(f, INK_PLAIN, " \u00b7 ");
		add_number(f, INK_PLAIN, known);
		flow_adds(f, INK_PLAIN, " known");
	}
}

static void write_title(struct sheet *sh, const struct report *r)
{
	struct flow f = { 0 };

	add_words(&f, INK_BOLD, r->title);
	flow_adds(&f, INK_PLAIN, "\n");
	if (r->findings.len || strcmp(r->task, "design") != 0) {
		add_counts(&f, r);
		flow_adds(&f, INK_PLAIN, "\n");
	}
	if (r->partial) {
		flow_adds(&f, INK_RED | INK_BOLD, "Partial");
		flow_adds(&f, INK_PLAIN,
			  ": the model's reply was incomplete or refused. This "
			  "is not a review; what an incomplete reply says of "
			  "the code was not looked up in it.\n");
	}
	write_flow(sh, &f);
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

/* ---- what was looked at */

static bool whole(const struct cover *c)
{
	return c->state == COVER_FULL && !c->note.len;
}

static void add_cover_counts(struct flow *f, const struct report *r)
{
	static const char *const words[] = {
		[COVER_FULL] = "looked at in full",
		[COVER_HUNKS] = "in part",
		[COVER_SUMMARY] = "summary only",
		[COVER_SKIPPED] = "skipped",
	};
	unsigned n[4] = { 0 }, i;
	const char *sep = "";

	vec_each (struct cover, c, &r->files)
		n[c->state]++;
	for (i = 0; i < 4; i++) {
		if (!n[i])
			continue;
		flow_adds(f, INK_PLAIN, sep);
		add_number(f, INK_PLAIN, n[i]);
		flow_adds(f, INK_PLAIN,
			  *sep	      ? " "
			  : n[i] == 1 ? " file "
				      : " files ");
		flow_adds(f, INK_PLAIN, words[i]);
		sep = " \u00b7 ";
	}
	if (!*sep)
		flow_adds(f, INK_PLAIN, "no file looked at");
	flow_adds(f, INK_DIM, "; --format markdown tells it whole\n");
}

static void add_why(struct flow *f, const struct cover *c)
{
	switch (c->state) {
	case COVER_FULL:
		flow_adds(f, INK_PLAIN, "full");
		break;
	case COVER_HUNKS:
		add_number(f, INK_PLAIN, c->hunks_sent);
		flow_adds(f, INK_PLAIN, " of ");
		add_number(f, INK_PLAIN, c->hunks);
		flow_adds(f, INK_PLAIN, " hunks");
		break;
	case COVER_SUMMARY:
		flow_adds(f, INK_PLAIN, "summary only");
		break;
	case COVER_SKIPPED:
		flow_adds(f, INK_PLAIN, "skipped");
		break;
	}
	if (c->reason.len) {
		flow_adds(f, INK_PLAIN, ": ");
		add_words(f, INK_PLAIN, c->reason);
	}
	if (c->summary.len) {
		flow_adds(f, INK_PLAIN, ": ");
		add_words(f, INK_PLAIN, c->summary);
	}
	if (c->note.len) {
		flow_adds(f, INK_PLAIN, "; ");
		add_words(f, INK_PLAIN, c->note);
	}
}

/* Whatever was not looked at in full is named. */
static void write_uncovered(struct sheet *sh, const struct report *r)
{
	struct flow f = { 0 };

	vec_each (struct cover, c, &r->files) {
		if (whole(c))
			continue;
		sheet_push(sh, INK_PLAIN, "\u2022 ", "  ");
		add_words(&f, INK_BOLD, c->path);
		flow_adds(&f, INK_PLAIN, " \u2014 ");
		add_why(&f, c);
		write_flow(sh, &f);
		sheet_pop(sh);
	}
	flow_release(&f);
}

static void add_guides(struct flow *f, const struct report *r)
{
	unsigned n = 0;

	vec_each (struct guide, g, &r->guides.guides)
		if (g->status == GUIDE_USED) {
			flow_adds(f, INK_PLAIN, n++ ? ", " : "guides ");
			add_words(f, INK_PLAIN, g->path);
		}
	flow_adds(f, INK_PLAIN, n ? " \u00b7 " : "no guide \u00b7 ");
}

static void add_asked(struct flow *f, const struct report *r)
{
	const struct usage *u = &r->usage;
	struct buf b = { 0 };

	add_guides(f, r);
	if (r->offline) {
		buf_addf(&b, "no model was asked \u00b7 %.2f s\n", r->seconds);
		flow_add(f, INK_PLAIN, buf_span(&b));
		buf_release(&b);
		return;
	}
	add_words(f, INK_PLAIN, r->model);
	flow_adds(f, INK_PLAIN, " at ");
	add_words(f, INK_PLAIN, r->host);
	if (usage_prompt(u) >= 0) {
		buf_adds(&b, " \u00b7 ");
		text_add_number(&b, usage_prompt(u));
		buf_adds(&b, " tokens in");
	}
	if (u->output >= 0) {
		buf_adds(&b, ", ");
		text_add_number(&b, u->output);
		buf_adds(&b, " out");
	}
	if (u->cost >= 0)
		buf_addf(&b, " \u00b7 $%.4f", u->cost);
	buf_addf(&b, " \u00b7 %.1f s\n", r->seconds);
	flow_add(f, INK_PLAIN, buf_span(&b));
	buf_release(&b);
}

/* What a reader would miss: said only where there is some. */
static void add_held_back(struct flow *f, const struct report *r)
{
	const struct {
		size_t n;
		const char *one, *many;
	} rows[] = {
		{ r->masked.total, "secret masked before anything was sent",
		  "secrets masked before anything was sent" },
		{ r->silenced.len, "finding silenced by a comment",
		  "findings silenced by comments" },
		{ r->own_left_out, "more finding of the program's own left out",
		  "more findings of the program's own left out" },
		{ r->parts > 1 ? r->parts : 0, "", "parts, each by itself" },
	};
	const char *sep = "";
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!rows[i].n)
			continue;
		flow_adds(f, INK_PLAIN, sep);
		add_number(f, INK_PLAIN, (long long)rows[i].n);
		flow_adds(f, INK_PLAIN, " ");
		flow_adds(f, INK_PLAIN,
			  rows[i].n == 1 ? rows[i].one : rows[i].many);
		sep = " \u00b7 ";
	}
	flow_adds(f, INK_PLAIN, *sep ? "\n" : "");
}

static void add_baseline(struct flow *f, const struct report *r)
{
	struct buf b = { 0 };

	if (!r->baseline)
		return;
	report_ages_write(&b, r);
	flow_adds(f, INK_PLAIN, "baseline ");
	add_words(f, INK_PLAIN, r->baseline_name);
	flow_adds(f, INK_PLAIN, ": ");
	flow_add(f, INK_PLAIN, buf_span(&b));
	flow_adds(f, INK_PLAIN, "\n");
	buf_release(&b);
}

static void write_ledger(struct sheet *sh, const struct report *r)
{
	struct flow f = { 0 };

	sheet_gap(sh);
	sheet_rule(sh, "What was looked at");
	sheet_gap(sh);
	add_cover_counts(&f, r);
	write_flow(sh, &f);
	write_uncovered(sh, r);
	add_held_back(&f, r);
	add_baseline(&f, r);
	add_asked(&f, r);
	write_flow(sh, &f);
	flow_release(&f);
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
	write_ledger(&sh, r);
	arena_release(&a);
}
