/*
 * allow - what a file says that asks a rule to be silent: a comment, or an
 * attribute that allows the compiler's lint of the same thing. Total.
 */
#ifndef RUST_ALLOW_H
#define RUST_ALLOW_H

#include "rust/rules.h"

struct allow {
	bool own; /* one of its lines is the change's own wish */
	/* the comment's words, may be empty; the attribute's line. One line,
	 * visible, in the arena */
	struct span reason;
};

/* Is there one for the place at this token? line: flags by number, see
 * rule_file. */
bool allow_find(struct allow *out, struct arena *a, const struct source *s,
		const uint8_t *line, uint32_t token, const struct rule *rule);

#endif
