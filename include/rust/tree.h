/*
 * tree - the brackets of a token list, matched, and the statements between.
 *
 * Total, iterative, linear. A file whose brackets balance is matched strictly.
 * Another is matched again by its layout: a `}` that opens its line closes the
 * `{` whose line is indented alike, an item no deeper than a `{` around it ends
 * that one, and `)` or `]` never closes across a `{`; what then finds no
 * partner stands alone.
 *
 * Promises, i and j being token indexes:
 *
 *   - mate[i] of an opening bracket is the last token of its group, its
 *     closing bracket or, when it has none, the last token inside (itself
 *     when nothing is): mate[i] + 1 always steps over the group
 *   - mate[i] of a closing bracket is its opening one, of any other token i
 *     itself; brackets without a partner have tree_paired() false
 *   - groups nest; parent[i] is the opening bracket of the innermost group
 *     around i (for a bracket: around its group), TREE_NONE outside of all
 */
#ifndef RUST_TREE_H
#define RUST_TREE_H

#include "rust/lexer.h"

#define TREE_NONE UINT32_MAX
#define TREE_DEPTH_MAX 512u

enum tree_flag {
	TREE_DAMAGED = 1, /* does not balance */
	TREE_DEEP = 2	  /* nests deeper than TREE_DEPTH_MAX */
};

/* Borrows lx; arrays of lx->count + 1 in the arena. */
struct tree {
	const struct lexer *lx;
	uint32_t *mate, *parent;
	/* set by tree_statements(): the first token of the statement i is
	 * part of, in the innermost group around it. See there. */
	uint32_t *first;
	uint32_t depth;
	unsigned flags;
};

void tree_build(struct tree *out, struct arena *a, const struct lexer *lx);

/*
 * Find where statements begin; what the outline does not need. In braces one
 * begins behind `;`, behind the `,` of arms, fields and variants, and behind a
 * block that ends one; in other brackets behind `,` and `;`. Attributes belong
 * to what follows them. An opening bracket and its partner belong to the
 * statement around them. first[i] <= i always, and a statement begins no
 * earlier than its group's first token.
 */
void tree_statements(struct tree *t, struct arena *a);

/* Is the bracket i closed, or closing one that was opened? */
static inline bool tree_paired(const struct tree *t, uint32_t i)
{
	uint32_t m = t->mate[i];

	return m != i && t->mate[m] == i;
}

#endif
