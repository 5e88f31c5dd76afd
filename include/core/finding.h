/*
 * finding - one remark about one place.
 */
#ifndef CORE_FINDING_H
#define CORE_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum finding_level {
	LEVEL_MUST_FIX,
	LEVEL_SHOULD_FIX,
	LEVEL_QUESTION,
	LEVEL_NICE_TO_HAVE,
	LEVEL_COUNT
};

struct finding {
	enum finding_level level;
	unsigned section;  /* index into the report's sections */
	struct span path;  /* as written, back-ticks removed; may be empty */
	uint32_t line;	   /* the hint as written; 0 when none was given */
	struct span text;  /* what is wrong, one paragraph */
	struct span quote; /* the quoted line(s), markers removed */
	bool own;	   /* the program's, not a model's */
	const char *rule;  /* which of its rules says so, or NULL */
};

/* "must-fix", "should-fix", "question", "nice-to-have" */
const char *finding_level_name(enum finding_level l);
/* The level a word names, spelled with hyphen, blank or nothing between, any
 * case; -1 when it names none. */
int finding_level_find(struct span word);

#endif
