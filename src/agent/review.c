#include "agent/review.h"

#include "agent/checks.h"
#include "agent/fix.h"
#include "agent/gather.h"
#include "agent/ground.h"
#include "agent/job.h"
#include "agent/merge.h"
#include "agent/reply.h"
#include "base/buf.h"
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

/* The reports of the parts that are to be put together. */
static void merge(struct review *rv, bool complete)
{
	const struct report **list =
		arena_array(&rv->kept, rv->parts, sizeof(*list));

	for (size_t i = 0; i < rv->parts; i++) {
		const struct part_result *p = &rv->result[i];

		if (p->report.sections.len &&
		    (p->status == JOB_COMPLETE || !complete))
			list[i] = &p->report;
	}
	merge_reports(&rv->report, &rv->kept, &rv->config.sections, list,
		      rv->parts);
}

static size_t count_complete(const struct review *rv)
{
	size_t n = 0;

	for (size_t i = 0; i < rv->parts; i++)
		n += rv->result[i].status == JOB_COMPLETE;
	return n;
}

/* The first part that failed by itself says why the whole did. When others are
 * complete it is the review that is incomplete, whatever the reason, unless a
 * budget was reached. */
static void explain(struct review *rv, size_t complete)
{
	const struct part_result *bad = NULL;
	size_t i = 0, at = 0;

	for (; i < rv->parts; i++)
		if (rv->result[i].status != JOB_COMPLETE &&
		    (!bad || (bad->not_asked && !rv->result[i].not_asked))) {
			bad = &rv->result[i];
			at = i;
		}
	rv->err = bad->err;
	rv->status = bad->status;
	if (rv->parts == 1)
		return;
	error_prefix(&rv->err, "part %zu of %zu (%zu complete)", at + 1,
		     rv->parts, complete);
	if (complete && rv->err.kind == ERR_MODEL)
		rv->err.kind = ERR_REPLY;
	if (rv->err.kind == ERR_REPLY)
		rv->status = JOB_INCOMPLETE;
}

/* What stands in parts that came to nothing was not reviewed. */
static void lose_parts(struct review *rv)
{
	bool *lost = arena_array(&rv->kept, rv->parts, sizeof(*lost));

	for (size_t i = 0; i < rv->parts; i++)
		lost[i] = rv->result[i].status != JOB_COMPLETE;
	parts_lose(&rv->plan, rv->report.files.ptr, rv->report.files.len, lost);
}

/* The outcome of the parts as that of the whole. */
static void finish(struct review *rv)
{
	struct report *r = &rv->report;
	size_t complete = count_complete(rv);

	rv->status = JOB_COMPLETE;
	if (complete < rv->parts)
		explain(rv, complete);
	if (!rv->offline && !rv->empty)
		merge(rv, rv->parts > 1);
	if (rv->status == JOB_COMPLETE && !rv->offline) {
		checks_merge(r, &rv->kept, &rv->input->code.rules);
		checks_rules(r, &rv->kept);
	} else if (rv->parts > 1) {
		lose_parts(rv);
	}
	if (rv->status == JOB_COMPLETE && !rv->empty)
		known_apply(r, &rv->kept, rv->input);
	/* no input: it failed before anything was read */
	if (rv->input && !rv->offline && !rv->empty)
		fixes_join(r, &rv->kept, rv->input);
	r->usage = rv->usage;
	r->seconds = rv->begun_ms
			     ? (double)(clock_mono_ms() - rv->begun_ms) / 1000
			     : 0;
}

bool review_stopped(const struct review *rv, struct job *job)
{
	if (!rv->stopped)
		return false;
	error_set(&job->err, ERR_MODEL,
		  "not asked, since another part of the review failed");
	job->not_asked = true;
	return true;
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
	to->not_asked = job->not_asked;
	rv->stopped |= status == JOB_FAILED;
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
	static const char *const words[] = {
		[JOB_COMPLETE] = "complete",
		[JOB_INCOMPLETE] = "incomplete",
		[JOB_EMPTY] = "empty",
		[JOB_FAILED] = "failed",
	};
	struct buf b = { 0 };
	struct span out;

	if (!rv->result)
		return (struct span){ 0 };
	if (rv->parts == 1)
		return rv->result->text;
	for (size_t i = 0; i < rv->parts; i++) {
		const struct part_result *p = &rv->result[i];

		if (span_trim(p->text).len)
			buf_addf(&b, "<!-- part %zu of %zu: %s -->\n\n%.*s\n\n",
				 i + 1, rv->parts, words[p->status],
				 SPAN_ARG(p->text));
	}
	out = arena_span(a, buf_span(&b));
	buf_release(&b);
	return out;
}

void review_rescue(struct review *rv)
{
	for (size_t i = 0; i < rv->parts; i++) {
		struct part_result *p = &rv->result[i];

		if (!p->report.sections.len && span_trim(p->text).len)
			reply_parse(&p->report, &rv->kept, &rv->config.sections,
				    p->text, false);
	}
	merge(rv, false);
	fixes_join(&rv->report, &rv->kept, rv->input);
	rv->report.partial = true;
}
