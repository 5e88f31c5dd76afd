/*
 * anchor - where a quotation stands in the code that was sent.
 *
 * A quotation begins and ends where words do, and matches nothing across lines
 * that were left out. A margin or sign that was copied must be true of the
 * place. Of several places the likeliest wins.
 */
#ifndef AGENT_ANCHOR_H
#define AGENT_ANCHOR_H

#include "agent/quotation.h"
#include "agent/shown.h"

/* Lines from one part of a quotation to the next, with and without an ellipsis
 * that says that some are left out. */
#define ANCHOR_APART 60u
#define ANCHOR_SKIP 5u
/* Lines from a change that a claim of something removed may stand at, and from
 * its hint that a quotation of hardly a word may. */
#define ANCHOR_NEAR 3u

/* What else is known of the place. */
struct anchor_hint {
	uint32_t line, last; /* as written, a range; 0: none */
	bool removed;	     /* the words speak of code that is gone */
};

struct anchor {
	uint32_t line; /* the first one quoted, or the hint when it is one */
	uint32_t first, last; /* those quoted */
	bool old;	      /* of the old side */
	bool changed;	      /* one of those quoted is added or removed */
	bool beside;	      /* one of them is near a change */
	bool masked;	      /* something of them is kept back */
	struct span code;     /* those lines, folded; borrows the file's text */
};

/*
 * The place of the quotation in a file; false: there is none. *work is what
 * may be spent, about the bytes looked through; when it is used up nothing is
 * found.
 */
bool anchor_find(struct anchor *out, const struct shown_file *f,
		 const struct quotation *q, const struct anchor_hint *hint,
		 size_t *work);

#endif
