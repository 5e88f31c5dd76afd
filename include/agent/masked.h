/*
 * masked - the lines of a change of which something is kept back.
 *
 * A finding of the model's on such a line may be about the mask, so it proves
 * nothing; what the program itself found was found in the true text.
 */
#ifndef AGENT_MASKED_H
#define AGENT_MASKED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"

struct arena;
struct task_input;

struct masked_line {
	size_t file;   /* in the change */
	uint32_t line; /* of the new side; of the old one when old */
	bool old;      /* a removed line */
	bool added;
	const char *kind; /* of its first secret: "github-token" */
	struct span text; /* as it is; borrowed of the change */
};

struct masked_lines {
	VEC(struct masked_line) rows; /* in the order of the change */
};

/* Of all files whose text is sent, by what agent/margin masks. Lives in the
 * arena. */
void masked_find(struct masked_lines *out, struct arena *a,
		 const struct task_input *in);
/* Is the row one more line of the private key that the one before it in the
 * list (or NULL) is of? */
bool masked_goes_on(const struct masked_line *before,
		    const struct masked_line *l);

#endif
