#include "agent/task.h"
#include "cli/command.h"
#include "cli/converse.h"

int cmd_review(struct invocation *inv, struct error *err)
{
	return converse(inv, &task_review, err);
}
