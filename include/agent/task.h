/*
 * task - what can be asked of the agent: one row each.
 */
#ifndef AGENT_TASK_H
#define AGENT_TASK_H

#include "core/report.h"

struct task {
	const char *name;   /* "review", "design" */
	const char *prompt; /* embedded task text */
	const struct section_list *sections;
};

extern const struct task task_review, task_design;

#endif
