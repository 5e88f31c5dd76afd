/* What other crates can name and can no more, or not in the same way. */
#include "rust/apidiff.h"
#include "rust/rule.h"
#include "rust/stated.h"

/* Attributes are read so far, and so many levels up. */
#define ATTRIBUTE_MAX 256
#define LEVELS_MAX 32
/* Of more impls that are gone it is not asked what takes their place. */
#define LOOKS_MAX 64

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

static const struct rule_file *file_of(const struct rule_input *in,
				       const struct api_row *row)
{
	return &in->file[row->now != OUTLINE_NONE ? row->now_file
						  : row->was_file];
}

static bool for_others(const struct rule_file *f)
{
	/* the `mod` of a deleted file may be gone with it, and says so then */
	return f->reach && f->reach->published &&
	       (f->now || f->reach->module != REACH_UNKNOWN);
}

/* Is a word of tokens [from, to) one of what is not promised yet? */
static bool opt_in_words(const struct source *s, uint32_t from, uint32_t to)
{
	static const struct span parts[] = { { "unstable", 8 },
					     { "nightly", 7 },
					     { "experimental", 12 },
					     { "internal", 8 } };

	if (to - from > ATTRIBUTE_MAX)
		to = from + ATTRIBUTE_MAX;
	for (; from < to; from++)
		for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++)
			if (span_find(lexer_text(&s->lx, from), parts[k]) >= 0)
				return true;
	return false;
}

/* `#[cfg(tokio_unstable)]` and its like: on the field or variant whose first
 * token is `at`, on the item, or on what it stands in, macros too. */
static bool opt_in(const struct source *s, uint32_t item, uint32_t at)
{
	while (at > 1 && look_kind(s, at - 1) == TOKEN_CLOSE_BRACKET &&
	       tree_paired(&s->tree, at - 1)) {
		uint32_t open = s->tree.mate[at - 1];

		if (open < 1 || look_kind(s, open - 1) != TOKEN_HASH)
			break;
		if (opt_in_words(s, open, at))
			return true;
		at = open - 1;
	}
	for (unsigned n = 0; item != OUTLINE_NONE && n < LEVELS_MAX;
	     n++, item = s->outline.item[item].parent) {
		const struct item *it = &s->outline.item[item];

		if (it->kind == ITEM_CALL
			    ? it->key && opt_in_words(s, it->key - 1, it->key)
			    : opt_in_words(s, it->lead, it->head))
			return true;
	}
	return false;
}

static bool unpromised(const struct rule_input *in, const struct api_row *row)
{
	if (row->was != OUTLINE_NONE &&
	    opt_in(in->file[row->was_file].was, row->was, row->was_at))
		return true;
	return row->now != OUTLINE_NONE &&
	       opt_in(in->file[row->now_file].now, row->now, row->now_at);
}

/* Of `Clone for Pool` the trait's name, else the last word of the path. */
static struct span telling_word(const struct api_row *row)
{
	ptrdiff_t end = span_find(row->name, SPAN(" for "));
	struct span word =
		end < 0 ? row->name : span_first(row->name, (size_t)end);
	size_t n = 0;

	while (n < word.len && word.ptr[n] != '<')
		n++;
	word.len = n;
	while (n && word.ptr[n - 1] != ':')
		n--;
	return span_from(word, n);
}

/*
 * Traits whose impl is no promise when it goes: nobody calls drop(), and the
 * compiler implements the others by what a type holds.
 */
static bool automatic(struct span trait)
{
	static const char *const traits[] = { "Drop",	    "Send",
					      "Sync",	    "Unpin",
					      "UnwindSafe", "RefUnwindSafe" };

	for (size_t i = 0; i < sizeof(traits) / sizeof(*traits); i++)
		if (span_eqs(trait, traits[i]))
			return true;
	return false;
}

/* An impl is gone, but an added line names its trait: a macro's, another
 * derive's. */
static bool replaced(struct rule_run *r, const struct rule_file *f,
		     struct span trait)
{
	rule_turn_to(r, f);
	for (uint32_t i = 0; f->now && i < f->now->lx.count; i++)
		if (lexer_name(look_kind(f->now, i)) &&
		    span_eq(lexer_word(&f->now->lx, i), trait) &&
		    rule_asks(r, i))
			return true;
	return false;
}

/* Does the change say so? Who speaks of a type need not speak of its fields. */
static bool announced(const struct rule_input *in, const struct api_row *row)
{
	bool holds_more = row->op == API_CHANGED &&
			  (row->kind == ITEM_STRUCT || row->kind == ITEM_ENUM ||
			   row->kind == ITEM_UNION || row->kind == ITEM_TRAIT);

	return !holds_more && stated_names(in->said, telling_word(row));
}

/* Before 1.0 a deprecation is announcement enough. */
static bool overdue(const struct rule_input *in, const struct api_row *row)
{
	return row->op == API_REMOVED &&
	       in->file[row->was_file].was->outline.item[row->was].flags &
		       ITEM_DEPRECATED;
}

static bool breaks(struct rule_run *r, const struct rule_input *in,
		   const struct api_row *row, unsigned *looks)
{
	const struct rule_file *f = file_of(in, row);

	if (row->breaking == API_COMPATIBLE || !for_others(f) ||
	    (!f->reach->stable &&
	     (row->breaking == API_ADDITIVE || overdue(in, row))) ||
	    announced(in, row) || unpromised(in, row))
		return false;
	if (row->kind != ITEM_IMPL || row->op != API_REMOVED)
		return true;
	return !automatic(telling_word(row)) &&
	       ((*looks)++ >= LOOKS_MAX || !replaced(r, f, telling_word(row)));
}

static void run_change(struct rule_run *r, const struct rule_input *in)
{
	unsigned looks = 0;

	if (in->announced || in->said->breaking || in->said->reverts)
		return;
	vec_each (const struct api_row, row, &in->api->rows) {
		struct rule_place *p = NULL;

		if (breaks(r, in, row, &looks))
			p = say(r, row, in->file);
		if (p && (row->breaking == API_ADDITIVE ||
			  !file_of(in, row)->reach->stable))
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
	       "for compatible and updates to it unasked. What others can "
	       "name, with its parameters, types, bounds, fields and variants, "
	       "is promised until the next major version. The rule compares "
	       "the items of both sides of the change by their tokens and "
	       "follows `mod` and `pub use` from lib.rs down to tell what is "
	       "public. It speaks of crates made for a registry: with a "
	       "description, a released version and, of their own, keywords, "
	       "categories, documentation or publish = true, unless the "
	       "description or the docs of lib.rs say that the crate is "
	       "internal. Before 1.0 it "
	       "asks only, and not of fields and variants that are new. A "
	       "change that says so is not spoken of: a new version in "
	       "Cargo.toml, an entry in a change log, \"breaking\", `feat!:` "
	       "or the item's name in the commit's message; nor are items "
	       "behind `cfg(…unstable…)`.",
	.bad = "-pub fn connect(url: &str) -> Result<Pool>\n"
	       "+pub fn connect(url: &str, timeout: Duration) -> "
	       "Result<Pool>\n",
	.good = "+#[deprecated(note = \"use connect_with\")]\n"
		" pub fn connect(url: &str) -> Result<Pool>\n"
		"+pub fn connect_with(url: &str, options: Options) -> "
		"Result<Pool>\n",
	.few = 2,
	.compares = true,
	.run_change = run_change,
};
