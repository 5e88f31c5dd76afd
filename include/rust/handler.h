/*
 * handler - the functions that a file gives to Axum's routers, and what their
 * arguments take of a request. Total; linear but for sorting names.
 */
#ifndef RUST_HANDLER_H
#define RUST_HANDLER_H

#include "base/vec.h"
#include "rust/names.h"
#include "rust/param.h"

/* axum implements Handler for functions of as many extractors. */
#define HANDLER_ARGUMENTS 16

/* A fn's name that the file calls, or gives to a router. */
struct mention {
	struct span name;
	uint32_t token;
	uint32_t route; /* `post` of `post(create)`, or LOOK_NONE */
};

/* `post(|State(db): State<Db>, body: String| …)`: `post`, and the first `|`. */
struct route_closure {
	uint32_t route, pipe;
};

/* Borrows the source; lives in the arena. */
struct routes {
	const struct source *s;
	struct arena *arena;
	VEC(struct mention) mentions; /* sorted by name, routes first */
	VEC(struct mention)
	impls; /* of FromRequest and FromRequestParts;
		* token: the item's index */
	VEC(struct route_closure) closures;
};

void routes_read(struct routes *out, struct arena *a, const struct source *s);
/* The first mention of a name, a route when there is any; or NULL. Calls in
 * test code and methods' calls are none. */
const struct mention *routes_find(const struct routes *r, struct span name);

struct handler_argument {
	struct param param;
	uint32_t name; /* of its type, within wrappers; or LOOK_NONE */
	enum names_extractor kind;
	bool destructured; /* `Json(body): Json<Body>` */
	bool by_value;	   /* no reference, no `impl` */
};

/* A fn or closure that may be a handler. */
struct handler {
	struct handler_argument arg[HANDLER_ARGUMENTS];
	size_t args;	 /* without a middleware's Next */
	bool middleware; /* there is one */
	struct span name;
	const struct item *fn; /* NULL: a closure */
};

/* Add the arguments in tokens [from, end). False: none, or too many. */
bool handler_read(struct handler *h, const struct routes *r, uint32_t from,
		  uint32_t end);
/* Does the argument consume the request's body? */
bool handler_takes_body(const struct handler_argument *arg);

#endif
