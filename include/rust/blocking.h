/*
 * blocking - calls that keep their thread until they are done (names.h). Total;
 * each question takes bounded time.
 */
#ifndef RUST_BLOCKING_H
#define RUST_BLOCKING_H

#include "rust/names.h"
#include "rust/source.h"

struct blocking {
	uint32_t name, open; /* of the call, and its `(` */
	uint32_t path;	     /* last name of the function's path; LOOK_NONE of
			      * a method that blocks on whatever it is called */
	bool chained;	     /* function and method in one expression */
	const struct names_block *row;
};

/* Is the name at i such a call's, and not awaited? Whether the code there is
 * async is not asked. */
bool blocking_read(struct blocking *out, struct arena *a,
		   const struct source *s, uint32_t i);
/*
 * Does what token i is part of run where the code around it does? Not in a
 * closure that is kept, or given to someone who may run it elsewhere.
 */
bool blocking_here(const struct source *s, uint32_t i);

#endif
