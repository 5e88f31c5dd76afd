#include "render/render.h"

#include "base/buf.h"
#include "core/report.h"
#include "render/defuse.h"

/* Words of the program's own, with names of others among them. */
static void add_words(struct buf *out, struct span s)
{
	struct buf b = { 0 };

	text_visible_line(&b, s);
	defuse_line(out, buf_span(&b));
	buf_release(&b);
}

static void add_ticks(struct buf *out, size_t n)
{
	while (n--)
		buf_addc(out, '`');
}

/* A path or name inside a code span of a table cell. With back-ticks in it the
 * span takes one more of them, and a blank at either end, which is dropped. */
static void add_code(struct buf *out, struct span s)
{
	struct buf b = { 0 };
	size_t ticks, i;

	text_visible_line(&b, s);
	ticks = text_longest_run(buf_span(&b), '`');
	add_ticks(out, ticks + 1);
	if (ticks)
		buf_addc(out, ' ');
	for (i = 0; i < b.len; i++) {
		if (b.ptr[i] == '|')
			buf_adds(out, "\\|");
		else
			buf_addc(out, b.ptr[i]);
	}
	if (ticks)
		buf_addc(out, ' ');
	add_ticks(out, ticks + 1);
	buf_release(&b);
}

void render_cover(struct buf *out, const struct cover *c, bool markdown)
{
	static const char *const states[] = {
		[COVER_FULL] = "full",
		[COVER_SUMMARY] = "summary only",
		[COVER_SKIPPED] = "skipped",
	};
	const struct {
		const char *before;
		struct span words;
	} parts[] = { { ": ", c->reason },
		      { ": ", c->summary },
		      { "; ", c->note } };

	if (c->state == COVER_HUNKS)
		buf_addf(out, "%u of %u hunks", c->hunks_sent, c->hunks);
	else
		buf_adds(out, states[c->state]);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].words.len)
			continue;
		buf_adds(out, parts[i].before);
		if (markdown)
			add_words(out, parts[i].words);
		else
			text_visible_line(out, parts[i].words);
	}
}

static void add_guides(struct buf *out, const struct guide_list *g)
{
	size_t n = 0;

	vec_each (struct guide, one, &g->guides) {
		buf_adds(out, n++ ? ", " : "- Guides: ");
		add_code(out, one->path);
		if (one->status != GUIDE_USED)
			buf_addf(out, " (%s)", guide_status_name(one->status));
	}
	if (!n)
		buf_adds(out, "- Guides: none found");
	if (g->source.len) {
		buf_adds(out, ", from the ");
		add_words(out, g->source);
	}
	buf_adds(out, ".\n");
}

static void add_count(struct buf *out, int64_t n, const char *what)
{
	if (n < 0)
		buf_addf(out, "unknown %s", what);
	else
		buf_addf(out, "%lld %s", (long long)n, what);
}

static void add_usage(struct buf *out, const struct usage *u)
{
	add_count(out, usage_prompt(u), "tokens in");
	if (u->cache_read > 0)
		buf_addf(out, " (%lld from the cache)",
			 (long long)u->cache_read);
	buf_adds(out, ", ");
	add_count(out, u->output, "out");
	buf_addf(out, ", %lld request%s, ", (long long)u->requests,
		 text_plural((size_t)u->requests));
	if (u->cost < 0)
		buf_adds(out, "price unknown");
	else
		buf_addf(out, "$%.4f", u->cost);
}

static void add_side(struct buf *out, struct span name, const char *id)
{
	add_words(out, name);
	if (id[0])
		buf_addf(out, " (%.10s)", id);
}

static void add_silenced(struct buf *out, const struct report *r)
{
	vec_each (struct silenced, s, &r->silenced) {
		struct buf place = { 0 };

		buf_addf(out, "- Silenced by a comment: `%s` at ", s->rule);
		buf_addsp(&place, s->path);
		buf_addf(&place, ":%u", s->line);
		add_code(out, buf_span(&place));
		buf_release(&place);
		buf_adds(out, s->reason.len ? ", \"" : ", without a reason");
		add_words(out, s->reason);
		buf_adds(out, s->reason.len ? "\".\n" : ".\n");
	}
	if (r->own_left_out)
		buf_addf(out,
			 "- %u more finding%s of the program's own %s left "
			 "out.\n",
			 r->own_left_out, text_plural(r->own_left_out),
			 r->own_left_out == 1 ? "is" : "are");
}

/* Entries that no finding repeats; of many the first few. */
#define KNOWN_LISTED 40

static void add_known(struct buf *out, const struct known_finding *k)
{
	static const char *const words[KNOWN_STATES] = {
		[KNOWN_STANDS] = "Not repeated, and the code it quotes still "
				 "stands there",
		[KNOWN_UNSEEN] = "Not repeated; whether its code still stands "
				 "cannot be told",
		[KNOWN_GONE] = "Gone",
		[KNOWN_NOT_AGAIN] = "Not found again, nor the code it quotes",
	};
	struct buf place = { 0 };

	buf_addf(out, "  - %s: [%s] ", words[k->state],
		 finding_level_name(k->level));
	buf_addsp(&place, k->path);
	if (k->line)
		buf_addf(&place, ":%u", k->line);
	add_code(out, buf_span(&place));
	buf_release(&place);
	if (k->rule.len) {
		buf_adds(out, " (");
		add_code(out, k->rule);
		buf_addc(out, ')');
	} else if (k->text.len) {
		buf_adds(out, " — ");
		add_words(out, k->text);
	}
	if (k->said)
		buf_addf(out, "; the model says: %s", known_said_name(k->said));
	if (k->reason.len) {
		buf_adds(out, "; its reason: ");
		add_words(out, k->reason);
	}
	if (k->until.len)
		buf_addf(out, "; %s %.*s", k->expired ? "expired" : "until",
			 SPAN_ARG(k->until));
	buf_adds(out, ".\n");
}

static void add_baseline(struct buf *out, const struct report *r)
{
	size_t n = 0, all = r->gone.len + r->open.len;

	if (!r->baseline)
		return;
	buf_adds(out, "- Baseline: ");
	add_code(out, r->baseline_name);
	if (r->baseline_from.len) {
		buf_adds(out, ", from ");
		add_words(out, r->baseline_from);
	}
	buf_adds(out, ": ");
	report_ages_write(out, r);
	buf_adds(out, ".\n");
	vec_each (struct known_finding, k, &r->gone)
		if (n++ < KNOWN_LISTED)
			add_known(out, k);
	vec_each (struct known_finding, k, &r->open)
		if (n++ < KNOWN_LISTED)
			add_known(out, k);
	if (all > KNOWN_LISTED)
		buf_addf(out, "  - and %zu more.\n", all - KNOWN_LISTED);
}

/* How much of what the model says was found in the code. */
static void add_checked(struct buf *out, const struct report *r)
{
	static const struct {
		enum finding_check check;
		const char *words;
	} rows[] = {
		{ FINDING_VERIFIED, "verified" },
		{ FINDING_UNVERIFIED, "unverified (their quotes are not in "
				      "what was sent, or they have none)" },
		{ FINDING_CONTRADICTED, "contradicted by the code" },
		{ FINDING_UNCHECKED, "without a quote to look up" },
	};
	size_t n[sizeof(rows) / sizeof(rows[0])] = { 0 }, all = 0, left = 0, i;
	const char *sep = "- The model's findings: ";

	vec_each (struct finding, f, &r->findings) {
		n[f->check] += !f->own;
		all += !f->own;
		left += f->pre_existing;
	}
	if (n[FINDING_UNCHECKED] == all)
		return;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!n[rows[i].check])
			continue;
		buf_addf(out, "%s%zu %s", sep, n[rows[i].check], rows[i].words);
		sep = ", ";
		if (rows[i].check == FINDING_VERIFIED && left)
			buf_addf(out, " (%zu pre-existing)", left);
	}
	buf_adds(out, ".\n");
}

static void add_parts(struct buf *out, const struct report *r)
{
	if (r->parts > 1)
		buf_addf(out,
			 "- Reviewed in %zu parts, each by itself; what they "
			 "say is put together here.\n",
			 r->parts);
}

static void add_asked(struct buf *out, const struct report *r)
{
	if (r->offline) {
		buf_addf(out,
			 "- No model was consulted; nothing was sent; %.2f "
			 "s.\n",
			 r->seconds);
		return;
	}
	buf_addf(out, "- Prompt %.10s, %zu bytes%s, to ", r->prompt_id,
		 r->prompt_bytes, r->parts > 1 ? " in all" : "");
	add_words(out, r->host);
	buf_adds(out, ", model ");
	add_words(out, r->model);
	buf_adds(out, ": ");
	add_usage(out, &r->usage);
	buf_addf(out, ", %.1f s.\n", r->seconds);
}

static void add_masked(struct buf *out, const struct mask_counts *c)
{
	if (!c->total)
		return;
	buf_addf(out,
		 "- %zu secret%s masked before anything was sent: ", c->total,
		 c->total == 1 ? " was" : "s were");
	mask_counts_write(out, c);
	buf_adds(out, ".\n");
}

void render_notes(struct buf *out, const struct report *r)
{
	if (r->existing) {
		buf_adds(out, "- Existing code of ");
		add_side(out, r->new_name, r->new_id);
		buf_adds(out, ", whole files; not a change.\n");
	} else if (r->old_name.len) {
		buf_adds(out, "- From ");
		add_side(out, r->old_name, r->old_id);
		buf_adds(out, " to ");
		add_side(out, r->new_name, r->new_id);
		buf_adds(out, ".\n");
	}
	add_guides(out, &r->guides);
	add_masked(out, &r->masked);
	add_checked(out, r);
	add_silenced(out, r);
	add_baseline(out, r);
	add_parts(out, r);
	add_asked(out, r);
}

static void add_ledger(struct buf *out, const struct report *r)
{
	buf_adds(out, "---\n\n**What was looked at**: ");
	add_words(out, r->title);
	buf_adds(out, "\n\n");
	if (r->files.len)
		buf_adds(out, "| file | coverage |\n|---|---|\n");
	vec_each (struct cover, c, &r->files) {
		buf_adds(out, "| ");
		add_code(out, c->path);
		buf_adds(out, " | ");
		render_cover(out, c, true);
		buf_adds(out, " |\n");
	}
	if (r->files.len)
		buf_addc(out, '\n');
	render_notes(out, r);
}

static void add_text(struct buf *out, struct span text)
{
	struct buf b = { 0 };

	text_visible(&b, text);
	defuse_markdown(out, buf_span(&b));
	buf_adds(out, "\n\n");
	buf_release(&b);
}

void render_markdown(struct buf *out, const struct report *r,
		     const struct render_style *style)
{
	(void)style;
	if (r->partial)
		buf_addf(out, "> **Partial**: %s\n\n", report_partial_words);
	if (r->preamble.len)
		add_text(out, r->preamble);
	vec_each (struct section, s, &r->sections) {
		buf_adds(out, "## ");
		add_words(out, span_of(s->want->name));
		buf_adds(out, "\n\n");
		if (s->text.len)
			add_text(out, s->text);
		else
			buf_adds(out, "*(nothing came)*\n\n");
	}
	add_ledger(out, r);
}
