/*
 * prepare - from what the user asked for to jobs that are ready to send.
 */
#ifndef AGENT_PREPARE_H
#define AGENT_PREPARE_H

#include "agent/room.h"
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
/* Tokens and price of all parts of a review that has several, estimated before
 * any of them is written, without what stands beside their hunks. */
struct job_estimate review_estimate(const struct review *rv);
/*
 * Write the prompt of job->part of job->review and encode the first request.
 * An empty review and one without a model have none. Asks the review's repo.
 */
int job_prepare(struct job *job, struct error *err);

/*
 * ERR_BUDGET when a prepared job cannot fit the model's window or the run's
 * budget, ERR_REPO when a secret of it would be masked and --on-secret=fail
 * forbids that: ask before anything is sent.
 */
int job_check_room(const struct job *job, const struct settings *s,
		   struct error *err);

#endif
