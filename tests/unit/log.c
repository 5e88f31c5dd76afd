#include "base/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mask.h"
#include "base/text.h"
#include "test.h"

static int ends[2];
static char said[4096];

/* Standard error goes through a pipe, in the test's own process. */
static void setup(void)
{
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	close(ends[1]);
}

static const char *what_was_said(void)
{
	ssize_t n;

	close(STDERR_FILENO);
	n = read(ends[0], said, sizeof(said) - 1);
	ck_assert_int_ge(n, 0);
	said[n] = '\0';
	return said;
}

static const struct {
	enum log_level level;
	const char *lines;
} levels[] = {
	{ LOG_QUIET, "" },
	{ LOG_NORMAL, "architect: note\n" },
	{ LOG_VERBOSE, "architect: note\narchitect: info\n" },
	{ LOG_DEBUG, "architect: note\narchitect: info\narchitect: debug\n" },
};

START_TEST(a_level_says_its_own_lines_and_those_below)
{
	log_set_level(levels[_i].level);
	ck_assert_int_eq(log_get_level(), levels[_i].level);
	log_note("%s", "note");
	log_info("%s", "info");
	log_debug("%s", "debug");
	ck_assert_str_eq(what_was_said(), levels[_i].lines);
}
END_TEST

START_TEST(nothing_that_acts_on_a_terminal_gets_there)
{
	log_note("%s", "\x1b]52;c;eA==\x07 \xc2\x9b"
		       "2J \xe2\x80\xae \xff \r");
	ck_assert_str_eq(what_was_said(),
			 "architect: \\u{1b}]52;c;eA==\\u{7} \\u{9b}"
			 "2J \\u{202e} \\xff \\u{d}\n");
}
END_TEST

START_TEST(a_line_stays_one_line)
{
	log_note("cannot open %s", "a\narchitect: all is well\r\n\tb");
	ck_assert_str_eq(what_was_said(),
			 "architect: cannot open a\\narchitect: all is well"
			 "\\u{d}\\n\\tb\n");
}
END_TEST

START_TEST(no_line_is_a_command_to_a_ci_system)
{
	log_note("cannot open %s", "src/##[add-mask]a.rs");
	ck_assert_str_eq(what_was_said(),
			 "architect: cannot open src/##\\[add-mask]a.rs\n");
}
END_TEST

START_TEST(a_secret_of_ours_is_never_said)
{
	mask_register(SPAN("hunter2hunter2"));
	log_note("key hunter2hunter2 sent");
	ck_assert_ptr_null(strstr(what_was_said(), "hunter2"));
	ck_assert_ptr_nonnull(strstr(said, " sent\n"));
}
END_TEST

static void note_before(void *ctx)
{
	ck_assert_int_eq(write(STDERR_FILENO, ctx, 1), 1);
}

START_TEST(the_hook_is_called_before_each_line_that_is_said)
{
	static char marks[] = "<";

	log_hook(note_before, marks);
	log_note("a");
	log_debug("not said");
	log_hook(NULL, NULL);
	log_note("b");
	ck_assert_str_eq(what_was_said(), "<architect: a\narchitect: b\n");
}
END_TEST

START_TEST(a_closed_stderr_is_nobodys_problem)
{
	close(STDERR_FILENO);
	log_note("to nobody");
}
END_TEST

Suite *log_suite(void)
{
	Suite *s = suite_create("log");
	TCase *tc = tcase_create("log");

	tcase_add_checked_fixture(tc, setup, NULL);
	add_rows(tc, a_level_says_its_own_lines_and_those_below, levels);
	tcase_add_test(tc, nothing_that_acts_on_a_terminal_gets_there);
	tcase_add_test(tc, a_line_stays_one_line);
	tcase_add_test(tc, no_line_is_a_command_to_a_ci_system);
	tcase_add_test(tc, a_secret_of_ours_is_never_said);
	tcase_add_test(tc, the_hook_is_called_before_each_line_that_is_said);
	tcase_add_test(tc, a_closed_stderr_is_nobodys_problem);
	suite_add_tcase(s, tc);
	return s;
}
