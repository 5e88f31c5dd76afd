/*
 * paint - what a terminal is told besides text: colours (SGR) and hyperlinks
 * (OSC 8). Both only where the caller may write them, so that without them no
 * escape is written at all.
 *
 * Of the sixteen colours those are taken that can be read on dark and on light:
 * no white, black, blue or yellow for text. What a colour says is spelled too.
 */
#ifndef RENDER_PAINT_H
#define RENDER_PAINT_H

#include <stdbool.h>

#include "base/text.h"

struct buf;

/* A colour, and how it is drawn: or'ed. Fits a byte. */
enum ink {
	INK_PLAIN = 0,
	INK_RED = 1,
	INK_GREEN = 2,
	INK_MAGENTA = 5,
	INK_CYAN = 6,
	INK_COLOR = 7, /* all of the above */
	INK_BOLD = 8,
	INK_DIM = 16,
	INK_ITALIC = 32,
	INK_UNDERLINE = 64
};

/* Zero-initialise all but what is named first. */
struct paint {
	struct buf *out;
	bool color, links;
	/* private: what the terminal was told last */
	unsigned ink;
	struct span link;
};

/* Append text, which must be visible already and hold no newline. An empty
 * link is none; a link is a URL of visible ASCII. */
void paint_text(struct paint *p, unsigned ink, struct span link,
		struct span text);
void paint_plain(struct paint *p, const char *text);
/* End the line, and with it what was told. */
void paint_newline(struct paint *p);

#endif
