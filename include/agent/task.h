/*
 * task - what can be asked of the agent: one row each.
 */
#ifndef AGENT_TASK_H
#define AGENT_TASK_H

#include "base/error.h"

struct arena;
struct repo;
struct settings;
struct task_input;

struct task {
	const char *name;   /* "review", "design": what comes out */
	const char *prompt; /* embedded task text */
	/* Collect what the task is about; see task_gather(). */
	int (*gather)(struct task_input *in, struct arena *a, struct repo *r,
		      const struct settings *s, struct error *err);
};

/* task_code: existing code is reviewed, not a change; task_patch: a change that
 * was given as a diff. */
extern const struct task task_review, task_code, task_patch, task_design;

#endif
