/*
 * item - one item read from where it may begin; the outline's own. Total, and
 * linear: what a call reads, the walk then steps over.
 */
#ifndef RUST_ITEM_H
#define RUST_ITEM_H

#include "rust/outline.h"

/* Where an item is looked for: tokens up to `end`, in macro arguments? */
struct item_place {
	const struct tree *tree;
	uint32_t end; /* last token of the group around, or of the file */
	bool macro;
};

/*
 * Read the item whose visibility, qualifiers or keyword begin at token i. On
 * success all of *out is set but what the walk knows: parent, lead, start,
 * lead_line and the flags by attribute and place. False: no item begins here,
 * and *out is unchanged. Either way *next > i is where more items may be found:
 * in the item's body or behind it.
 */
bool item_parse(struct item *out, uint32_t *next, const struct item_place *in,
		uint32_t i);
/* Set an impl's self type, trait and name. out has key, open and last. */
void item_parse_impl(struct item *out, const struct tree *t);

/* Behind token i, or behind its group when it opens one that is closed. */
static inline uint32_t item_skip(const struct tree *t, uint32_t i)
{
	return t->mate[i] > i && tree_paired(t, i) ? t->mate[i] + 1 : i + 1;
}

#endif
