/*
 * quoted - code that findings quote, told from prose: `> let x = *y;` is
 * Markdown's quotation, but Rust to whoever wrote it.
 */
#ifndef RENDER_QUOTED_H
#define RENDER_QUOTED_H

#include "base/text.h"

struct arena;
struct buf;

/*
 * Append a section's text with each quotation that a finding in it makes (see
 * core/remark) put in a fence, in its quotation: marked as Rust when the
 * finding is of a Rust file. All else is as it was.
 */
void quoted_code(struct buf *out, struct arena *a, struct span text);

#endif
