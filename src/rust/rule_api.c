/* What other crates can name and can no more, or not in the same way. */
#include "rust/apidiff.h"
#include "rust/rule.h"

/* Words for a kind of item, as they stand in a sentence. */
static const char *noun(enum item_kind kind)
{
	return kind == ITEM_FN	   ? "function"
	       : kind == ITEM_MOD  ? "module"
	       : kind == ITEM_TYPE ? "type alias"
	       : kind == ITEM_USE  ? "re-export"
				   : outline_kind_name(kind);
}

/* The first token of an item, in front of its body, whose line is added. */
static uint32_t added_token(const struct rule_run *r, const struct api_row *row)
{
	const struct source *s = rule_file(r)->now;
	const struct item *it = &s->outline.item[row->now];
	bool whole = it->kind != ITEM_FN && it->kind != ITEM_TRAIT &&
		     it->kind != ITEM_MOD && it->kind != ITEM_IMPL;
	uint32_t end = whole || it->open == OUTLINE_NONE ? it->last : it->open;

	for (uint32_t i = it->lead; i <= end; i++)
		if (rule_asks(r, i))
			return i;
	return LOOK_NONE;
}

static struct rule_place *say_removed(struct rule_run *r,
				      const struct api_row *row,
				      const struct rule_file *file)
{
	const struct item *it;

	rule_turn_to(r, &file[row->was_file]);
	it = &file[row->was_file].was->outline.item[row->was];
	return rule_lost(r, row->was_token, "the public %s `%.*s` is removed%s",
			 noun(row->kind), SPAN_ARG(row->name),
			 it->flags & ITEM_DEPRECATED ? " (it was deprecated)"
						     : "");
}

static struct rule_place *say_changed(struct rule_run *r,
				      const struct api_row *row,
				      const struct rule_file *file)
{
	uint32_t at, also;

	rule_turn_to(r, &file[row->now_file]);
	at = row->now_at;
	also = added_token(r, row);
	if (rule_asks(r, at) || also != LOOK_NONE)
		return rule_found(r, at, also,
				  "the public %s `%.*s` changed: %.*s",
				  noun(row->kind), SPAN_ARG(row->new_name),
				  SPAN_ARG(row->what));
	if (row->was_file != row->now_file)
		return NULL;
	return rule_lost(r, row->was_at, "the public %s `%.*s` changed: %.*s",
			 noun(row->kind), SPAN_ARG(row->name),
			 SPAN_ARG(row->what));
}

static struct rule_place *say(struct rule_run *r, const struct api_row *row,
			      const struct rule_file *file)
{
	switch (row->op) {
	case API_REMOVED:
		return say_removed(r, row, file);
	case API_RENAMED:
		rule_turn_to(r, &file[row->now_file]);
		return rule_found(r, row->now_token, added_token(r, row),
				  "the public %s `%.*s` is called `%.*s` now",
				  noun(row->kind), SPAN_ARG(row->name),
				  SPAN_ARG(row->new_name));
	case API_CHANGED:
		return say_changed(r, row, file);
	case API_ADDED:
		break;
	}
	rule_turn_to(r, &file[row->now_file]);
	return rule_found(r, row->now_token, LOOK_NONE,
			  "`%.*s` is new in a public trait, and whoever "
			  "implements the trait must write it",
			  SPAN_ARG(row->new_name));
}

static bool for_others(const struct rule_input *in, const struct api_row *row)
{
	uint32_t file =
		row->now != OUTLINE_NONE ? row->now_file : row->was_file;
	const struct rule_file *f = &in->file[file];

	/* the `mod` of a deleted file may be gone with it, and says so then */
	return f->reach && f->reach->published &&
	       (f->now || f->reach->module != REACH_UNKNOWN);
}

static void run_change(struct rule_run *r, const struct rule_input *in)
{
	vec_each (const struct api_row, row, &in->api->rows) {
		struct rule_place *p = NULL;

		if (row->breaking != API_COMPATIBLE && for_others(in, row))
			p = say(r, row, in->file);
		if (p && row->breaking == API_ADDITIVE)
			p->level = LEVEL_QUESTION;
	}
}

const struct rule rule_public_api = {
	.id = "public-api-changed",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "architecture",
	.about = "a public item of a library removed, or its signature changed",
	.consequence = "code of other crates may no longer compile, which "
		       "SemVer allows in a major version only (of 0.x: in a "
		       "minor one)",
	.remedy = "keep the old form, deprecated, beside the new one, or "
		  "announce the break",
	.why = "Cargo takes every version of the same major number (or 0.x) "
	       "for "
	       "compatible and updates to it unasked. What others can name, "
	       "with its parameters, types, bounds, fields and variants, is "
	       "promised until the next major version. The rule compares the "
	       "items of both sides of the change by their tokens and follows "
	       "`mod` and `pub use` from lib.rs down to tell what is public; "
	       "crates that Cargo.toml does not make fit for a registry (no "
	       "description, or publish = false) are left out.",
	.bad = "-pub fn connect(url: &str) -> Result<Pool>\n"
	       "+pub fn connect(url: &str, timeout: Duration) -> "
	       "Result<Pool>\n",
	.good = "+#[deprecated(note = \"use connect_with\")]\n"
		" pub fn connect(url: &str) -> Result<Pool>\n"
		"+pub fn connect_with(url: &str, options: Options) -> "
		"Result<Pool>\n",
	.few = 3,
	.compares = true,
	.run_change = run_change,
};
