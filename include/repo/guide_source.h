/*
 * guide_source - where guides are read from, and what is in one, inside the
 * worker. Private to this floor.
 */
#ifndef REPO_GUIDE_SOURCE_H
#define REPO_GUIDE_SOURCE_H

#include "repo/store.h"

struct guide_source {
	struct store *s;
	git_tree *tree; /* NULL and no worktree: nothing is there */
	bool worktree;
};

enum found {
	FOUND_FILE,
	FOUND_NOTHING,
	FOUND_REFUSED, /* a submodule, a link's folder, a link out … */
	FOUND_TOO_LARGE,
	FOUND_CREDENTIAL /* there, but its name says what it holds */
};

/*
 * Read a file by its normal path from the top ("a/b.md"). A symlink is
 * followed once, when it names a file of the same tree. Folders on the way
 * are never links or submodules. A credential file is refused by its own name
 * and by that of a link to it. FOUND_FILE sets text and id.
 */
enum found guide_read(const struct guide_source *src, struct span path,
		      struct span *text, git_oid *id);

/*
 * Resolve `path` against `folder` ("" or "a/b"). False when it is absolute,
 * starts at a home folder, leaves the tree or names a .git.
 */
bool guide_path(struct arena *a, struct span *out, struct span folder,
		struct span path);

/* The text with its HTML comments dropped, but not those in code. */
struct span guide_strip(struct arena *a, struct span text);

struct import_list {
	VEC(struct span) paths;
};
/* What follows an `@` at the start of a word, code left out, in order. */
void guide_imports(struct import_list *out, struct arena *a, struct span text);

#endif
