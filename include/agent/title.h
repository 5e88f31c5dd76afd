/*
 * title - does a line's text name a section, in whatever dress?
 *
 * Compared word by word: case, `&`, `and`, `/`, hyphens, emphasis, emoji and a
 * leading number do not matter, nor does a plural s. Behind the name may stand
 * nothing, a colon or a dash with text, or a remark in parentheses; any other
 * word makes it another title ("Summary and Critical Issues" names neither).
 * Total, linear.
 */
#ifndef AGENT_TITLE_H
#define AGENT_TITLE_H

#include <stdbool.h>

#include "base/text.h"

struct section_list;

struct title {
	unsigned section; /* index into the list */
	bool bold;	  /* the name stands in `**` or `__` */
	bool colon;	  /* a colon or a dash stands behind it */
	bool remark;	  /* rest is a remark in parentheses */
	struct span rest; /* text behind the name, trimmed; may be empty */
};

/* text: a line without its block marker. */
bool title_match(struct title *out, const struct section_list *want,
		 struct span text);

#endif
