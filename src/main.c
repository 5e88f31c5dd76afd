/* Find the command, run it, print one error, choose the exit code. */
#include <signal.h>
#include <sys/resource.h>

#include "base/log.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/signals.h"

int main(int argc, char **argv)
{
	const struct rlimit no_core = { 0, 0 };
	struct error err = { 0 };

	output_open();
	setrlimit(RLIMIT_CORE, &no_core); /* a core file would hold the key */
	signal(SIGPIPE, SIG_IGN);
	command_run(argc, argv, &err);
	/* a tripped gate stands behind a report that must be whole */
	if (err.kind == ERR_NONE || err.kind == ERR_GATE)
		output_close(&err);
	if (err.kind == ERR_NONE)
		return 0;
	log_at(LOG_QUIET, "%s", err.msg);
	if (err.kind == ERR_INTERRUPTED)
		return 128 + signals_caught();
	return (int)err.kind;
}
