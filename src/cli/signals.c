#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

int signals_open(int *fd, struct error *err)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction sa = { .sa_handler = on_signal }, old;
	size_t i;

	if (wake[0] < 0 && pipe2(wake, O_CLOEXEC | O_NONBLOCK))
		return error_set(err, ERR_INTERNAL, "cannot create a pipe");
	sa.sa_flags = SA_RESTART;
	sa.sa_flags |= (int)SA_RESETHAND;
	sigemptyset(&sa.sa_mask);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		/* nohup and background shells have it ignored: leave that */
		if (!sigaction(numbers[i], NULL, &old) &&
		    old.sa_handler == SIG_IGN)
			continue;
		sigaction(numbers[i], &sa, NULL);
	}
	*fd = wake[0];
	return 0;
}

int signals_caught(void)
{
	return caught;
}
