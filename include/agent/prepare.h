/*
 * prepare - from what the user asked for to jobs that are ready to send.
 */
#ifndef AGENT_PREPARE_H
#define AGENT_PREPARE_H

#include <stdint.h>

#include "base/error.h"

struct agent_config;
struct endpoint;
struct job;
struct repo;
struct review;
struct settings;
struct task_input;
struct task_request;

/*
 * Gather; with an endpoint that is offline, review at once: rv->offline, and
 * the report is whole. Otherwise choose the model and the parts, and fill the
 * report's ledger. rv->empty when there is nothing to review. model: this
 * review's own, or NULL for the settings'. All that is passed is kept by
 * reference.
 */
int review_prepare(struct review *rv, struct repo *r,
		   const struct task_request *rq, const struct settings *s,
		   const struct endpoint *ep, const char *model,
		   struct error *err);
/*
 * Write the prompt of job->part of job->review and encode the first request.
 * An empty review and one without a model have none. Asks the review's repo.
 */
int job_prepare(struct job *job, struct error *err);

/* Tokens that the model takes, prompt and reply together; 0: not known. */
int64_t job_window(const struct job *job, const struct settings *s);

/*
 * Tokens that the material of one request may take: all that stands in it but
 * the agent file, the contract, the task and the guides, which every request
 * carries. What is left of the window when those, the reply and a tenth for
 * the estimate's error are taken off; with --max-cost also no more than the
 * model's normal price holds for. 0: nothing fits. INT64_MAX: the window is
 * not known. The input is gathered, the model and the reply's size chosen.
 */
int64_t material_room(const struct task_input *in, const struct agent_config *c,
		      const struct settings *s);

/*
 * ERR_BUDGET when a prepared job cannot fit the model's window or the run's
 * budget, ERR_REPO when a secret of it would be masked and --on-secret=fail
 * forbids that: ask before anything is sent.
 */
int job_check_room(const struct job *job, const struct settings *s,
		   struct error *err);

/* Estimated tokens of the job's first request, and its price in dollars for
 * the prompt alone and with the longest reply (-1: no price is known). */
struct job_estimate {
	int64_t tokens;
	double prompt_cost, most_cost;
};
struct job_estimate job_estimate(const struct job *job);

#endif
