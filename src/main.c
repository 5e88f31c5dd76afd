/* Find the command, run it, print one error, choose the exit code. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/signals.h"

/*
 * A standard stream that was closed must not become a socket's number: the
 * report would be written there. stdout is given one that cannot be written.
 */
static void fill_standard_streams(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		if (fd == STDOUT_FILENO) {
			close(fd);
			open("/dev/null", O_RDONLY);
		}
	if (fd > STDERR_FILENO)
		close(fd);
}

int main(int argc, char **argv)
{
	const struct rlimit no_core = { 0, 0 };
	struct error err = { 0 };

	output_open();
	fill_standard_streams();
	setrlimit(RLIMIT_CORE, &no_core); /* a core file would hold the key */
	signal(SIGPIPE, SIG_IGN);
	if (!command_run(argc, argv, &err) && !output_close(&err))
		return 0;
	log_at(LOG_QUIET, "%s", err.msg);
	if (err.kind == ERR_INTERRUPTED)
		return 128 + signals_caught();
	return (int)err.kind;
}
