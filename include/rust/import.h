/*
 * import - what the `use` items of a file bring into scope, by the name the
 * code calls it (The Rust Reference, "Use declarations").
 *
 * Total, iterative, linear but for sorting.
 */
#ifndef RUST_IMPORT_H
#define RUST_IMPORT_H

#include "rust/outline.h"

struct import {
	struct span name; /* as called: the last segment, or what `as` says;
			   * "*" of a glob, "_" of a trait's `as _` */
	struct span path; /* "std::sync::Mutex", without blanks; of a glob
			   * what stands before its `::*` */
	uint32_t token;	  /* of the last segment, or the `*` */
	uint32_t item;	  /* the use's */
};

/* By name, then as they stand. In the arena. */
struct imports {
	struct import *row;
	size_t len;
};

void import_collect(struct imports *out, struct arena *a,
		    const struct outline *o);
/*
 * The path that a name stands for at a token; empty when no `use` in the items
 * around it names it. The innermost item's counts, of several there the first
 * (cfg may choose another); a module sees its parents', as if by `super::*`.
 */
struct span import_path(const struct imports *in, const struct outline *o,
			struct span name, uint32_t token);

#endif
