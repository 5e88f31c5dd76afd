/*
 * pair - a changed file while its diff is being made, inside the worker.
 *
 * Private to this floor. A diff goes: collect pairs, find renames among them,
 * make hunks of each.
 */
#ifndef REPO_PAIR_H
#define REPO_PAIR_H

#include "repo/store.h"

struct chunk;

/* One side of a pair. */
struct half {
	struct span path;
	uint32_t mode; /* 0: absent */
	git_oid id;
	bool loaded;	/* text or too_large is set */
	bool too_large; /* over the file ceiling: no text */
	struct span text;
	git_blob *blob; /* what holds text, when it is an object's */
	/* rename.c's: what the text is made of, sorted; NULL: not counted */
	struct chunk *chunks;
	size_t nchunks;
};

struct pair {
	struct half old, new;
	bool conflicted;
	unsigned score; /* renames: of RENAME_MAX */
};

struct pair_list {
	VEC(struct pair) pairs;
};

#define RENAME_MAX 60000

/*
 * Every changed file below the range's paths, sorted; and, with a work tree or
 * index, what struct change says of untracked files and edited guides.
 */
int collect(struct store *s, struct pair_list *out, struct change *c,
	    const struct rev_range *range, struct error *err);
/* Fetch a half's text from the object store, once. */
int half_load(struct store *s, struct half *h, struct error *err);

/* A file of the work tree as `git add` would store it (worktree.c). */
int worktree_load(struct store *s, struct half *h, struct error *err);

/* Join deleted and added files that git -M calls renames (rename.c). */
int find_renames(struct store *s, struct pair_list *l, struct error *err);

/* What a tree's .gitattributes say of a path (attr.c): is its diff shown, was
 * it made by a program, is it somebody else's? */
struct attr_marks {
	enum file_says diff, generated, vendored;
};
struct attrs;
/* tree may be NULL. It lives in the question's arena but for libgit2 handles.
 */
struct attrs *attrs_open(struct store *s, const git_tree *tree);
struct attr_marks attrs_of(struct attrs *a, struct span path);
void attrs_close(struct attrs *a);

/* git's guess: a NUL in the first 8,000 bytes. */
bool half_binary(const struct half *h);

#endif
