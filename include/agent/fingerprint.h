/*
 * fingerprint - who a finding is, wherever its line moves.
 */
#ifndef AGENT_FINGERPRINT_H
#define AGENT_FINGERPRINT_H

#include "base/text.h"

struct arena;
struct finding;
struct rule;
struct rule_spot;
struct source;

/* What a finding is about, beside its rule. */
struct fingerprint {
	struct span path, item; /* item: that around it; may be empty */
	struct span code;	/* empty: its quote, or else its text */
	const char *section;	/* its id */
};

/* Fill f->fingerprint: a hash of all that, code without white space. */
void fingerprint_set(struct finding *f, const struct fingerprint *of);
/* The same of a place that a rule of ours found. */
void fingerprint_spot(char out[17], const struct rule *rule, struct span path,
		      const struct rule_spot *spot);
/* "Pool::query": the items around a line, the innermost eight; in the arena,
 * empty: none. */
struct span fingerprint_item(struct arena *a, const struct source *s,
			     uint32_t line);

#endif
