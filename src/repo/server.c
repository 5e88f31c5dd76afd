#include "repo/server.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/text.h"
#include "repo/repo.h"
#include "repo/worker.h"

#define MAX_WORKERS 256

static struct {
	pthread_mutex_t lock;
	int control;
	pid_t pid;
} server = { PTHREAD_MUTEX_INITIALIZER, -1, 0 };

enum order_kind { ORDER_SPAWN, ORDER_KILL };

struct order {
	int32_t kind;
	int32_t pid;
};

union fd_message {
	char bytes[CMSG_SPACE(sizeof(int))];
	struct cmsghdr align;
};

/* ---- in the server ---- */

static void wipe(const char *const *names)
{
	for (; names && *names; names++) {
		char *value = getenv(*names);

		if (!value)
			continue;
		explicit_bzero(value, strlen(value));
		unsetenv(*names);
	}
}

static void die_with_parent(pid_t parent)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(0);
}

static void close_all_but(int keep)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++) {
#if defined(__SANITIZE_ADDRESS__)
		if (fd == 2)
			continue; /* where the sanitizer speaks */
#endif
		if (null >= 0 && fd != keep)
			dup2(null, fd);
	}
	for (int fd = 3; fd < 1024; fd++)
		if (fd != keep)
			close(fd);
}

static void set_signals(void (*how)(int))
{
	static const int signals[] = { SIGHUP,	SIGQUIT,  SIGTERM,
				       SIGUSR1, SIGUSR2,  SIGALRM,
				       SIGCHLD, SIGWINCH, SIGTSTP };
	sigset_t none;

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], signals[i] == SIGCHLD ? SIG_DFL : how);
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* recvmsg() that also takes the descriptor sent along, or -1. */
static ssize_t receive(int control, struct order *o, int *fd)
{
	struct iovec io = { o, sizeof(*o) };
	union fd_message m;
	struct msghdr msg = { .msg_iov = &io,
			      .msg_iovlen = 1,
			      .msg_control = m.bytes,
			      .msg_controllen = sizeof(m.bytes) };
	struct cmsghdr *c;
	ssize_t n;

	*fd = -1;
	do {
		n = recvmsg(control, &msg, MSG_CMSG_CLOEXEC);
	} while (n < 0 && errno == EINTR);
	if (n <= 0)
		return n;
	c = CMSG_FIRSTHDR(&msg);
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(c), sizeof(*fd));
	return n;
}

static int32_t spawn(int control, int fd, pid_t *workers)
{
	pid_t self = getpid(), pid;
	size_t i = 0;

	while (i < MAX_WORKERS && workers[i])
		i++;
	if (fd < 0 || i == MAX_WORKERS)
		return -EAGAIN;
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		close(control);
		die_with_parent(self);
		set_signals(SIG_DFL);
		worker_main(fd);
		_exit(0);
	}
	workers[i] = pid;
	return pid;
}

static int32_t end_worker(pid_t pid, pid_t *workers)
{
	int status = -1;

	for (size_t i = 0; i < MAX_WORKERS; i++) {
		if (workers[i] != pid)
			continue;
		/* a child that was not waited for keeps its number */
		if (waitpid(pid, &status, WNOHANG) == 0) {
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
		}
		workers[i] = 0;
		return status;
	}
	return -1;
}

static _Noreturn void serve(int control)
{
	static pid_t workers[MAX_WORKERS];
	struct order o;
	int fd;

	while (receive(control, &o, &fd) == sizeof(o)) {
		int32_t answer = o.kind == ORDER_SPAWN
					 ? spawn(control, fd, workers)
					 : end_worker(o.pid, workers);

		if (fd >= 0)
			close(fd);
		if (send(control, &answer, sizeof(answer), MSG_NOSIGNAL) < 0)
			break;
	}
	for (size_t i = 0; i < MAX_WORKERS; i++)
		if (workers[i])
			end_worker(workers[i], workers);
	_exit(0);
}

/* ---- in the program ---- */

int repo_start(const char *const *env_secrets, struct error *err)
{
	static const struct rlimit no_core = { 0, 0 };
	pid_t parent = getpid();
	int pair[2];

	if (server.pid)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return error_set(err, ERR_INTERNAL, "opening a socket pair: %s",
				 strerror(errno));
	server.pid = fork();
	if (server.pid == 0) {
		die_with_parent(parent);
		wipe(env_secrets);
		setrlimit(RLIMIT_CORE, &no_core);
		set_signals(SIG_IGN);
		close_all_but(pair[1]);
		serve(pair[1]);
	}
	close(pair[1]);
	server.control = pair[0];
	if (server.pid > 0)
		return 0;
	close(server.control);
	server.control = -1;
	server.pid = 0;
	return error_set(err, ERR_INTERNAL,
			 "starting the process that reads repositories: %s",
			 strerror(errno));
}

void repo_stop(void)
{
	pthread_mutex_lock(&server.lock);
	/* it ends its workers and itself; nobody has to wait for that */
	if (server.pid > 0)
		close(server.control);
	server.control = -1;
	server.pid = 0;
	pthread_mutex_unlock(&server.lock);
}

static int order(const struct order *o, int fd, int32_t *answer)
{
	struct order copy = *o;
	struct iovec io = { &copy, sizeof(copy) };
	union fd_message m;
	struct msghdr msg = { .msg_iov = &io, .msg_iovlen = 1 };
	ssize_t n;

	memset(&m, 0, sizeof(m));
	if (fd >= 0) {
		struct cmsghdr *c;

		msg.msg_control = m.bytes;
		msg.msg_controllen = sizeof(m.bytes);
		c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(fd));
		memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	}
	do {
		n = sendmsg(server.control, &msg, MSG_NOSIGNAL);
	} while (n < 0 && errno == EINTR);
	if (n != sizeof(copy))
		return -1;
	do {
		n = recv(server.control, answer, sizeof(*answer), 0);
	} while (n < 0 && errno == EINTR);
	return n == sizeof(*answer) ? 0 : -1;
}

int server_spawn(pid_t *pid, int fd, struct error *err)
{
	struct order o = { ORDER_SPAWN, 0 };
	int32_t answer = -ESRCH;

	pthread_mutex_lock(&server.lock);
	if (order(&o, fd, &answer))
		answer = -ESRCH;
	pthread_mutex_unlock(&server.lock);
	if (answer <= 0)
		return error_set(
			err, ERR_INTERNAL,
			"starting a process that reads the repository: %s",
			strerror(-answer));
	*pid = answer;
	return 0;
}

int server_kill(pid_t pid)
{
	struct order o = { ORDER_KILL, pid };
	int32_t answer = -1;

	pthread_mutex_lock(&server.lock);
	if (order(&o, -1, &answer))
		answer = -1;
	pthread_mutex_unlock(&server.lock);
	return answer;
}
