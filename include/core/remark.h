/*
 * remark - the findings written in a section's text.
 *
 *	- [must-fix] src/pool.rs:88 — what is wrong
 *	  > let conn = self.idle.lock().unwrap().pop();
 *
 * A list item whose level stands in brackets; or in emphasis, code or before a
 * colon, when a path follows. The place may be missing, in back-ticks, bold or
 * a link; `:88-92`, `:L88`, `#L88`, `(line 88)` are read as line 88. The quote
 * is the first quotation, fence or line of code in the item. An item that
 * names none of the four levels is no finding. Total, linear.
 */
#ifndef CORE_REMARK_H
#define CORE_REMARK_H

#include "base/vec.h"
#include "core/finding.h"

struct report;

/* A finding and where it stands in its section's text. */
struct remark {
	struct finding finding; /* path borrows the text; the rest the arena */
	/* Path and line with their marks; where they would stand when empty. */
	struct span place;
	/* "88", "88-92" in it; where it would stand when empty. */
	struct span number;
	uint32_t last; /* the end of its range; the line itself without one */
	/* The words begin behind level and place, a mark of ground's first if
	 * there is one, and end with their paragraph. */
	const char *words, *words_end;
	struct span item;   /* its lines, the marker's first */
	struct span quoted; /* those of its quote; empty when there is none */
};

struct remarks {
	VEC(struct remark) rows; /* as they stand there */
};

/* The findings of a text, that of the section of this index. */
void remark_read(struct remarks *out, struct arena *a, struct span text,
		 unsigned section);
/* Append the findings of the section of that index to r->findings. */
void remark_parse(struct report *r, struct arena *a, unsigned section);

#endif
