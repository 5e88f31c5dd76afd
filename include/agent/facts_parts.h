/* facts_parts - the rows of the table of facts; not for callers. */
#ifndef AGENT_FACTS_PARTS_H
#define AGENT_FACTS_PARTS_H

#include "agent/ground_parts.h"

/* A finding that makes the claim of a row. */
struct fact_look {
	struct ground *ground;
	const struct look *look;
	struct span word; /* what the claim names: a crate, a version */
};

/* True: the claim does not hold, and fact says why. */
bool fact_safety(struct fact_look *l, struct buf *fact);
bool fact_test(struct fact_look *l, struct buf *fact);
bool fact_dependency(struct fact_look *l, struct buf *fact);
bool fact_used(struct fact_look *l, struct buf *fact);
bool fact_no_dependency(struct fact_look *l, struct buf *fact);
bool fact_edition(struct fact_look *l, struct buf *fact);
bool fact_msrv(struct fact_look *l, struct buf *fact);
bool fact_has_msrv(struct fact_look *l, struct buf *fact);

#endif
