/* The gatherers, one a task; rows of task.c. */
#ifndef GATHER_PARTS_H
#define GATHER_PARTS_H

#include "agent/gather.h"
#include "agent/task.h"

int gather_review(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err);
int gather_design(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err);
/* The guides for these paths, as the request wants them. */
int gather_guides(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, const struct span *paths, size_t n,
		  struct error *err);

#endif
