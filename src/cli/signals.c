#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static int wake[2] = { -1, -1 };

static void on_signal(int number)
{
	int saved = errno;
	ssize_t n;

	caught = number;
	n = write(wake[1], "", 1);
	(void)n; /* a full pipe is readable all the same */
	errno = saved;
}

static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

static void set_handlers(void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler }, old;
	size_t i;

	sa.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&sa.sa_mask);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		/* nohup and background shells have it ignored: leave that */
		if (!sigaction(numbers[i], NULL, &old) &&
		    old.sa_handler == SIG_IGN)
			continue;
		sigaction(numbers[i], &sa, NULL);
	}
}

int signals_open(int *fd, struct error *err)
{
	if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK))
		return error_set(err, ERR_INTERNAL, "cannot create a pipe: %s",
				 strerror(errno));
	set_handlers(on_signal);
	*fd = wake[0];
	return 0;
}

void signals_close(void)
{
	set_handlers(SIG_DFL);
}

int signals_caught(void)
{
	return caught;
}
