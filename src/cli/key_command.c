/*
 * The program's output is bounded, and so is the time it gets. It is the
 * user's own; what it prints may still be anything.
 */
#include "cli/key_command.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/child.h"
#include "cli/words.h"

#define MAX_KEY 4096
#define LOOK_MS 100

const struct key_patience key_patience = { 2000, 60000 };

/* The program, and what it prints. */
struct asked {
	const char *name;
	struct child child;
	char *text; /* MAX_KEY bytes */
	size_t len;
};

/* Read what there is. What is beyond MAX_KEY is dropped. */
static void read_some(struct asked *q)
{
	int fd = q->child.fd;
	char rest[512];
	bool room;
	ssize_t n;

	if (fd < 0)
		return;
	do {
		room = q->len < MAX_KEY;
		n = room ? read(fd, q->text + q->len, MAX_KEY - q->len)
			 : read(fd, rest, sizeof(rest));
		if (room && n > 0)
			q->len += (size_t)n;
	} while (n > 0 && room);
	if (!n || (n < 0 && errno != EAGAIN && errno != EINTR))
		child_hang_up(&q->child);
}

/*
 * Until the program itself has ended: a helper that it leaves behind may keep
 * the pipe open for ever.
 */
static int wait_for(struct asked *q, const struct key_patience *patience,
		    struct error *err)
{
	int64_t from = clock_mono_ms(), waited = 0;
	bool said = false;

	while (waited < patience->end_ms) {
		unsigned came = child_wait(&q->child, -1, LOOK_MS);

		read_some(q);
		if (came & CHILD_ENDED)
			return 0;
		waited = clock_mono_ms() - from;
		if (!said && waited >= patience->say_ms) {
			log_note("waiting for architect.keyCommand ('%s')",
				 q->name);
			said = true;
		}
	}
	kill(q->child.pid, SIGKILL);
	waitpid(q->child.pid, NULL, 0);
	return error_set(err, ERR_USAGE,
			 "architect.keyCommand ('%s') did not end within %lld "
			 "s",
			 q->name, (long long)patience->end_ms / 1000);
}

static int cannot_run(const struct asked *q, struct error *err)
{
	return error_set(err, ERR_USAGE,
			 "architect.keyCommand ('%s') cannot be run: is it "
			 "installed?",
			 q->name);
}

static int check_status(const struct asked *q, struct error *err)
{
	int status = q->child.status;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (!status)
		return 0;
	/* as a shell says it */
	if (code == 127)
		return cannot_run(q, err);
	if (code < 0)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') was ended by "
				 "signal %d",
				 q->name, WTERMSIG(status));
	return error_set(err, ERR_USAGE,
			 "architect.keyCommand ('%s') failed with status %d",
			 q->name, code);
}

static int first_line(const char **key, struct arena *a, const struct asked *q,
		      struct error *err)
{
	struct span line = { q->text, q->len };

	if (span_chr(line, '\n') >= 0)
		line.len = (size_t)span_chr(line, '\n');
	line = span_trim(line);
	if (!line.len)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') printed no key",
				 q->name);
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
	struct asked q = { .text = arena_alloc(a, MAX_KEY) };
	size_t n = words_split(arena_strdup(a, command), argv);
	int rc;

	if (!n)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand is empty");
	if (n > WORDS_MAX)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand has more than %d words",
				 WORDS_MAX);
	q.name = argv[0];
	rc = child_start(&q.child, &(struct child_plan){ .argv = argv }, err);
	if (rc)
		return rc < 0 ? -1 : cannot_run(&q, err);
	rc = wait_for(&q, patience, err);
	child_close(&q.child);
	if (rc || check_status(&q, err))
		return -1;
	return first_line(key, a, &q, err);
}

int key_command_run(const char **key, struct arena *a, const char *command,
		    struct error *err)
{
	return key_command_within(key, a, command, &key_patience, err);
}
