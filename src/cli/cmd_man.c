#include "base/buf.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/man.h"
#include "cli/output.h"

int cmd_man(struct invocation *inv, struct error *err)
{
	struct buf out = { 0 };
	int rc;

	if (inv->nwords || inv->npaths)
		return error_set(err, ERR_USAGE,
				 "man takes no words: it is one page for all "
				 "commands");
	man_write(&out);
	rc = output_write(buf_span(&out), err);
	buf_release(&out);
	return rc;
}
