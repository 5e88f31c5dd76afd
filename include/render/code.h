/*
 * code - lines of code and of diffs in their colours.
 */
#ifndef RENDER_CODE_H
#define RENDER_CODE_H

#include "render/flow.h"
#include "render/render.h"

/*
 * Append code of that language ("rust,ignore", "diff", any), with blanks for
 * tabs and without its last newline. highlight tells Rust; NULL: it is plain.
 */
void code_add(struct flow *f, struct span lang, struct span text,
	      highlight_fn highlight);

#endif
