/*
 * item_diff - what a change does to items: those of both sides of its files,
 * paired, and the parts in which the two of a pair differ.
 *
 * Total; linear but for sorting. An item is the same one when it has the same
 * kind, name and way down to it (modules, an impl's type and trait); of several
 * such, those that are alike, then as they stand. What then is left over is
 * looked for elsewhere in the change: moved as it was, renamed with the same
 * body, or the only one of its name on either side.
 *
 * Items are what outline.h says, but for `use`, extern crates and what is local
 * to a body: these belong to what they stand in. Tokens are compared, so layout
 * never counts.
 */
#ifndef RUST_ITEM_DIFF_H
#define RUST_ITEM_DIFF_H

#include "base/vec.h"
#include "rust/source.h"

enum item_part {
	PART_ATTRIBUTES = 1,
	PART_HEADER = 2, /* visibility to the body; all of a type alias */
	PART_BODY = 4,	 /* also fields and variants, a const's value; of an
			  * impl, a trait or a module what is no item in it */
	PART_DOCS = 8,
	PART_COMMENTS = 16, /* others, inside of it */
	PART_CODE = PART_ATTRIBUTES | PART_HEADER | PART_BODY
};

enum item_op { OP_ADDED, OP_REMOVED, OP_CHANGED, OP_MOVED, OP_RENAMED };

/* now: OUTLINE_NONE when removed, was: when added. Files are indexes of what
 * was given; an item that moved was in was_file. */
struct item_change {
	enum item_op op;
	uint32_t now, was;
	uint32_t file, was_file;
	unsigned parts;	 /* that differ; 0: moved, or renamed, as it was */
	uint32_t inside; /* the row of the item around that was added or
			  * removed with it, or OUTLINE_NONE */
};

/* The two sides of a file; either may be NULL. */
struct item_pair {
	const struct source *now, *was;
};

/* By file; of a file what is there now by place, then what is gone. Equal items
 * have no row. */
struct item_changes {
	VEC(struct item_change) rows;
};

void item_diff(struct item_changes *out, struct arena *a,
	       const struct item_pair *file, size_t files);

/* Is this item one that may have a row? */
bool item_diff_counts(const struct item *it);
/* The token where an item's body, or a const's value, begins; behind its last
 * when it has none. */
uint32_t item_body_start(const struct source *s, const struct item *it);

#endif
