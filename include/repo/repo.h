/*
 * repo - what the program knows of a git repository.
 *
 * libgit2 cannot give up on a stuck or hostile object, so it runs in a worker
 * process under resource limits; every call below is one question to it and
 * blocks until the answer, the deadline (the worker is killed: ERR_REPO) or
 * the worker's death (ERR_REPO). Callers never see the pipe. The repository is
 * only read: work tree, index and refs are never changed, nothing of it is
 * executed, and of its own configuration only the rows that repo_config()
 * marks as local are handed out.
 *
 * Results live in the arena passed in. A struct repo belongs to one thread at
 * a time. Object ids are 40 hex digits (SHA-1 repositories only).
 */
#ifndef REPO_REPO_H
#define REPO_REPO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "base/vec.h"
#include "core/change.h"
#include "core/guide.h"

struct repo;

/*
 * Fork the process that forks the workers (repo/server.h; this floor's only
 * state outside a struct repo, behind a lock). Call once, before any library or
 * thread starts; secrets named in env_secrets (NULL-terminated list of
 * environment names) are wiped from its memory and environment. It ends when
 * this process does. Returns 0, or -1 with ERR_INTERNAL.
 */
int repo_start(const char *const *env_secrets, struct error *err);
/* Have every worker and the process above killed, without waiting for it. Safe
 * in any state and from any thread; a question under way fails at once. */
void repo_stop(void);

struct repo_limits {
	int64_t deadline_ms; /* for each question */
	int64_t memory;	     /* bytes of address space for the worker */
	int64_t max_file;    /* bytes of a blob or work-tree file */
	int64_t max_diff;    /* bytes of one answer */
};

/*
 * Fork a worker and have it open the repository that holds dir (NULL: the
 * current folder), honouring GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE as git
 * does when dir is NULL or they are set. Returns at once; what is wrong
 * (no repository, foreign-owned, SHA-256, reftable …) is said by the first
 * question asked, each in a sentence that says what to do.
 */
int repo_open(struct repo **out, const char *dir,
	      const struct repo_limits *limits, struct error *err);
void repo_close(struct repo *r);

/* What the user asked to be reviewed, as written. */
struct rev_spec {
	const char *const *words; /* before `--`: revisions, then paths */
	size_t nwords;
	bool dashdash;		  /* `--` was there: words are revisions */
	const char *const *paths; /* after `--`; relative to the cwd */
	size_t npaths;
	bool staged;
	const char *commit;	/* --commit REV */
	const char *merge_base; /* --merge-base REF */
	bool untracked;		/* untracked files count as added */
	bool all;		/* --all: the files of one tree, not a change */
	bool patch; /* a diff that was given, upon HEAD; nothing else is set */
	/* Whose guides and attributes count in place of the old side's; NULL:
	 * the old side's. For a commit whose parent is of the same author. */
	const char *trust;
};

enum rev_side {
	SIDE_EMPTY,
	SIDE_TREE,
	SIDE_INDEX,
	SIDE_WORKTREE,
	SIDE_PATCH /* what a diff makes of it; repo_diff() knows nothing of it
		    */
};

/* The same, resolved; ids pinned. Plain data: may be kept and re-used. */
struct rev_range {
	enum rev_side old_side, new_side;
	char old_commit[41], new_commit[41]; /* "" when not a commit */
	char old_tree[41], new_tree[41];     /* "" when not a tree */
	char trust_tree[41];		     /* of spec->trust; "": not set */
	struct span old_name, new_name;	     /* "HEAD~1", "work tree" … */
	/* Path limits from the top of the work tree. git's pathspec rules:
	 * literal folders and files, globs, `:(magic)` refused by name. */
	VEC(struct span) paths;
	bool untracked;
	unsigned commits; /* in old..new (first 10,000), 0 when unrelated */
	bool shallow;	  /* the count stopped at a shallow boundary */
	/* Existing code: the old side is empty, every line counts as added */
	bool all;
	/* repo_diff() also fills old_text and new_text. Set by the caller. */
	bool texts;
};

/* The tree that a change is judged by: of spec->trust, else the old side's. */
static inline const char *rev_trusted(const struct rev_range *r)
{
	return *r->trust_tree ? r->trust_tree : r->old_tree;
}

/*
 * Resolve as `git diff` would, with these differences: no word means HEAD
 * against the work tree; --commit is a commit against its first parent, or
 * the empty tree. A word that is a revision and a path is refused as git does;
 * a word that is neither is refused with the nearest branch, tag or path
 * ("did you mean …"). An unborn HEAD is the empty tree.
 *
 * spec->all: the empty tree against one revision's tree (no word: HEAD's), no
 * commits counted. At least one path must be given, and each must match a file
 * of that tree.
 */
int repo_resolve(struct rev_range *out, struct arena *a, struct repo *r,
		 const struct rev_spec *spec, struct error *err);

/*
 * The diff of a resolved range: the hunks `git diff -M --indent-heuristic`
 * prints (default algorithm, 3 lines of context, text forced for every file
 * that has no NUL in its first 8,000 bytes or that base attributes do not
 * call binary; those of rev_trusted(), not of the side under review), plus what
 * struct change says of untracked files and edited guides. A file over
 * max_file has no hunks and too_large set. Sparse checkouts, filter= drivers
 * and working-tree-encoding are either answered right or refused with a
 * sentence. Submodules have no hunks, their ids say it all; a changed type has
 * one hunk of '-' lines and one of '+' lines. Files that do not fit into
 * max_diff any more have too_large set as well.
 *
 * With range->texts, the files named *.rs, *.toml, *.sql, *.proto or
 * Cargo.lock also have both sides whole: regular files without a NUL that are
 * neither binary nor too large. The texts of all files together take at most
 * REPO_TEXTS_SHARE of max_diff beside the hunks; the first file by path that
 * does not fit and all behind it have none.
 */
#define REPO_TEXTS_SHARE(max_diff) ((max_diff) / 2)

int repo_diff(struct change *out, struct arena *a, struct repo *r,
	      const struct rev_range *range, struct error *err);

/* A file of a diff that was given; its old side is asked for. */
struct base_want {
	struct span path, old_path; /* path is what attributes are asked of */
	struct span id; /* of the old blob: up to 40 hex digits, or empty */
	bool text;	/* it has an old side, and its bytes are wanted */
};

enum base_by {
	BASE_NONE, /* not there, no file, over max_file, or no room left */
	BASE_ID,   /* the blob that the id names */
	BASE_HEAD  /* the id names none: HEAD's file at old_path */
};

struct base {
	enum base_by by;
	char id[41]; /* the blob's, whole */
	struct span text;
	enum file_says generated, vendored; /* by HEAD's attributes */
};

/* An id this short is no evidence: HEAD's file of that path alone is taken. */
#define BASE_DIGITS_MIN 7

/*
 * The old sides of a diff's files: out is an array of n. Whoever wrote the diff
 * chose the ids, so a blob is taken by at least BASE_DIGITS_MIN digits that no
 * other object shares. All texts together take at most REPO_TEXTS_SHARE of
 * max_diff; what does not fit is BASE_NONE.
 */
int repo_bases(struct base *out, struct arena *a, struct repo *r,
	       const struct base_want *want, size_t n, struct error *err);

/* The commits a..b reviews one by one: ids oldest first, merges left out. */
struct commit_info {
	char id[41];
	struct span subject; /* first line */
	struct span message; /* whole, without trailers' trailing blanks */
};
struct commit_list {
	VEC(struct commit_info) commits;
	/* Of repo_commits(): where a..b leaves a, which none of its commits
	 * wrote; a itself, where both have no commit in common. "": no a. */
	char trust[41];
};
/*
 * Commits of a word `a..b` or `b` (= b alone; NULL: HEAD), for batch. At most
 * 10,000, the newest ones.
 */
int repo_commits(struct commit_list *out, struct arena *a, struct repo *r,
		 const char *range, struct error *err);
/* Messages of the commits of a resolved range, newest last, at most max. */
int repo_intent(struct commit_list *out, struct arena *a, struct repo *r,
		const struct rev_range *range, size_t max, struct error *err);

enum guides_from { GUIDES_BASE, GUIDES_HEAD, GUIDES_WORKTREE };

struct guide_rules {
	enum guides_from from;
	int64_t max_bytes;     /* all together */
	unsigned import_depth; /* 0: no imports */
};
/*
 * The guides that apply to the changed paths (each folder from the root down;
 * n = 0: the root's only): CLAUDE.md and .claude/CLAUDE.md at the root, then
 * each folder's CLAUDE.md, or AGENTS.md where a folder has no CLAUDE.md; and
 * what they import by `@path` (rules of contract.md). GUIDES_BASE: from the
 * tree of rev_trusted() (none when that is empty); GUIDES_HEAD: from its
 * new side when that is a tree, else HEAD's; range NULL: HEAD's. Where existing
 * code is looked at (range->all) nothing is older than the reviewed tree:
 * GUIDES_BASE is that tree, and GUIDES_HEAD always HEAD's. An import
 * without a slash or a dot that names no file is taken for a mention ("@alice")
 * and left out; a file is listed once, where it was first met.
 */
int repo_guides(struct guide_list *out, struct arena *a, struct repo *r,
		const struct rev_range *range, const struct span *paths,
		size_t n, const struct guide_rules *rules, struct error *err);

struct tree_entry {
	struct span path;
	uint32_t mode;
	char id[41];
};
struct tree_list {
	VEC(struct tree_entry) entries; /* sorted by path; files only */
	bool truncated;			/* more than the ceiling */
	char tree[41];
};
/* Every file of a revision's tree (NULL: HEAD's), at most max entries. */
int repo_tree(struct tree_list *out, struct arena *a, struct repo *r,
	      const char *rev, size_t max, struct error *err);
/* A blob by id; over max_file is ERR_REPO. */
int repo_blob(struct span *out, struct arena *a, struct repo *r, const char *id,
	      struct error *err);
/*
 * Many blobs in one question. fn is called once for each id, in order, while
 * the worker reads on: text is {NULL,0} when the id names nothing, no blob, one
 * over max_file or one that would make all together pass max_bytes (itself at
 * most max_diff); later ones that still fit are taken. fn must not ask r. With
 * a NULL the texts last until fn returns, so that memory stays small.
 */
typedef void repo_blob_fn(void *ctx, size_t i, struct span text);
int repo_each_blob(repo_blob_fn *fn, void *ctx, struct arena *a, struct repo *r,
		   const char (*ids)[41], size_t n, size_t max_bytes,
		   struct error *err);
/* The same into an array of n; after a failure it is as far as it came. */
int repo_blobs(struct span *texts, struct arena *a, struct repo *r,
	       const char (*ids)[41], size_t n, size_t max_bytes,
	       struct error *err);
/* A regular file of a revision's tree (NULL: HEAD's); *out {NULL,0} when there
 * is none: links are not followed. */
int repo_file(struct span *out, struct arena *a, struct repo *r,
	      const char *rev, const char *path, struct error *err);
/* git blob ids of n texts. ids is an array of n. */
int repo_hash(char (*ids)[41], struct repo *r, const struct span *texts,
	      size_t n, struct error *err);

enum config_level { CONFIG_SYSTEM, CONFIG_GLOBAL, CONFIG_LOCAL };
struct config_entry {
	enum config_level level;
	struct span name; /* "architect.maxcost": lower case section and key */
	struct span value;
};
struct config_list {
	VEC(struct config_entry) entries; /* in git's order: last wins */
};
/*
 * architect.* of the system, global and repository configuration (also when
 * there is no repository: then without the last), and core.pager of the first
 * two.
 */
int repo_config(struct config_list *out, struct arena *a, struct repo *r,
		struct error *err);

/* Where things are, for doctor and the sentences. */
struct repo_info {
	struct span workdir; /* empty when bare */
	struct span gitdir;
	struct span head_name; /* "main", "detached at 1a2b3c4", "unborn" */
	char head[41];	       /* "" when unborn */
	bool bare, shallow, partial, sparse, linked_worktree;
};
int repo_info(struct repo_info *out, struct arena *a, struct repo *r,
	      struct error *err);

#endif
