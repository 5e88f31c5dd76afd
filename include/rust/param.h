/*
 * param - the parameters of a function or closure, and the types they have,
 * read from the tokens. Total; each call is linear in what it steps over.
 */
#ifndef RUST_PARAM_H
#define RUST_PARAM_H

#include "rust/source.h"

/* One parameter: tokens [from, to), its comma left out. */
struct param {
	uint32_t from, to;
	uint32_t pattern; /* behind its attributes */
	uint32_t type;	  /* first token of its type; `to` without one */
};

/* The `(` of a fn's parameters, or LOOK_NONE. */
uint32_t param_open(const struct source *s, const struct item *fn);
/*
 * The next parameter before token `end`; *it is zeroed for the first, which
 * begins at `from`. False when there is none left.
 */
bool param_next(const struct source *s, struct param *it, uint32_t from,
		uint32_t end);
/*
 * The name that a type in [from, to) is known by, the last segment of its
 * path: `Json` of `axum::Json<T>`, also behind `&'a mut`. LOOK_NONE of
 * tuples, slices, `impl`, `dyn` and the like.
 */
uint32_t param_type_name(const struct source *s, uint32_t from, uint32_t to);
/* The first token of its first generic argument that is a type, or LOOK_NONE.
 * name is the type's name. */
uint32_t param_type_argument(const struct source *s, uint32_t name);

#endif
