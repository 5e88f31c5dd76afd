#include "agent/checks.h"

#include <string.h>
#include <strings.h>

#include "agent/fingerprint.h"
#include "agent/fix.h"
#include "agent/notices.h"
#include "agent/quote.h"
#include "agent/redact.h"
#include "base/buf.h"
#include "base/markdown.h"
#include "core/report.h"
#include "rust/rules.h"

/* What the rule says: words of the code may be among them. */
static void add_words(struct buf *out, const struct rule_group *g)
{
	struct buf words = { 0 };

	rule_group_write(&words, g);
	redact_line(out, buf_span(&words), NULL);
	buf_release(&words);
}

void check_item(struct buf *out, const struct rule_group *g, bool marked)
{
	const struct rule_place *p = &g->places.ptr[0];

	buf_addf(out, "- [%s] ", finding_level_name(g->level));
	quote_place(out, g->path, p->line);
	buf_adds(out, " — ");
	add_words(out, g);
	if (p->old)
		buf_adds(out, " Lines are those before the change.");
	if (marked)
		buf_addf(out, " *(architect's own finding, rule `%s`%s)*",
			 g->rule->id,
			 g->rule->always
				 ? ""
				 : "; no finding of the model's says so");
	else
		buf_addf(out, " (`%s`)", g->rule->id);
	buf_addc(out, '\n');
	if (!p->quote.len)
		return;
	buf_adds(out, "  > ");
	redact_line(out, p->quote, NULL);
	buf_addc(out, '\n');
}

void checks_write(struct buf *out, const struct rule_report *rules, bool always)
{
	size_t n = 0;

	vec_each (struct rule_group, g, &rules->groups) {
		if (g->rule->always != always)
			continue;
		buf_addf(out, "%zu. [%s] ", ++n, finding_level_name(g->level));
		quote_place(out, g->path, g->places.ptr[0].line);
		buf_addf(out, " (%s) ", g->rule->id);
		rule_group_write(out, g);
		buf_addc(out, '\n');
	}
}

static bool same_path(struct span written, struct span path)
{
	if (span_starts(written, "./"))
		written = span_from(written, 2);
	return span_eq(written, path);
}

static uint32_t apart(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

/* Does the model's finding, looked up, stand near the place? */
static bool near_place(const struct finding *f, const struct rule_group *g,
		       const struct rule_place *p)
{
	return !f->own && f->check == FINDING_VERIFIED && f->old == p->old &&
	       apart(f->line, p->line) <= CHECK_LINES &&
	       same_path(f->path, g->path);
}

/* Letters that words of one stem share: "blocking", "blocks". */
#define STEM 5

static bool holds_stem(struct span text, struct span stem)
{
	for (; text.len >= stem.len; text = span_from(text, 1))
		if (!strncasecmp(text.ptr, stem.ptr, stem.len))
			return true;
	return false;
}

/* Is it about what the rule is about: does it share a word with its name? */
static bool on_topic(const struct finding *f, const struct rule *rule)
{
	struct span rest = span_of(rule->id), word;

	while (text_field(&rest, '-', &word)) {
		word = span_first(word, word.len < STEM ? word.len : STEM);
		if (word.len >= 4 && !span_eqs(word, "witho") &&
		    (holds_stem(f->text, word) || holds_stem(f->quote, word)))
			return true;
	}
	return false;
}

/*
 * Does it say what the rule says there, as gravely? Only then may it stand for
 * it: no reply may take from a review what it ends with. Two matters meet on
 * near lines; on one line they are taken for one.
 */
static bool answers(const struct finding *f, const struct rule_group *g,
		    const struct rule_place *p)
{
	return near_place(f, g, p) && finding_gates(f, p->level) &&
	       (f->line == p->line || on_topic(f, g->rule));
}

/* The place it answers, the nearest; NULL: none. */
static const struct rule_place *place_of(const struct finding *f,
					 const struct rule_group *g)
{
	const struct rule_place *best = NULL;

	vec_each (const struct rule_place, p, &g->places)
		if (answers(f, g, p) &&
		    (!best ||
		     apart(f->line, p->line) < apart(f->line, best->line)))
			best = p;
	return best;
}

/* What a model's finding says of a place gets that place's edits. */
static void give_fixes(struct report *r, struct arena *a,
		       const struct rule_group *g)
{
	vec_each (struct finding, f, &r->findings) {
		const struct rule_place *p = place_of(f, g);

		if (p && !f->old)
			fix_of_place(f, a, g, p);
	}
}

static bool answered(const struct report *r, const struct rule_group *g,
		     const struct rule_place *p)
{
	vec_each (const struct finding, f, &r->findings)
		if (answers(f, g, p))
			return true;
	return false;
}

/*
 * The group without the places that the model's findings answer. False: none is
 * left. Places beyond those that are listed nobody can have answered.
 */
static bool left_open(struct rule_group *out, struct arena *a,
		      const struct report *r, const struct rule_group *g)
{
	*out = *g;
	memset(&out->places, 0, sizeof(out->places));
	for (size_t i = 0; i < g->places.len; i++) {
		const struct rule_place *p = &g->places.ptr[i];

		if (answered(r, g, p)) {
			out->total--;
			continue;
		}
		if (!out->places.len) {
			out->level = p->level;
			if (i < g->spots.len)
				out->item = g->spots.ptr[i].item;
		}
		if (p->level < out->level)
			out->level = p->level;
		*vec_push(&out->places, a) = *p;
	}
	if (out->places.len || !out->total)
		return out->places.len > 0;
	*out = *g;
	return true;
}

static unsigned section_of(const struct report *r, const char *id)
{
	for (size_t i = 0; i < r->sections.len; i++)
		if (!strcmp(r->sections.ptr[i].want->id, id))
			return (unsigned)i;
	return 0;
}

static bool says_none(struct span text)
{
	return span_eqs_nocase(text, "none.") || span_eqs_nocase(text, "none");
}

/* Behind the model's own text, whatever fence it left open. */
static void append(struct section *s, struct arena *a, struct span item)
{
	struct md_reader md = { .rest = s->text };
	struct md_line line;
	struct buf b = { 0 };

	if (!says_none(span_trim(s->text)) && s->text.len) {
		while (md_next(&md, &line))
			;
		buf_addsp(&b, s->text);
		md_close(&b, &md);
		buf_adds(&b, "\n\n");
	}
	buf_addsp(&b, item);
	s->text = arena_span(a, span_trim(buf_span(&b)));
	buf_release(&b);
}

static void fingerprint_own(struct finding *f, const struct rule_group *g)
{
	const struct rule_spot spot = { .item = g->item,
					.quote = g->places.ptr[0].quote };

	fingerprint_spot(f->fingerprint, g->rule, g->path, &spot);
}

/* What no rule says: a fact of the review without a model. */
static void fingerprint_plain(struct finding *f, const struct report *r)
{
	const struct fingerprint of = {
		.path = f->path, .section = r->sections.ptr[f->section].want->id
	};

	fingerprint_set(f, &of);
}

static void add_finding(struct report *r, struct arena *a,
			const struct rule_group *g, unsigned section)
{
	struct finding *f = vec_push(&r->findings, a);
	struct buf text = { 0 }, quote = { 0 };

	add_words(&text, g);
	redact_line(&quote, g->places.ptr[0].quote, NULL);
	*f = (struct finding){
		.level = g->level,
		.section = section,
		.path = g->path,
		.line = g->places.ptr[0].line,
		.text = arena_span(a, buf_span(&text)),
		.quote = arena_span(a, buf_span(&quote)),
		.own = true,
		.rule = g->rule->id,
		.old = g->places.ptr[0].old,
	};
	fingerprint_own(f, g);
	fix_of_group(f, a, g);
	buf_release(&text);
	buf_release(&quote);
}

void checks_merge(struct report *r, struct arena *a,
		  const struct rule_report *rules)
{
	struct buf item = { 0 };

	if (!r->sections.len)
		return;
	vec_each (struct rule_group, whole, &rules->groups) {
		struct rule_group left = *whole, *g = &left;
		unsigned at;

		give_fixes(r, a, whole);
		if (g->rule->tier != TIER_A ||
		    (!g->rule->always && !left_open(g, a, r, whole)))
			continue;
		at = section_of(r, g->rule->section);
		buf_reset(&item);
		check_item(&item, g, true);
		append(&r->sections.ptr[at], a, buf_span(&item));
		add_finding(r, a, g, at);
	}
	buf_release(&item);
}

/* Is it the group's item? Two may stand at one line; each ends in its name. */
static bool says_rule(const struct finding *f, const struct rule_group *g)
{
	struct buf name = { 0 };
	bool so;

	buf_addf(&name, "(`%s`)", g->rule->id);
	so = f->line == g->places.ptr[0].line && span_eq(f->path, g->path) &&
	     span_ends(f->text, buf_cstr(&name));
	buf_release(&name);
	return so;
}

void checks_own(struct report *r, struct arena *a,
		const struct rule_report *rules)
{
	vec_each (struct finding, f, &r->findings) {
		f->own = true;
		vec_each (struct rule_group, g, &rules->groups)
			if (!f->rule && says_rule(f, g)) {
				f->rule = g->rule->id;
				fingerprint_own(f, g);
				fix_of_group(f, a, g);
			}
		if (!f->rule)
			fingerprint_plain(f, r);
	}
}

static bool listed(const struct report *r, const char *id)
{
	vec_each (struct finding_rule, rule, &r->rules)
		if (!strcmp(rule->id, id))
			return true;
	return false;
}

void checks_rules(struct report *r, struct arena *a)
{
	vec_each (struct finding, f, &r->findings) {
		const struct rule *rule;

		if (!f->rule || listed(r, f->rule))
			continue;
		rule = rule_find(span_of(f->rule));
		if (!rule)
			rule = notice_find(span_of(f->rule));
		*vec_push(&r->rules, a) = (struct finding_rule){
			.id = rule->id,
			.section = rule->section,
			.level = rule->level,
			.about = rule->about,
			.why = rule->why,
			.bad = rule->bad,
			.good = rule->good,
		};
	}
}

/* The comment's words, of which a secret may be one. */
static struct span masked_reason(struct arena *a, struct span reason)
{
	struct buf b = { 0 };

	redact_line(&b, reason, NULL);
	reason = arena_span(a, buf_span(&b));
	buf_release(&b);
	return reason;
}

void checks_ledger(struct report *r, struct arena *a,
		   const struct rule_report *rules)
{
	r->own_left_out = rules->left_out;
	vec_each (struct rule_group, g, &rules->silenced)
		vec_each (struct rule_place, p, &g->places)
			*vec_push(&r->silenced, a) = (struct silenced){
				.rule = g->rule->id,
				.path = g->path,
				.line = p->line,
				.reason = masked_reason(a, p->reason),
			};
}
