#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/signals.h"

/* Sockets want SIGPIPE ignored; a filter's stdout wants it to end us. */
static void die_quietly(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
}

static int failed(struct error *err)
{
	if (errno == EPIPE)
		die_quietly();
	return error_set(err, ERR_IO, "cannot write to stdout: %s",
			 strerror(errno));
}

void output_open(void)
{
	static const int modes[] = { O_RDONLY, O_RDONLY, O_WRONLY };

	/* open() takes the lowest number, so each fills its own gap */
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			return;
}

int output_write(struct span data, struct error *err)
{
	while (data.len) {
		ssize_t n = write(STDOUT_FILENO, data.ptr, data.len);

		if (n >= 0) {
			data = span_from(data, (size_t)n);
		} else if (errno == EAGAIN) {
			struct pollfd p = { .fd = STDOUT_FILENO,
					    .events = POLLOUT };

			poll(&p, 1, -1);
		} else if (errno != EINTR) {
			return failed(err);
		} else if (signals_caught()) {
			return error_set(err, ERR_INTERRUPTED, "interrupted");
		}
	}
	return 0;
}

int output_close(struct error *err)
{
	if (close(STDOUT_FILENO) && errno != EBADF)
		return failed(err);
	return 0;
}
