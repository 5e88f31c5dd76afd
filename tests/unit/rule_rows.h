/*
 * Rules tried on snippets: a table of true ones with the lines that must be
 * named, a table of near misses with the reason why each is none.
 *
 *	static const struct hit hits[] = { { "fn f() { todo!() }", "1" } };
 *	static const struct miss misses[] = { { "…", "why it is none" } };
 *	RULE_TABLES(rule_unfinished, hits, misses)
 *
 * gives the tests `hits_are_found`, `misses_are_none` and `add_rule_rows(tc)`.
 * A snippet is src/lib.rs with every line added, unless `path` says otherwise.
 */
#ifndef RULE_ROWS_H
#define RULE_ROWS_H

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/rules.h"
#include "test.h"

struct hit {
	const char *src;
	const char *lines; /* "4 7": of all places, in order */
	const char *path;
};

struct miss {
	const char *src;
	const char *why;
	const char *path;
};

/* Both sides of a file, for rules that look at what a change takes away. A
 * place of the old side is written "-4". */
struct change_hit {
	const char *was, *now;
	const char *lines;
};

struct change_miss {
	const char *was, *now;
	const char *why;
};

struct rule_try {
	struct arena arena;
	struct source now, was;
	struct reach reach;
	struct rule_file file;
	struct rule_input input;
	struct rule_report report;
};

/* Run every rule over one file. line: the flags of all lines. */
static inline void rule_try(struct rule_try *t, const char *path,
			    const char *was, const char *now, uint8_t line)
{
	struct arena *a = &t->arena;
	struct span where = span_of(path ? path : "src/lib.rs");
	uint8_t *lines;

	*t = (struct rule_try){ .reach = { .module = REACH_PUBLIC,
					   .library = true,
					   .published = true,
					   .stable = true } };
	t->file.reach = &t->reach;
	if (was) {
		source_read(&t->was, a, where, span_of(was));
		t->file.was = &t->was;
	}
	if (now) {
		source_read(&t->now, a, where, span_of(now));
		t->file.now = &t->now;
		lines = arena_array(a, t->now.lx.lines + 2u, 1);
		memset(lines, line, t->now.lx.lines + 2u);
		t->file.line = lines;
	}
	t->input = (struct rule_input){ .file = &t->file, .files = 1 };
	rules_run(&t->report, a, &t->input);
}

/* Which lines of `now` are none of `was`? Good enough for snippets. */
static inline uint8_t *rule_new_lines(struct arena *a, const char *was,
				      const char *now)
{
	struct span rest = span_of(now), line, old, other;
	uint8_t *flags = arena_array(a, text_count_lines(rest) + 2, 1);

	for (size_t n = 1; text_line(&rest, &line); n++) {
		flags[n] = LINE_ADDED;
		for (old = span_of(was); text_line(&old, &other);)
			if (span_eq(line, other))
				flags[n] = 0;
	}
	return flags;
}

/* Run every rule over a change of a file: added are the lines that are new. */
static inline void rule_try_change(struct rule_try *t, const char *path,
				   const char *was, const char *now)
{
	rule_try(t, path, was, now, 0);
	t->file.line = rule_new_lines(&t->arena, was, now);
	rules_run(&t->report, &t->arena, &t->input);
}

static inline void rule_try_end(struct rule_try *t)
{
	arena_release(&t->arena);
}

/* The lines of a rule's places, "4 7"; "" when it is silent. */
static inline const char *rule_lines(struct rule_try *t,
				     const struct rule *rule)
{
	struct buf b = { 0 };
	char *lines;

	vec_each (struct rule_group, g, &t->report.groups) {
		if (g->rule != rule)
			continue;
		vec_each (struct rule_place, p, &g->places)
			buf_addf(&b, "%s%s%u", b.len ? " " : "",
				 p->old ? "-" : "", p->line);
	}
	lines = arena_cstr(&t->arena, buf_span(&b));
	buf_release(&b);
	return lines;
}

/* The hit is found where it should be; unchanged, moved, or as test code it is
 * none. */
static inline void hit_check(const struct rule *rule, const struct hit *h)
{
	struct rule_try t;
	struct buf b = { 0 };

	rule_try(&t, h->path, NULL, h->src, LINE_ADDED);
	ck_assert_msg(!strcmp(rule_lines(&t, rule), h->lines),
		      "%s: '%s', not '%s' in\n%s", rule->id,
		      rule_lines(&t, rule), h->lines, h->src);
	rule_try_end(&t);
	rule_try(&t, h->path, NULL, h->src, 0);
	ck_assert_str_eq(rule_lines(&t, rule), "");
	rule_try_end(&t);
	rule_try(&t, h->path, NULL, h->src, LINE_ADDED | LINE_MOVED);
	ck_assert_str_eq(rule_lines(&t, rule), "");
	rule_try_end(&t);
	if (rule->tests)
		return;
	buf_addf(&b, "#[cfg(test)] mod t { %s\n}", h->src);
	rule_try(&t, h->path, NULL, buf_cstr(&b), LINE_ADDED);
	ck_assert_str_eq(rule_lines(&t, rule), "");
	rule_try_end(&t);
	buf_release(&b);
}

static inline void miss_check(const struct rule *rule, const struct miss *m)
{
	struct rule_try t;

	ck_assert_ptr_nonnull(m->why);
	rule_try(&t, m->path, NULL, m->src, LINE_ADDED);
	ck_assert_msg(!*rule_lines(&t, rule), "%s: %s is named, but: %s\n%s",
		      rule->id, rule_lines(&t, rule), m->why, m->src);
	rule_try_end(&t);
}

/* Twenty of each are owed for every rule. */
#define RULE_TABLES(rule, hits, misses)                                  \
	_Static_assert(sizeof(hits) / sizeof(*(hits)) >= 20, "20 hits"); \
	_Static_assert(sizeof(misses) / sizeof(*(misses)) >= 20,         \
		       "20 near misses");                                \
	START_TEST(rule##_hits_are_found)                                \
	{                                                                \
		hit_check(&(rule), &(hits)[_i]);                         \
	}                                                                \
	END_TEST                                                         \
	START_TEST(rule##_misses_are_none)                               \
	{                                                                \
		miss_check(&(rule), &(misses)[_i]);                      \
	}                                                                \
	END_TEST

static inline void change_check(const struct rule *rule, const char *was,
				const char *now, const char *lines,
				const char *why)
{
	struct rule_try t;

	rule_try_change(&t, NULL, was, now);
	ck_assert_msg(!strcmp(rule_lines(&t, rule), lines),
		      "%s: '%s', not '%s' (%s) in\n%s\n->\n%s", rule->id,
		      rule_lines(&t, rule), lines, why, was, now);
	rule_try_end(&t);
}

#define RULE_CHANGES(rule, hits, misses)                                      \
	_Static_assert(sizeof(hits) / sizeof(*(hits)) >= 20, "20 hits");      \
	_Static_assert(sizeof(misses) / sizeof(*(misses)) >= 20,              \
		       "20 near misses");                                     \
	START_TEST(rule##_hits_are_found)                                     \
	{                                                                     \
		change_check(&(rule), (hits)[_i].was, (hits)[_i].now,         \
			     (hits)[_i].lines, "hit");                        \
	}                                                                     \
	END_TEST                                                              \
	START_TEST(rule##_misses_are_none)                                    \
	{                                                                     \
		change_check(&(rule), (misses)[_i].was, (misses)[_i].now, "", \
			     (misses)[_i].why);                               \
	}                                                                     \
	END_TEST

#define add_rule_rows(tc, rule, hits, misses)                 \
	do {                                                  \
		add_rows(tc, rule##_hits_are_found, hits);    \
		add_rows(tc, rule##_misses_are_none, misses); \
	} while (0)

#endif
