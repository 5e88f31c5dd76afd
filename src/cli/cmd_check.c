#include "agent/reply.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/output.h"
#include "cli/say.h"
#include "core/report.h"

#define MAX_REPLY (32 * 1024 * 1024)

int cmd_check(struct invocation *inv, struct error *err)
{
	const char *path = inv->nwords ? inv->words[0] : "-";
	struct report r = { 0 };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct span text;
	int rc;

	if (inv->nwords + inv->npaths > 1)
		return error_set(err, ERR_USAGE,
				 "check takes one file, as `architect "
				 "check report.md`");
	if (inv->npaths)
		path = inv->paths[0];
	say_waiting(path, "a report", "`architect check FILE` reads a file");
	rc = fs_read(&text, &a, path, MAX_REPLY, err);
	if (rc)
		goto out;
	reply_parse(&r, &a, &eight_sections, text, false);
	if (!report_complete(&r)) {
		rc = error_set(err, ERR_REPLY, "not a complete reply: %s",
			       report_gap(&r, &a));
		goto out;
	}
	buf_addf(&out, "complete: all %zu sections, %zu finding%s\n",
		 r.sections.len, r.findings.len, text_plural(r.findings.len));
	rc = output_write(buf_span(&out), err);
out:
	buf_release(&out);
	arena_release(&a);
	return rc;
}
