/*
 * binding - what a function binds to names, and the types written there; for
 * reference.c.
 *
 * Total. A name's last few bindings are looked at, a type's first tokens, a
 * struct's first fields: each question takes bounded time.
 */
#ifndef RUST_BINDING_H
#define RUST_BINDING_H

#include "rust/skim.h"
#include "rust/source.h"

struct binding {
	uint32_t token;
	uint32_t before;  /* the same name's last one, + 1; 0: none */
	struct span type; /* its name; empty: not written */
};

/* Of one source; zero-initialise but for the first two. */
struct bindings {
	const struct source *source;
	struct arena *arena;  /* for what lives as long as the walk */
	struct arena scratch; /* release it */
	uint32_t item;	      /* whose bindings these are */
	struct skim names;
	VEC(uint32_t) last; /* of each name, + 1 */
	VEC(struct binding) rows;
	struct skim structs;
	VEC(uint32_t) struct_item;
	bool indexed; /* structs are */
};

/* Is the name at a token bound earlier in the function around it? */
bool binding_known(struct bindings *b, uint32_t token);
/*
 * The name of the type of the operand before the `.` at dot, as far as tokens
 * near it say; empty when they do not. Wrappers (&, Arc, Box, Option …) are
 * looked through.
 */
struct span binding_receiver(struct bindings *b, uint32_t dot);
/* The name that `Self` stands for at a token; empty outside of impls. */
struct span binding_self(const struct source *s, uint32_t token);

#endif
