#include "cli/converse.h"

#include <string.h>
#include <unistd.h>

#include "agent/job.h"
#include "agent/prepare.h"
#include "agent/task.h"
#include "base/buf.h"
#include "base/log.h"
#include "cli/baseline_file.h"
#include "cli/ci.h"
#include "cli/invocation.h"
#include "cli/keep.h"
#include "cli/outputs.h"
#include "cli/pager.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "cli/style.h"
#include "render/render.h"
#include "repo/repo.h"

#define TICK_MS 250

/* The one review's way through. */
struct one {
	struct run run;
	struct task_request request;
	bool given;
	struct progress progress;
	struct outputs outputs; /* the report, once it is whole */
	struct baseline_file baseline;
	bool rendered;
	struct error err; /* what became of the job */
	bool empty;
	char prompt_id[41];
};

static int next_review(void *ctx, struct review *rv)
{
	struct one *one = ctx;

	if (one->given)
		return 0;
	one->given = true;
	review_prepare(rv, one->run.repo, &one->request,
		       &one->run.inv->settings, &one->run.endpoint, NULL,
		       &rv->err);
	return 1;
}

static void stop(void *ctx)
{
	(void)ctx;
	repo_stop();
}

static int on_ready(void *ctx, struct job *job, struct error *err)
{
	struct one *one = ctx;

	if (run_ready(&one->run, err))
		return -1;
	say_before(job, &one->run.inv->settings);
	progress_open(&one->progress,
		      one->run.inv->settings.quiet || job->review->offline,
		      false);
	progress_job(&one->progress, job, "sending");
	return 0;
}

static void on_progress(void *ctx, struct job *job, const char *what)
{
	struct one *one = ctx;

	if (what && job->review->parts > 1)
		log_note("part %zu of %zu: %s", job->part + 1,
			 job->review->parts, what);
	else if (what && (!one->progress.on || job->agent.turn.begun))
		log_note("%s", what);
	progress_job(&one->progress, job, what);
}

static void on_part(void *ctx, const struct job *job, enum job_status status)
{
	struct one *one = ctx;

	progress_done(&one->progress);
	log_note("part %zu of %zu: %s", job->part + 1, job->review->parts,
		 status == JOB_COMPLETE ? "complete" : job->err.msg);
}

static void on_tick(void *ctx)
{
	struct one *one = ctx;

	progress_tick(&one->progress);
}

/* The work tree, if the lines of the new side can be looked for there: it is
 * it, the index or HEAD, which a design is always for. */
static const char *work_tree(struct one *one, const struct task_input *in)
{
	const struct rev_range *r = &in->range;
	bool there =
		in->task == &task_design || r->new_side == SIDE_WORKTREE ||
		r->new_side == SIDE_INDEX ||
		(r->new_commit[0] && !strcmp(r->new_commit, in->info.head));

	return there && in->info.workdir.len
		       ? arena_cstr(&one->run.arena, in->info.workdir)
		       : NULL;
}

static void render(struct one *one, const struct review *rv)
{
	const struct settings *s = &one->run.inv->settings;
	const char *root = work_tree(one, rv->input);
	struct render_style screen, file;

	style_init(&screen, s, true, root);
	style_init(&file, s, false, root);
	screen.repository = file.repository = ci_repository(&one->run.arena);
	outputs_render(&one->outputs, &rv->report, &screen, &file);
	one->rendered = true;
	if (outputs_has(&one->outputs, "patch"))
		say_patch(&rv->report);
}

/* What came of a reply that is none: kept, and printed if asked for. */
static void rescue(struct one *one, struct review *rv)
{
	struct span text = review_text(rv, &one->run.arena);
	const char *path;

	if (!span_trim(text).len)
		return;
	path = keep_text(&one->run.arena, text, rv->report.prompt_id);
	if (path)
		log_note("what came of the reply is kept in %s%s", path,
			 one->run.inv->settings.partial
				 ? ""
				 : " (next time, --partial prints such text at "
				   "once)");
	if (!one->run.inv->settings.partial)
		return;
	review_rescue(rv);
	render(one, rv);
}

/* The program ends: what the model wrote was paid for. */
static void on_cut(void *ctx, struct review *rv)
{
	struct one *one = ctx;
	const char *path;

	progress_close(&one->progress);
	path = keep_text(&one->run.arena, review_text(rv, &one->run.arena),
			 rv->report.prompt_id);
	if (path)
		log_note("what came of the reply is kept in %s", path);
}

static int on_done(void *ctx, struct review *rv, struct error *err)
{
	struct one *one = ctx;

	(void)err;
	progress_done(&one->progress);
	one->err = rv->err;
	switch (rv->status) {
	case JOB_COMPLETE:
		say_known(&rv->report);
		render(one, rv);
		baseline_file_render(&one->baseline, rv);
		if (rv->input->task != &task_design)
			report_check_gate(&rv->report,
					  one->run.inv->settings.fail_on,
					  &one->err);
		if (one->run.inv->settings.require_full_coverage)
			report_check_coverage(&rv->report, &one->err);
		break;
	case JOB_EMPTY:
		one->empty = true;
		say_empty(&one->err, rv);
		break;
	case JOB_INCOMPLETE:
	case JOB_FAILED:
		rescue(one, rv);
		break;
	}
	memcpy(one->prompt_id, rv->report.prompt_id, sizeof(one->prompt_id));
	return 0;
}

/* Of what is written, nothing that fails keeps the rest from its place; the
 * first failure is told. stdout is last: its reader may be gone. */
static int write_all(struct one *one, struct error *err)
{
	const char *pager = pager_command(&one->run.inv->settings);
	struct error late[2] = { 0 };
	int rc = 0, i;

	if (one->rendered)
		rc = outputs_save(&one->outputs, one->prompt_id, err);
	baseline_file_write(&one->baseline, &late[0]);
	if (one->rendered)
		outputs_print(&one->outputs, pager, one->prompt_id, &late[1]);
	for (i = 0; i < 2 && !rc; i++)
		if (late[i].kind) {
			*err = late[i];
			rc = -1;
		}
	return rc;
}

static int outcome(struct one *one, struct error *err)
{
	if (one->empty && !one->run.inv->settings.fail_on_empty) {
		log_note("%s", one->err.msg);
		return 0;
	}
	if (write_all(one, err))
		return -1;
	if (!one->err.kind)
		return 0;
	*err = one->err;
	return -1;
}

int converse(struct invocation *inv, const struct task *task, struct error *err)
{
	struct one one = { 0 };
	struct job_source source = { .next = next_review, .stop = stop };
	struct job_events on = {
		.ready = on_ready,
		.progress = on_progress,
		.part = on_part,
		.done = on_done,
		.cut = on_cut,
		.tick = on_tick,
		.tick_ms = isatty(STDERR_FILENO) ? TICK_MS : 0,
	};
	int rc;

	source.ctx = on.ctx = &one;
	rc = run_open(&one.run, inv, RUN_KEY | RUN_HTTP, err);
	if (!rc)
		rc = outputs_resolve(&one.outputs, inv, err);
	if (!rc && inv->settings.write_baseline)
		rc = output_check_file("--write-baseline",
				       inv->settings.write_baseline, err);
	if (!rc)
		rc = baseline_file_open(&one.baseline,
					inv->settings.write_baseline, err);
	if (!rc)
		rc = run_request(&one.request, &one.run, task, err);
	if (!rc)
		rc = signals_open(&one.run.wake_fd, err);
	if (!rc)
		run_ask(&one.run, true);
	if (!rc)
		rc = jobs_run(&source, one.run.http, &inv->settings, &on,
			      one.run.wake_fd, err);
	progress_close(&one.progress);
	signals_close();
	if (!rc)
		rc = outcome(&one, err);
	run_close(&one.run);
	outputs_release(&one.outputs);
	baseline_file_release(&one.baseline);
	return rc;
}
