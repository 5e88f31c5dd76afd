/* What works here, and what to do about what does not. */
#include "base/buf.h"
#include "base/mask.h"
#include "cli/command.h"
#include "cli/doctor.h"
#include "cli/invocation.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/screen.h"
#include "cli/signals.h"
#include "repo/repo.h"

/* Where the words begin. */
#define COLUMN 15

void doctor_line(struct check_up *c, const char *mark, const char *what,
		 const char *text)
{
	struct buf masked = { 0 }, b = { 0 };

	mask_bytes(&masked, span_of(text), NULL);
	text_visible_line(&b, buf_span(&masked));
	buf_addf(&c->out, "%-5s %-8s ", mark, what);
	screen_wrap(&c->out, buf_span(&b), screen_width(), COLUMN, COLUMN);
	buf_addc(&c->out, '\n');
	buf_release(&masked);
	buf_release(&b);
}

void doctor_bad(struct check_up *c, const char *what, const char *text,
		enum error_kind kind)
{
	doctor_line(c, "fail", what, text);
	if (!c->worst)
		c->worst = kind;
}

/* "/path, on main, shallow" */
static const char *repo_words(const struct repo_info *info, struct arena *a)
{
	struct span at = info->bare ? info->gitdir : info->workdir;
	struct span head = info->head_name;
	const char *on = "on ";

	while (at.len > 1 && at.ptr[at.len - 1] == '/')
		at.len--;
	/* no branch's name holds a blank */
	if (!*info->head || span_chr(head, ' ') >= 0)
		on = "";
	if (!*info->head)
		head = SPAN("no commit yet");
	return arena_printf(a, "%.*s, %s%.*s%s%s%s", SPAN_ARG(at), on,
			    SPAN_ARG(head), info->bare ? ", bare" : "",
			    info->shallow ? ", shallow" : "",
			    info->sparse ? ", sparse" : "");
}

static void check_repo(struct check_up *c)
{
	struct arena *a = &c->run.arena;
	struct guide_rules rules = {
		.max_bytes = c->run.inv->settings.max_guides,
		.import_depth = (unsigned)c->run.inv->settings.import_depth,
	};
	struct guide_list guides = { 0 };
	struct repo_info info = { 0 };
	struct error err = { 0 };

	if (repo_info(&info, a, c->run.repo, &err)) {
		doctor_bad(c, "repo", err.msg, ERR_REPO);
		return;
	}
	doctor_line(c, "ok", "repo", repo_words(&info, a));
	if (info.shallow)
		doctor_line(c, "note", "history",
			    "cut off: what reaches further back needs `git "
			    "fetch --unshallow` (in CI: fetch-depth: 0)");
	if (repo_guides(&guides, a, c->run.repo, NULL, NULL, 0, &rules, &err))
		doctor_bad(c, "guides", err.msg, ERR_REPO);
	else if (!guides.guides.len)
		doctor_line(c, "note", "guides",
			    "no CLAUDE.md or AGENTS.md at the top of HEAD's "
			    "tree: reviews know no rules of the project");
	vec_each (struct guide, g, &guides.guides)
		doctor_line(c, g->status == GUIDE_USED ? "ok" : "note",
			    "guides",
			    arena_printf(a, "%.*s: %s", SPAN_ARG(g->path),
					 guide_status_name(g->status)));
}

int cmd_doctor(struct invocation *inv, struct error *err)
{
	struct check_up c = { 0 };
	int rc;

	if (inv->nwords || inv->npaths)
		return error_set(err, ERR_USAGE,
				 "doctor takes no words: it looks at all there "
				 "is (-C DIR names another repository)");
	doctor_line(&c, "ok", "program", "architect " VERSION);
	rc = run_open(&c.run, inv, RUN_KEY | RUN_HTTP, err);
	/* what is wrong with the settings is one of the findings */
	if (rc && (err->kind != ERR_USAGE || !c.run.repo))
		goto out;
	check_repo(&c);
	if (rc || run_ready(&c.run, err)) {
		doctor_bad(&c, "model", err->msg, ERR_USAGE);
	} else {
		rc = signals_open(&c.run.wake_fd, err);
		if (!rc)
			rc = doctor_server(&c, err);
		signals_close();
		if (rc)
			goto out;
	}
	rc = output_write(buf_span(&c.out), err);
	if (!rc && c.worst)
		rc = error_set(
			err, c.worst,
			"not everything works; the lines marked fail say "
			"what to do");
out:
	run_close(&c.run);
	buf_release(&c.out);
	answer_release(&c.list);
	return rc;
}
