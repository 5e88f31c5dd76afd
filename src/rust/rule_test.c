/*
 * Tests that say less than they did. A test that goes with what it tests, or
 * whose place others take, is none of these.
 */
#include "base/hashes.h"
#include "rust/apidiff.h"
#include "rust/apidiff_parts.h"
#include "rust/rule.h"
#include "rust/stated.h"

/* What is called like many things tells nothing when it stands alone. */
#define NAME_BYTES 5
/* Of more functions that are no tests any more it is not asked who calls. */
#define LOOKS_MAX 64

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

static bool has(const struct hashes *h, struct span word)
{
	return hashes_has(h, hash_of(word));
}

static void add_name(struct hashes *n, struct arena *a, struct span word)
{
	if (word.len >= NAME_BYTES && !names_common(word))
		*vec_push(&n->rows, a) = hash_of(word);
}

/* "Pool" of "Pool::get". */
static struct span owner(struct span name)
{
	struct span last = last_word(name);
	size_t n = name.len - last.len;

	return n > 2 ? last_word(span_first(name, n - 2)) : last;
}

/* What the change took away or called otherwise, and what of it differs in a
 * way that those who use it must follow; of `touched` what differs at all. */
static void collect_names(struct hashes *gone, struct hashes *touched,
			  struct arena *a, const struct api_diff *d)
{
	vec_each (const struct api_row, r, &d->rows) {
		if (r->test || r->op == API_ADDED)
			continue;
		add_name(touched, a, last_word(r->name));
		add_name(touched, a, owner(r->name));
		if (r->op != API_CHANGED || r->parts)
			add_name(gone, a, last_word(r->name));
	}
	hashes_sort(gone);
	hashes_sort(touched);
}

/* Does the test's code name something of that? */
static bool names_gone(const struct hashes *n, const struct source *s,
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
	bool says_more; /* a test of it has more cases or assertions */
};

struct change {
	const struct rule_input *in;
	struct hashes gone, touched;
	struct tally *file;
	struct tally all;
	unsigned looks;
	bool about_tests;
};

/* How many cases do the attributes of a file's tests name, and how many of
 * those take any? */
static uint32_t cases(const struct source *s)
{
	static const char *const words[] = { "case", "rstest", "test_case",
					     "values", "parameterized" };
	uint32_t n = 0;

	for (uint32_t i = 1; s && i < s->lx.count; i++) {
		if (look_kind(s, i) != TOKEN_IDENT ||
		    look_kind(s, i - 1) != TOKEN_OPEN_BRACKET)
			continue;
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			n += look_is(s, i, words[k]);
	}
	return n;
}

static const struct item *was_item(const struct change *c,
				   const struct api_row *row)
{
	return &c->in->file[row->was_file].was->outline.item[row->was];
}

static void count(struct change *c, struct rule_run *r)
{
	collect_names(&c->gone, &c->touched, rule_arena(r), c->in->api);
	c->file = arena_array(rule_arena(r), c->in->files, sizeof(*c->file));
	for (size_t i = 0; i < c->in->files; i++)
		c->file[i].says_more =
			cases(c->in->file[i].now) > cases(c->in->file[i].was);
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
		} else if (row->now_asserts > row->was_asserts) {
			c->file[row->now_file].says_more = true;
		}
	}
}

/* Does the message, down to its last line, speak of what goes or changes on
 * purpose? */
static bool meant(const struct stated *said)
{
	static const char *const words[] = {
		"remove",   "removes",	  "removed",  "removing", "removal",
		"delete",   "deleted",	  "drop",     "dropped",  "longer",
		"optional", "default",	  "defaults", "obsolete", "deprecated",
		"replace",  "replaced",	  "replaces", "merge",	  "merged",
		"instead",  "redundant",  "unused",   "rstest",	  "test_case",
		"cleanup",  "deprecates", "relax",    "relaxed",  NULL,
	};

	return stated_mentions(said, words);
}

static void removed(struct rule_run *r, const struct change *c,
		    const struct api_row *row)
{
	const struct rule_file *f = &c->in->file[row->was_file];
	const struct tally *t = &c->file[row->was_file];

	if (c->about_tests || t->fresh || t->says_more || meant(c->in->said) ||
	    c->all.fresh * 2 >= c->all.gone || (!f->now && t->with_code) ||
	    names_gone(&c->touched, f->was, was_item(c, row)) ||
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

/* Does the attribute say why, or a new comment on its line or above? */
static bool ignored_for(const struct rule_file *f, uint32_t ignore)
{
	const struct lexer *lx = &f->now->lx;
	uint32_t line = look_line(f->now, ignore);
	uint32_t c = lexer_comment_at(lx, lx->tok[ignore].start);

	if (look_kind(f->now, ignore + 1) == TOKEN_EQ ||
	    (c < lx->comments && lx->comment[c].line == line))
		return true;
	return c && lx->comment[c - 1].last_line + 1 == line &&
	       f->line[lx->comment[c - 1].last_line] & LINE_ADDED;
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

static void sort_tokens(struct hashes *n, struct arena *a,
			const struct source *s, const struct item *it)
{
	for (uint32_t i = it->key; i <= it->last && i < s->lx.count; i++)
		*vec_push(&n->rows, a) = hash_of(lexer_text(&s->lx, i));
	hashes_sort(n);
}

/* Has the test lost words and gained none? Then nothing else, a helper or a
 * loop, asserts in their stead. */
static bool only_less(const struct change *c, struct arena *a,
		      const struct api_row *row)
{
	const struct source *s = c->in->file[row->now_file].now;
	struct hashes was = { 0 }, now = { 0 };

	sort_tokens(&was, a, c->in->file[row->was_file].was, was_item(c, row));
	sort_tokens(&now, a, s, &s->outline.item[row->now]);
	return hashes_within(&now, &was, true);
}

static void say_ignored(struct rule_run *r, const struct change *c,
			const struct api_row *row)
{
	static const char *const words[] = { "ignore",	"ignored",  "flaky",
					     "disable", "disabled", "skip",
					     NULL };
	const struct rule_file *f = &c->in->file[row->now_file];
	uint32_t at = ignore_token(f->now, &f->now->outline.item[row->now]);

	if (!ignored_for(f, at) && !stated_says(c->in->said, words))
		rule_found(r, at, row->now_token,
			   "the test `%.*s` is ignored now",
			   SPAN_ARG(row->new_name));
}

static void changed(struct rule_run *r, struct change *c,
		    const struct api_row *row)
{
	const struct rule_file *f = &c->in->file[row->now_file];
	const struct item *it = &f->now->outline.item[row->now];

	rule_turn_to(r, f);
	if (row->ignored) {
		say_ignored(r, c, row);
		return;
	}
	if (!(it->flags & ITEM_TEST) || c->about_tests ||
	    row->now_asserts >= row->was_asserts || row->op != API_CHANGED ||
	    names_gone(&c->gone, c->in->file[row->was_file].was,
		       was_item(c, row)) ||
	    !only_less(c, rule_arena(r), row))
		return;
	if (row->was_file == row->now_file)
		rule_lost(r, row->was_token,
			  "the test `%.*s` asserts less: %u assertion%s, "
			  "before it was %u",
			  SPAN_ARG(row->name), row->now_asserts,
			  text_plural(row->now_asserts), row->was_asserts);
}

/* The test has lost its attribute. */
static void unmarked(struct rule_run *r, struct change *c,
		     const struct api_row *row)
{
	const struct rule_file *f = &c->in->file[row->now_file];
	const struct item *it = &f->now->outline.item[row->now];

	if (it->flags & ITEM_TEST || row->ignored || it->lead < it->head ||
	    c->looks++ >= LOOKS_MAX || called(f->now, it))
		return;
	rule_turn_to(r, f);
	rule_lost(r, row->was_token,
		  "`%.*s` is no test any more: it has no `#[test]`",
		  SPAN_ARG(row->name));
}

/* Is the item, on the side that has it, test code? */
static bool in_tests(const struct rule_input *in, const struct api_row *row)
{
	bool now = row->now != OUTLINE_NONE;
	const struct rule_file *f =
		&in->file[now ? row->now_file : row->was_file];

	return f->test || source_test(now ? f->now : f->was,
				      now ? row->now_token : row->was_token);
}

/* Do the commits say that it is about tests, or that something goes, or does it
 * touch nothing else? Then no code is let through by what the tests no longer
 * ask. */
static bool about_tests(const struct rule_input *in)
{
	static const char *const words[] = {
		"test",	      "tests",	  "assert",    "asserts", "assertion",
		"assertions", "snapshot", "snapshots", "remove",  "removes",
		"removed",    "delete",	  "drop",      "purge",	  NULL,
	};

	if (stated_says(in->said, words))
		return true;
	vec_each (const struct api_row, row, &in->api->rows)
		if (!row->test && !in_tests(in, row))
			return false;
	return in->said->head.rows.len > 0;
}

static void look(struct rule_run *r, const struct rule_input *in, bool gone)
{
	struct change c = { .in = in };

	if (in->said->reverts || in->said->breaking)
		return;
	count(&c, r);
	c.about_tests = about_tests(in);
	vec_each (const struct api_row, row, &in->api->rows) {
		if (!row->test || row->op == API_ADDED ||
		    stated_names(in->said, last_word(row->name)))
			continue;
		if (!gone && row->op != API_REMOVED)
			changed(r, &c, row);
		else if (gone && row->op == API_REMOVED)
			removed(r, &c, row);
		else if (gone)
			unmarked(r, &c, row);
	}
}

static void run_weakened(struct rule_run *r, const struct rule_input *in)
{
	look(r, in, false);
}

static void run_removed(struct rule_run *r, const struct rule_input *in)
{
	look(r, in, true);
}

const struct rule rule_test_weakened = {
	.id = "test-weakened",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "testing",
	.about = "a test ignored, or with fewer assertions",
	.consequence = "what it held is no longer checked",
	.remedy = "say in the change why it may go, or keep it",
	.why = "A change that makes the tests pass by asking less of the code "
	       "looks as green as one that fixes it. The rule compares the "
	       "tests of both sides: by name, then by what their bodies have "
	       "in common. It speaks of tests that are ignored without a "
	       "reason beside it, and of those that lose assertions and gain "
	       "nothing. Where a commit's first line speaks of tests, of "
	       "removing something, or takes a change back, or a message names "
	       "the test, it is said. Of tests that go see test-removed.",
	.bad = " #[test]\n"
	       "+#[ignore]\n"
	       " fn evicts_expired_entries() {\n",
	.good = " #[test]\n"
		"-fn evicts() {\n"
		"+fn evicts_expired_entries() {\n",
	.tests = true,
	.few = 2,
	.compares = true,
	.run_change = run_weakened,
};

const struct rule rule_test_removed = {
	.id = "test-removed",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "testing",
	.about = "a test that goes though what it tests stays",
	.consequence = "what it held may no longer be checked",
	.remedy = "is it checked elsewhere, or meant to go?",
	.why = "Most tests that go do so with what they tested, or give way to "
	       "others. The rule asks about one, or about one that lost its "
	       "#[test], where nothing that it names changes, no other test "
	       "comes, none of the file has more cases or assertions than "
	       "before, and no message says, in any line, that something goes, "
	       "becomes optional or a default, or is replaced.",
	.bad = "-#[test]\n"
	       "-fn evicts_expired_entries() {\n"
	       "-    assert!(evict(&cache));\n"
	       "-}\n",
	.good = "-#[test]\n"
		"-fn evicts_one() {\n"
		"+#[rstest]\n"
		"+#[case(1)]\n"
		"+#[case(2)]\n"
		"+fn evicts(#[case] entries: usize) {\n",
	.tests = true,
	.few = 2,
	.compares = true,
	.run_change = run_removed,
};
