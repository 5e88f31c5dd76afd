/*
 * baseline_file - --write-baseline: what a complete review found, in a file
 * that the next ones go by.
 */
#ifndef CLI_BASELINE_FILE_H
#define CLI_BASELINE_FILE_H

#include "agent/baseline.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

struct review;

/* Zero-initialise. */
struct baseline_file {
	const char *path; /* NULL: none is written */
	struct arena arena;
	bool there;
	struct baseline old; /* what is there */
	struct buf text;     /* what is to be there */
	size_t fresh, kept, dropped, left_out;
};

/* Read what is there, whose reasons are to be kept: before the review, so that
 * a bad file costs nothing. ERR_USAGE. */
int baseline_file_open(struct baseline_file *b, const char *path,
		       struct error *err);
/* Make the new one of a review that is complete. */
void baseline_file_render(struct baseline_file *b, const struct review *rv);
/* Write what was made, if anything was; said on stderr. ERR_IO. */
int baseline_file_write(struct baseline_file *b, struct error *err);
void baseline_file_release(struct baseline_file *b);

#endif
