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

/* What a job has used and is using. A request under way costs its prompt at
 * least: that is billed whatever becomes of the answer. */
static void add_job(struct sum *sum, const struct job *job, bool asking)
{
	struct usage u;

	add_usage(sum, &job->agent.spent);
	if (asking) {
		struct job_estimate e = job_estimate(job);

		sum->tokens += (double)e.tokens;
		if (e.prompt_cost > 0)
			sum->cost += e.prompt_cost;
	} else if (job->state == JOB_SENDING) {
		u = agent_running(&job->agent);
		add_usage(sum, &u);
	}
}

int spending_check(const struct settings *s, const struct usage *spent,
		   const struct job *jobs, const struct job *next,
		   struct error *err)
{
	const char *then = next ? "leaves no room for another request"
				: "is used up: the reply was stopped";
	struct sum sum = { 0 };
	const struct job *job;

	if (!s->max_tokens && s->max_cost <= 0)
		return 0;
	add_usage(&sum, spent);
	for (job = jobs; job; job = job->next)
		if (job->state != JOB_OVER)
			add_job(&sum, job, job == next);
	if (s->max_tokens && sum.tokens > (double)s->max_tokens)
		return error_set(err, ERR_BUDGET,
				 "--max-tokens %lld %s (%.0f used or under "
				 "way)",
				 (long long)s->max_tokens, then, sum.tokens);
	if (s->max_cost > 0 && sum.cost > s->max_cost)
		return error_set(err, ERR_BUDGET,
				 "--max-cost %.4f %s ($%.4f used or under "
				 "way)",
				 s->max_cost, then, sum.cost);
	return 0;
}
