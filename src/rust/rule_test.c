/*
 * Tests that say less than they did. A test that goes with what it tests, or
 * whose place others take, is none of these.
 */
#include <stdlib.h>

#include "rust/apidiff.h"
#include "rust/apidiff_parts.h"
#include "rust/rule.h"

/* What is called like many things tells nothing when it stands alone. */
#define NAME_BYTES 5
/* Of more functions that are no tests any more it is not asked who calls. */
#define LOOKS_MAX 64

struct names {
	VEC(uint64_t) rows; /* hashes of the names of what is gone, sorted */
};

static int by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static uint64_t hash_of(struct span s)
{
	return hash_span(HASH_START, s);
}

/* "get" of "Pool::get"; "Pool" of "Clone for Pool". */
static struct span last_word(struct span name)
{
	size_t n = name.len;

	while (n && name.ptr[n - 1] != ':' && name.ptr[n - 1] != ' ')
		n--;
	return span_from(name, n);
}

static bool has(const struct names *n, struct span word)
{
	uint64_t hash = hash_of(word);

	return n->rows.len &&
	       bsearch(&hash, n->rows.ptr, n->rows.len, sizeof(hash), by_value);
}

/* What the change took away or called otherwise, and what of it differs in a
 * way that those who use it must follow. */
static void collect_gone(struct names *n, struct arena *a,
			 const struct api_diff *d)
{
	vec_each (const struct api_row, r, &d->rows) {
		struct span word = last_word(r->name);

		if (r->test || r->op == API_ADDED ||
		    (r->op == API_CHANGED && !r->parts) ||
		    word.len < NAME_BYTES || names_common(word))
			continue;
		*vec_push(&n->rows, a) = hash_of(word);
	}
	if (n->rows.len)
		qsort(n->rows.ptr, n->rows.len, sizeof(*n->rows.ptr), by_value);
}

/* Does the test's code name something of that? */
static bool names_gone(const struct names *n, const struct source *s,
		       const struct item *it)
{
	for (uint32_t i = it->key + 2; i <= it->last && i < s->lx.count; i++)
		if (lexer_name(look_kind(s, i)) &&
		    has(n, lexer_word(&s->lx, i)))
			return true;
	return false;
}

/* How many tests came and went, by file. */
struct tally {
	uint32_t gone, fresh;
	bool with_code; /* one of those gone went with what it tests */
};

struct change {
	const struct rule_input *in;
	struct names gone;
	struct tally *file;
	struct tally all;
	unsigned looks;
};

static const struct item *was_item(const struct change *c,
				   const struct api_row *row)
{
	return &c->in->file[row->was_file].was->outline.item[row->was];
}

static void count(struct change *c, struct rule_run *r)
{
	collect_gone(&c->gone, rule_arena(r), c->in->api);
	c->file = arena_array(rule_arena(r), c->in->files, sizeof(*c->file));
	vec_each (const struct api_row, row, &c->in->api->rows) {
		if (!row->test)
			continue;
		if (row->op == API_ADDED) {
			c->file[row->now_file].fresh++;
			c->all.fresh++;
		} else if (row->op == API_REMOVED) {
			c->file[row->was_file].gone++;
			c->all.gone++;
			c->file[row->was_file].with_code |= names_gone(
				&c->gone, c->in->file[row->was_file].was,
				was_item(c, row));
		}
	}
}

static void removed(struct rule_run *r, const struct change *c,
		    const struct api_row *row)
{
	const struct rule_file *f = &c->in->file[row->was_file];
	const struct tally *t = &c->file[row->was_file];

	if (t->fresh >= t->gone || c->all.fresh >= c->all.gone ||
	    (!f->now && t->with_code) ||
	    names_gone(&c->gone, f->was, was_item(c, row)) ||
	    was_item(c, row)->flags & ITEM_IGNORED ||
	    api_attribute(f->was, row->was, "bench") ||
	    span_eqs(row->name, "it_works")) /* cargo new's */
		return;
	rule_turn_to(r, f);
	rule_lost(r, row->was_token, "the test `%.*s` is removed",
		  SPAN_ARG(row->name));
}

/* The `ignore` among an item's attributes. */
static uint32_t ignore_token(const struct source *s, const struct item *it)
{
	for (uint32_t i = it->lead; i < it->head; i++)
		if (look_is(s, i, "ignore"))
			return i;
	return it->key;
}

/* Is the function called where it stands: a helper of tests now? */
static bool called(const struct source *s, const struct item *it)
{
	for (uint32_t i = 0; i < s->lx.count; i++)
		if ((i < it->key || i > it->last) &&
		    span_eq(lexer_word(&s->lx, i), it->name))
			return true;
	return false;
}

/* Does the new body call what the old one did not: a helper that may assert in
 * its stead? */
static bool calls_more(const struct change *c, struct arena *a,
		       const struct source *s, const struct item *it,
		       const struct api_row *row)
{
	const struct source *old = c->in->file[row->was_file].was;
	const struct item *was = was_item(c, row);
	struct names called = { 0 };

	for (uint32_t i = was->key; i <= was->last && i < old->lx.count; i++)
		if (lexer_name(look_kind(old, i)))
			*vec_push(&called.rows, a) =
				hash_of(lexer_word(&old->lx, i));
	if (called.rows.len)
		qsort(called.rows.ptr, called.rows.len,
		      sizeof(*called.rows.ptr), by_value);
	for (uint32_t i = it->key + 2; i <= it->last && i < s->lx.count; i++) {
		enum token_kind next = look_kind(s, i + 1);

		if (look_kind(s, i) == KW_FOR || look_kind(s, i) == KW_LOOP)
			return true;
		if (lexer_name(look_kind(s, i)) &&
		    (next == TOKEN_OPEN_PAREN || next == TOKEN_NOT) &&
		    !has(&called, lexer_word(&s->lx, i)))
			return true;
	}
	return false;
}

static void changed(struct rule_run *r, struct change *c,
		    const struct api_row *row)
{
	const struct rule_file *f = &c->in->file[row->now_file];
	const struct item *it = &f->now->outline.item[row->now];

	rule_turn_to(r, f);
	if (row->ignored) {
		rule_found(r, ignore_token(f->now, it), row->now_token,
			   "the test `%.*s` is ignored now",
			   SPAN_ARG(row->new_name));
		return;
	}
	if (!(it->flags & ITEM_TEST)) {
		if (it->lead < it->head || c->looks++ >= LOOKS_MAX ||
		    called(f->now, it))
			return;
		rule_lost(r, row->was_token,
			  "`%.*s` is no test any more: it has no `#[test]`",
			  SPAN_ARG(row->name));
		return;
	}
	if (row->now_asserts >= row->was_asserts ||
	    names_gone(&c->gone, c->in->file[row->was_file].was,
		       was_item(c, row)) ||
	    calls_more(c, rule_arena(r), f->now, it, row))
		return;
	if (row->was_file == row->now_file)
		rule_lost(r, row->was_token,
			  "the test `%.*s` asserts less: %u assertion%s, "
			  "before it was %u",
			  SPAN_ARG(row->name), row->now_asserts,
			  row->now_asserts == 1 ? "" : "s", row->was_asserts);
}

static void run_change(struct rule_run *r, const struct rule_input *in)
{
	struct change c = { .in = in };

	count(&c, r);
	vec_each (const struct api_row, row, &in->api->rows) {
		if (!row->test || row->op == API_ADDED)
			continue;
		if (row->op == API_REMOVED)
			removed(r, &c, row);
		else
			changed(r, &c, row);
	}
}

const struct rule rule_test_weakened = {
	.id = "test-weakened",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "testing",
	.about = "a test ignored, removed, or with fewer assertions",
	.consequence = "what it held is no longer checked",
	.remedy = "say in the change why it may go, or keep it",
	.why = "A change that makes the tests pass by asking less of the code "
	       "looks as green as one that fixes it. The rule compares the "
	       "tests of both sides: by name, then by what their bodies have "
	       "in common. A test that names something the change removes or "
	       "changes, or in whose place as many new ones come, is not "
	       "spoken of.",
	.bad = " #[test]\n"
	       "+#[ignore]\n"
	       " fn evicts_expired_entries() {\n",
	.good = " #[test]\n"
		"-fn evicts() {\n"
		"+fn evicts_expired_entries() {\n",
	.tests = true,
	.few = 3,
	.compares = true,
	.run_change = run_change,
};
