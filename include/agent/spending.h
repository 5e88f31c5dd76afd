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
 * Is there a budget left? spent is what the jobs that are over have used, jobs
 * the list of the others (what they used counts, and what is under way, with
 * estimates where the provider did not say). next: the job that wants to send
 * another request; NULL: may those under way go on? -1: ERR_BUDGET says which
 * budget is used up.
 */
int spending_check(const struct settings *s, const struct usage *spent,
		   const struct job *jobs, const struct job *next,
		   struct error *err);

#endif
