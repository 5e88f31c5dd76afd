#include "base/ci_log.h"

#include "base/buf.h"
#include "test.h"

static const struct {
	const char *text, *log;
} texts[] = {
	{ "", "" },
	{ "plain\n\nlines", "plain\n\nlines" },
	{ "::error::x\n", "\\::error::x\n" },
	{ "a\n  ::error::x\nb\n", "a\n  \\::error::x\nb\n" },
	{ "\t::stop-commands::x", "\t\\::stop-commands::x" },
	{ "\xc2\xa0::add-mask::x", "\xc2\xa0\\::add-mask::x" },
	{ "\xe3\x80\x80\xe2\x80\x83 ::x::",
	  "\xe3\x80\x80\xe2\x80\x83 \\::x::" },
	{ "a ::error::x", "a ::error::x" },
	{ ":x::error::", ":x::error::" },
	{ "std::mem::drop(x);", "std::mem::drop(x);" },
	{ "\xff::error::", "\xff::error::" },
	{ "##[error]x", "##\\[error]x" },
	{ "a ##[error]x ##[group]", "a ##\\[error]x ##\\[group]" },
	{ "###[error]x", "###\\[error]x" },
	{ "##vso[task.setvariable]x", "##vso\\[task.setvariable]x" },
	{ "## [must-fix] a", "## [must-fix] a" },
	{ "## A heading\n##", "## A heading\n##" },
	{ "::##[x]", "\\::##\\[x]" },
};

START_TEST(no_line_of_a_text_is_a_command)
{
	struct buf b = { 0 };

	ci_log_text(&b, span_of(texts[_i].text));
	ck_assert_str_eq(buf_cstr(&b), texts[_i].log);
	buf_release(&b);
}
END_TEST

START_TEST(json_means_the_same_without_a_command_in_it)
{
	struct buf b = { 0 };

	ci_log_json(&b, SPAN("{\"a\":\"##[x] ###[y] ## [z\"}"));
	ck_assert_str_eq(buf_cstr(&b), "{\"a\":\"##\\u005bx] ###\\u005by] ## "
				       "[z\"}");
	buf_release(&b);
}
END_TEST

static const struct {
	const char *words, *data, *property;
} words[] = {
	{ "plain", "plain", "plain" },
	{ "100%", "100%25", "100%25" },
	{ "%0A", "%250A", "%250A" },
	{ "a\r\nb", "a%0D%0Ab", "a%0D%0Ab" },
	{ "a:b,c", "a:b,c", "a%3Ab%2Cc" },
	{ "::error::x", "::error::x", "%3A%3Aerror%3A%3Ax" },
	{ "日本", "日本", "日本" },
};

START_TEST(words_of_a_command_cannot_end_it)
{
	struct buf b = { 0 };

	ci_log_words(&b, span_of(words[_i].words), false);
	ck_assert_str_eq(buf_cstr(&b), words[_i].data);
	buf_reset(&b);
	ci_log_words(&b, span_of(words[_i].words), true);
	ck_assert_str_eq(buf_cstr(&b), words[_i].property);
	buf_release(&b);
}
END_TEST

Suite *ci_log_suite(void)
{
	Suite *s = suite_create("ci_log");
	TCase *tc = tcase_create("ci_log");

	add_rows(tc, no_line_of_a_text_is_a_command, texts);
	tcase_add_test(tc, json_means_the_same_without_a_command_in_it);
	add_rows(tc, words_of_a_command_cannot_end_it, words);
	suite_add_tcase(s, tc);
	return s;
}
