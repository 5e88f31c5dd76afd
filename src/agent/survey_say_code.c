/* Runtime, locks, channels, tasks, errors, tests. */
#include <stdlib.h>

#include "agent/quote.h"
#include "agent/survey_say.h"
#include "base/arena.h"

#define GROUPS_MAX 8 /* rows of one kind */
#define ERRORS_MAX 6
#define CRATES_MAX 3 /* whose runtime, tools and tests are told */
#define TESTS_MAX 6
#define TOOLS_MAX 12
#define SAME_CRATE 2 /* survey_distance() */

static void say_near(const struct teller *t, const struct survey_group *g)
{
	for (uint32_t i = 0; i < g->nears; i++) {
		buf_adds(t->out, i ? ", " : " ");
		say_place(t, g->near[i]->file, g->near[i]->line);
	}
}

/* Rows of the closest implementation's crate, when it has some; of the whole
 * tree otherwise. */
static size_t rows_of(const struct survey_groups *g)
{
	size_t n = 0;

	while (n < g->rows.len && g->rows.ptr[n].distance <= SAME_CRATE)
		n++;
	return n ? n : g->rows.len;
}

/* A row for each group: "- Lock `std::sync::Mutex`: 12 places, nearest …" */
static void say_groups(const struct teller *t, enum census_kind kind,
		       const char *what)
{
	struct survey_groups g = { 0 };
	size_t n, i;

	survey_group(&g, t->arena, t->s, kind);
	n = rows_of(&g);
	for (i = 0; i < n && i < GROUPS_MAX; i++) {
		const struct survey_group *row = &g.rows.ptr[i];

		buf_addf(t->out, "- %s ", what);
		quote_code(t->out, row->name);
		if (row->detail.len) {
			buf_adds(t->out, ", ");
			quote_short(t->out, row->detail, 60);
		}
		buf_addf(t->out, ": %u place%s%s", row->count,
			 text_plural(row->count),
			 row->count > row->nears ? ", nearest" : ",");
		say_near(t, row);
		buf_adds(t->out, ".\n");
	}
	if (g.rows.len > i)
		buf_addf(t->out, "- … and %zu more of that kind%s.\n",
			 g.rows.len - i, i == n ? " in other crates" : "");
}

/* ---- the runtime */

static bool runtime_crate(struct span name)
{
	static const char *const names[] = {
		"tokio",    "async-std",	"smol",
		"glommio",  "monoio",		"async-global-executor",
		"actix-rt", "embassy-executor", "futures",
		"rayon",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (span_eqs(name, names[i]))
			return true;
	return false;
}

static void say_features(const struct teller *t, const struct dependency *d)
{
	for (size_t i = 0; i < d->features.len; i++) {
		buf_adds(t->out, i ? ", " : " with ");
		quote_short(t->out, d->features.ptr[i].text, 40);
	}
}

static void say_runtime_crates(const struct teller *t)
{
	size_t n, all, said = 0;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (size_t i = 0; i < n && i < CRATES_MAX; i++)
		vec_each (const struct dependency, d, &row[i]->manifest->deps) {
			if (d->kind != DEPENDENCY_NORMAL ||
			    !runtime_crate(d->name) || said++ >= GROUPS_MAX)
				continue;
			buf_adds(t->out, "- ");
			quote_code(t->out, row[i]->name);
			buf_adds(t->out, " depends on ");
			quote_code(t->out, d->name);
			say_features(t, d);
			buf_adds(t->out, " (");
			quote_place(t->out, row[i]->path, d->line);
			buf_adds(t->out, ").\n");
		}
}

void say_runtime(const struct teller *t)
{
	say_runtime_crates(t);
	say_groups(t, CENSUS_RUNTIME, "Runtime");
}

void say_locks(const struct teller *t)
{
	say_groups(t, CENSUS_LOCK, "Shared through");
}

void say_channels(const struct teller *t)
{
	say_groups(t, CENSUS_CHANNEL, "Channel");
}

void say_tasks(const struct teller *t)
{
	say_groups(t, CENSUS_TASK, "Task started by");
}

/* ---- errors */

static void say_types(const struct teller *t)
{
	struct survey_groups g = { 0 };
	size_t n, i;

	survey_group(&g, t->arena, t->s, CENSUS_ERROR);
	n = rows_of(&g);
	for (i = 0; i < n && i < ERRORS_MAX; i++) {
		buf_adds(t->out, "- Error type ");
		quote_code(t->out, g.rows.ptr[i].name);
		buf_addc(t->out, ' ');
		text_visible_line(t->out, text_clip(g.rows.ptr[i].detail, 80));
		buf_adds(t->out, ":");
		say_near(t, &g.rows.ptr[i]);
		buf_adds(t->out, ".\n");
	}
	if (g.rows.len > i)
		buf_addf(t->out, "- … and %zu more error type%s.\n",
			 g.rows.len - i, text_plural(g.rows.len - i));
}

static void say_aliases(const struct teller *t)
{
	struct survey_groups g = { 0 };
	size_t n;

	survey_group(&g, t->arena, t->s, CENSUS_RESULT);
	n = rows_of(&g);
	for (size_t i = 0; i < n && i < ERRORS_MAX; i++) {
		buf_adds(t->out, "- Alias ");
		quote_code(t->out, g.rows.ptr[i].detail);
		buf_adds(t->out, ":");
		say_near(t, &g.rows.ptr[i]);
		buf_adds(t->out, ".\n");
	}
}

void say_errors(const struct teller *t)
{
	say_types(t);
	say_aliases(t);
	say_groups(t, CENSUS_ERASED, "Errors erased by");
}

/* ---- tests */

static bool test_tool(struct span name)
{
	static const char *const names[] = {
		"proptest",	  "quickcheck",	 "criterion",
		"divan",	  "insta",	 "rstest",
		"mockall",	  "wiremock",	 "trybuild",
		"testcontainers", "loom",	 "turmoil",
		"test-case",	  "serial_test", "httpmock",
		"mockito",	  "arbitrary",	 "libfuzzer-sys",
		"expect-test",	  "tokio-test",	 "assert_cmd",
		"claims",	  "tempfile",	 "datatest-stable",
		"shuttle",	  "sqlness",	 "googletest",
		"test-log",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (span_eqs(name, names[i]))
			return true;
	return false;
}

static void say_layout(const struct teller *t, const struct survey_crate *c)
{
	buf_adds(t->out, "- ");
	quote_code(t->out, c->name);
	buf_addf(t->out, ": %u test function%s beside the code", c->tests,
		 text_plural(c->tests));
	buf_addf(t->out, ", %u file%s of tests with %u test function%s",
		 c->role[ROLE_TEST], text_plural(c->role[ROLE_TEST]),
		 c->outer_tests, text_plural(c->outer_tests));
	if (c->role[ROLE_BENCH])
		buf_addf(t->out, ", %u of benchmarks", c->role[ROLE_BENCH]);
	if (c->role[ROLE_EXAMPLE])
		buf_addf(t->out, ", %u of examples", c->role[ROLE_EXAMPLE]);
	if (c->read < c->files)
		buf_addf(t->out, "; %u of its %u Rust files were read", c->read,
			 c->files);
	buf_adds(t->out, " (");
	quote_place(t->out, c->path, 0);
	buf_adds(t->out, ").\n");
}

static void say_tools(const struct teller *t)
{
	size_t n, all, said = 0;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (size_t i = 0; i < n && i < CRATES_MAX; i++)
		vec_each (const struct dependency, d, &row[i]->manifest->deps) {
			if (!test_tool(d->name) || said == TOOLS_MAX)
				continue;
			buf_adds(t->out, said++ ? ", " : "- Test tools: ");
			quote_code(t->out, d->name);
			buf_adds(t->out, " (");
			quote_place(t->out, row[i]->path, d->line);
			buf_addc(t->out, ')');
		}
	if (said)
		buf_adds(t->out, ".\n");
}

struct mention {
	const struct survey_fact *fact;
	double weight;
	unsigned distance;
};

static int by_weight(const void *x, const void *y)
{
	const struct mention *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	return (a->fact > b->fact) - (a->fact < b->fact);
}

/* A name counts twice. */
static double weight_of(const struct survey *s, const struct survey_fact *f)
{
	double sum = 0;

	for (size_t i = 0; i < s->terms.term.len; i++)
		sum += s->weight[i] *
		       ((f->terms >> i & 1) + (f->named >> i & 1));
	return sum;
}

static void say_mentions(const struct teller *t)
{
	const struct survey *s = t->s;
	uint32_t from = s->closest ? s->closest->item->file : SURVEY_NONE;
	struct mention *m = arena_array(t->arena, s->facts.len, sizeof(*m));
	size_t n = 0;

	vec_each (const struct survey_fact, f, &s->facts)
		if (f->kind == CENSUS_TEST && weight_of(s, f) > 0)
			m[n++] = (struct mention){ f, weight_of(s, f),
						   survey_distance(s, f->file,
								   from) };
	if (!n)
		return;
	qsort(m, n, sizeof(*m), by_weight);
	buf_addf(t->out, "- %zu test function%s the words, first:", n,
		 n == 1 ? " mentions" : "s mention");
	for (size_t i = 0; i < n && i < TESTS_MAX; i++) {
		buf_adds(t->out, i ? ", " : " ");
		quote_code(t->out, m[i].fact->name);
		buf_adds(t->out, " (");
		say_place(t, m[i].fact->file, m[i].fact->line);
		buf_addc(t->out, ')');
	}
	buf_adds(t->out, ".\n");
}

void say_tests(const struct teller *t)
{
	size_t n, all;
	const struct survey_crate **row =
		survey_packages(t->arena, t->s, &n, &all);

	for (size_t i = 0; i < n && i < CRATES_MAX; i++)
		say_layout(t, row[i]);
	say_tools(t);
	say_mentions(t);
}

/* ---- names that end alike */

/* Where the last word of a name begins. */
static size_t last_word(struct span name)
{
	size_t i = name.len;

	while (i > 1 && !(name.ptr[i - 1] >= 'A' && name.ptr[i - 1] <= 'Z'))
		i--;
	return i ? i - 1 : 0;
}

void say_siblings(const struct teller *t)
{
	const struct survey_item *c =
		t->s->closest ? t->s->closest->item : NULL;
	struct span word;
	size_t n = 0;

	if (!c || c->owner.len || !last_word(c->name))
		return;
	word = span_from(c->name, last_word(c->name));
	vec_each (const struct survey_item, it, &t->s->items) {
		struct span name = it->name;

		if (it == c || it->owner.len || it->kind == ITEM_FN ||
		    it->kind == ITEM_MOD || name.len <= word.len ||
		    survey_distance(t->s, it->file, c->file) > 2 ||
		    !span_eq(span_from(name, name.len - word.len), word))
			continue;
		if (n == ERRORS_MAX) {
			buf_adds(t->out, ", …");
			break;
		}
		buf_adds(t->out, n++ ? ", " : "- Named alike in the crate: ");
		say_item(t, it);
	}
	if (n)
		buf_adds(t->out, ".\n");
}
