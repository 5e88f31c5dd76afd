/*
 * prose_parts - what prose.c and prose_head.c share.
 */
#ifndef RENDER_PROSE_PARTS_H
#define RENDER_PROSE_PARTS_H

#include "render/grid.h"
#include "render/prose.h"

/* A block that holds blocks. */
struct prose_block {
	enum node_kind kind;
	unsigned number; /* of a list's next item */
	unsigned blocks; /* written in it; of a list: its items */
	size_t line;	 /* of the sheet's, that an item began with */
	bool tall;	 /* a list whose last item wants room behind it */
	bool loose;	 /* an item with paragraphs */
	bool finding;	 /* an item that is one, and what it quotes */
};

struct prose {
	struct sheet *sh;
	const struct places *places;
	highlight_fn highlight;
	/* the first is the text itself */
	struct prose_block blocks[MD_NODES_MAX + 1];
	unsigned depth;
	struct flow flow; /* words of the block under way */
	unsigned emphasis, strong;
	bool in_code;
	struct span lang;
	size_t link_from;
	struct span link;
	struct grid grid;
};

/*
 * The words of an item under way, when they begin as `src/a.rs:5 — …` or
 * `[must-fix] src/a.rs:5 — …` do: give level, place and marks their inks. Tells
 * whether there is a level, and returns the bytes of the head, up to its dash;
 * 0: there is no level, or no place.
 */
size_t prose_head(struct prose *p, bool *finding);
/* Move the head into one flow, without the dash behind it, which leaves the
 * words. */
void prose_split(struct flow *f, size_t head, struct flow *to, struct arena *a);

#endif
