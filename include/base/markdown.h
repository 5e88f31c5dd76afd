/*
 * markdown - the block structure of Markdown text that guides and replies
 * share: lines, fences, headings, quotations, list items (CommonMark 0.31,
 * the parts named here). Total and linear.
 *
 *	struct md_reader r = { .rest = text };
 *	struct md_line line;
 *
 *	while (md_next(&r, &line))
 *		…
 *
 * Lists nest (32 deep, what is deeper counts as the deepest), and what stands
 * in an item is read relative to it: a fence in an item ends with the item. A
 * quotation is opaque: whatever it holds is MD_QUOTE. A lone CR ends no line.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include <stdbool.h>

#include "base/text.h"

struct buf;

#define MD_DEPTH_MAX 32

enum md_kind {
	MD_BLANK,
	MD_TEXT,
	MD_HEADING,   /* `# …` to `###### …`; level set */
	MD_UNDERLINE, /* `===` or `---` below text: a setext heading's line;
		       * level set */
	MD_RULE,      /* `---`, `***`, `_ _ _` */
	MD_FENCE,     /* opens or closes a fence */
	MD_CODE,      /* in a fence, in <pre> and its like, or indented */
	MD_QUOTE,     /* starts with `>`, or lazily continues such a line */
	MD_ITEM,      /* `- `, `* `, `+ `, `1. `, `1) `, also nested `- - ` */
	MD_COMMENT    /* an HTML comment's line(s), from its start of line */
};

struct md_line {
	enum md_kind kind;
	unsigned level;	   /* heading 1–6, underline 1–2 */
	unsigned indent;   /* columns before the first character */
	unsigned depth;	   /* list items around it; an item counts itself */
	bool opens;	   /* MD_FENCE, MD_ITEM: it leaves a fence open */
	bool first;	   /* MD_TEXT: begins its paragraph */
	struct span whole; /* with its LF: all of them make up the input */
	struct span raw;   /* without LF and CR */
	/*
	 * Trimmed, without the marker: a heading's or item's text, a
	 * quotation's behind its first `>`, an opening fence's info string,
	 * what stands behind a comment's end. Code: the raw line.
	 */
	struct span text;
};

/* Zero-initialise all but rest. */
struct md_reader {
	struct span rest;
	/* private */
	unsigned items[MD_DEPTH_MAX]; /* each item's content column */
	unsigned depth;
	unsigned fence_len, fence_depth;
	char fence_char;
	const struct md_html *html;
	bool in_text;  /* a paragraph that the next line may continue */
	bool in_quote; /* the same, inside a quotation */
	bool quote_fence;
};

/* Next line; false at the end. */
bool md_next(struct md_reader *r, struct md_line *line);
/* At the end: was a fence never closed? */
bool md_fence_open(const struct md_reader *r);
/*
 * At the end: append the line that closes a fence or an HTML block (a comment,
 * <pre>) left open, in its list item; nothing when none is. What was read must
 * not have ended in a newline.
 */
void md_close(struct buf *out, const struct md_reader *r);

/* A fence's line without the blanks, at most so many, that the fence itself is
 * indented by. */
struct span md_dedent(struct span line, unsigned columns);

enum md_part {
	MD_PLAIN,
	MD_SPAN, /* a code span, with its back-ticks */
	MD_INLINE_COMMENT
};

/* Zero-initialise all but rest. */
struct md_inline {
	struct span rest;
	uint64_t dead; /* private */
};

/*
 * The parts of one line (or of any text): code spans and HTML comments apart
 * from what is plain. False at the end. What is never closed is plain.
 */
bool md_part(struct md_inline *in, enum md_part *kind, struct span *part);

#endif
