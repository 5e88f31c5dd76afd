/* offline_survey_parts - what the files of the offline survey share; not for
 * callers. */
#ifndef AGENT_OFFLINE_SURVEY_PARTS_H
#define AGENT_OFFLINE_SURVEY_PARTS_H

#include "agent/survey_say.h"

/* The functions of the closest implementation in its file: the next one behind
 * item i of its kept source, OUTLINE_NONE at the end. Zero for the first. */
uint32_t survey_function(const struct teller *t, uint32_t i);
/* Is this item of its kept source the closest implementation, or an impl of
 * its type? */
bool survey_of_closest(const struct teller *t, uint32_t item);

/* Each says nothing when there is nothing to say. */
void survey_constraints(const struct teller *t);
void survey_markers(const struct teller *t);
void survey_closest(const struct teller *t);
void survey_returns(const struct teller *t);
void survey_code(const struct teller *t);
void survey_checklist(const struct teller *t);

#endif
