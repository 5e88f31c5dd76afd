/*
 * budget - a change in pieces that are weighed: how many tokens each takes and
 * how much it matters; and which of them there is room for.
 */
#ifndef AGENT_BUDGET_H
#define AGENT_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct model;
struct task_input;

/* Tokens that a file's path and fences take. */
#define BUDGET_FENCES 64

/* Lines of one hunk: all of them or, of one that is too long for a request, a
 * run of them. */
struct chunk {
	uint32_t file, hunk;   /* in the change */
	uint32_t first, lines; /* of the hunk's */
	uint32_t part;	       /* PART_NONE: left out */
	unsigned risk;	       /* see risk_of() */
	bool lost;	       /* left out since its part failed */
	int64_t tokens;
};

#define PART_NONE UINT32_MAX

/* In the order of the change. */
struct chunks {
	VEC(struct chunk) rows;
};

/*
 * The hunks of every file that is shown. One of more than `most` tokens is cut
 * between items, where a blank line stands, or anywhere between two lines.
 */
void budget_measure(struct chunks *out, struct arena *a,
		    const struct task_input *in, const struct model *m,
		    int64_t most);
/*
 * Leave out what does not fit into `room` tokens. Every file gets a piece of
 * its own first, in the order of risk, so that one giant starves none; the rest
 * goes by risk.
 */
void budget_choose(struct chunks *c, struct arena *a,
		   const struct task_input *in, int64_t room);
/* All of them, the riskiest first, in the arena. */
struct chunk **budget_by_risk(struct chunks *c, struct arena *a);
/* Tokens of a text as it stands in a prompt: path and fences of a file. */
int64_t budget_file(const struct task_input *in, uint32_t file,
		    const struct model *m);

#endif
