/*
 * entity - the character references of Markdown and HTML.
 */
#ifndef RENDER_ENTITY_H
#define RENDER_ENTITY_H

#include <stdint.h>

#include "base/text.h"

/*
 * The code point that `&amp;`, `&#38;` or `&#x26;` stands for; s holds it with
 * `&` and `;`. U+FFFD for a number that is no character. -1: not known, so it
 * is text as it stands. Names are HTML 4's (section 24), `apos`, and those of
 * HTML 5 that could hide what a link is made of.
 */
int32_t entity_find(struct span s);

#endif
