/*
 * side - the files of the side under review, by path: the tree's, with the
 * change's own texts in their place.
 *
 * The tree is the new side's, or HEAD's when that is the index or the work
 * tree. Blobs are asked of the repository when first wanted and kept; what it
 * does not give is not there. Files of credentials never are.
 */
#ifndef AGENT_SIDE_H
#define AGENT_SIDE_H

#include "base/path_index.h"
#include "core/change.h"
#include "repo/repo.h"
#include "rust/source.h"

/* Files that side_source() reads; further ones are not there. */
#define SIDE_SOURCES_MAX 200u

struct side_file {
	struct span path, text;
	const struct source *source; /* NULL: not read yet */
};

/* Lives in the arena; borrows the change. */
struct side {
	struct arena *arena;
	struct repo *repo;
	const struct change *change;
	struct tree_list tree;
	VEC(struct side_file) files; /* fetched or read */
	struct path_index by_path;   /* of those */
	struct path_index changed;   /* of the change's */
	unsigned sources;
};

/* r may be NULL: there is no tree, the change's own texts are all there is. */
void side_open(struct side *s, struct arena *a, struct repo *r,
	       const struct rev_range *range, const struct change *change);
/* The tree's row of a path, or NULL. The change may have taken it away. */
const struct tree_entry *side_entry(const struct side *s, struct span path);
/* A file's bytes; ptr is NULL when it is not there. */
struct span side_text(struct side *s, struct span path);
/* A Rust file, read; NULL when it is not there. */
const struct source *side_source(struct side *s, struct span path);
/* Give a source that was read already. */
void side_know(struct side *s, const struct source *source);

/* Is the file compiled for tests alone, since a `#[cfg(test)] mod x;` above it
 * names it, or the file that does? */
bool side_test(struct side *s, struct span path);

#endif
