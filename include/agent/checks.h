/*
 * checks - the program's own findings as part of a report.
 *
 * A model is given them to confirm or reject; what of tier A it does not say
 * itself, at its place and as gravely, and every notice, is printed all the
 * same, marked as the program's own: no reply lowers what a review ends with.
 * What comments silence and what the caps left out stands in the ledger.
 */
#ifndef AGENT_CHECKS_H
#define AGENT_CHECKS_H

#include <stdbool.h>

struct arena;
struct buf;
struct report;
struct rule_group;
struct rule_report;

/* A model's finding this near a place may speak of it. */
#define CHECK_LINES 3

/*
 * One finding as a list item of a reply: place, text, quote. marked: say that
 * it is the program's own.
 */
void check_item(struct buf *out, const struct rule_group *g, bool marked);
/* Those for a model that it may reject, or (always) those that stand in the
 * report whatever it says: a numbered line each; nothing when there is none. */
void checks_write(struct buf *out, const struct rule_report *rules,
		  bool always);
/*
 * Into a model's complete report, looked up: the places of tier A findings that
 * no finding of its answers, and the notices, each at the end of its section.
 * A finding answers a place that it is verified at or near, at the rule's level
 * or above, when it stands on the same line or shares a word with the rule's
 * name.
 */
void checks_merge(struct report *r, struct arena *a,
		  const struct rule_report *rules);
/* Mark the findings of a report that is the program's own from the first word
 * to the last. */
void checks_own(struct report *r, struct arena *a,
		const struct rule_report *rules);
/* Once the findings are what they will be: r->rules. */
void checks_rules(struct report *r, struct arena *a);
/* The ledger's rows. */
void checks_ledger(struct report *r, struct arena *a,
		   const struct rule_report *rules);

#endif
