/*
 * statement - what a change says of itself, for rules that ask whether it is
 * said (rust/stated.h).
 */
#ifndef AGENT_STATEMENT_H
#define AGENT_STATEMENT_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct change;
struct task_input;

/* The commits' subjects and the intent, an empty line, the commits' messages
 * and lines added to change logs; lives in the arena. The commits must have
 * been read. */
struct span statement_text(const struct task_input *in, struct arena *a);
/* Does it give a package or workspace another version, or add to a change log?
 */
bool statement_announces(const struct change *c);

#endif
