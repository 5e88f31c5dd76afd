/*
 * room - what fits: the window, the reply, the budgets of one request.
 */
#ifndef AGENT_ROOM_H
#define AGENT_ROOM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct agent_config;
struct job;
struct settings;
struct task_input;

/* Tokens that the model takes, prompt and reply together; 0: not known. */
int64_t job_window(const struct job *job, const struct settings *s);

/*
 * Tokens that the material of one request may take: all that stands in it but
 * the agent file, the contract, the task and the guides, which every request
 * carries. What is left of the window when those, the reply and the estimate's
 * error are taken off; with --max-cost also no more than the model's normal
 * price holds for. 0: nothing fits. INT64_MAX: the window is not known. The
 * input is gathered, the model and the reply's size chosen.
 */
int64_t material_room(const struct task_input *in, const struct agent_config *c,
		      const struct settings *s);

/* Tokens of the job's first request, estimated or as the provider counts them
 * (job->counted), and its price in dollars for the prompt alone and with the
 * longest reply (-1: no price is known). */
struct job_estimate {
	int64_t tokens;
	double prompt_cost, most_cost;
};
struct job_estimate job_estimate(const struct job *job);
/* The same of any request of so many tokens. */
struct job_estimate room_estimate(const struct agent_config *c, int64_t tokens);

/* The longest reply asked for, before the prompt is known. */
void room_choose_reply(struct agent_config *c, const struct settings *s);
/* A shorter reply where the window or a budget would not do for the whole. */
void room_fit_reply(struct job *job, const struct settings *s);
/*
 * ERR_BUDGET when the prompt does not fit the window or a budget; ERR_USAGE
 * when --max-cost is given and no price is known. What the provider will count
 * is let through as long as the estimate may be wrong about it; what a server
 * would cut silently is refused as long as it may be.
 */
int room_check(const struct job *job, const struct settings *s,
	       struct error *err);
/* Do prompt and reply fit the window, as far as room_check() is concerned? */
bool room_for_window(const struct job *job, const struct settings *s);
/* Is the estimate so near a limit that the provider's own count decides? */
bool room_wants_count(const struct job *job, const struct settings *s);

#endif
