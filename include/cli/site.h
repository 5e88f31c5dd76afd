/*
 * site - what a batch leaves for people: a page a job and an index of them,
 * in one folder.
 *
 * Ids come from outside: each is spelled into a file's name that is its own,
 * on file systems that do not tell case as well, and stands in the folder.
 * Pages are written whole or not at all. All that is kept of a job is a row of
 * the index.
 */
#ifndef CLI_SITE_H
#define CLI_SITE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "render/render.h"

struct review;
struct settings;

/* Zero-initialise. */
struct site {
	const char *dir; /* NULL: none are wanted */
	struct render_style style;
	struct arena arena;
	VEC(struct index_row) rows;
	struct buf out;
};

/* Make the folder ready; dir may be NULL. ERR_IO. */
int site_open(struct site *p, const char *dir, const struct settings *s,
	      struct error *err);
/*
 * A job is over: write its page, if it is complete, and take its row. status
 * and why as in its record. ERR_IO.
 */
int site_add(struct site *p, const struct review *rv, const char *status,
	     const char *why, struct error *err);
/* Write index.html of all rows, in the order of the input. ERR_IO. */
int site_index(struct site *p, struct error *err);
void site_close(struct site *p);

/*
 * The name of the page of a job: a-z, 0-9, `-` and inner `.` as they are, A-Z
 * behind a `_`, `_` twice, other bytes as `~hh`; a long one is cut and ends in
 * "~~" and the job's number. "index" is spelled so that it is none, "" as `~`.
 */
const char *site_name(struct arena *a, const char *id, size_t number);

#endif
