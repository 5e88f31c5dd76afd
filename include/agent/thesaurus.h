/*
 * thesaurus - the words that a request for Rust code leaves out or says
 * otherwise, in tables: what says nothing, what means the same, what is of one
 * family.
 */
#ifndef AGENT_THESAURUS_H
#define AGENT_THESAURUS_H

#include <stdbool.h>

#include "base/text.h"

/* Does a word of a request say nothing about where to look? Lower case. */
bool thesaurus_common(struct span word);
/*
 * Blank-separated words that mean the same as this stem (agent/terms.h), of
 * which the word itself is one; NULL when there are none.
 */
const char *thesaurus_same(struct span stem);
/* The family that a word names a member of, blank-separated members; NULL when
 * there is none. */
const char *thesaurus_family(struct span word);

#endif
