/*
 * decision - where code decides what it does: conditions, arms, checks, ways
 * out; and how a change alters them.
 *
 * Total; finding is linear, comparing is linear but for bodies of up to
 * DECISIONS_MAX decisions on each side, which are aligned.
 */
#ifndef RUST_DECISION_H
#define RUST_DECISION_H

#include "base/vec.h"
#include "rust/source.h"

#define DECISIONS_MAX 256

enum decision_kind {
	DECISION_IF, /* also `if let`, and each arm's guard */
	DECISION_WHILE,
	DECISION_MATCH, /* what is matched */
	DECISION_ARM,	/* a pattern */
	DECISION_LOGIC, /* a statement with && or || that is none of these */
	DECISION_CHECK, /* assert!, ensure! and their like: the arguments */
	DECISION_RETURN,
	DECISION_BREAK,
	DECISION_CONTINUE,
	DECISION_KINDS
};

/* at: the keyword, the pattern or the macro's name. [from, to): the tokens of
 * the condition, pattern or value; may be none. */
struct decision {
	enum decision_kind kind;
	uint32_t at, from, to;
	uint64_t hash; /* of kind and tokens */
};

struct decisions {
	VEC(struct decision) rows; /* by place */
};

/* Those of the tokens [from, to). */
void decision_find(struct decisions *out, struct arena *a,
		   const struct source *s, uint32_t from, uint32_t to);

/* One that differs: now NULL, it is gone; was NULL, it is new. */
struct decision_change {
	const struct decision *now, *was;
};

struct decision_changes {
	VEC(struct decision_change) rows; /* as they stand, old before new */
};

/*
 * What differs between the decisions of two bodies; what only moved does not.
 * Two stand in a row together when they take each other's place and have a
 * word in common.
 */
void decision_diff(struct decision_changes *out, struct arena *a,
		   const struct source *now, const struct decisions *new,
		   const struct source *was, const struct decisions *old);

/* "condition", "arm" … */
const char *decision_name(enum decision_kind kind);

#endif
