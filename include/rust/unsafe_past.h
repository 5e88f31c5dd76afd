/*
 * unsafe_past - unsafe code that says nowhere why it is sound, as it stood
 * before a change. What a change moves, wraps or touches in part is no news,
 * and nor is one such block more in a file that never says why. That others
 * went away excuses nothing.
 *
 * Total; linear but for sorting.
 */
#ifndef RUST_UNSAFE_PAST_H
#define RUST_UNSAFE_PAST_H

#include "base/hashes.h"
#include "rust/safety.h"

struct rule_input;
struct rule_file;

/* Of a file, or of all: with and without a word on why; blocks, then impls. */
struct unsafe_count {
	uint32_t bare[2], said[2];
};

/* A bare one of an old side. */
struct unsafe_old {
	uint64_t place; /* a hash of the item around it */
	const struct source *s;
	uint32_t at; /* its token `unsafe` */
};

struct unsafe_past {
	const struct rule_input *in;
	/* Hashes, sorted, of bare ones on both sides: their tokens, and where
	 * they stand. */
	struct hashes was_text, now_text, now_place;
	VEC(struct unsafe_old) old; /* sorted by place */
	struct unsafe_count was;
	struct unsafe_count *file; /* old sides, by index */
};

/* Does an unsafe block or impl begin here that says nothing, and is in no
 * unsafe fn, whose callers have taken over what it relies on? */
bool unsafe_bare(const struct safety *safety, uint32_t i);

void unsafe_past_read(struct unsafe_past *out, struct arena *a,
		      const struct rule_input *in);
/* Is the bare one at token i of the file's new side none that the change
 * adds: was its code there as often, or like code in the same item? */
bool unsafe_known(const struct unsafe_past *p, const struct rule_file *f,
		  uint32_t i);
/* Did the file, or for a new one the change's files, leave most unsafe code
 * of the kind, blocks or impls, without a word? */
bool unsafe_custom(const struct unsafe_past *p, const struct rule_file *f,
		   bool impl);

#endif
