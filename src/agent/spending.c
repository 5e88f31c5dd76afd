#include "agent/spending.h"

#include "agent/job.h"
#include "agent/prepare.h"
#include "core/settings.h"

struct sum {
	double tokens, cost;
};

static void add_usage(struct sum *sum, const struct usage *u)
{
	if (usage_prompt(u) > 0)
		sum->tokens += (double)usage_prompt(u);
	if (u->output > 0)
		sum->tokens += (double)u->output;
	if (u->cost > 0)
		sum->cost += u->cost;
}

/* What a job has used; for a request under way its prompt at least, since it
 * is billed whatever becomes of the answer. */
static void add_job(struct sum *sum, const struct job *job, bool asking)
{
	add_usage(sum, &job->agent.usage);
	if (asking) {
		struct job_estimate e = job_estimate(job);

		sum->tokens += (double)e.tokens;
		if (e.prompt_cost > 0)
			sum->cost += e.prompt_cost;
	}
}

int spending_check(const struct settings *s, const struct usage *spent,
		   const struct job *jobs, const struct job *next,
		   struct error *err)
{
	struct sum sum = { 0 };
	const struct job *job;

	if (!s->max_tokens && s->max_cost <= 0)
		return 0;
	add_usage(&sum, spent);
	for (job = jobs; job; job = job->next)
		if (job->state != JOB_OVER)
			add_job(&sum, job,
				job == next || job->state == JOB_SENDING);
	if (s->max_tokens && sum.tokens > (double)s->max_tokens)
		return error_set(err, ERR_BUDGET,
				 "--max-tokens %lld leaves no room for another "
				 "request (%.0f used or under way)",
				 (long long)s->max_tokens, sum.tokens);
	if (s->max_cost > 0 && sum.cost > s->max_cost)
		return error_set(err, ERR_BUDGET,
				 "--max-cost %.4f leaves no room for another "
				 "request ($%.4f used or under way)",
				 s->max_cost, sum.cost);
	return 0;
}
