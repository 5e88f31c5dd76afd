#include "base/re.h"

#include <pthread.h>
#include <string.h>

#include "base/buf.h"
#include "test.h"

static const struct {
	const char *pattern;
	unsigned flags;
	const char *in, *all, *first;
} found[] = {
	{ "b+", 0, "abbc", "bb", NULL },
	{ "B+", RE_NOCASE, "abbc", "bb", NULL },
	{ "B+", 0, "abbc", NULL, NULL },
	{ "a(b)?c", 0, "ac", "ac", NULL },
	{ "a(b)?c", 0, "abc", "abc", "b" },
	{ "^b$", 0, "a\nb\nc", NULL, NULL },
	{ "^b$", RE_MULTILINE, "a\nb\nc", "b", NULL },
	{ "^.$", 0, "\xc3\xa9", NULL, NULL },
	{ "^.$", RE_UTF, "\xc3\xa9", "\xc3\xa9", NULL },
	{ ".", RE_UTF, "\xff\xfe", NULL, NULL },
	{ "b", RE_ANCHORED, "ab", NULL, NULL },
	{ "a", RE_ANCHORED, "ab", "a", NULL },
	{ "", 0, "", "", NULL },
	{ "a\\Kb", 0, "ab", "b", NULL },
};

START_TEST(the_first_match_and_its_groups_are_borrowed)
{
	struct span g[2], in = span_of(found[_i].in);
	struct error err = { 0 };
	struct re *re;
	bool hit;

	ck_assert_int_eq(re_open(&re, found[_i].pattern, found[_i].flags, &err),
			 0);
	hit = re_match(re, in, 0, g, 2);
	if (found[_i].all)
		ck_assert(hit && span_eqs(g[0], found[_i].all));
	if (found[_i].first)
		ck_assert(span_eqs(g[1], found[_i].first));
	else
		ck_assert_ptr_null(g[1].ptr);
	re_close(re);
}
END_TEST

static const struct {
	const char *pattern, *msg;
} invalid[] = {
	{ "a(b", "pattern 'a(b' is not valid: missing closing parenthesis "
		 "at offset 3" },
	{ "[z-a]", "pattern '[z-a]' is not valid: range out of order in "
		   "character class at offset 3" },
	{ "a\\C", "pattern 'a\\C' is not valid: using \\C is disabled by the "
		  "application at offset 3" },
	{ "(*UTF)a", "pattern '(*UTF)a' is not valid: using UTF is disabled "
		     "by the application at offset 6" },
};

START_TEST(an_invalid_pattern_is_a_usage_error_with_its_offset)
{
	struct error err = { 0 };
	struct re *re = (struct re *)&err;

	ck_assert_int_eq(re_open(&re, invalid[_i].pattern, 0, &err), -1);
	ck_assert_ptr_null(re);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_str_eq(err.msg, invalid[_i].msg);
}
END_TEST

/* Each takes more than 2^20 steps at its first character when unlimited. */
static const struct {
	const char *pattern;
	char fill;
} greedy[] = {
	{ "(a+)+$", 'a' },
	{ "(a|aa)+$", 'a' },
	{ "(.*)*x", 'a' },
	{ "(a|a)*b", 'a' },
};

START_TEST(a_catastrophic_pattern_ends_at_the_step_limit)
{
	struct error err = { 0 };
	struct re *re;
	char in[64];

	memset(in, greedy[_i].fill, sizeof(in));
	in[sizeof(in) - 1] = '!';
	ck_assert_int_eq(re_open(&re, greedy[_i].pattern, 0, &err), 0);
	ck_assert(!re_match(re, (struct span){ in, sizeof(in) }, 0, NULL, 0));
	re_close(re);
}
END_TEST

START_TEST(a_match_begins_at_or_behind_from_and_sees_what_is_before)
{
	struct span g[1], in = SPAN("aab");
	struct error err = { 0 };
	struct re *re;

	ck_assert_int_eq(re_open(&re, "a", 0, &err), 0);
	ck_assert(re_match(re, in, 1, g, 1) && g[0].ptr == in.ptr + 1);
	ck_assert(!re_match(re, in, 2, g, 1));
	ck_assert(!re_match(re, in, 3, g, 1));
	ck_assert(!re_match(re, in, 4, g, 1));
	ck_assert(!re_match(re, (struct span){ NULL, 0 }, 0, g, 1));
	re_close(re);
	ck_assert_int_eq(re_open(&re, "(?<=a)b", 0, &err), 0);
	ck_assert(re_match(re, in, 2, g, 1));
	re_close(re);
	re_close(NULL);
}
END_TEST

struct job {
	const struct re *re;
	size_t hits;
};

static void *match_often(void *arg)
{
	struct job *j = arg;
	struct span g[2];
	int i;

	for (i = 0; i < 500; i++)
		if (re_match(j->re, SPAN("xx key=value"), 0, g, 2) &&
		    span_eqs(g[1], "value"))
			j->hits++;
	return NULL;
}

START_TEST(one_pattern_serves_several_threads)
{
	struct job jobs[4] = { { 0 } };
	struct error err = { 0 };
	pthread_t threads[4];
	struct re *re;
	size_t i;

	ck_assert_int_eq(re_open(&re, "key=(\\w+)", 0, &err), 0);
	for (i = 0; i < 4; i++) {
		jobs[i].re = re;
		pthread_create(&threads[i], NULL, match_often, &jobs[i]);
	}
	for (i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		ck_assert_uint_eq(jobs[i].hits, 500);
	}
	re_close(re);
}
END_TEST

Suite *re_suite(void)
{
	Suite *s = suite_create("re");
	TCase *tc = tcase_create("re");

	add_rows(tc, the_first_match_and_its_groups_are_borrowed, found);
	add_rows(tc, an_invalid_pattern_is_a_usage_error_with_its_offset,
		 invalid);
	add_rows(tc, a_catastrophic_pattern_ends_at_the_step_limit, greedy);
	tcase_add_test(
		tc, a_match_begins_at_or_behind_from_and_sees_what_is_before);
	tcase_add_test(tc, one_pattern_serves_several_threads);
	suite_add_tcase(s, tc);
	return s;
}
