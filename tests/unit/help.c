#include "cli/help.h"

#include <string.h>

#include "base/buf.h"
#include "base/columns.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/man.h"
#include "cli/options.h"
#include "test.h"

static void check_lines(struct buf *text)
{
	struct span rest = buf_span(text), line;

	while (text_line(&rest, &line))
		ck_assert_msg(columns_of(line) <= 80, "%.*s", SPAN_ARG(line));
	buf_release(text);
}

START_TEST(no_line_of_help_is_wider_than_a_terminal)
{
	struct buf all = { 0 }, one = { 0 };

	help_all(&all, 80);
	check_lines(&all);
	for (size_t i = 0; i < commands_len; i++) {
		help_command(&one, &commands[i], 80);
		check_lines(&one);
	}
}
END_TEST

START_TEST(the_overview_names_every_command)
{
	struct buf all = { 0 };

	help_all(&all, 80);
	for (size_t i = 0; i < commands_len; i++)
		ck_assert_ptr_nonnull(
			strstr(buf_cstr(&all), commands[i].about));
	buf_release(&all);
}
END_TEST

START_TEST(a_script_and_the_manual_hold_every_option_and_command)
{
	struct buf out = { 0 };

	if (_i < (int)shells_len)
		completion_write(&out, &shells[_i]);
	else
		man_write(&out);
	for (size_t i = 0; i < commands_len; i++)
		ck_assert_ptr_nonnull(strstr(buf_cstr(&out), commands[i].name));
	for (size_t i = 0; _i < (int)shells_len && i < option_table_len; i++)
		if (!(option_table[i].flags & OPTION_CONFIG))
			ck_assert_msg(strstr(buf_cstr(&out),
					     option_table[i].name) != NULL,
				      "%s", option_table[i].name);
	ck_assert_ptr_null(strstr(buf_cstr(&out), "@"
						  "tables@"));
	ck_assert_ptr_null(strstr(buf_cstr(&out), "@options@"));
	buf_release(&out);
}
END_TEST

/* An argument that is called otherwise is completed by nothing, silently. */
static const struct {
	const char *option;
	enum value_kind kind;
	const char *word; /* among the words, or NULL */
} values[] = {
	{ "format", VALUE_WORD, "markdown" },
	{ "fail-on", VALUE_WORD, "must-fix" },
	{ "provider", VALUE_WORD, "ollama" },
	{ "model", VALUE_WORD, "sonnet" },
	{ "explain", VALUE_WORD, "lock-across-await" },
	{ "commit", VALUE_REVISION, NULL },
	{ "merge-base", VALUE_REVISION, NULL },
	{ "dir", VALUE_DIR, NULL },
	{ "output", VALUE_FILE, NULL },
	{ "input", VALUE_FILE, NULL },
	{ "agent", VALUE_FILE, NULL },
	{ "jobs", VALUE_ANY, NULL },
};

START_TEST(an_option_is_completed_by_what_it_takes)
{
	const struct option_row *o = option_table;
	struct buf words = { 0 };

	while (strcmp(o->name, values[_i].option) != 0)
		o++;
	ck_assert_int_eq(completion_value(o), values[_i].kind);
	completion_words(&words, o);
	ck_assert_int_eq(words.len > 0, values[_i].kind == VALUE_WORD);
	if (values[_i].word)
		ck_assert_ptr_nonnull(
			strstr(buf_cstr(&words), values[_i].word));
	buf_release(&words);
}
END_TEST

Suite *help_suite(void)
{
	Suite *s = suite_create("help");
	TCase *tc = tcase_create("help");

	tcase_add_test(tc, no_line_of_help_is_wider_than_a_terminal);
	tcase_add_test(tc, the_overview_names_every_command);
	tcase_add_loop_test(
		tc, a_script_and_the_manual_hold_every_option_and_command, 0,
		(int)shells_len + 1);
	add_rows(tc, an_option_is_completed_by_what_it_takes, values);
	suite_add_tcase(s, tc);
	return s;
}
