/*
 * safety - which unsafe code says why it is sound.
 *
 * Total; safety_read() is linear, the rest takes a few binary searches.
 */
#ifndef RUST_SAFETY_H
#define RUST_SAFETY_H

#include "rust/source.h"

#define SAFETY_NONE UINT32_MAX

/* Borrows the source; the rest lives in the arena. */
struct safety {
	const struct source *s;
	uint32_t *said; /* how many comments before the i-th say so */
};

enum safety_words {
	SAFETY_FORMAL, /* "safety:" stands in it, in any case, or the heading
			* "# Safety" */
	SAFETY_ANY     /* it gives a reason: safe, valid, because, never … */
};

/* words: when does a comment say so? */
void safety_read(struct safety *out, struct arena *a, const struct source *s,
		 enum safety_words words);

/* Does an unsafe block or an unsafe impl begin with this token? */
bool safety_block(const struct source *s, uint32_t i);
bool safety_impl(const struct source *s, uint32_t i);
/*
 * Is there a comment for the block or impl at `unsafe`? It stands above its
 * line, above its statement or match arm (attributes may come between), or
 * first inside the block. What stands above an impl holds for those on the
 * lines that follow it at once.
 */
bool safety_stated(const struct safety *in, uint32_t unsafe);
/* The same: the comment's index, or SAFETY_NONE. */
uint32_t safety_comment(const struct safety *in, uint32_t unsafe);
/* The same, or for a block in the statement right above, and so on: one comment
 * above unsafe statements in a row. */
bool safety_stated_row(const struct safety *in, uint32_t unsafe);
/* What it says behind "safety:", with the comments on the lines below it; in
 * the arena. */
struct span safety_text(const struct safety *in, struct arena *a,
			uint32_t comment);

/* Is there one for what token i does: above its line or statement, for the
 * unsafe block around it, or in the documentation of its unsafe fn? */
bool safety_stated_for(const struct safety *in, uint32_t i);

#endif
