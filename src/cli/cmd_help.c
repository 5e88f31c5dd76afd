#include "cli/command.h"
#include "cli/help.h"
#include "cli/invocation.h"

int cmd_help(struct invocation *inv, struct error *err)
{
	const struct command *c = NULL;

	if (inv->nwords > 1 || inv->npaths)
		return error_set(err, ERR_USAGE,
				 "help takes one command, such as `architect "
				 "help review`");
	if (inv->nwords && command_named(&c, inv->words[0], err))
		return -1;
	return help_print(c, &inv->settings, err);
}
