/*
 * reference - the names that code of some lines uses and does not bind itself:
 * what is called, written as a type, built, or asked of a path.
 *
 * By the tokens alone: where a receiver's type is written near (self, a field
 * of a struct of this file, a parameter, a `let` with its type or with
 * `Type::…`), it is given as the owner; elsewhere the owner is not known.
 * Total, linear but for sorting. A file that nests too deep (TREE_DEEP) uses
 * nothing.
 */
#ifndef RUST_REFERENCE_H
#define RUST_REFERENCE_H

#include "base/vec.h"
#include "rust/source.h"

enum reference_kind {
	REFERENCE_CALL,	   /* `name(`, `Type::name(`, `module::name(` */
	REFERENCE_METHOD,  /* `.name(` */
	REFERENCE_TYPE,	   /* a type, trait, variant or constant: by its capital
			    * letter; the last segment of a path */
	REFERENCE_LITERAL, /* `Name { …` */
	REFERENCE_MACRO,   /* `name!` */
};

/* Spans borrow from the source or live in the arena. */
struct reference {
	enum reference_kind kind;
	struct span name;  /* as its definition calls it, not as `use … as` */
	struct span owner; /* the type it is asked of, or empty */
	struct span module; /* the path in front as imports resolve it:
			     * "crate::sync", "super", "tokio::time"; or empty:
			     * none is written */
	uint32_t token;	    /* of the first use */
	uint32_t count;
};

struct references {
	VEC(struct reference) rows; /* in the order of their first use */
};

/*
 * What tokens on lines with any of these flags use (line: an array by line
 * number; NULL: all lines). Left out: names of std's prelude that no `use`
 * redefines, generic parameters, names bound in the same function, what stands
 * in attributes and `use` items, and names that are being defined.
 */
void reference_collect(struct references *out, struct arena *a,
		       const struct source *s, const uint8_t *line,
		       uint8_t flags);

#endif
