/*
 * survey_pages - the lines of a tree that a survey shows: the closest
 * implementation whole, of what else matches the declarations with the
 * functions that match.
 */
#ifndef AGENT_SURVEY_PAGES_H
#define AGENT_SURVEY_PAGES_H

#include "agent/page.h"
#include "agent/survey.h"

/* Lines of the closest implementation, with its impls in that file; of a longer
 * one its declarations. */
#define PAGES_WHOLE 300u

enum page_part {
	PAGE_WHOLE,   /* with its impls, up to PAGES_WHOLE lines */
	PAGE_OUTLINE, /* declarations: its own, its impls', their functions' */
	PAGE_DECLARATION /* its own, and those of functions that match */
};

/* Put what a unit has in its file on its page, as far as there is room. */
void survey_show_unit(struct pages *out, const struct survey *s,
		      const struct survey_unit *u, enum page_part part);
/* A trait with what it requires. */
void survey_show_trait(struct pages *out, const struct survey *s,
		       const struct survey_item *trait);

#endif
