/*
 * unidiff - a unified diff as it is written, read into a change.
 *
 * What `git diff`, `git show`, `git format-patch` (mails, one behind another),
 * `diff -u` and `diff -ru` and the forges write; also with CRLF for LF. The
 * text may come from anybody: total, linear but for sorting the paths. What
 * contradicts itself is refused rather than guessed at: counts that lie, hunks
 * out of order, paths that lead out. A file that several patches change, one
 * after the other, is one change.
 */
#ifndef CORE_UNIDIFF_H
#define CORE_UNIDIFF_H

#include "core/change.h"

struct arena;
struct error;

#define UNIDIFF_FILES_MAX 100000u

/* Blob ids as the diff names them: 4 to 40 hex digits, or "". */
struct unidiff_ids {
	char old[41], new[41];
};

struct unidiff {
	struct change change;	     /* its files sorted by path */
	VEC(struct unidiff_ids) ids; /* one a file, same order */
	VEC(struct span) messages;   /* of mails and of `git show` */
	/* `diff -r`: names of one folder only, of whose files nothing is said
	 */
	VEC(struct span) one_sided;
	bool blank; /* nothing but white space */
};

/*
 * Read a whole diff; out lives in the arena and borrows the text. max: bytes of
 * lines that are kept; a file beyond has too_large set and no hunks. ERR_REPO:
 * a sentence that names the line.
 */
int unidiff_parse(struct unidiff *out, struct arena *a, struct span text,
		  size_t max, struct error *err);

#endif
