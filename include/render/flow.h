/*
 * flow - text of several inks, and how it falls into lines.
 *
 * A newline in it ends a line; other white space may be dropped where a line
 * ends. Lines break at blanks and between East Asian characters (but for
 * punctuation that does not begin or end a line), and within a word only when
 * it is longer than a line, then rather behind one of `/:_,`. No line is wider
 * than asked for, if that is two columns or more. Linear.
 */
#ifndef RENDER_FLOW_H
#define RENDER_FLOW_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"

struct paint;

struct flow_link {
	size_t from, to; /* bytes of the text */
	struct span url;
};

/* Zero-initialise; flow_release() when done. */
struct flow {
	struct buf text;
	struct buf ink;		     /* a byte of enum ink for each */
	VEC(struct flow_link) links; /* apart, in order */
};

/* Bytes of the text, without the white space that a line's end took. */
struct flow_line {
	size_t from, to;
	size_t columns;
};

struct flow_lines {
	VEC(struct flow_line) rows;
};

void flow_add(struct flow *f, unsigned ink, struct span text);
void flow_adds(struct flow *f, unsigned ink, const char *text);
/* All of another one, with its links. */
void flow_append(struct flow *f, struct arena *a, const struct flow *from);
/* Remove its first bytes. It has no links. */
void flow_drop(struct flow *f, size_t n);
/* Give bytes of it another ink besides what they have. */
void flow_tint(struct flow *f, size_t from, size_t to, unsigned ink);
/* Make bytes of it a link; they follow those of the last one. */
void flow_link(struct flow *f, struct arena *a, size_t from, size_t to,
	       struct span url);
/* Append its lines; width 0 breaks at newlines only. Empty text: none. */
void flow_wrap(struct flow_lines *out, struct arena *a, const struct flow *f,
	       size_t width);
/* Paint one of them, without a newline. */
void flow_paint(struct paint *p, const struct flow *f,
		const struct flow_line *line);
/* Columns of its widest line, unwrapped. */
size_t flow_columns(const struct flow *f);
/* Empty but keep the memory. */
void flow_reset(struct flow *f);
void flow_release(struct flow *f);

#endif
