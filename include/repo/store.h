/*
 * store - an opened repository, inside the worker.
 *
 * Private to this floor. What the rooms that answer questions share: the
 * libgit2 handles, the limits and the words for libgit2's failures. Results
 * live in store->arena, which is emptied after each answer.
 */
#ifndef REPO_STORE_H
#define REPO_STORE_H

#include <git2.h>
#if __has_include(<git2/sys/errors.h>) /* since libgit2 1.8 */
#include <git2/sys/errors.h>
#endif

#include "repo/wire.h"

struct store {
	int fd;		     /* where answers go */
	git_repository *git; /* NULL: broken says why */
	git_odb *odb;
	/* the same objects without configuration, index, work tree: blobs of
	 * this one are compared without asking for their attributes */
	git_repository *plain;
	git_config *user; /* system, XDG and global; never NULL */
	struct error broken;
	struct place place;
	const char *prefix; /* cwd below the work tree: "" or "a/b/" */
	bool shallow, partial;
	struct arena own;   /* lives as long as the worker */
	struct arena arena; /* lives as long as a question */
};

/* Start libgit2 and open what place names; what fails goes to s->broken. */
void store_open(struct store *s, const struct place *place);

/*
 * Say that "doing what" failed with libgit2's code rc, in the words that help
 * here: a missing object of a partial or shallow clone, memory, a ceiling.
 */
int store_fail(struct store *s, struct error *err, int rc, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Every read of an object, libgit2's own included, passes these checks. */
void guard_odb(git_odb *odb, int64_t max_blob);
/* Change the ceiling of blobs. */
void guard_limit(int64_t max_blob);
/* What libgit2 gives back for an object over its ceiling. */
#define GUARD_TOO_LARGE GIT_EUSER

/* The configuration files as git finds them (config.c). */
git_config *config_open_user(void);
/* Add to a repository's configuration what libgit2 does not look for. */
void config_add_overrides(git_config *cfg, git_repository *git);
int config_list(struct store *s, struct config_list *out, struct error *err);
/* Is this folder in the user's safe.directory? */
bool config_says_safe(git_config *user, const char *path);

/* Resolve (resolve.c), and the questions about words (words.c). */
int resolve_spec(struct store *s, struct rev_range *out,
		 const struct rev_spec *spec, struct error *err);
/* A word as an object, or a failure with the words that help. */
int resolve_object(struct store *s, git_object **out, const char *word,
		   struct error *err);
int resolve_commit(struct store *s, git_commit **out, const char *word,
		   struct error *err);
/* The tree of a word (NULL: HEAD; *out stays NULL when it is unborn). */
int resolve_tree(struct store *s, git_tree **out, const char *word,
		 struct error *err);
/* An id as hex; the three forms the range knows. */
int tree_by_id(struct store *s, git_tree **out, const char *hex,
	       struct error *err);

/* A folder, file or pattern as the user wrote it, from the top of the tree. */
int pathspec_parse(struct store *s, struct span *out, const char *word,
		   struct error *err);
bool pathspec_match(const struct rev_range *range, struct span path);
/* A failure when one of the paths matches no file of the range's new tree:
 * less than was asked for would be reviewed, silently. */
int paths_check(struct store *s, const struct rev_range *range,
		struct error *err);
/* Does the word name something in the work tree? */
bool word_is_path(struct store *s, const char *word);
/* May it stand where only paths may: a path, a glob, magic? */
bool word_may_be_path(struct store *s, const char *word);
/* Say what a word that is neither was meant to be, and what helps. Returns -1.
 */
int word_unknown(struct store *s, const char *word, struct error *err);

/* The questions. */
int diff_run(struct store *s, struct change *out, const struct rev_range *range,
	     struct error *err);
int guides_collect(struct store *s, struct guide_list *out,
		   const struct rev_range *range, const struct span *paths,
		   size_t n, const struct guide_rules *rules,
		   struct error *err);
int read_commits(struct store *s, struct commit_list *out, const char *range,
		 struct error *err);
int read_intent(struct store *s, struct commit_list *out,
		const struct rev_range *range, size_t max, struct error *err);
/* Fill in commits and shallow of a resolved range. */
void count_commits(struct store *s, struct rev_range *r);
int read_tree(struct store *s, struct tree_list *out, const char *rev,
	      size_t max, struct error *err);
int read_blob(struct store *s, struct span *out, const char *id,
	      struct error *err);
/*
 * A blob as libgit2 holds it, no copy. text.ptr is NULL when the id names
 * nothing, no blob, or one over max_file or max bytes; the last two are told
 * by its header, before it is read.
 */
struct blob {
	git_odb_object *object;
	struct span text;
};
int blob_open(struct store *s, struct blob *b, const char *id, size_t max,
	      struct error *err);
void blob_close(struct blob *b);
/* A blob's bytes in the arena; GUARD_TOO_LARGE or another code, or 0. */
int read_oid(struct store *s, struct span *out, const git_oid *id);
int read_file(struct store *s, bool *there, struct span *out, const char *rev,
	      const char *path, struct error *err);
int read_info(struct store *s, struct repo_info *out, struct error *err);

/* The old sides of a diff's files (base.c). */
int bases_find(struct store *s, struct base *out, const struct base_want *want,
	       size_t n, struct error *err);

void hex_of(char (*out)[41], const git_oid *id);

#endif
