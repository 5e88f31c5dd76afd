/*
 * claims - what a finding's words speak of: a closed table of patterns.
 *
 * Conservative: a claim is read only from wordings that can hardly mean
 * anything else, so what is not read as one may be one all the same.
 */
#ifndef AGENT_CLAIMS_H
#define AGENT_CLAIMS_H

#include "base/re.h"

enum claim {
	CLAIM_REMOVED, /* code that the change took away */
	CLAIM_MASKED,  /* a value as if it stood in the code */
	CLAIMS
};

/* Zero-initialise; open before asking. */
struct claims {
	struct re *re[CLAIMS];
};

void claims_open(struct claims *c);
void claims_close(struct claims *c);
/* Is it said? groups as re_match()'s; may be NULL with n 0. */
bool claims_say(const struct claims *c, enum claim claim, struct span text,
		struct span *groups, size_t n);

#endif
