/*
 * defuse - Markdown that others wrote, as it may stand in a report: text and
 * code stay what they are, but nothing of it loads, links out or hides.
 *
 * HTML (tags, comments, autolinks) and images become text, so do links and link
 * references to anywhere but files of the repository. Code spans and blocks are
 * left alone. Total; linear but for a bounded look ahead.
 */
#ifndef RENDER_DEFUSE_H
#define RENDER_DEFUSE_H

#include "base/text.h"

struct buf;

/*
 * Append text (visible already, see base/text). A fence it leaves open is
 * closed; no newline is added at the end.
 */
void defuse_markdown(struct buf *out, struct span text);
/* Only definitions of links' targets become text: of those a reader would be
 * shown nothing. text may be any bytes. */
void defuse_definitions(struct buf *out, struct span text);
/* The first for words within a line, which are no block of their own. */
void defuse_line(struct buf *out, struct span text);

#endif
