/*
 * effect - the calls that tell how code shares time and memory: tasks, locks,
 * channels, timers, atomics; allocations and copies. By their names alone.
 *
 * Total, linear.
 */
#ifndef RUST_EFFECT_H
#define RUST_EFFECT_H

#include "base/vec.h"
#include "rust/names.h"
#include "rust/source.h"

struct effect {
	enum names_effect kind;
	uint32_t at;	   /* the name */
	uint32_t from, to; /* tokens that show it: "tokio::spawn", ".lock()" */
	bool in_loop;
};

struct effects {
	VEC(struct effect) rows; /* by place */
};

#define EFFECTS_MAX 512u

/* Those of the tokens [from, to), the first EFFECTS_MAX. */
void effects_find(struct effects *out, struct arena *a, const struct source *s,
		  uint32_t from, uint32_t to);
/* Do two show the same tokens? */
bool effect_same(const struct source *s, const struct effect *a,
		 const struct source *t, const struct effect *b);

#endif
