#include "agent/task.h"
#include "cli/command.h"
#include "cli/converse.h"
#include "cli/invocation.h"

int cmd_review(struct invocation *inv, struct error *err)
{
	return converse(inv, inv->all ? &task_code : &task_review, err);
}
