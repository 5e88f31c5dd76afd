/*
 * notices - what the program itself finds in a change, in any language: text
 * that hides, secrets, and edits of what steers a review.
 *
 * A notice is a row like a rule's, and a finding like one: it stands in the
 * report whatever a model says, counts for gates by its level, and in Rust code
 * an `architect: allow(…)` silences it.
 */
#ifndef AGENT_NOTICES_H
#define AGENT_NOTICES_H

#include <stdbool.h>
#include <stddef.h>

#include "rust/rules.h"

struct arena;
struct task_input;

extern const struct rule notice_table[];
extern const size_t notice_count;
/* The row of that id, or NULL. */
const struct rule *notice_find(struct span id);

/*
 * Append what is found in what was gathered, the guides included, to
 * in->code.rules: one group a row and file. Quotes are masked and visible.
 * Lives in the arena.
 */
void notices_add(struct task_input *in, struct arena *a, bool trust_allows);

#endif
