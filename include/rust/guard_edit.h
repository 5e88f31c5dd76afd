/*
 * guard_edit - ending a guard before an `.await`, as an edit of the text.
 */
#ifndef RUST_GUARD_EDIT_H
#define RUST_GUARD_EDIT_H

#include "rust/guard.h"
#include "rust/rule.h"

/*
 * Where the guard's own block, or `drop(name);` behind its last use, is a
 * change of text alone that compiles and does the same: add it to the place.
 * Otherwise nothing is added. await: the first token that waits.
 */
void guard_edit(struct rule_run *r, struct rule_place *p,
		const struct source *s, const struct guard *g, uint32_t await);

#endif
