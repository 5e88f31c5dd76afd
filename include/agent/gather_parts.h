/* The gatherers, one a task; rows of task.c. */
#ifndef GATHER_PARTS_H
#define GATHER_PARTS_H

#include "agent/gather.h"
#include "agent/task.h"

int gather_review(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err);
int gather_design(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err);
int gather_patch(struct task_input *in, struct arena *a, struct repo *r,
		 const struct settings *s, struct error *err);
/* Of a diff that was given: HEAD may hold the change already. Refuse guides
 * that the diff changes, unless they are its old side. */
void patch_check_guides(struct task_input *in);
/* Of in->change: what is shown of each file, and whether that is anything. */
int gather_covers(struct task_input *in, struct arena *a,
		  const struct settings *s, struct error *err);
/* The rest of a review that is not empty, once its intent is known. */
int gather_read(struct task_input *in, struct arena *a, struct repo *r,
		const struct settings *s, struct error *err);
/*
 * The revision of the change's base, which the change cannot edit (NULL:
 * HEAD's). False: there is none. Before a first commit there is nothing to
 * trust, least of all the commit itself.
 */
bool gather_base(const struct task_input *in, const char **rev);
/* The guides for these paths, as the request wants them. */
int gather_guides(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, const struct span *paths, size_t n,
		  struct error *err);

#endif
