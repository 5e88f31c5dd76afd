/*
 * baseline_read - which bytes a baseline is.
 *
 * The user names the file, but it may lie in the repository under review, where
 * the change can edit it. So it is read from the base of the change when that
 * has it, and not at all when the change is what brings it. Anywhere else, and
 * while nothing tracks it, it is read as it is.
 */
#ifndef AGENT_BASELINE_READ_H
#define AGENT_BASELINE_READ_H

#include <stdbool.h>

#include "base/error.h"

struct arena;
struct baseline;
struct repo;
struct settings;
struct task_input;

/*
 * Read settings->baseline, when it is set, into in->baseline; in's range and
 * change are there. ERR_USAGE: it is missing or malformed (agent/baseline).
 */
int baseline_read(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err);
/* The file as it is on the disk; *there is false when it is not. */
int baseline_load(struct baseline *out, bool *there, struct arena *a,
		  const char *path, struct error *err);

#endif
