/*
 * margin - code as it is shown to a model: masked, made visible, each line
 * behind its number.
 *
 * A secret may take several lines (a private key), so masks are laid on the
 * code alone, before the margin stands between its lines.
 */
#ifndef AGENT_MARGIN_H
#define AGENT_MARGIN_H

#include <stddef.h>

#include "base/text.h"

struct buf;
struct file_change;
struct mask_counts;
struct page;

/* The hunks of one file. What was masked is added to *masked, here and below;
 * NULL is not allowed. */
void margin_hunks(struct buf *out, const struct file_change *f,
		  struct mask_counts *masked);
/* An added file as it stands: no heads, no signs. */
void margin_added(struct buf *out, const struct file_change *f,
		  struct mask_counts *masked);
/* A whole file. */
void margin_lines(struct buf *out, struct span text,
		  struct mask_counts *masked);
/*
 * Lines of a file that stand beside a patch. whole: the file's text, where it
 * is known; else secrets are looked for in the lines alone.
 */
void margin_page(struct buf *out, const struct page *p, struct span whole,
		 struct mask_counts *masked);

/* The lines of all hunks of a file, each with an LF, as they are. */
void margin_text(struct buf *out, const struct file_change *f);

#endif
