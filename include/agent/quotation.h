/*
 * quotation - the ways in which quoted code can be read.
 *
 * As it stands; without a margin, signs or Markdown's escapes that were copied
 * or put in; as parts, where it leaves something out. Total, linear.
 */
#ifndef AGENT_QUOTATION_H
#define AGENT_QUOTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"

/* Parts of a quotation beyond these are not looked at. */
#define QUOTATION_PARTS 64u

struct quoted_part {
	struct span text;	 /* folded, not empty */
	bool ellipsis;		 /* one stands before it */
	bool cut_begin, cut_end; /* what was left out may be part of a word */
};

struct wording {
	VEC(struct quoted_part) parts; /* one: it is whole */
	uint32_t number; /* what its first line's margin says; 0: nothing */
	char sign;	 /* '+' or '-' before its lines, '*': both; 0: none */
	bool plain;	 /* hardly a word in it, as `}` */
};

/* Likeliest first; zero-initialise. */
struct quotation {
	VEC(struct wording) ways;
};

/* Lives in the arena. */
void quotation_read(struct quotation *out, struct arena *a, struct span quote);

#endif
