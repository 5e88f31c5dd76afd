/*
 * trust - of a commit that is judged by another revision than its parent, what
 * its author's earlier commits have put into its files.
 *
 * Commit by commit a branch could write in one what excuses the next: a comment
 * that allows, a mark that a file is generated. Both count only where the
 * trusted revision has them. Lives in the arena.
 */
#ifndef AGENT_TRUST_H
#define AGENT_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/path_index.h"
#include "core/change.h"

struct error;
struct repo;
struct rev_range;

struct trust {
	struct change since; /* from the trusted tree to the new side */
	struct path_index by_path;
};

/* *out is NULL when the range is judged by its old side. Else the marks of the
 * change's old sides become those of the trusted tree. */
int trust_read(const struct trust **out, struct arena *a, struct repo *r,
	       const struct rev_range *range, struct change *change,
	       struct error *err);
/* Mark lines of a file's new side, numbered from 1, as LINE_UNTRUSTED that the
 * trusted tree has not; t may be NULL. */
void trust_lines(const struct trust *t, uint8_t *line, uint32_t lines,
		 struct span path);
/* Is the file one of the trusted tree's that was only since marked as
 * generated? t may be NULL. */
bool trust_marked_since(const struct trust *t, struct span path);

#endif
