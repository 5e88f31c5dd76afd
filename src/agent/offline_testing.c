/* Testing: which tests mention what changed, and what none mentions. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/look.h"
#include "rust/names.h"
#include "rust/panics.h"
#include "rust/skim.h"

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

/* What is testable, by name: each row of the map with the next of its name. */
struct names {
	struct skim words;
	VEC(uint32_t) first, last, count; /* of each word; rows + 1 */
	uint32_t *next;			  /* of each row; + 1, 0: none */
	bool *tested;			  /* is it named by a test of the
					   * change? */
};

/* Of one name so many are told apart by their types. */
#define SAME_MAX 64u

static uint32_t word_of(const struct offline *o, const struct touched *t)
{
	return skim_find(&o->names->words, t->item->name);
}

/* How many of what is testable have the item's name? */
static uint32_t of_name(const struct offline *o, const struct touched *t)
{
	uint32_t word = word_of(o, t);

	return word == SKIM_NONE ? 0 : o->names->count.ptr[word];
}

static void add_row(struct offline *o, uint32_t row)
{
	struct names *n = o->names;
	uint32_t word =
		skim_add(&n->words, o->arena, o->touched.ptr[row].item->name);

	if (word == SKIM_NONE)
		return;
	if (word == n->first.len) {
		*vec_push(&n->first, o->arena) = row + 1;
		*vec_push(&n->last, o->arena) = 0;
		*vec_push(&n->count, o->arena) = 0;
	} else {
		n->next[n->last.ptr[word] - 1] = row + 1;
	}
	n->last.ptr[word] = row + 1;
	n->count.ptr[word]++;
}

/* Its path; its bare name when others of the change have that, too. */
static void add_name(struct offline *o, const struct touched *t)
{
	if (of_name(o, t) > 1 && !names_common(t->item->name))
		quote_code(o->out, t->item->name);
	else
		edited_code_path(o, t);
}

/* ---- tests of the change */

static bool has_body(const struct touched *t)
{
	return t->is_test && t->now && t->item->open != OUTLINE_NONE;
}

/* The row that the name at token i of a test means: of a name that many types
 * have the one whose type stands in front, else the first. NULL: none. */
static const struct touched *meant(const struct offline *o,
				   const struct source *s, uint32_t i)
{
	const struct names *n = o->names;
	struct span word = lexer_word(&s->lx, i);
	uint32_t w = skim_find(&n->words, word), row, tries = 0;
	bool common;

	if (w == SKIM_NONE)
		return NULL;
	row = n->first.ptr[w];
	common = names_common(word);
	for (; row && tries++ < SAME_MAX; row = n->next[row - 1]) {
		const struct touched *t = &o->touched.ptr[row - 1];
		struct span owner = edited_owner(t);

		if (!owner.len || !common)
			return t;
		if (i > 1 && look_kind(s, i - 1) == TOKEN_PATH_SEP &&
		    span_eq(lexer_word(&s->lx, i - 2), owner))
			return t;
	}
	return NULL;
}

/* What a test names, in its order, each once; at most `most` are given. */
static uint32_t mentioned(const struct offline *o, const struct touched *test,
			  const struct touched **out, uint32_t most)
{
	uint32_t n = 0;

	for (uint32_t i = test->item->open; i < test->item->last; i++) {
		const struct touched *t;
		uint32_t k = 0;

		if (!lexer_name(look_kind(test->s, i)))
			continue;
		t = meant(o, test->s, i);
		while (t && k < n && out[k] != t)
			k++;
		if (!t || k < n || n == most)
			continue;
		out[n++] = t;
	}
	return n;
}

/* Every name that the tests of the change mention. */
static void mark_tested(struct offline *o, const struct touched *test)
{
	struct names *n = o->names;

	for (uint32_t i = test->item->open; i < test->item->last; i++) {
		const struct touched *t;
		uint32_t row, tries = 0;

		if (!lexer_name(look_kind(test->s, i)))
			continue;
		t = meant(o, test->s, i);
		if (!t)
			continue;
		row = (uint32_t)(t - o->touched.ptr) + 1;
		/* which of its name is not known */
		for (; row && tries++ < SAME_MAX; row = n->next[row - 1]) {
			n->tested[row - 1] = true;
			if (names_common(t->item->name))
				break;
		}
	}
}

void names_find(struct offline *o)
{
	size_t len = o->touched.len + 1;

	o->names = arena_new(o->arena, struct names);
	o->names->next = arena_array(o->arena, len, sizeof(uint32_t));
	o->names->tested = arena_array(o->arena, len, sizeof(bool));
	for (uint32_t i = 0; i < o->touched.len; i++)
		if (testable(&o->touched.ptr[i]))
			add_row(o, i);
	vec_each (struct touched, t, &o->touched)
		if (has_body(t))
			mark_tested(o, t);
}

/* The first of what is testable by that name? Of a common name the type is
 * asked for, too. */
static bool first_of_name(const struct offline *o, const struct touched *t)
{
	uint32_t word = word_of(o, t);

	return names_common(t->item->name) ||
	       (word != SKIM_NONE &&
		o->names->first.ptr[word] == (t - o->touched.ptr) + 1);
}

/* Names of what else changed in a test. */
static void add_mentioned(struct offline *o, const struct touched **t,
			  uint32_t n)
{
	for (uint32_t i = 0; i < n && i < NAMES; i++) {
		add_comma(o->out, i);
		add_name(o, t[i]);
	}
	if (n > NAMES)
		buf_adds(o->out, " and more");
}

/* New tests that name what else changed. */
static void add_new_tests(struct offline *o)
{
	struct facts f = { .o = o, .most = NEW_TESTS };

	vec_each (struct touched, t, &o->touched) {
		const struct touched *named[NAMES + 1];
		uint32_t n;

		if (!has_body(t) || t->was)
			continue;
		n = mentioned(o, t, named, NAMES + 1);
		if (!n || !edited_fact(&f, t))
			continue;
		buf_addf(o->out, "the %stest ", word_new(o));
		quote_code(o->out, t->item->name);
		buf_adds(o->out, " names ");
		add_mentioned(o, named, n);
		fact_end(&f);
	}
	facts_close(&f, "test of these items", "tests of these items");
}

static uint32_t assertions(const struct source *s, const struct item *it)
{
	uint32_t n = 0;

	for (uint32_t i = it->head; i <= it->last; i++)
		n += panic_at(s, i) == PANIC_ASSERT;
	return n;
}

/* Tests that assert more than before, or are no longer ignored. */
static void add_changed_tests(struct offline *o)
{
	struct facts f = { .o = o, .most = CHANGED };

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
	struct facts f = { .o = o, .most = MENTIONS };

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
	facts_close(&f, "item that tests use", "items that tests use");
}

bool edited_tested(const struct offline *o, const struct touched *t)
{
	return o->names->tested[t - o->touched.ptr];
}

const struct touched *edited_named(const struct offline *o,
				   const struct touched *test)
{
	const struct touched *named[NAMES];
	uint32_t n = has_body(test) ? mentioned(o, test, named, NAMES) : 0;

	for (uint32_t i = 0; i < n; i++)
		if (named[i]->item->kind == ITEM_FN &&
		    of_name(o, named[i]) == 1 &&
		    !names_common(named[i]->item->name))
			return named[i];
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
	struct facts f = { .o = o, .most = SILENT };

	for (; t < end; t = next) {
		const struct touched *first = NULL;
		uint32_t n = 0;

		for (next = t; next < end && next->file == t->file; next++)
			if (!first && edited_silent(o, next))
				first = next;
		if (!first || !edited_fact(&f, first))
			continue;
		if (o->in->surround.index.files == 1)
			buf_adds(o->out, "no test in the file read uses ");
		else
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

		if (c->token > t->item->head || c->kind != COMMENT_OUTER_LINE)
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
	struct facts f = { .o = o, .most = EXAMPLES };

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

/* The first of what is testable; rather one that tests of the change name. */
static const struct touched *first_testable(const struct offline *o)
{
	const struct touched *first = NULL;

	for (uint32_t i = 0; i < o->touched.len; i++) {
		const struct touched *t = &o->touched.ptr[i];

		if (!testable(t))
			continue;
		if (o->names->tested[i])
			return t;
		first = first ? first : t;
	}
	return first;
}

/* Nothing else is to be said: what the tests of the change are. */
static void add_nothing(struct offline *o)
{
	struct facts f = { .o = o, .most = 1 };
	const struct touched *first = first_testable(o);
	uint32_t tests = 0;

	vec_each (struct touched, t, &o->touched)
		tests += t->is_test && t->now;
	if (!first) {
		buf_addf(o->out,
			 "No Rust function, struct, enum, trait or macro "
			 "outside of tests %s in ",
			 o->all ? "stands" : "has new code");
		add_what(o);
		buf_addf(o->out, "; %u test%s %s.\n", tests, plural(tests),
			 o->all ? "read" : "changed");
		return;
	}
	edited_fact(&f, first);
	if (o->names->tested[first - o->touched.ptr]) {
		edited_code_path(o, first);
		buf_adds(o->out,
			 " is named by tests that the change moves or edits");
		fact_end(&f);
		return;
	}
	if (tests)
		buf_addf(o->out, "no test of the change (%u) names ", tests);
	else
		buf_adds(o->out, "no test comes with the change of ");
	edited_code_path(o, first);
	if (tests)
		buf_adds(o->out, " or what else changed; they may reach it "
				 "through a trait or a caller");
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
