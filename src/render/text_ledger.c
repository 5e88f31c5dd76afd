/*
 * The ledger in short: the other forms show it whole. What was not looked at in
 * full is named all the same.
 */
#include "render/text_parts.h"

#include "base/buf.h"
#include "core/report.h"
#include "render/render.h"

void text_words(struct flow *f, unsigned ink, struct span s)
{
	struct buf b = { 0 };

	text_visible_line(&b, s);
	flow_add(f, ink, buf_span(&b));
	buf_release(&b);
}

void text_flow(struct sheet *sh, struct flow *f)
{
	sheet_flow(sh, f, sheet_prose(sh));
	flow_reset(f);
}

void text_count(struct flow *f, unsigned ink, long long n)
{
	struct buf b = { 0 };

	text_add_number(&b, n);
	flow_add(f, ink, buf_span(&b));
	buf_release(&b);
}

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
		text_count(f, INK_PLAIN, n[i]);
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

/* Whatever was not looked at in full is named. */
static void write_uncovered(struct sheet *sh, const struct report *r)
{
	struct flow f = { 0 };
	struct buf b = { 0 };

	vec_each (struct cover, c, &r->files) {
		if (whole(c))
			continue;
		sheet_push(sh, INK_PLAIN, "\u2022 ", "  ");
		text_words(&f, INK_BOLD, c->path);
		flow_adds(&f, INK_PLAIN, " \u2014 ");
		buf_reset(&b);
		render_cover(&b, c, false);
		flow_add(&f, INK_PLAIN, buf_span(&b));
		text_flow(sh, &f);
		sheet_pop(sh);
	}
	flow_release(&f);
	buf_release(&b);
}

static void add_guides(struct flow *f, const struct report *r)
{
	unsigned n = 0;

	vec_each (struct guide, g, &r->guides.guides)
		if (g->status == GUIDE_USED) {
			flow_adds(f, INK_PLAIN, n++ ? ", " : "guides ");
			text_words(f, INK_PLAIN, g->path);
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
	text_words(f, INK_PLAIN, r->model);
	flow_adds(f, INK_PLAIN, " at ");
	text_words(f, INK_PLAIN, r->host);
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

static size_t mended(const struct report *r)
{
	size_t n = 0;

	vec_each (struct finding, f, &r->findings)
		n += f->fix.len > 0;
	return n;
}

/* What a reader would miss: said only where there is some. */
static void add_held_back(struct flow *f, const struct report *r)
{
	const struct {
		size_t n;
		const char *one, *many;
	} rows[] = {
		{ mended(r), "finding has an edit that applies: --format patch",
		  "findings have edits that apply: --format patch" },
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
		text_count(f, INK_PLAIN, (long long)rows[i].n);
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
	text_words(f, INK_PLAIN, r->baseline_name);
	flow_adds(f, INK_PLAIN, ": ");
	flow_add(f, INK_PLAIN, buf_span(&b));
	flow_adds(f, INK_PLAIN, "\n");
	buf_release(&b);
}

void text_ledger(struct sheet *sh, const struct report *r)
{
	struct flow f = { 0 };

	sheet_gap(sh);
	sheet_rule(sh, "What was looked at");
	sheet_gap(sh);
	add_cover_counts(&f, r);
	text_flow(sh, &f);
	write_uncovered(sh, r);
	add_held_back(&f, r);
	add_baseline(&f, r);
	add_asked(&f, r);
	text_flow(sh, &f);
	flow_release(&f);
}
