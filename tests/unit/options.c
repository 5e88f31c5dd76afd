#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/command.h"
#include "cli/help.h"
#include "repo/repo.h"
#include "test.h"

static struct arena arena;
static struct invocation inv;
static const struct command review = { .name = "review",
				       .group = GROUP_REVIEW };

static void setup(void)
{
	inv = (struct invocation){ .command = &review };
	options_init(&inv);
}

static void teardown(void)
{
	arena_release(&arena);
}

/* Words parted by single blanks. */
static int parse(const char *line, struct error *err)
{
	char *argv[16], *at = arena_strdup(&arena, line);
	int argc = 0;

	while (*at && argc < 16) {
		argv[argc++] = at;
		at += strcspn(at, " ");
		if (*at)
			*at++ = '\0';
	}
	return options_parse(&inv, &arena, argc, argv, err);
}

START_TEST(words_options_and_paths_are_told_apart)
{
	ck_assert_int_eq(
		parse("HEAD~1 --staged -C dir -vv --model=x -- -q a", NULL), 0);
	ck_assert_uint_eq(inv.nwords, 1);
	ck_assert_str_eq(inv.words[0], "HEAD~1");
	ck_assert(inv.staged && inv.dashdash && !inv.settings.quiet);
	ck_assert_str_eq(inv.settings.dir, "dir");
	ck_assert_int_eq(inv.settings.verbose, 2);
	ck_assert_str_eq(inv.settings.model, "x");
	ck_assert_uint_eq(inv.npaths, 2);
	ck_assert_str_eq(inv.paths[0], "-q");
}
END_TEST

static const struct {
	const char *line, *error;
} wrong[] = {
	{ "--exclude=", "--exclude is empty" },
	{ "--exclude=[",
	  "--exclude: '[' matches nothing: `[` is never closed" },
	{ "--include=*.rs,a\\",
	  "--include: 'a\\' matches nothing: nothing follows its last `\\`" },
	{ "--exclude=[a,b].rs",
	  "--exclude: '[a' matches nothing: `[` is never closed (a comma ends "
	  "a glob)" },
	{ "--stagd", "--stagd: did you mean --staged?" },
	{ "--window 0", "--window is '0': it must be more, or left out" },
	{ "--comit x", "did you mean --commit?" },
	{ "--xyzzy",
	  "has no option --xyzzy; `architect help review` lists them" },
	{ "-Z", "has no option -Z" },
	{ "--model", "--model needs a value" },
	{ "-C", "-C needs a value" },
	{ "--staged=1", "--staged takes no value" },
	{ "--timeout soon", "must be a time such as" },
	{ "--timeout -1", "must be a time such as" },
	{ "--max-file 4Q", "must be a size such as" },
	{ "--max-cost much", "must be dollars" },
	{ "--retries 1.5.2", "must be a whole number" },
	{ "--format pdf", "but must be one of text, markdown, json" },
	{ "--format jsno", "is 'jsno': did you mean json? (one of text" },
	{ "--format md", "did you mean markdown?" },
	{ "--fail-on critical", "did you mean must-fix?" },
	{ "--fail-on mustfix", "did you mean must-fix?" },
	{ "--guides-from nowhere", "must be one of base, head, worktree" },
	{ "--input x",
	  "takes no --input, `architect batch` does; `architect help" },
	{ "--key-command x", "git config --global architect.keyCommand" },
	{ "--cached", "did you mean --staged?" },
	{ "--json", "has no option --json: did you mean --format json?" },
	{ "--ollama", "did you mean --provider ollama?" },
	{ "--mask", "did you mean --on-secret mask?" },
	{ "--out x", "did you mean -o FILE?" },
	{ "--parallel 3", "did you mean --jobs N?" },
	{ "--base main", "did you mean --merge-base REF?" },
	{ "--dry-run", "--dry-run: `architect context` shows what would be" },
	{ "--api-key x", "a key stands in the environment" },
	{ "--path src", "paths stand behind `--`: `architect review -- PATH`" },
	{ "--model --staged", "--model needs a value: --model MODEL" },
	{ "-m --staged", "-m needs a value: -m MODEL" },
	{ "--model=", "--model is empty" },
	{ "--retries 1.5", "must be a whole number" },
	{ "--max-cost 0", "--max-cost is '0': it must be more, or left out" },
	{ "--max-cost 0x10", "must be dollars" },
};

START_TEST(a_wrong_option_is_named_with_what_to_do)
{
	struct error err = { 0 };

	ck_assert_int_eq(parse(wrong[_i].line, &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, wrong[_i].error) != NULL, "%s", err.msg);
}
END_TEST

static const struct {
	const char *text;
	int64_t ms;
} times[] = {
	{ "10", 10000 },  { "1.5", 1500 },   { "0.2", 200 }, { "200ms", 200 },
	{ "5m", 300000 }, { "1h", 3600000 }, { "2s", 2000 }, { "0", 0 },
};

START_TEST(times_are_seconds_unless_a_unit_says_otherwise)
{
	ck_assert_int_eq(
		parse(arena_printf(&arena, "--timeout %s", times[_i].text),
		      NULL),
		0);
	ck_assert_int_eq(inv.settings.timeout, times[_i].ms);
}
END_TEST

static void add_config(struct config_list *list, enum config_level level,
		       const char *name, const char *value)
{
	struct config_entry *e = vec_push(&list->entries, &arena);

	e->level = level;
	e->name = span_of(name);
	e->value = span_of(value);
}

START_TEST(the_command_line_beats_the_environment_beats_git)
{
	struct config_list list = { 0 };

	setenv("ARCHITECT_MODEL", "of-env", 1);
	setenv("ARCHITECT_TIMEOUT", "7", 1);
	add_config(&list, CONFIG_SYSTEM, "architect.idletimeout", "1");
	add_config(&list, CONFIG_GLOBAL, "architect.idletimeout", "2");
	add_config(&list, CONFIG_GLOBAL, "architect.timeout", "8");
	add_config(&list, CONFIG_GLOBAL, "architect.model", "of-git");
	add_config(&list, CONFIG_GLOBAL, "architect.keycommand", "pass show");
	add_config(&list, CONFIG_SYSTEM, "core.pager", "of-system");
	add_config(&list, CONFIG_GLOBAL, "core.pager", "of-user");
	ck_assert_int_eq(parse("--model of-argv", NULL), 0);
	ck_assert_int_eq(options_environment(&inv, &arena, NULL), 0);
	ck_assert_int_eq(options_config(&inv, &arena, &list, NULL), 0);
	ck_assert_str_eq(inv.settings.model, "of-argv");
	ck_assert_int_eq(inv.settings.timeout, 7000);
	ck_assert_int_eq(inv.settings.idle_timeout, 2000);
	ck_assert_str_eq(inv.settings.key_command, "pass show");
	ck_assert_str_eq(inv.settings.pager, "of-user");
}
END_TEST

START_TEST(a_list_takes_every_word_of_the_first_that_gives_any)
{
	struct config_list list = { 0 };

	add_config(&list, CONFIG_SYSTEM, "architect.exclude", "*.a");
	add_config(&list, CONFIG_GLOBAL, "architect.exclude", "*.b");
	add_config(&list, CONFIG_LOCAL, "architect.exclude", "*.rs");
	add_config(&list, CONFIG_GLOBAL, "architect.include", "of-git");
	ck_assert_int_eq(parse("--include a,b --include=c", NULL), 0);
	ck_assert_int_eq(options_config(&inv, &arena, &list, NULL), 0);
	ck_assert_uint_eq(inv.settings.include.len, 2);
	ck_assert_str_eq(inv.settings.include.word[0], "a,b");
	ck_assert_str_eq(inv.settings.include.word[1], "c");
	ck_assert_uint_eq(inv.settings.exclude.len, 2);
	ck_assert_str_eq(inv.settings.exclude.word[0], "*.a");
	ck_assert_str_eq(inv.settings.exclude.word[1], "*.b");
}
END_TEST

START_TEST(the_repository_may_lower_budgets_and_nothing_else)
{
	struct config_list list = { 0 };

	add_config(&list, CONFIG_LOCAL, "architect.model", "evil");
	add_config(&list, CONFIG_LOCAL, "architect.baseurl", "http://evil");
	add_config(&list, CONFIG_LOCAL, "architect.agent", "evil.md");
	add_config(&list, CONFIG_LOCAL, "architect.keycommand", "evil");
	add_config(&list, CONFIG_LOCAL, "architect.allowhttp", "true");
	add_config(&list, CONFIG_LOCAL, "core.pager", "evil");
	add_config(&list, CONFIG_LOCAL, "architect.timeout", "9999");
	add_config(&list, CONFIG_LOCAL, "architect.maxcost", "0.10");
	add_config(&list, CONFIG_LOCAL, "architect.retries", "2");
	add_config(&list, CONFIG_LOCAL, "architect.maxtokens", "0");
	ck_assert_int_eq(parse("--max-tokens 5000", NULL), 0);
	ck_assert_int_eq(options_config(&inv, &arena, &list, NULL), 0);
	ck_assert_ptr_null(inv.settings.model);
	ck_assert_ptr_null(inv.settings.base_url);
	ck_assert_ptr_null(inv.settings.agent);
	ck_assert_ptr_null(inv.settings.key_command);
	ck_assert_ptr_null(inv.settings.pager);
	ck_assert(!inv.settings.allow_http);
	ck_assert_int_eq(inv.settings.timeout, 1800000);
	ck_assert_int_eq(inv.settings.tries, 2);
	ck_assert_int_eq(inv.settings.max_tokens, 5000);
	ck_assert_double_eq(inv.settings.max_cost, 0.10);
}
END_TEST

START_TEST(help_and_settings_show_every_row_of_theirs)
{
	struct buf help = { 0 }, show = { 0 };
	size_t i;

	help_command(&help, &commands[0], 80);
	options_show(&show, &inv);
	for (i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];
		bool config_only = o->flags & OPTION_CONFIG;

		if (o->groups & GROUP_REVIEW && !config_only)
			ck_assert_msg(strstr(buf_cstr(&help), o->name) != NULL,
				      "%s", o->name);
		if (o->flags & OPTION_SETTING)
			ck_assert_msg(strstr(buf_cstr(&show), o->name) != NULL,
				      "%s", o->name);
	}
	buf_release(&help);
	buf_release(&show);
}
END_TEST

Suite *options_suite(void)
{
	Suite *s = suite_create("options");
	TCase *tc = tcase_create("options");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, words_options_and_paths_are_told_apart);
	add_rows(tc, a_wrong_option_is_named_with_what_to_do, wrong);
	add_rows(tc, times_are_seconds_unless_a_unit_says_otherwise, times);
	tcase_add_test(tc, the_command_line_beats_the_environment_beats_git);
	tcase_add_test(tc, a_list_takes_every_word_of_the_first_that_gives_any);
	tcase_add_test(tc, the_repository_may_lower_budgets_and_nothing_else);
	tcase_add_test(tc, help_and_settings_show_every_row_of_theirs);
	suite_add_tcase(s, tc);
	return s;
}
