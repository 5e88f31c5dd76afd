#include "agent/task.h"
#include "cli/command.h"
#include "cli/converse.h"

int cmd_design(struct invocation *inv, struct error *err)
{
	return converse(inv, &task_design, err);
}
