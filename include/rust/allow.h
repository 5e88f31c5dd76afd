/*
 * allow - what a file says that asks a rule to be silent: a comment, or an
 * attribute that allows the compiler's lint of the same thing. Total.
 */
#ifndef RUST_ALLOW_H
#define RUST_ALLOW_H

#include "rust/rules.h"

struct allow {
	uint32_t line; /* where it stands */
	/* the comment's words, may be empty; the attribute's line. One line,
	 * visible, in the arena */
	struct span reason;
};

/* Is there one for the place at this token? */
bool allow_find(struct allow *out, struct arena *a, const struct source *s,
		uint32_t token, const struct rule *rule);

#endif
