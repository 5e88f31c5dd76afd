/* Testing: which tests mention what changed, and what none mentions. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/look.h"
#include "rust/names.h"
#include "rust/panics.h"

#define MENTIONS 5u
#define NEW_TESTS 4u
#define SILENT 3u
#define CHANGED 3u
#define EXAMPLES 3u
#define NAMES 5u /* of one line */

/* Functions and types of the change itself that a test may speak of. */
static bool testable(const struct touched *t)
{
	return !t->test && t->now && t->item->name.len &&
	       (t->item->kind == ITEM_FN || t->item->kind == ITEM_STRUCT ||
		t->item->kind == ITEM_ENUM || t->item->kind == ITEM_TRAIT ||
		t->item->kind == ITEM_MACRO) &&
	       (!t->was || t->change->parts & PART_CODE);
}

/* How many of what is testable have the item's name? */
static uint32_t of_name(const struct offline *o, const struct touched *t)
{
	uint32_t n = 0;

	vec_each (struct touched, b, &o->touched)
		n += testable(b) && span_eq(b->item->name, t->item->name);
	return n;
}

/* Its path; its bare name when others of the change have that, too. */
static void add_name(struct offline *o, const struct touched *t)
{
	if (of_name(o, t) > 1)
		quote_code(o->out, t->item->name);
	else
		edited_code_path(o, t);
}

/* ---- tests of the change */

/* Is token i of the test the name of t? Of a name that many types have, only
 * behind the type. */
static bool is_name(const struct source *s, uint32_t i, const struct touched *t)
{
	struct span owner = edited_owner(t);

	if (!lexer_name(look_kind(s, i)) ||
	    !span_eq(lexer_word(&s->lx, i), t->item->name))
		return false;
	if (!owner.len || !names_common(t->item->name))
		return true;
	return i > 1 && look_kind(s, i - 1) == TOKEN_PATH_SEP &&
	       span_eq(lexer_word(&s->lx, i - 2), owner);
}

static bool mentions(const struct touched *test, const struct touched *t)
{
	for (uint32_t i = test->item->open; i < test->item->last; i++)
		if (is_name(test->s, i, t))
			return true;
	return false;
}

static bool first_of_name(const struct offline *o, const struct touched *t)
{
	for (const struct touched *b = o->touched.ptr; b < t; b++)
		if (testable(b) && span_eq(b->item->name, t->item->name))
			return false;
	return true;
}

static uint32_t add_mentioned(struct offline *o, const struct touched *test,
			      bool write)
{
	uint32_t n = 0;

	vec_each (struct touched, t, &o->touched) {
		if (!testable(t) || !first_of_name(o, t) || !mentions(test, t))
			continue;
		if (n++ < NAMES && write) {
			add_comma(o->out, n - 1);
			add_name(o, t);
		}
	}
	if (n > NAMES && write)
		buf_addf(o->out, " and %u more", n - NAMES);
	return n;
}

static uint32_t assertions(const struct source *s, const struct item *it)
{
	uint32_t n = 0;

	for (uint32_t i = it->head; i <= it->last; i++)
		n += panic_at(s, i) == PANIC_ASSERT;
	return n;
}

static bool has_body(const struct touched *t)
{
	return t->is_test && t->item->open != OUTLINE_NONE;
}

/* New tests that name what else changed. */
static void add_new_tests(struct offline *o)
{
	struct facts f = { o, NEW_TESTS, 0, 0 };

	vec_each (struct touched, t, &o->touched) {
		if (!has_body(t) || !t->now || t->was ||
		    !add_mentioned(o, t, false) || !edited_fact(&f, t))
			continue;
		buf_addf(o->out, "the %stest ", word_new(o));
		quote_code(o->out, t->item->name);
		buf_adds(o->out, " names ");
		add_mentioned(o, t, true);
		fact_end(&f);
	}
	facts_close(&f, "test that names what changed",
		    "tests that name what changed");
}

/* Tests that assert more than before, or are no longer ignored. */
static void add_changed_tests(struct offline *o)
{
	struct facts f = { o, CHANGED, 0, 0 };

	vec_each (struct touched, t, &o->touched) {
		const struct item *old =
			t->was ? &t->was->outline.item[t->change->was] : NULL;
		uint32_t now, was;

		if (!has_body(t) || !old || o->all)
			continue;
		was = assertions(t->was, old);
		now = t->now ? assertions(t->now, t->item) : 0;
		/* what is less than before is the rules' */
		if (!t->now || now < was || t->item->flags & ITEM_IGNORED ||
		    (now == was && !(old->flags & ITEM_IGNORED)))
			continue;
		if (!edited_fact(&f, t))
			continue;
		buf_adds(o->out, "test ");
		quote_code(o->out, t->item->name);
		if (now != was)
			buf_addf(o->out, " asserts %u → %u times", was, now);
		else
			buf_adds(o->out, " is no longer ignored");
		fact_end(&f);
	}
	facts_close(&f, "changed test", "changed tests");
}

/* ---- tests of the tree */

/* Does the place lie in a test that the change adds? */
static bool in_new_test(const struct offline *o, const struct index_place *p)
{
	vec_each (struct touched, t, &o->touched)
		if (t->test && t->now && !t->was &&
		    span_eq(t->s->path, p->path) && t->item->line <= p->line &&
		    p->line <= t->item->last_line)
			return true;
	return false;
}

/* The places in tests that were there before the change. */
static uint32_t old_places(const struct offline *o, const struct index_count *n,
			   const struct index_place *place[INDEX_PLACES])
{
	uint32_t found = 0;

	for (uint32_t i = 0; n && i < n->test_places; i++)
		if (!in_new_test(o, &n->test[i]))
			place[found++] = &n->test[i];
	return found;
}

static void add_existing(struct offline *o)
{
	struct facts f = { o, MENTIONS, 0, 0 };

	vec_each (struct touched, t, &o->touched) {
		const struct index_place *p[INDEX_PLACES];
		const struct index_count *count =
			testable(t) && first_of_name(o, t) ? edited_uses(o, t)
							   : NULL;
		uint32_t n = uses_told(count) ? old_places(o, count, p) : 0;

		if (!n || !fact_begin(&f, p[0]->path, p[0]->line, false))
			continue;
		if (p[0]->item.len)
			quote_code(o->out, p[0]->item);
		else
			buf_adds(o->out, "test code");
		if (uses_sure(count)) {
			buf_adds(o->out, " uses ");
			add_name(o, t);
		} else {
			buf_adds(o->out, " mentions ");
			quote_code(o->out, t->item->name);
		}
		for (uint32_t i = 1; i < n && i < 3; i++) {
			buf_adds(o->out, i == 1 ? "; also at " : ", ");
			add_place_in(o->out, p[i - 1]->path, p[i]->path,
				     p[i]->line);
		}
		if (count->tests > 3 && n > 2)
			buf_addf(o->out, "; %u uses in tests in all",
				 count->tests);
		fact_end(&f);
	}
	facts_close(&f, "changed item that tests use",
		    "changed items that tests use");
}

bool edited_tested(const struct offline *o, const struct touched *t)
{
	vec_each (struct touched, test, &o->touched)
		if (has_body(test) && test->now && mentions(test, t))
			return true;
	return false;
}

const struct touched *edited_named(const struct offline *o,
				   const struct touched *test)
{
	if (!has_body(test) || !test->now)
		return NULL;
	vec_each (struct touched, t, &o->touched)
		if (testable(t) && t->item->kind == ITEM_FN &&
		    of_name(o, t) == 1 && !names_common(t->item->name) &&
		    mentions(test, t))
			return t;
	return NULL;
}

bool edited_silent(const struct offline *o, const struct touched *t)
{
	const struct index_count *n;

	if (!testable(t) || t->item->kind != ITEM_FN || t->item->vis != VIS_PUB)
		return false;
	n = edited_uses(o, t);
	return n && !n->tests && uses_known(n) && !edited_tested(o, t);
}

static void add_silent(struct offline *o)
{
	const struct touched *t = o->touched.ptr, *next;
	const struct touched *end = t + o->touched.len;
	struct facts f = { o, SILENT, 0, 0 };

	for (; t < end; t = next) {
		const struct touched *first = NULL;
		uint32_t n = 0;

		for (next = t; next < end && next->file == t->file; next++)
			if (!first && edited_silent(o, next))
				first = next;
		if (!first || !edited_fact(&f, first))
			continue;
		buf_addf(o->out, "no test in the %zu files read uses ",
			 o->in->surround.index.files);
		for (; first < next; first++) {
			if (!edited_silent(o, first) || n++ >= NAMES)
				continue;
			add_comma(o->out, n - 1);
			buf_adds(o->out, "`pub` ");
			edited_code_path(o, first);
			if (n > 1)
				buf_addf(o->out, " (:%u)", edited_line(first));
		}
		if (n > NAMES)
			buf_addf(o->out, " and %u more", n - NAMES);
		fact_end(&f);
	}
	facts_close(&f, "file with `pub` functions that no test uses",
		    "files with `pub` functions that no test uses");
}

/* Does a fence with these words open an example that rustdoc compiles? */
static bool compiled(struct span info)
{
	return !info.len || span_starts(info, "rust") ||
	       span_starts(info, "no_run") ||
	       span_starts(info, "should_panic") ||
	       span_starts(info, "edition");
}

static uint32_t count_examples(const struct touched *t)
{
	const struct lexer *lx = &t->s->lx;
	uint32_t i = lexer_comment_at(lx, t->item->start), n = 0;
	bool open = false;

	for (; i < lx->comments; i++) {
		const struct comment *c = &lx->comment[i];
		struct span text = { lx->src.ptr + c->start, c->len };

		if (c->start > lx->tok[t->item->lead].start ||
		    c->kind != COMMENT_OUTER_LINE)
			break;
		text = span_trim(span_from(text, 3));
		if (!span_starts(text, "```"))
			continue;
		n += !open && compiled(span_trim(span_from(text, 3)));
		open = !open;
	}
	return n;
}

/* Documentation of the change that is compiled as tests. */
static void add_examples(struct offline *o)
{
	struct facts f = { o, EXAMPLES, 0, 0 };

	vec_each (struct touched, t, &o->touched) {
		uint32_t n;

		if (!t->now || t->s->role != ROLE_LIBRARY ||
		    (t->was && !(t->change->parts & PART_DOCS)))
			continue;
		n = count_examples(t);
		if (!n || !edited_fact(&f, t))
			continue;
		buf_addf(o->out, "%sdocumentation of ",
			 t->was ? "changed " : word_new(o));
		edited_code_path(o, t);
		buf_addf(o->out, " holds %u example%s that rustdoc compiles", n,
			 plural(n));
		fact_end(&f);
	}
	facts_close(&f, "item with compiled examples",
		    "items with compiled examples");
}

/* Nothing else is to be said: what the tests of the change are. */
static void add_nothing(struct offline *o)
{
	struct facts f = { o, 1, 0, 0 };
	const struct touched *first = NULL;
	uint32_t tests = 0;

	vec_each (struct touched, t, &o->touched) {
		tests += t->is_test && t->now;
		if (!first && testable(t))
			first = t;
	}
	if (!first) {
		buf_adds(o->out, "No code outside of tests changed in ");
		add_what(o);
		buf_addf(o->out, "; %u test%s did.\n", tests, plural(tests));
		return;
	}
	edited_fact(&f, first);
	if (tests)
		buf_addf(o->out, "no test of the change (%u) names ", tests);
	else
		buf_adds(o->out, "no test comes with the change of ");
	edited_code_path(o, first);
	if (tests)
		buf_adds(o->out, " or what else changed");
	fact_end(&f);
}

void offline_testing(struct offline *o)
{
	size_t len = o->out->len;

	add_changed_tests(o);
	add_new_tests(o);
	add_existing(o);
	add_silent(o);
	add_examples(o);
	if (o->out->len == len)
		add_nothing(o);
}
