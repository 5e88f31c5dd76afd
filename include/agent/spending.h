/*
 * spending - what --max-tokens and --max-cost leave of a run.
 */
#ifndef AGENT_SPENDING_H
#define AGENT_SPENDING_H

#include "base/error.h"

struct job;
struct settings;
struct usage;

/*
 * May one more request go out? spent is what the whole run has used, jobs the
 * list under way (their used and estimated shares count), next the job that
 * asks. -1: ERR_BUDGET says which budget.
 */
int spending_check(const struct settings *s, const struct usage *spent,
		   const struct job *jobs, const struct job *next,
		   struct error *err);

#endif
