#include "base/error.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "test.h"

#define ROOM (sizeof(((struct error *)0)->msg) - 1)

START_TEST(a_failure_keeps_its_kind_and_its_words)
{
	struct error err = { 0 };

	ck_assert_int_eq(error_set(&err, ERR_REPO, "no %s in %d", "x", 3), -1);
	ck_assert_int_eq(err.kind, ERR_REPO);
	ck_assert_str_eq(err.msg, "no x in 3");
	error_set(&err, ERR_IO, "later");
	ck_assert_int_eq(err.kind, ERR_IO);
	ck_assert_str_eq(err.msg, "later");
}
END_TEST

START_TEST(nobody_needs_to_listen)
{
	ck_assert_int_eq(error_set(NULL, ERR_IO, "x"), -1);
	ck_assert_int_eq(error_prefix(NULL, "x"), -1);
	ck_assert_int_eq(error_suffix(NULL, "x"), -1);
}
END_TEST

START_TEST(words_may_be_built_from_the_words_before)
{
	struct error err = { 0 };

	error_set(&err, ERR_REPO, "no such file");
	error_set(&err, ERR_USAGE, "cannot read the agent: %s", err.msg);
	ck_assert_str_eq(err.msg, "cannot read the agent: no such file");
}
END_TEST

/* what is put behind as many letters as leave the given room */
static const struct {
	size_t room;
	const char *end, *kept;
} clips[] = {
	{ 1, "\xc3\xa9", "" },
	{ 2, "\xc3\xa9", "\xc3\xa9" },
	{ 2, "\xc3\xa9z", "\xc3\xa9" },
	{ 1, "\xe2\x82\xac", "" },
	{ 2, "\xe2\x82\xac", "" },
	{ 3, "\xe2\x82\xacz", "\xe2\x82\xac" },
	{ 3, "\xf0\x9f\x98\x80", "" },
	{ 4, "\xf0\x9f\x98\x80z", "\xf0\x9f\x98\x80" },
	{ 2, "abc", "ab" },
	{ 3, "\x80\x80\x80\x80\x80", "\x80\x80\x80" },
};

START_TEST(words_are_clipped_between_characters)
{
	struct error err = { 0 };
	char text[600];
	size_t n = ROOM - clips[_i].room;

	memset(text, 'a', n);
	snprintf(text + n, sizeof(text) - n, "%s", clips[_i].end);
	error_set(&err, ERR_MODEL, "%s", text);
	ck_assert_uint_eq(strlen(err.msg), n + strlen(clips[_i].kept));
	ck_assert_str_eq(err.msg + n, clips[_i].kept);
}
END_TEST

START_TEST(a_prefix_stands_before_the_words_and_keeps_the_kind)
{
	struct error err = { 0 };

	error_set(&err, ERR_MODEL, "refused");
	ck_assert_int_eq(error_prefix(&err, "job %d", 7), -1);
	ck_assert_str_eq(err.msg, "job 7: refused");
	ck_assert_int_eq(err.kind, ERR_MODEL);
}
END_TEST

START_TEST(a_suffix_stands_behind_the_words_and_keeps_the_kind)
{
	struct error err = { 0 };

	error_set(&err, ERR_MODEL, "refused");
	ck_assert_int_eq(error_suffix(&err, "try %d", 7), -1);
	ck_assert_str_eq(err.msg, "refused; try 7");
	ck_assert_int_eq(err.kind, ERR_MODEL);
}
END_TEST

/* ": " comes between, so a prefix of ROOM - 2 bytes leaves none for words */
static const size_t prefixes[] = { ROOM - 4, ROOM - 3, ROOM - 2,
				   ROOM - 1, ROOM,     ROOM + 40 };

START_TEST(a_long_prefix_never_leaves_half_a_character)
{
	struct error err = { 0 };
	char text[700];
	size_t i;

	for (i = 0; i < prefixes[_i]; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[i] = '\0';
	error_set(&err, ERR_MODEL, "\xe2\x82\xac");
	error_prefix(&err, "%s", text);
	ck_assert(text_utf8_valid(span_of(err.msg)));
	ck_assert_uint_ge(strlen(err.msg), ROOM - 4);
}
END_TEST

START_TEST(a_long_suffix_never_leaves_half_a_character)
{
	struct error err = { 0 };
	char text[700];
	size_t i;

	for (i = 0; i < prefixes[_i]; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[i] = '\0';
	error_set(&err, ERR_MODEL, "\xe2\x82\xac");
	error_suffix(&err, "%s", text);
	ck_assert(text_utf8_valid(span_of(err.msg)));
	ck_assert_uint_ge(strlen(err.msg), ROOM - 4);
}
END_TEST

Suite *error_suite(void)
{
	Suite *s = suite_create("error");
	TCase *tc = tcase_create("error");

	tcase_add_test(tc, a_failure_keeps_its_kind_and_its_words);
	tcase_add_test(tc, nobody_needs_to_listen);
	tcase_add_test(tc, a_suffix_stands_behind_the_words_and_keeps_the_kind);
	tcase_add_test(tc, words_may_be_built_from_the_words_before);
	add_rows(tc, words_are_clipped_between_characters, clips);
	tcase_add_test(tc, a_prefix_stands_before_the_words_and_keeps_the_kind);
	add_rows(tc, a_long_prefix_never_leaves_half_a_character, prefixes);
	add_rows(tc, a_long_suffix_never_leaves_half_a_character, prefixes);
	suite_add_tcase(s, tc);
	return s;
}
