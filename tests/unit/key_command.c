#include "cli/key_command.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "test.h"

#define WORDS8 " a a a a a a a a"

static const struct {
	const char *command, *key; /* key NULL: refused, with this in it: */
	const char *error;
} commands[] = {
	{ "echo k1", "k1", NULL },
	{ "  echo\t 'k1'  ", "k1", NULL },
	{ "printf 'k1\\nsecond line'", "k1", NULL },
	{ "printf '  k1\\r\\n'", "k1", NULL },
	{ "sh -c 'echo k\"1\"'", "k1", NULL },
	/* a helper left behind keeps its output open */
	{ "sh -c 'sleep 30 & echo k1'", "k1", NULL },
	/* far more than is kept, and none of it is waited for */
	{ "sh -c 'echo k1; dd if=/dev/zero bs=1024 count=256 2>/dev/null'",
	  "k1", NULL },
	{ "", NULL, "is empty" },
	{ " \t ", NULL, "is empty" },
	{ "true", NULL, "('true') printed no key" },
	{ "false", NULL, "('false') failed with status 1" },
	{ "sh -c 'kill -9 $$'", NULL, "('sh') was ended by signal 9" },
	{ "no-such-program-of-ours", NULL, "cannot be run" },
	{ "echo a b", NULL, "is not a key (it runs without a shell" },
	{ "printf 'a\\001b'", NULL, "is not a key" },
	{ "echo k\xc3\xa9y", NULL, "is not a key" },
	{ "echo" WORDS8 WORDS8 WORDS8 " a a a a a a a", NULL, "is not a key" },
	{ "echo" WORDS8 WORDS8 WORDS8 WORDS8, NULL, "more than 32 words" },
};

static struct arena arena;

static void tear_down(void)
{
	arena_release(&arena);
}

/* T23: one of another provider's is none of its business */
START_TEST(it_is_run_without_the_keys_of_the_environment)
{
	struct error err = { 0 };
	const char *key;

	setenv("ANTHROPIC_API_KEY", "sk-never", 1);
	setenv("OPENAI_API_KEY", "sk-never", 1);
	ck_assert_int_eq(key_command_run(&key, &arena,
					 "sh -c 'echo $ANTHROPIC_API_KEY"
					 "$OPENAI_API_KEY.'",
					 &err),
			 0);
	ck_assert_str_eq(key, ".");
}
END_TEST

START_TEST(a_command_gives_a_key_or_a_reason)
{
	struct error err = { 0 };
	const char *key = NULL;
	int rc = key_command_run(&key, &arena, commands[_i].command, &err);

	if (commands[_i].key) {
		ck_assert_msg(!rc, "%s", err.msg);
		ck_assert_str_eq(key, commands[_i].key);
		return;
	}
	ck_assert_int_eq(rc, -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, commands[_i].error) != NULL, "%s",
		      err.msg);
}
END_TEST

START_TEST(nothing_is_there_to_be_read)
{
	struct error err = { 0 };
	const char *key;
	int p[2];

	/* of the pipe it would wait for ever */
	ck_assert_int_eq(pipe(p), 0);
	ck_assert_int_eq(dup2(p[0], STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(
		key_command_run(&key, &arena, "sh -c 'cat; echo k1'", &err), 0);
	ck_assert_str_eq(key, "k1");
	close(p[0]);
	close(p[1]);
}
END_TEST

static const char *const slow[] = { "sleep 3600",
				    "sh -c 'exec >&-; exec sleep 3600'",
				    "yes" };

START_TEST(one_that_does_not_end_is_ended_and_said_to_be_waited_for)
{
	static const struct key_patience patience = { 0, 300 };
	struct error err = { 0 };
	const char *key;
	char said[512];
	ssize_t n;
	int p[2];

	ck_assert_int_eq(pipe(p), 0);
	ck_assert_int_eq(dup2(p[1], STDERR_FILENO), STDERR_FILENO);
	ck_assert_int_eq(
		key_command_within(&key, &arena, slow[_i], &patience, &err),
		-1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, "did not end within 0 s") != NULL, "%s",
		      err.msg);
	n = read(p[0], said, sizeof(said) - 1);
	ck_assert_int_gt(n, 0);
	said[n] = '\0';
	ck_assert_msg(span_starts(span_of(said), "architect: waiting for "
						 "architect.keyCommand ('"),
		      "%s", said);
	/* once is enough */
	ck_assert_ptr_eq(strchr(said, '\n'), said + n - 1);
	close(p[0]);
	close(p[1]);
}
END_TEST

Suite *key_command_suite(void)
{
	Suite *s = suite_create("key_command");
	TCase *tc = tcase_create("key_command");

	tcase_set_timeout(tc, 20);
	tcase_add_checked_fixture(tc, NULL, tear_down);
	add_rows(tc, a_command_gives_a_key_or_a_reason, commands);
	tcase_add_test(tc, it_is_run_without_the_keys_of_the_environment);
	tcase_add_test(tc, nothing_is_there_to_be_read);
	add_rows(tc, one_that_does_not_end_is_ended_and_said_to_be_waited_for,
		 slow);
	suite_add_tcase(s, tc);
	return s;
}
