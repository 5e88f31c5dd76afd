#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/invocation.h"
#include "cli/output.h"

int cmd_completion(struct invocation *inv, struct error *err)
{
	const struct shell *sh = NULL;
	struct buf out = { 0 };
	int rc;

	for (size_t i = 0; inv->nwords == 1 && i < shells_len; i++)
		if (!strcmp(shells[i].name, inv->words[0]))
			sh = &shells[i];
	if (!sh)
		return error_set(err, ERR_USAGE,
				 "name one shell: `architect completion bash`, "
				 "zsh or fish");
	completion_write(&out, sh);
	rc = output_write(buf_span(&out), err);
	buf_release(&out);
	return rc;
}
