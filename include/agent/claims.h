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
	/* what facts are known of; of those with a group, group 1 is it */
	CLAIM_NO_SAFETY,      /* an unsafe block without a SAFETY comment */
	CLAIM_PRODUCTION,     /* a panic outside of tests */
	CLAIM_NOT_DEPENDENCY, /* a crate (group) that no manifest names */
	CLAIM_UNUSED_CRATE,   /* a dependency (group) that nothing uses */
	CLAIM_NEW_DEPENDENCY, /* one (group) that the manifest gets */
	CLAIM_EDITION,	      /* that the crate is of it (group) */
	CLAIM_MSRV,	      /* that it is this one (group) */
	CLAIM_NO_MSRV,
	/* words that make the above mean something else */
	CLAIM_BUT_SAFETY,
	CLAIM_BUT_PANIC,
	CLAIM_BUT_CRATE,
	CLAIM_BUT_VERSION,
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
