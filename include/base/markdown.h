/*
 * markdown - the block structure of Markdown text that guides and replies
 * share: lines, fences, headings, quotations, list items (CommonMark 0.31,
 * the parts named here). Total and linear; no inline parsing.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include <stdbool.h>

#include "base/text.h"

enum md_kind {
	MD_BLANK,
	MD_TEXT,
	MD_HEADING,   /* `# …` to `###### …`; level set */
	MD_UNDERLINE, /* `===` or `---` below text: a setext heading's line */
	MD_FENCE,     /* opens or closes a fence */
	MD_CODE,      /* inside a fence, or indented by four or more */
	MD_QUOTE,     /* starts with `>` */
	MD_ITEM,      /* `- `, `* `, `+ `, `1. `, `1) ` */
	MD_COMMENT    /* an HTML comment's line(s) */
};

struct md_line {
	enum md_kind kind;
	unsigned level;	  /* heading 1–6 */
	unsigned indent;  /* columns before the first character */
	struct span raw;  /* without LF and CR */
	struct span text; /* without marker: heading's or item's text … */
};

/* Zero-initialise all but rest. */
struct md_reader {
	struct span rest;
	/* private */
	char fence_char;
	unsigned fence_len, item_indent;
	bool in_comment, after_text, in_list;
};

/* Next line; false at the end. */
bool md_next(struct md_reader *r, struct md_line *line);

#endif
