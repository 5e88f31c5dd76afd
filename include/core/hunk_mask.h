/*
 * hunk_mask - the lines of a hunk with their secrets masked, as they are shown
 * to a model and to people.
 *
 * The masks are base/mask's, laid on the old side, on the new side and on the
 * lines as they stand: a byte is masked when any of the three says so. A
 * private key is known by its tail or middle too. Every mask is as long as what
 * it hides, so that lines keep their lengths. Linear.
 */
#ifndef CORE_HUNK_MASK_H
#define CORE_HUNK_MASK_H

#include "base/text.h"

/* The kind of what takes more than one line. */
#define HUNK_KEY_KIND "private-key"

struct buf;
struct hunk;
struct mask_counts;

/* Append the lines, each with an LF, as they are. */
void hunk_text(struct buf *out, const struct hunk *h);
/* The same, masked. What was masked is added to *masked, which is not NULL. */
void hunk_mask(struct buf *out, const struct hunk *h,
	       struct mask_counts *masked);
/* The same of lines that are no diff: they have one view. */
void hunk_mask_lines(struct buf *out, const struct hunk *h,
		     struct mask_counts *masked);
/* What git prints behind the second @@; empty where that may be a line
 * out of the middle of a key. Not masked. */
struct span hunk_heading(const struct hunk *h);
/* What is masked in a line, of which something is, by the line and by what is
 * shown of it: the first kind of its secrets. */
const char *hunk_mask_kind(struct span line, struct span shown);

#endif
