/*
 * spawn - the calls that start a task. Total; each question takes bounded time,
 * spawn_words() is linear.
 */
#ifndef RUST_SPAWN_H
#define RUST_SPAWN_H

#include "rust/source.h"

/* A call that starts a task and gives its handle. */
struct spawn {
	uint32_t name, open, close; /* of the call */
	uint32_t first;		    /* of its path or receiver */
	struct span path;	    /* as look_path(); a method's name */
	bool dropped;		    /* a statement, its handle let go */
	bool pushed;		    /* the handle goes into a list */
};

/* Is the name at i called so? Known paths (names.h), and, given an async block,
 * what else is called `spawn` in a module or on a runtime or its handle. */
bool spawn_read(struct spawn *out, struct arena *a, const struct source *s,
		uint32_t i);
/* How many names with one of the words in them (apart by blanks) are before
 * each token; of lx.count + 1. */
uint32_t *spawn_words(struct arena *a, const struct source *s,
		      const char *words);

#endif
