/*
 * columns - how wide text stands in a terminal.
 *
 * Counted by clusters, as terminals draw them: a character with what combines
 * with it, an emoji with its selector, skin tone or what joiners tie to it, two
 * regional letters (a flag). East Asian wide and full-width ones take two
 * columns, ambiguous ones one. Total and linear; text is to be visible already
 * (base/text): a control character or an invalid byte counts one.
 */
#ifndef BASE_COLUMNS_H
#define BASE_COLUMNS_H

#include "base/text.h"

/* Take the next cluster off *s, which must not be empty: its columns. */
unsigned columns_next(struct span *s);
size_t columns_of(struct span s);
/* The longest beginning that takes at most width columns. */
struct span columns_fit(struct span s, size_t width);

#endif
