/* Changes its environment and stderr. */
#include "cli/progress.h"

#include <string.h>

#include "base/log.h"
#include "cli/command.h"
#include "sandbox.h"
#include "terminal.h"

static const struct {
	bool terminal, quiet;
	const char *term;
	unsigned short columns;
	const char *drawn;
} rows[] = {
	{ true, false, "xterm", 80,
	  "\r\x1b[K1 done, 2 failed \u00b7 0 s\r\x1b[K" },
	{ true, false, "xterm", 24,
	  "\r\x1b[K1 done, 2 failed \u00b7 0\r\x1b[K" },
	{ true, false, "xterm", 1, "\r\x1b[K1 done, 2 failed\r\x1b[K" },
	{ true, true, "xterm", 80, "" },
	{ true, false, "dumb", 80, "" },
	{ false, false, "xterm", 80, "" },
};

START_TEST(a_line_is_drawn_where_it_may_and_cleared)
{
	struct progress p = { 0 };
	struct buf out = { 0 };
	int master = -1;

	unsetenv("COLUMNS");
	setenv("TERM", rows[_i].term, 1);
	if (rows[_i].terminal)
		master = terminal_open(STDERR_FILENO, 24, rows[_i].columns);
	else
		dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
	progress_open(&p, rows[_i].quiet, true);
	p.done = 1;
	p.failed = 2;
	progress_tick(&p);
	progress_close(&p);
	progress_close(&p);
	if (rows[_i].terminal)
		terminal_read(&out, master);
	ck_assert_str_eq(buf_cstr(&out), rows[_i].drawn);
	buf_release(&out);
}
END_TEST

START_TEST(words_on_stderr_take_the_line_s_place)
{
	struct progress p = { 0 };
	struct buf out = { 0 };
	int master = terminal_open(STDERR_FILENO, 24, 80);

	setenv("TERM", "xterm", 1);
	progress_open(&p, false, true);
	progress_tick(&p);
	log_note("words");
	progress_close(&p);
	terminal_read(&out, master);
	ck_assert_str_eq(buf_cstr(&out),
			 "\r\x1b[K0 done, 0 failed \u00b7 0 s\r\x1b[K"
			 "architect: words\r\n");
	buf_release(&out);
}
END_TEST

START_TEST(nothing_is_drawn_where_nothing_is_sent)
{
	char *argv[] = { "architect", "review", "--provider", "offline",
			 "-o",	      "r.md",	NULL };
	struct buf out = { 0 };
	struct error err = { 0 };
	int master;

	shell("git init -q .; echo 'fn a() {}' >a.rs; git add a.rs;"
	      "git commit -q -m a; echo 'fn b() {}' >>a.rs");
	setenv("TERM", "xterm", 1);
	master = terminal_open(STDERR_FILENO, 24, 80);
	ck_assert_msg(!command_run(6, argv, &err), "%s", err.msg);
	terminal_read(&out, master);
	shell("grep -q '^## Summary' r.md");
	ck_assert_ptr_null(strstr(buf_cstr(&out), "sending"));
	ck_assert_ptr_null(strchr(buf_cstr(&out), '\x1b'));
	buf_release(&out);
}
END_TEST

Suite *progress_suite(void)
{
	Suite *s = suite_create("progress");
	TCase *tc = tcase_create("progress");

	suite_add_tcase(s, tc);
	if (!terminal_there())
		return s;
	add_rows(tc, a_line_is_drawn_where_it_may_and_cleared, rows);
	tcase_add_test(tc, words_on_stderr_take_the_line_s_place);
	tc = tcase_create("review");
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	tcase_add_test(tc, nothing_is_drawn_where_nothing_is_sent);
	suite_add_tcase(s, tc);
	return s;
}
