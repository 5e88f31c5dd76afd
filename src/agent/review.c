#include "agent/review.h"

#include "agent/checks.h"
#include "agent/gather.h"
#include "agent/ground.h"
#include "agent/job.h"
#include "agent/reply.h"
#include "base/clock.h"

struct review *review_open(void)
{
	struct arena a = { 0 };
	struct review *rv = arena_new(&a, struct review);

	rv->arena = a;
	rv->parts = 1;
	return rv;
}

void review_close(struct review *rv)
{
	struct arena a = rv->arena;

	arena_release(&rv->kept);
	arena_release(&a);
}

/* The outcome of the parts as that of the whole. */
static void finish(struct review *rv)
{
	const struct part_result *only = rv->result;
	struct report *r = &rv->report;

	rv->status = only->status;
	rv->err = only->err;
	if (!rv->offline)
		report_copy(r, &rv->kept, &only->report);
	if (rv->status == JOB_COMPLETE && !rv->offline)
		checks_merge(r, &rv->kept, &rv->input->code.rules);
	r->usage = rv->usage;
	r->seconds = rv->begun_ms
			     ? (double)(clock_mono_ms() - rv->begun_ms) / 1000
			     : 0;
}

bool review_take(struct review *rv, struct job *job, enum job_status status)
{
	struct part_result *to;

	if (!rv->result) {
		rv->result =
			arena_array(&rv->kept, rv->parts, sizeof(*rv->result));
		rv->usage = USAGE_UNKNOWN;
	}
	to = &rv->result[job->part];
	if (status == JOB_COMPLETE && job->input)
		ground_report(&job->agent.report, &job->arena, job->input);
	to->status = status;
	to->err = job->err;
	report_copy(&to->report, &rv->kept, &job->agent.report);
	to->text = arena_span(&rv->kept, agent_text(&job->agent));
	usage_add(&rv->usage, &job->agent.usage);
	mask_counts_add(&rv->report.masked, &job->agent.report.masked);
	rv->report.prompt_bytes += job->agent.report.prompt_bytes;
	if (!job->part)
		memcpy(rv->report.prompt_id, job->agent.report.prompt_id,
		       sizeof(rv->report.prompt_id));
	if (++rv->over < rv->parts)
		return false;
	finish(rv);
	return true;
}

struct span review_text(const struct review *rv, struct arena *a)
{
	(void)a;
	return rv->result ? rv->result->text : (struct span){ 0 };
}

void review_rescue(struct review *rv)
{
	struct report *r = &rv->report;

	if (!r->sections.len)
		reply_parse(r, &rv->kept, &rv->config.sections,
			    rv->result->text, false);
	r->partial = true;
}
