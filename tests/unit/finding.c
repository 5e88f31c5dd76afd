#include "core/finding.h"

#include "test.h"

static const struct {
	const char *word;
	int level;
} words[] = {
	{ "must-fix", LEVEL_MUST_FIX },
	{ "Must Fix", LEVEL_MUST_FIX },
	{ "MUSTFIX", LEVEL_MUST_FIX },
	{ "must_fix", LEVEL_MUST_FIX },
	{ " must-fix\t", LEVEL_MUST_FIX },
	{ "should-fix", LEVEL_SHOULD_FIX },
	{ "shouldFix", LEVEL_SHOULD_FIX },
	{ "Question", LEVEL_QUESTION },
	{ "nice-to-have", LEVEL_NICE_TO_HAVE },
	{ "nice to have", LEVEL_NICE_TO_HAVE },
	{ "nice-tohave", LEVEL_NICE_TO_HAVE },
	{ "", -1 },
	{ "must", -1 },
	{ "must-", -1 },
	{ "must-fixed", -1 },
	{ "m-u-s-t-f-i-x", -1 },
	{ "-must-fix", -1 },
	{ "must-fix-", -1 },
	{ "ques-tion", -1 },
	{ "questions", -1 },
	{ "m\xc3\xbcst-fix", -1 },
	{ "critical", -1 },
};

START_TEST(a_level_is_known_however_it_is_joined)
{
	ck_assert_int_eq(finding_level_find(span_of(words[_i].word)),
			 words[_i].level);
}
END_TEST

START_TEST(a_level_finds_itself_by_its_name)
{
	ck_assert_int_eq(finding_level_find(span_of(
				 finding_level_name((enum finding_level)_i))),
			 _i);
}
END_TEST

Suite *finding_suite(void)
{
	Suite *s = suite_create("finding");
	TCase *tc = tcase_create("finding");

	add_rows(tc, a_level_is_known_however_it_is_joined, words);
	tcase_add_loop_test(tc, a_level_finds_itself_by_its_name, 0,
			    LEVEL_COUNT);
	suite_add_tcase(s, tc);
	return s;
}
