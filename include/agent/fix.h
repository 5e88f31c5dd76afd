/*
 * fix - edits that mend what findings say: proposed by rules and by a model's
 * code examples, kept only when they are known to apply.
 */
#ifndef AGENT_FIX_H
#define AGENT_FIX_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct finding;
struct ground;
struct report;
struct rule_group;
struct rule_place;
struct task_input;

/* The edits of a rule's finding, all its places', as f->fix; none of a rule
 * whose edits are to be filled in. */
void fix_of_group(struct finding *f, struct arena *a,
		  const struct rule_group *g);
/* Likewise of one of its places alone. */
void fix_of_place(struct finding *f, struct arena *a,
		  const struct rule_group *g, const struct rule_place *p);

/*
 * Give a model's verified findings the edits that its code examples make: a
 * fence beneath the finding, or one whose line before names the finding's
 * place. Proposals: fixes_join() proves them. The sections are as they were
 * written.
 */
void fixes_read(struct ground *g);

/*
 * Keep of all findings' fixes those that are proven and no two of which change
 * the same lines (the first wins), and write the report's patch and the note
 * on what was left out of it. Proven: the file's new side is known, has lines
 * that end in LF and is shown; none of its lines near an edit is masked or
 * would be printed other than it is; Rust that balanced balances still; and the
 * patch, read and applied by itself, gives what was meant.
 */
void fixes_join(struct report *r, struct arena *a, const struct task_input *in);

/* Would a report print other bytes than these: masks, escapes? */
bool fix_alters(struct span text);

#endif
