/* known_parts - what the files of known share; not for callers. */
#ifndef AGENT_KNOWN_PARTS_H
#define AGENT_KNOWN_PARTS_H

#include "agent/known.h"

/* What becomes of a row in a report. */
struct known_outcome {
	const struct known_row *row;
	bool again; /* a finding repeats it */
	enum known_said said;
};

/*
 * Read what the model says of the rows, a line each, wherever it stands:
 *
 *	- k3: still open — the guard lives on until line 90
 *
 * "still open", "solved" or "cannot tell", with or without marks and the words
 * behind. said is set, of two that differ the more careful one; the lines name
 * the place, and say what the code says otherwise. Total, linear. of[i] is the
 * row of number i + 1.
 */
void known_said(struct report *r, struct arena *a, struct known_outcome *of,
		size_t n);
/* Say in the sections' text which findings are known. */
void known_mark(struct report *r, struct arena *a);

#endif
