#include "cli/screen.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "test.h"

static const struct {
	const char *text;
	size_t width, at, indent;
	const char *lines;
} wrapped[] = {
	{ "", 10, 0, 0, "" },
	{ "one two", 10, 0, 0, "one two" },
	{ "one two three", 7, 0, 0, "one two\nthree" },
	{ "one two three", 8, 0, 2, "one two\n  three" },
	{ "one two", 10, 7, 7, "one\n       two" },
	{ "one two", 11, 4, 4, "one two" },
	{ "a longerthanthat b", 5, 0, 1, "a\n longerthanthat\n b" },
	{ "  many   blanks ", 40, 0, 0, "many blanks" },
	/* two columns each, three bytes each */
	{ "\xe6\xbc\xa2\xe5\xad\x97 x", 6, 0, 0, "\xe6\xbc\xa2\xe5\xad\x97 x" },
	{ "\xe6\xbc\xa2\xe5\xad\x97 x", 5, 0, 0,
	  "\xe6\xbc\xa2\xe5\xad\x97\nx" },
};

START_TEST(words_stand_in_lines_of_the_width)
{
	struct buf out = { 0 };

	screen_wrap(&out, span_of(wrapped[_i].text), wrapped[_i].width,
		    wrapped[_i].at, wrapped[_i].indent);
	ck_assert_str_eq(buf_cstr(&out), wrapped[_i].lines);
	buf_release(&out);
}
END_TEST

static const struct {
	const char *columns;
	unsigned exact, width;
} terminals[] = {
	{ "120", 120, 100 }, { "72", 72, 72 }, { "10", 10, 40 },
	{ "0", 0, 80 },	     { "-3", 0, 80 },  { "wide", 0, 80 },
	{ "100000", 0, 80 },
};

START_TEST(the_environment_says_how_wide_it_is)
{
	int fd[2];

	ck_assert_int_eq(pipe(fd), 0);
	dup2(fd[1], STDOUT_FILENO);
	setenv("COLUMNS", terminals[_i].columns, 1);
	ck_assert_uint_eq(screen_columns(fd[1]), terminals[_i].exact);
	ck_assert_uint_eq(screen_width(), terminals[_i].width);
}
END_TEST

Suite *screen_suite(void)
{
	Suite *s = suite_create("screen");
	TCase *tc = tcase_create("screen");

	add_rows(tc, words_stand_in_lines_of_the_width, wrapped);
	add_rows(tc, the_environment_says_how_wide_it_is, terminals);
	suite_add_tcase(s, tc);
	return s;
}
