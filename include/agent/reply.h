/*
 * reply - a model's text into sections and findings, by concept.
 *
 * Total: any bytes, linear time, iterative. What is a heading: contract.md,
 * "The reply". Text is never thrown away: what stands before the first known
 * heading is kept as the preamble, what stands under an unknown heading stays
 * in the section it stands in, with that heading.
 */
#ifndef AGENT_REPLY_H
#define AGENT_REPLY_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct report;
struct section_list;

/*
 * Fill out->sections (one each of want, in its order), out->findings and
 * out->preamble. cut: the reply was ended by its length, so the last section
 * found is SECTION_CUT, whatever it holds. Spans borrow from text or live in
 * the arena.
 */
void reply_parse(struct report *out, struct arena *a,
		 const struct section_list *want, struct span text, bool cut);

/*
 * Take from `more` (a reply to "send exactly these sections") each section
 * that `r` lacks, has empty or has cut; what r has stays as it is. Findings
 * follow their sections; further text of `more` goes behind r's preamble.
 */
void reply_merge(struct report *r, struct arena *a, const struct report *more);

#endif
