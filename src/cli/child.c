#include "cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "llm/endpoint.h"

/* How often it is asked whether it has ended: where nothing tells, and where a
 * helper may hide it. */
#define LOOK_MS 20
#define LOOK_HIDDEN_MS 1000

enum { DATA, LIFE, FAILURE, PIPES };
enum { OUT_OF, INTO }; /* the ends of a pipe */

/* In the child, alone: the environment is its own. */
static void set_environment(const struct child_env *env)
{
	size_t i;

	for (; env && env->name; env++)
		setenv(env->name, env->value, 0);
	for (i = 0; endpoint_secret_env[i]; i++)
		unsetenv(endpoint_secret_env[i]);
}

static _Noreturn void become(const struct child_plan *plan, int fds[][2])
{
	ssize_t n;

	signal(SIGPIPE, SIG_DFL);
	if (plan->keyboard) {
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
	}
	if (plan->fed) {
		dup2(fds[DATA][OUT_OF], STDIN_FILENO);
	} else {
		dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
		dup2(fds[DATA][INTO], STDOUT_FILENO);
	}
	fcntl(fds[LIFE][INTO], F_SETFD, 0);
	set_environment(plan->env);
	execvp(plan->argv[0], plan->argv);
	n = write(fds[FAILURE][INTO], "", 1);
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

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* What is taken is -1 in fds. */
static void take(int *to, int *from)
{
	*to = *from;
	*from = -1;
}

int child_start(struct child *c, const struct child_plan *plan,
		struct error *err)
{
	int fds[PIPES][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	int i, open = 0, rc = 0;

	*c = (struct child){ .pid = -1, .fd = -1, .unread = -1, .life = -1 };
	while (open < PIPES && !pipe2(fds[open], O_CLOEXEC))
		open++;
	if (open == PIPES)
		c->pid = fork();
	if (!c->pid)
		become(plan, fds);
	if (c->pid < 0)
		rc = error_set(err, ERR_INTERNAL, "cannot start a process: %s",
			       strerror(errno));
	close_fd(&fds[LIFE][INTO]);
	close_fd(&fds[FAILURE][INTO]);
	if (!rc && !begun(fds[FAILURE][OUT_OF])) {
		waitpid(c->pid, NULL, 0);
		rc = 1;
	}
	if (!rc) {
		take(&c->life, &fds[LIFE][OUT_OF]);
		take(&c->fd, &fds[DATA][plan->fed ? INTO : OUT_OF]);
		if (plan->fed)
			take(&c->unread, &fds[DATA][OUT_OF]);
		fcntl(c->fd, F_SETFL, O_NONBLOCK);
	}
	for (i = DATA; i < PIPES; i++) {
		close_fd(&fds[i][OUT_OF]);
		close_fd(&fds[i][INTO]);
	}
	return rc;
}

unsigned child_wait(struct child *c, int wake, int ms)
{
	int most = c->life < 0 ? LOOK_MS : LOOK_HIDDEN_MS;
	struct pollfd p[] = { { c->fd, POLLIN | POLLOUT, 0 },
			      { wake, POLLIN, 0 },
			      { c->life, POLLIN, 0 } };
	unsigned came = 0;

	poll(p, 3, ms < most ? ms : most);
	if (p[0].revents)
		came |= CHILD_READY;
	if (p[1].revents)
		came |= CHILD_WOKEN;
	if (p[2].revents)
		close_fd(&c->life);
	if (waitpid(c->pid, &c->status, WNOHANG))
		came |= CHILD_ENDED;
	return came;
}

void child_hang_up(struct child *c)
{
	close_fd(&c->fd);
}

size_t child_unread(const struct child *c)
{
	int n = 0;

	return c->unread >= 0 && !ioctl(c->unread, FIONREAD, &n) ? (size_t)n
								 : 0;
}

void child_close(struct child *c)
{
	close_fd(&c->fd);
	close_fd(&c->unread);
	close_fd(&c->life);
}
