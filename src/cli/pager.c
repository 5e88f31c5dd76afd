/*
 * The terminal is the pager's until it ends: whoever ends before it leaves a
 * terminal that two programs read.
 */
#include "cli/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/output.h"
#include "cli/signals.h"
#include "cli/words.h"
#include "core/settings.h"
#include "llm/endpoint.h"

/* What only a shell understands, as git has it; quotes and blanks do not
 * count, as words_split() knows them. */
#define SHELL_CHARACTERS "|&;<>()$`\\*?[#~=%\n"
#define USUAL_ROWS 24
/* How often it is asked whether it has ended, where nothing tells. */
#define LOOK_MS 1000

/* Nobody named a pager: less, where a terminal can do what it wants. */
static const char *usual(void)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb") != 0 ? "less" : "cat";
}

const char *pager_command(const struct settings *s)
{
	const char *command = getenv("GIT_PAGER");

	if (s->no_pager || !isatty(STDOUT_FILENO))
		return NULL;
	if (!command)
		command = s->pager;
	if (!command)
		command = getenv("PAGER");
	if (!command)
		command = usual();
	return *command && strcmp(command, "cat") != 0 ? command : NULL;
}

bool pager_less(const char *command)
{
	struct span rest = span_of(command), word, part = { 0 };

	if (!text_field(&rest, ' ', &word))
		return false;
	while (text_field(&word, '/', &part))
		;
	return span_eqs(part, "less");
}

bool pager_needed(struct span text)
{
	struct winsize ws;
	size_t rows = USUAL_ROWS;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) && ws.ws_row)
		rows = ws.ws_row;
	/* one for the prompt behind it */
	return text_count_lines(text) >= rows;
}

/* In the child, alone: the environment is its own. */
static void set_environment(void)
{
	size_t i;

	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	setenv("LESSCHARSET", "utf-8", 0);
	for (i = 0; endpoint_secret_env[i]; i++)
		unsetenv(endpoint_secret_env[i]);
}

/* The pager while it runs. */
struct child {
	pid_t pid;
	int text; /* its input; -1: all of it is written, or it reads no more */
	int life; /* ends with it, unless it leaves a helper behind */
};

static _Noreturn void become(char *argv[], int in, int life, int failure)
{
	static const int numbers[] = { SIGPIPE, SIGINT, SIGQUIT, SIGTERM,
				       SIGHUP };
	ssize_t n;
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		signal(numbers[i], SIG_DFL);
	dup2(in, STDIN_FILENO);
	fcntl(life, F_SETFD, 0);
	set_environment();
	execvp(argv[0], argv);
	n = write(failure, "", 1);
	_exit(n == 1 ? 127 : 126);
}

/* Does what is closed by execve() close, or does a byte tell of a failure? */
static bool begun(int failure)
{
	char c;
	ssize_t n;

	do
		n = read(failure, &c, 1);
	while (n < 0 && errno == EINTR);
	return !n;
}

static int start(struct child *c, char *argv[])
{
	enum { TEXT, LIFE, FAILURE, PIPES };
	int fds[PIPES][2], i, open = 0;
	bool well = false;

	while (open < PIPES && !pipe2(fds[open], O_CLOEXEC))
		open++;
	c->pid = open == PIPES ? fork() : -1;
	if (!c->pid)
		become(argv, fds[TEXT][0], fds[LIFE][1], fds[FAILURE][1]);
	for (i = 0; i < open; i++)
		close(fds[i][i == TEXT ? 0 : 1]);
	if (c->pid > 0)
		well = begun(fds[FAILURE][0]);
	if (c->pid > 0 && !well)
		waitpid(c->pid, NULL, 0);
	for (i = 0; i < open; i++)
		if (!well || i == FAILURE)
			close(fds[i][i == TEXT ? 1 : 0]);
	if (!well)
		return -1;
	c->text = fds[TEXT][1];
	c->life = fds[LIFE][0];
	fcntl(c->text, F_SETFL, O_NONBLOCK);
	return 0;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void feed(struct child *c, struct span *text)
{
	ssize_t n = write(c->text, text->ptr, text->len);

	if (n > 0)
		*text = span_from(*text, (size_t)n);
	if (!text->len || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(&c->text);
}

/* Feed it, and wait for its end; a signal for this program is for it too. */
static int wait_for(struct child *c, struct span text, int wake)
{
	int status = 0;
	pid_t ended = 0;

	while (!ended) {
		struct pollfd p[] = { { c->text, POLLOUT, 0 },
				      { c->life, POLLIN, 0 },
				      { wake, POLLIN, 0 } };

		poll(p, 3, LOOK_MS);
		if (p[0].revents)
			feed(c, &text);
		if (p[2].revents)
			kill(c->pid, signals_caught());
		/* nothing else comes of a pipe that nobody writes to */
		if (p[1].revents || p[2].revents) {
			close_fd(&c->text);
			ended = waitpid(c->pid, &status, 0);
		} else {
			ended = waitpid(c->pid, &status, WNOHANG);
		}
	}
	close_fd(&c->text);
	close_fd(&c->life);
	return status;
}

int pager_show(const char *command, struct span text, struct error *err)
{
	struct arena a = { 0 };
	char *argv[WORDS_MAX + 2];
	char *shell[] = { "/bin/sh", "-c", arena_strdup(&a, command), NULL };
	bool plain = !strpbrk(command, SHELL_CHARACTERS);
	struct sigaction ignore = { .sa_handler = SIG_IGN }, on_int, on_quit;
	struct child c;
	int status, wake, rc = 1;
	size_t n = words_split(arena_strdup(&a, command), argv);

	sigaction(SIGINT, &ignore, &on_int);
	sigaction(SIGQUIT, &ignore, &on_quit);
	if (signals_open(&wake, err))
		n = 0;
	if (n && !start(&c, plain && n <= WORDS_MAX ? argv : shell)) {
		status = wait_for(&c, text, wake);
		/* what a shell says of a command that it cannot run */
		rc = WIFEXITED(status) &&
		     (WEXITSTATUS(status) == 126 || WEXITSTATUS(status) == 127);
	}
	if (signals_caught())
		error_set(err, ERR_INTERRUPTED, "interrupted");
	signals_close();
	sigaction(SIGINT, &on_int, NULL);
	sigaction(SIGQUIT, &on_quit, NULL);
	arena_release(&a);
	return err->kind ? -1 : rc;
}

int pager_write(const char *command, struct span text, struct error *err)
{
	int rc = 1;

	if (command && pager_needed(text))
		rc = pager_show(command, text, err);
	if (rc < 0)
		return -1;
	return rc ? output_write(text, err) : 0;
}
