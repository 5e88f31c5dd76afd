/*
 * finding - one remark about one place.
 */
#ifndef CORE_FINDING_H
#define CORE_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"

enum finding_level {
	LEVEL_MUST_FIX,
	LEVEL_SHOULD_FIX,
	LEVEL_QUESTION,
	LEVEL_NICE_TO_HAVE,
	LEVEL_COUNT
};

/* Was what a model says of the code looked up in it? */
enum finding_check {
	FINDING_UNCHECKED,   /* no: the program's own, or it names no place */
	FINDING_VERIFIED,    /* its quote stands in what was sent */
	FINDING_UNVERIFIED,  /* it does not, or cannot be looked up */
	FINDING_CONTRADICTED /* the code says otherwise */
};

/* Lines [first, last] of the new side become others. */
struct finding_edit {
	uint32_t first, last; /* from 1; last = first - 1: before first */
	struct span text;     /* whole lines, each with its LF; empty: none */
};

/* Is it in the baseline that the user gave? */
enum finding_age {
	FINDING_AGE_UNKNOWN, /* there is none, or it has no place in one */
	FINDING_NEW,
	FINDING_KNOWN
};

struct finding {
	enum finding_level level;
	unsigned section;  /* index into the report's sections */
	struct span path;  /* once verified the true place; until then as
			    * written, back-ticks removed; may be empty */
	uint32_t line;	   /* likewise; 0 when none was given */
	struct span text;  /* what is wrong, one paragraph, as it was
			    * written: lines it names may be off */
	struct span quote; /* the quoted line(s), markers removed */
	bool own;	   /* the program's, not a model's */
	const char *rule;  /* which of its rules says so, or NULL */
	enum finding_check check;
	struct span fact;  /* a clause: why it is not verified, or what
			    * contradicts it, with its place; may be empty */
	bool old;	   /* verified, and the line is of the old side */
	bool pre_existing; /* verified, on a line that the change leaves */
	bool mask;	   /* speaks of a mask of ours as if it were code */
	/* Stays when lines move: 16 hex digits over path, enclosing item,
	 * quote without white space, section; "" until it is known. */
	char fingerprint[17];
	/* What mends it, sorted and apart. Set only when it is known to apply
	 * to the new side, as part of the report's patch. */
	VEC(struct finding_edit) fix;
	enum finding_age age;
	bool known_expired; /* its entry's last day is over: it counts again */
	/* of a known one, from its entry; each may be empty */
	struct span known_reason;
	struct span known_until; /* "2027-01-31", the last day */
};

/* What a rule of the program's own says of itself. All const. */
struct finding_rule {
	const char *id, *section; /* "lock-across-await", "critical-issues" */
	enum finding_level level;
	const char *about;	/* one line */
	const char *why;	/* full sentences */
	const char *bad, *good; /* code that is found, and that is not */
};

/* "must-fix", "should-fix", "question", "nice-to-have" */
const char *finding_level_name(enum finding_level l);
/* Has it a place in a baseline: is it the program's own or verified, and not of
 * a mask's making? */
bool finding_sure(const struct finding *f);
/* Does it count for a gate at this level: sure, of it or above, on lines of the
 * change, and not known (unless its entry has expired)? */
bool finding_gates(const struct finding *f, enum finding_level level);
/* "unknown", "new", "known" */
const char *finding_age_name(enum finding_age a);
/* "unchecked", "verified", "unverified", "contradicted" */
const char *finding_check_name(enum finding_check c);
/* What stands behind a place in a report, one word or two: "unverified",
 * "contradicted", "masked value", "before the change", "pre-existing"; NULL:
 * nothing, it was found there. */
const char *finding_mark(const struct finding *f);
/* Does s begin with such a mark as it is written, `*(unverified)*`? Its bytes;
 * 0: it does not. */
size_t finding_mark_at(struct span s);
/* The level a word names, spelled with hyphen, blank or nothing between, any
 * case; -1 when it names none. */
int finding_level_find(struct span word);

#endif
