/* Changes its environment, stdout and signals. */
#include "cli/pager.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fs.h"
#include "cli/command.h"
#include "core/settings.h"
#include "terminal.h"

static void set_environment(const char *git_pager, const char *pager)
{
	unsetenv("GIT_PAGER");
	unsetenv("PAGER");
	if (git_pager)
		setenv("GIT_PAGER", git_pager, 1);
	if (pager)
		setenv("PAGER", pager, 1);
}

static const struct {
	const char *term;
	bool terminal, no_pager;
	const char *git_pager, *config, *pager, *command;
} choices[] = {
	{ "dumb", true, false, NULL, NULL, NULL, NULL },
	{ "", true, false, NULL, NULL, NULL, NULL },
	{ "dumb", true, false, NULL, NULL, "a", "a" },
	{ "xterm", true, false, NULL, NULL, NULL, "less" },
	{ "xterm", true, false, NULL, NULL, "a", "a" },
	{ "xterm", true, false, NULL, "b", "a", "b" },
	{ "xterm", true, false, "c", "b", "a", "c" },
	{ "xterm", true, false, "", "b", "a", NULL },
	{ "xterm", true, false, NULL, "cat", "a", NULL },
	{ "xterm", true, false, NULL, NULL, "", NULL },
	{ "xterm", true, false, NULL, NULL, "cat -v", "cat -v" },
	{ "xterm", true, true, "c", "b", "a", NULL },
	{ "xterm", false, false, "c", "b", "a", NULL },
};

START_TEST(the_pager_is_the_one_git_takes)
{
	const struct settings s = { .pager = choices[_i].config,
				    .no_pager = choices[_i].no_pager };
	const char *command;

	set_environment(choices[_i].git_pager, choices[_i].pager);
	setenv("TERM", choices[_i].term, 1);
	if (choices[_i].terminal)
		terminal_open(STDOUT_FILENO, 24, 80);
	else
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
	command = pager_command(&s);
	if (choices[_i].command)
		ck_assert_str_eq(command, choices[_i].command);
	else
		ck_assert_ptr_null(command);
}
END_TEST

static const struct {
	const char *command;
	bool less;
} names[] = {
	{ "less", true },      { "less -R", true }, { "/usr/bin/less", true },
	{ "lesspipe", false }, { "more", false },   { "sh -c less", false },
	{ "", false },
};

START_TEST(less_is_known_by_its_name)
{
	ck_assert_int_eq(pager_less(names[_i].command), names[_i].less);
}
END_TEST

static const struct {
	unsigned short rows; /* 0: it does not tell */
	const char *text;
	bool needed;
} heights[] = {
	{ 3, "1\n2\n", false },
	{ 3, "1\n2\n3\n", true },
	{ 0, "1\n2\n3\n", false },
};

START_TEST(what_is_longer_than_the_screen_needs_one)
{
	terminal_open(STDOUT_FILENO, heights[_i].rows, 80);
	ck_assert_int_eq(pager_needed(span_of(heights[_i].text)),
			 heights[_i].needed);
}
END_TEST

static const struct {
	const char *command, *shown;
	int rc;
	enum error_kind kind;
} runs[] = {
	{ "head -1", "1\r\n", PAGER_SHOWN, ERR_NONE },
	{ "sed -n \"s/^2$/it is &/p\"", "it is 2\r\n", PAGER_SHOWN, ERR_NONE },
	{ "sed s/^/P/ | head -2", "P1\r\nP2\r\n", PAGER_SHOWN, ERR_NONE },
	{ "tail -1", "100000\r\n", PAGER_SHOWN, ERR_NONE },
	{ "true", "", PAGER_SHOWN, ERR_NONE },
	/* one that fails has shown nothing, or not all */
	{ "false", "", PAGER_UNSEEN, ERR_NONE },
	{ "exit 3;", "", PAGER_UNSEEN, ERR_NONE },
	{ "kill -KILL $$", "", PAGER_UNSEEN, ERR_NONE },
	{ "head -1; exit 3", "1\r\n", PAGER_FAILED, ERR_NONE },
	{ "tail -1; kill -KILL $$", "100000\r\n", PAGER_FAILED, ERR_NONE },
	/* it may close what it inherits, and then take its time */
	{ "perl -MPOSIX -e 'POSIX::close($_) for 3 .. 99;"
	  "select undef, undef, undef, 0.3; print((<STDIN>)[-1])'",
	  "100000\r\n", PAGER_SHOWN, ERR_NONE },
	/* a helper that is left behind does not hold it up */
	{ "sleep 20 & echo a", "a\r\n", PAGER_SHOWN, ERR_NONE },
	/* its environment */
	{ "echo $LESS $LV $LESSCHARSET $OPENAI_API_KEY.", "FRX -c utf-8 .\r\n",
	  PAGER_SHOWN, ERR_NONE },
	/* what cannot be run has shown nothing */
	{ "/no/such/pager", "", PAGER_UNSEEN, ERR_NONE },
	{ "no-such-pager 2>/dev/null", "", PAGER_UNSEEN, ERR_NONE },
	{ "  ", "", PAGER_UNSEEN, ERR_NONE },
	/* signals */
	{ "kill -INT $PPID; echo a", "a\r\n", PAGER_SHOWN, ERR_NONE },
	{ "kill -QUIT $PPID; echo a", "a\r\n", PAGER_SHOWN, ERR_NONE },
	{ "kill -TERM $PPID; exec sleep 20", "", -1, ERR_INTERRUPTED },
	{ "kill -HUP $PPID; exec sleep 20", "", -1, ERR_INTERRUPTED },
};

START_TEST(a_pager_shows_it)
{
	struct buf text = { 0 }, out = { 0 };
	struct error err = { 0 };
	int master = terminal_open(STDOUT_FILENO, 24, 80), i;

	signal(SIGPIPE, SIG_IGN);
	unsetenv("LESS");
	unsetenv("LV");
	unsetenv("LESSCHARSET");
	setenv("OPENAI_API_KEY", "sk-never", 1);
	for (i = 1; i <= 100000; i++)
		buf_addf(&text, "%d\n", i);
	ck_assert_int_eq(pager_show(runs[_i].command, buf_span(&text), &err),
			 runs[_i].rc);
	ck_assert_int_eq(err.kind, runs[_i].kind);
	terminal_read(&out, master);
	ck_assert_str_eq(buf_cstr(&out), runs[_i].shown);
	buf_release(&text);
	buf_release(&out);
}
END_TEST

/* What comes of a report through a pager that fails: kept, on the terminal, or
 * neither, when it can be made again. */
static const struct {
	const char *command, *id, *state;
	bool kept, printed;
} failures[] = {
	{ "head -1; exit 3", "abc", "/tmp", true, false },
	{ "head -1; exit 3", "abc", "/dev/null", false, true },
	{ "head -1; exit 3", NULL, "/tmp", false, false },
	{ "false", "abc", "/tmp", false, true },
	{ "tail -1", "abc", "/tmp", false, false },
};

/* Is the whole text kept there, in its colours? Then it is no more. */
static bool take_kept(const char *state)
{
	struct arena a = { 0 };
	const char *dir = arena_printf(&a, "%s/architect", state);
	struct error err = { 0 };
	struct span text = { 0 };
	glob_t g;
	bool one = !glob(arena_printf(&a, "%s/*", dir), 0, NULL, &g);

	if (one) {
		ck_assert(!fs_read(&text, &a, g.gl_pathv[0], 1 << 20, &err));
		ck_assert(!unlink(g.gl_pathv[0]) && !rmdir(dir));
	}
	globfree(&g);
	one = one && span_ends(text, "\n500\n\x1b[1mend\x1b[m\n");
	arena_release(&a);
	return one;
}

START_TEST(a_report_is_not_lost_with_its_pager)
{
	char state[] = "/tmp/pager.XXXXXX";
	struct buf text = { 0 }, out = { 0 };
	struct error err = { 0 };
	int master = terminal_open(STDOUT_FILENO, 4, 80), i;
	bool ours = !strcmp(failures[_i].state, "/tmp");

	signal(SIGPIPE, SIG_IGN);
	ck_assert_ptr_nonnull(mkdtemp(state));
	setenv("XDG_STATE_HOME", ours ? state : failures[_i].state, 1);
	for (i = 1; i <= 500; i++)
		buf_addf(&text, "%d\n", i);
	buf_adds(&text, "\x1b[1mend\x1b[m\n");
	ck_assert_int_eq(pager_write(failures[_i].command, buf_span(&text),
				     failures[_i].id, &err),
			 0);
	terminal_read(&out, master);
	ck_assert_int_eq(strstr(buf_cstr(&out), "\r\n499\r\n") != NULL,
			 failures[_i].printed);
	ck_assert_int_eq(take_kept(state), failures[_i].kept);
	ck_assert_int_eq(rmdir(state), 0);
	buf_release(&text);
	buf_release(&out);
}
END_TEST

static const struct {
	const char *line, *variable;
	bool paged;
} commands_that_page[] = {
	{ "help", NULL, true },
	{ "help --no-pager", NULL, false },
	{ "help", "1", false },
	{ "rules", NULL, true },
	{ "rules --no-pager", NULL, false },
	{ "rules", "1", false },
	{ "review --help", NULL, true },
	{ "review --help --no-pager", NULL, false },
	{ "review --help", "1", false },
	/* what is wrong in the environment is for who runs it */
	{ "review --help", "neither", true },
};

START_TEST(no_pager_is_for_all_that_is_long)
{
	struct span rest = span_of(commands_that_page[_i].line), word;
	const char *variable = commands_that_page[_i].variable;
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf out = { 0 };
	int master = terminal_open(STDOUT_FILENO, 24, 80), argc = 1;
	char *argv[8] = { arena_strdup(&a, "architect") };

	signal(SIGPIPE, SIG_IGN);
	setenv("GIT_PAGER", "head -1 | sed 's/^/paged: /'", 1);
	unsetenv("ARCHITECT_NO_PAGER");
	if (variable)
		setenv("ARCHITECT_NO_PAGER", variable, 1);
	while (text_field(&rest, ' ', &word))
		argv[argc++] = arena_cstr(&a, word);
	ck_assert_msg(!command_run(argc, argv, &err), "%s", err.msg);
	terminal_read(&out, master);
	ck_assert_int_eq(span_starts(buf_span(&out), "paged: "),
			 commands_that_page[_i].paged);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

Suite *pager_suite(void)
{
	Suite *s = suite_create("pager");
	TCase *tc = tcase_create("pager");

	suite_add_tcase(s, tc);
	if (!terminal_there())
		return s;
	add_rows(tc, the_pager_is_the_one_git_takes, choices);
	add_rows(tc, less_is_known_by_its_name, names);
	add_rows(tc, what_is_longer_than_the_screen_needs_one, heights);
	add_rows(tc, a_pager_shows_it, runs);
	add_rows(tc, a_report_is_not_lost_with_its_pager, failures);
	add_rows(tc, no_pager_is_for_all_that_is_long, commands_that_page);
	return s;
}
