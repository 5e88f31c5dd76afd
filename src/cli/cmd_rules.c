/* The rules, or one of them in full. */
#include <string.h>

#include "agent/notices.h"
#include "base/arena.h"
#include "base/buf.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/pager.h"
#include "cli/screen.h"
#include "rust/rules.h"

/* Columns of the longest level, nice-to-have. */
#define LEVEL 12

static const struct {
	const char *letter, *does;
} tiers[] = {
	[TIER_A] = { "A", "states" },
	[TIER_B] = { "B", "asks" },
	[TIER_C] = { "C", "counts" },
};

/* The rules of Rust, and behind them what is looked for in any text. */
static size_t all_count(void)
{
	return rule_count + notice_count;
}

static const struct rule *all_at(size_t i)
{
	return i < rule_count ? rule_table[i] : &notice_table[i - rule_count];
}

static int longest_id(void)
{
	size_t most = 0;

	for (size_t i = 0; i < all_count(); i++)
		if (strlen(all_at(i)->id) > most)
			most = strlen(all_at(i)->id);
	return (int)most;
}

static void add_row(struct buf *out, int width, const struct rule *r)
{
	size_t at = (size_t)width + LEVEL + 4;

	buf_addf(out, "  %-*s %-*s ", width, r->id, LEVEL,
		 finding_level_name(r->level));
	screen_wrap(out, span_of(r->about), screen_width(), at, at);
	buf_addc(out, '\n');
}

static void add_folded(struct buf *out, const char *text)
{
	screen_wrap(out, span_of(text), screen_width(), 0, 0);
	buf_addc(out, '\n');
}

static void list(struct buf *out)
{
	int width = longest_id();

	for (size_t t = 0; t < sizeof(tiers) / sizeof(tiers[0]); t++) {
		buf_addf(out, "Tier %s %s:\n", tiers[t].letter, tiers[t].does);
		for (size_t i = 0; i < rule_count; i++)
			if (rule_table[i]->tier == t)
				add_row(out, width, rule_table[i]);
		buf_addc(out, '\n');
	}
	buf_adds(out, "In every text, tests too, whatever a model says:\n");
	for (size_t i = 0; i < notice_count; i++)
		add_row(out, width, &notice_table[i]);
	buf_addc(out, '\n');
	add_folded(out,
		   "The tiers speak of added lines outside tests, examples "
		   "and generated code. `architect rules --explain ID` "
		   "says why a rule is one, with examples, and how it is "
		   "silenced.");
}

static void add_code(struct buf *out, const char *title, const char *code)
{
	struct span rest = span_of(code), line;

	buf_addf(out, "\n%s:\n\n", title);
	while (text_line(&rest, &line))
		buf_addf(out, "%s%.*s\n", line.len ? "    " : "",
			 SPAN_ARG(line));
}

static void explain(struct buf *out, const struct rule *r)
{
	buf_addf(out, "%s (tier %s: %s; %s; %s)\n%s\n\n", r->id,
		 tiers[r->tier].letter, tiers[r->tier].does,
		 finding_level_name(r->level), r->section, r->about);
	add_folded(out, r->why);
	add_code(out, "Found", r->bad);
	add_code(out, "Not found", r->good);
	buf_addf(out,
		 "\nTo silence one place%s, on the line before it:\n\n"
		 "    // architect: allow(%s) the reason\n\n",
		 r->always ? " in Rust code" : "", r->id);
	add_folded(out,
		   "The finding then stands in the ledger, with the reason. "
		   "A comment that the change itself adds silences "
		   "nothing, unless --trust-allows is given.");
}

/* The first rule that finds what the word names: `unwrap`, `transmute`. */
static const char *that_speaks_of(const char *word)
{
	struct span w = span_of(word);

	for (size_t i = 0; w.len > 2 && i < all_count(); i++)
		if (span_find(span_of(all_at(i)->id), w) >= 0 ||
		    span_find(span_of(all_at(i)->about), w) >= 0)
			return all_at(i)->id;
	return NULL;
}

static int unknown(const char *id, struct arena *a, struct error *err)
{
	const char **names = arena_array(a, all_count(), sizeof(*names));
	const char *near;

	for (size_t i = 0; i < all_count(); i++)
		names[i] = all_at(i)->id;
	near = text_nearest(id, names, all_count());
	if (!near)
		near = that_speaks_of(id);
	if (near)
		return error_set(err, ERR_USAGE,
				 "'%s' is not a rule: did you mean '%s'? "
				 "`architect rules` lists them",
				 id, near);
	return error_set(err, ERR_USAGE,
			 "'%s' is not a rule; `architect rules` lists them",
			 id);
}

int cmd_rules(struct invocation *inv, struct error *err)
{
	const struct rule *one = NULL;
	struct arena a = { 0 };
	struct buf out = { 0 };
	int rc = 0;

	if (inv->nwords || inv->npaths)
		return error_set(err, ERR_USAGE,
				 "rules takes no words: `architect rules "
				 "--explain %s` explains one",
				 inv->nwords ? inv->words[0] : "ID");
	if (inv->explain) {
		one = rule_find(span_of(inv->explain));
		one = one ? one : notice_find(span_of(inv->explain));
		rc = one ? 0 : unknown(inv->explain, &a, err);
	}
	if (one)
		explain(&out, one);
	else
		list(&out);
	if (!rc)
		rc = pager_write(pager_command(&inv->settings), buf_span(&out),
				 NULL, err);
	buf_release(&out);
	arena_release(&a);
	return rc;
}
