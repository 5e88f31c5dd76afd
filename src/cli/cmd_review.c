#include "agent/task.h"
#include "cli/command.h"
#include "cli/converse.h"
#include "cli/invocation.h"
#include "cli/run.h"

int cmd_review(struct invocation *inv, struct error *err)
{
	return converse(inv,
			run_wants_diff(inv) ? &task_patch
			: inv->all	    ? &task_code
					    : &task_review,
			err);
}
