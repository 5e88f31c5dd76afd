/*
 * context - what kind of code each token stands in: one pass with a stack.
 *
 * Total, iterative, linear. A fn's body starts anew: nothing of what is around
 * it holds in there. An async block, a closure or an async closure inherits
 * but for what it sets. A closure in async code is async code (it is called
 * there), unless it is given to spawn_blocking and its like (names.h).
 */
#ifndef RUST_CONTEXT_H
#define RUST_CONTEXT_H

#include "rust/outline.h"

enum context_flag {
	CONTEXT_FN = 1,		/* in the body of a fn */
	CONTEXT_ASYNC = 2,	/* runs on an async executor's thread */
	CONTEXT_CLOSURE = 4,	/* in a closure of that body */
	CONTEXT_BLOCKING = 8,	/* in a closure where blocking is allowed */
	CONTEXT_LOOP = 16,	/* in the body of a loop of that fn, closure
				 * or async block */
	CONTEXT_UNSAFE = 32,	/* in an unsafe block, or an unsafe fn's body */
	CONTEXT_MACRO_DEF = 64, /* in macro_rules! or a `macro`: nothing else
				 * is said */
	CONTEXT_MACRO = 128	/* in a macro's arguments */
};

/* Arrays of lx->count + 1 in the arena. */
struct context {
	const struct outline *outline;
	uint8_t *flags; /* of enum context_flag */
	/*
	 * Where the innermost body around the token begins: the `{` of a fn
	 * or async block, the first `|` of a closure; TREE_NONE outside. Two
	 * tokens of one body, and those alone, can hold values across each
	 * other's `.await`.
	 */
	uint32_t *body;
};

void context_build(struct context *out, struct arena *a,
		   const struct outline *o);

#endif
