/*
 * clones - where a file clones an Arc or a String that has a name: `x.clone()`,
 * `self.x.clone()`, `Arc::clone(&x)`, `String::clone(&x)`.
 *
 * A name's type is the one that stands with its nearest `let` or parameter in
 * the function, or with its field in a struct of the file, or that its first
 * value shows: `Arc::new(…)`, `String::from(…)`, `format!(…)`. What is not
 * visible so is left out, and so are tests and macro definitions. Total; the
 * first CLONES_MAX clones of a file are looked at.
 */
#ifndef RUST_CLONES_H
#define RUST_CLONES_H

#include "base/vec.h"
#include "rust/source.h"

#define CLONES_MAX 500

enum clone_of { CLONE_NONE, CLONE_ARC, CLONE_STRING, CLONE_KINDS };

struct clone_row {
	enum clone_of of;
	struct span name; /* "pool", "self.pool"; from the source */
	uint32_t token;	  /* `clone` */
};

struct clones {
	VEC(struct clone_row) rows; /* by place */
};

/* out: zero-initialised. */
void clones_find(struct clones *out, struct arena *a, const struct source *s);
/* "Arc", "String" */
const char *clone_of_name(enum clone_of of);

#endif
