/*
 * prepare - from what the user asked for to a job that is ready to send.
 */
#ifndef AGENT_PREPARE_H
#define AGENT_PREPARE_H

#include <stdint.h>

#include "base/error.h"

struct endpoint;
struct job;
struct repo;
struct settings;
struct task_request;

/*
 * Gather; with an endpoint that is offline, review at once: job->offline, and
 * the report is whole. Otherwise choose the model, write the prompt, encode the
 * first request and fill the report's ledger. job->empty when there is nothing
 * to review. model: this job's own, or NULL for the settings'. The request is
 * kept by reference; the endpoint too.
 */
int job_prepare(struct job *job, struct repo *r, const struct task_request *rq,
		const struct settings *s, const struct endpoint *ep,
		const char *model, struct error *err);

/* Tokens that the model takes, prompt and reply together; 0: not known. */
int64_t job_window(const struct job *job, const struct settings *s);

/*
 * Tokens that the material of one request may take: all that stands in it but
 * the agent file, the contract, the task and the guides, which every request
 * carries. What is left of the window when those, the reply and a tenth for
 * the estimate's error are taken off; with --max-cost also no more than the
 * model's normal price holds for. 0: nothing fits. INT64_MAX: the window is
 * not known. job->input is gathered, the model and the reply's size chosen.
 */
int64_t job_room(const struct job *job, const struct settings *s);

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
