/*
 * attribute - what an item's attributes say of it. Total, linear.
 */
#ifndef RUST_ATTRIBUTE_H
#define RUST_ATTRIBUTE_H

#include "rust/tree.h"

/* Zero-initialise; each call adds to it. */
struct attribute {
	unsigned flags;	  /* of enum item_flag */
	struct span path; /* #[path = "…"], without quotes */
};

/* The attributes whose tokens are [from, to), each `#` or `#!` and a group. */
void attribute_read(struct attribute *out, const struct tree *t, uint32_t from,
		    uint32_t to);

#endif
