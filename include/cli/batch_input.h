/*
 * batch_input - the jobs of a batch: one JSON object a line, or the commits
 * of a range.
 */
#ifndef CLI_BATCH_INPUT_H
#define CLI_BATCH_INPUT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

struct arena;

/* One line of it. NULL: not given. */
struct batch_line {
	const char *id;
	const char *review, *design; /* exactly one */
	const char *repo, *intent, *agent, *model;
	const char **paths;
	size_t npaths;
};

/*
 * Read one line into out; strings live in the arena. ERR_USAGE names the
 * field: unknown fields, wrong types, neither or both of review and design,
 * no id.
 */
int batch_line_parse(struct batch_line *out, struct arena *a, struct span line,
		     struct error *err);

#endif
