/*
 * The program's output is bounded, and so is the time it gets. It is the
 * user's own; what it prints may still be anything.
 */
#include "cli/key_command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/words.h"

#define MAX_KEY 4096
#define LOOK_MS 10 /* how often it is asked whether it has ended */

const struct key_patience key_patience = { 2000, 60000 };

/* The program, while it runs. */
struct child {
	const char *name;
	pid_t pid;
	int fd;	    /* reads what it prints; -1 after the end */
	int status; /* of waitpid(), once it has ended */
	bool ended;
	char *text; /* MAX_KEY bytes */
	size_t len;
};

static _Noreturn void become(char *argv[], int out)
{
	int in = open("/dev/null", O_RDONLY);

	signal(SIGPIPE, SIG_DFL);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

static int start(struct child *c, char *argv[], struct error *err)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK))
		return error_set(err, ERR_INTERNAL, "cannot create a pipe: %s",
				 strerror(errno));
	c->pid = fork();
	if (c->pid == 0) {
		/* the program itself may not expect it */
		fcntl(fds[1], F_SETFL, O_WRONLY);
		become(argv, fds[1]);
	}
	close(fds[1]);
	c->fd = fds[0];
	if (c->pid > 0)
		return 0;
	close(c->fd);
	return error_set(err, ERR_INTERNAL, "cannot start a process");
}

/* Wait a little, and read what there is. What is beyond MAX_KEY is dropped. */
static void read_some(struct child *c)
{
	struct pollfd p = { c->fd, POLLIN, 0 };
	char rest[512];
	bool room = c->len < MAX_KEY;
	ssize_t n;

	/* a negative descriptor only waits */
	poll(&p, 1, LOOK_MS);
	if (c->fd < 0)
		return;
	do {
		n = room ? read(c->fd, c->text + c->len, MAX_KEY - c->len)
			 : read(c->fd, rest, sizeof(rest));
		if (room && n > 0)
			c->len += (size_t)n;
		room = c->len < MAX_KEY;
	} while (n > 0 && room);
	if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
		return;
	close(c->fd);
	c->fd = -1;
}

/*
 * Until the program itself has ended: a helper that it leaves behind may keep
 * the pipe open for ever.
 */
static int wait_for(struct child *c, const struct key_patience *patience,
		    struct error *err)
{
	int64_t from = clock_mono_ms(), waited = 0;
	bool said = false;

	while (!c->ended && waited < patience->end_ms) {
		read_some(c);
		c->ended = waitpid(c->pid, &c->status, WNOHANG) != 0;
		waited = clock_mono_ms() - from;
		if (!c->ended && !said && waited >= patience->say_ms) {
			log_note("waiting for architect.keyCommand ('%s')",
				 c->name);
			said = true;
		}
	}
	if (c->ended) {
		read_some(c);
		return 0;
	}
	kill(c->pid, SIGKILL);
	waitpid(c->pid, &c->status, 0);
	return error_set(err, ERR_USAGE,
			 "architect.keyCommand ('%s') did not end within %lld "
			 "s",
			 c->name, (long long)patience->end_ms / 1000);
}

static int check_status(const struct child *c, struct error *err)
{
	int code = WIFEXITED(c->status) ? WEXITSTATUS(c->status) : -1;

	if (!c->status)
		return 0;
	if (code == 127)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') cannot be run: "
				 "is it installed?",
				 c->name);
	if (code < 0)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') was ended by "
				 "signal %d",
				 c->name, WTERMSIG(c->status));
	return error_set(err, ERR_USAGE,
			 "architect.keyCommand ('%s') failed with status %d",
			 c->name, code);
}

static int first_line(const char **key, struct arena *a, const struct child *c,
		      struct error *err)
{
	struct span line = { c->text, c->len };

	if (span_chr(line, '\n') >= 0)
		line.len = (size_t)span_chr(line, '\n');
	line = span_trim(line);
	if (!line.len)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') printed no key",
				 c->name);
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] <= ' ' || line.ptr[i] > '~')
			return error_set(err, ERR_USAGE,
					 "what architect.keyCommand printed is "
					 "not a key (it runs without a shell: "
					 "no pipes, no ~)");
	*key = arena_cstr(a, line);
	return 0;
}

int key_command_within(const char **key, struct arena *a, const char *command,
		       const struct key_patience *patience, struct error *err)
{
	char *argv[WORDS_MAX + 2];
	struct child c = { .fd = -1, .text = arena_alloc(a, MAX_KEY) };
	size_t n = words_split(arena_strdup(a, command), argv);
	int rc;

	if (!n)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand is empty");
	if (n > WORDS_MAX)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand has more than %d words",
				 WORDS_MAX);
	c.name = argv[0];
	if (start(&c, argv, err))
		return -1;
	rc = wait_for(&c, patience, err);
	if (c.fd >= 0)
		close(c.fd);
	if (rc || check_status(&c, err))
		return -1;
	return first_line(key, a, &c, err);
}

int key_command_run(const char **key, struct arena *a, const char *command,
		    struct error *err)
{
	return key_command_within(key, a, command, &key_patience, err);
}
