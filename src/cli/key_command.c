#include "cli/key_command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

#define MAX_ARGS 32
#define MAX_KEY 4096

/* Blanks part words; quotes of either kind keep them together. */
static size_t split(char *s, char *argv[MAX_ARGS + 1])
{
	size_t n = 0;
	char *to, quote;

	while (n < MAX_ARGS) {
		while (*s == ' ' || *s == '\t')
			s++;
		if (!*s)
			break;
		argv[n++] = to = s;
		for (quote = 0; *s && (quote || (*s != ' ' && *s != '\t'));
		     s++) {
			if (*s == quote)
				quote = 0;
			else if (!quote && (*s == '\'' || *s == '"'))
				quote = *s;
			else
				*to++ = *s;
		}
		if (*s)
			s++;
		*to = '\0';
	}
	argv[n] = NULL;
	return n;
}

static _Noreturn void become(char *argv[], int out)
{
	signal(SIGPIPE, SIG_DFL);
	dup2(out, STDOUT_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

static size_t read_all(int fd, char *to, size_t cap)
{
	size_t n = 0;

	while (n < cap) {
		ssize_t r = read(fd, to + n, cap - n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			break;
		n += (size_t)r;
	}
	return n;
}

int key_command_run(const char **key, struct arena *a, const char *command,
		    struct error *err)
{
	char *argv[MAX_ARGS + 1], *text = arena_alloc(a, MAX_KEY + 1);
	int fds[2], status = -1;
	struct span line;
	pid_t pid;

	if (!split(arena_strdup(a, command), argv))
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand is empty");
	if (pipe2(fds, O_CLOEXEC))
		return error_set(err, ERR_INTERNAL, "cannot create a pipe");
	pid = fork();
	if (pid == 0)
		become(argv, fds[1]);
	close(fds[1]);
	line = (struct span){ text, read_all(fds[0], text, MAX_KEY) };
	close(fds[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status != 0)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') failed with "
				 "status %d",
				 argv[0],
				 WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	if (span_chr(line, '\n') >= 0)
		line.len = (size_t)span_chr(line, '\n');
	line = span_trim(line);
	if (!line.len)
		return error_set(err, ERR_USAGE,
				 "architect.keyCommand ('%s') printed no key",
				 argv[0]);
	*key = arena_cstr(a, line);
	return 0;
}
