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
struct page;

/* The hunks of one file. Returns how many secrets were masked. */
size_t margin_hunks(struct buf *out, const struct file_change *f);
/* An added file as it stands: no heads, no signs. Returns the same. */
size_t margin_added(struct buf *out, const struct file_change *f);
/* A whole file. Returns how many secrets were masked. */
size_t margin_lines(struct buf *out, struct span text);
/*
 * Lines of a file that stand beside a patch. whole: the file's text, where it
 * is known; else secrets are looked for in the lines alone.
 */
size_t margin_page(struct buf *out, const struct page *p, struct span whole);

#endif
