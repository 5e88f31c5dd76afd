/* What other crates can name and can no more, or not in the same way. */
#include <stdlib.h>

#include "rust/apidiff.h"
#include "rust/rule.h"

/* Said of a change: the files with the most to say. */
#define FILES_SAID 3

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

struct tally {
	uint32_t file, rows;
};

/* What there is to say, and of which files it is said. */
struct said {
	VEC(const struct api_row *) rows;
	struct tally *tally; /* by file */
	uint32_t files;	     /* with rows */
};

static uint32_t file_of(const struct api_row *row)
{
	return row->now != OUTLINE_NONE ? row->now_file : row->was_file;
}

static int by_rows(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;

	if (a->rows != b->rows)
		return a->rows > b->rows ? -1 : 1;
	return (a->file > b->file) - (a->file < b->file);
}

static int by_file(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;

	return (a->file > b->file) - (a->file < b->file);
}

/* Collect the rows, and leave a tally to the files with the most of them. */
static void choose(struct said *s, struct rule_run *r,
		   const struct rule_input *in)
{
	size_t n = in->files;

	s->tally = arena_array(rule_arena(r), n, sizeof(*s->tally));
	for (uint32_t i = 0; i < n; i++)
		s->tally[i].file = i;
	vec_each (const struct api_row, row, &in->api->rows) {
		const struct reach *reach = in->file[file_of(row)].reach;

		if (row->breaking == API_COMPATIBLE || !reach ||
		    !reach->published)
			continue;
		*vec_push(&s->rows, rule_arena(r)) = row;
		s->files += !s->tally[file_of(row)].rows++;
	}
	if (!s->files || in->uncapped)
		return;
	qsort(s->tally, n, sizeof(*s->tally), by_rows);
	for (size_t i = FILES_SAID; i < n; i++)
		s->tally[i].rows = 0;
	qsort(s->tally, n, sizeof(*s->tally), by_file);
}

static void run_change(struct rule_run *r, const struct rule_input *in)
{
	struct said s = { 0 };
	struct rule_place *p = NULL, *first = NULL;

	choose(&s, r, in);
	vec_each (const struct api_row *, row, &s.rows) {
		if (!s.tally[file_of(*row)].rows)
			continue;
		p = say(r, *row, in->file);
		if (p && (*row)->breaking == API_ADDITIVE)
			p->level = LEVEL_QUESTION;
		if (!first && p && s.files > FILES_SAID) {
			first = p;
			p->fact = span_of(arena_printf(
				rule_arena(r),
				"%.*s (one of %zu such changes in %u files)",
				SPAN_ARG(p->fact), s.rows.len, s.files));
		}
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
	.run_change = run_change,
};
