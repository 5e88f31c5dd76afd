/*
 * shown - the code that a model was sent, by file and line, for what it says
 * of it to be looked up.
 *
 * The lines are those of agent/margin: masked and made visible. Linear in what
 * was sent.
 */
#ifndef AGENT_SHOWN_H
#define AGENT_SHOWN_H

#include "agent/fold.h"

struct source;
struct task_input;

/* Lines further from a changed one than this count as this far. */
#define SHOWN_FAR 1000u

struct shown_line {
	uint32_t number; /* of its side */
	uint32_t far;	 /* lines to the nearest changed or missing one */
	bool old;	 /* of the old side */
	bool changed;	 /* added or removed */
	bool masked;	 /* something of it is kept back */
};

enum shown_side {
	SHOWN_NEW,   /* context, added lines, what stands beside the patch */
	SHOWN_OLD,   /* context and removed lines */
	SHOWN_WOVEN, /* hunks as they stand, both kinds */
	SHOWN_SIDES
};

/* Lines, folded; a gap where some are left out between two of them. */
struct shown_text {
	struct fold fold;
	VEC(struct shown_line) lines; /* one for each of fold.lines */
};

struct shown_file {
	struct span path, old_path; /* old_path: empty unless it differs */
	struct span name;	    /* path as it was sent */
	struct shown_text side[SHOWN_SIDES];
	/* Where these are known: the Rust of each side. */
	const struct source *now, *was;
};

/* Zero-initialise. */
struct shown {
	VEC(struct shown_file) files;
};

/* Fill it for a task; lives in the arena but for its buffers. */
void shown_read(struct shown *out, struct arena *a,
		const struct task_input *in);
void shown_release(struct shown *s);

enum shown_match {
	SHOWN_NOT,
	SHOWN_EXACT,  /* its path, perhaps behind "./", "a/" or "b/" */
	SHOWN_FORMER, /* its path before a rename */
	SHOWN_SHORT   /* the end of its path and of no other's */
};

/* The file that a path means, or NULL. */
const struct shown_file *shown_find(const struct shown *s, struct span path,
				    enum shown_match *how);

#endif
