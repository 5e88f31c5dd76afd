/*
 * scan - the parts of the lexer that its files share; nobody else's business.
 *
 * Each takes where a piece starts and returns where it ends, never past
 * s->end, and leaves s->line at the line of that end.
 */
#ifndef RUST_SCAN_H
#define RUST_SCAN_H

#include "rust/lexer.h"

#define SCAN_CONT 1u  /* goes on in a word */
#define SCAN_START 2u /* begins a word */
#define SCAN_DIGIT 4u
#define SCAN_STRING 8u /* `"`, `\` and LF: where a string's loop stops */

extern const uint8_t scan_class[256];

struct scan {
	const unsigned char *base, *end;
	struct lexer *out;
	struct arena *arena;
	uint32_t line;
	uint32_t token_cap, comment_cap;
	uint32_t mended; /* tokens before this one are not lexed again */
	/* how often more may be read to the end of the file in vain: what
	 * makes unclosed quotes linear */
	unsigned retries;
	enum token_kind kind; /* of the literal just read */
};

/* A word's end; p may stand in front of any byte. */
const unsigned char *scan_word(const unsigned char *p,
			       const unsigned char *end);
/* The keyword these bytes are, else TOKEN_IDENT. */
enum token_kind scan_keyword(const unsigned char *p, size_t len);
/* Length of the white space beyond ASCII at p, or 0. */
size_t scan_wide_space(const unsigned char *p, const unsigned char *end);

/* field: digits only, as behind the dot of a tuple field. */
const unsigned char *scan_number(struct scan *s, const unsigned char *p,
				 bool field);
/* From the quote: a char literal or a lifetime; else the quote alone. */
const unsigned char *scan_tick(struct scan *s, const unsigned char *p);
/* From the opening quote; NULL when it is never closed (before limit). */
const unsigned char *scan_string(struct scan *s, const unsigned char *p,
				 const unsigned char *limit);
/*
 * From an `r`, `b` or `c`: a prefixed literal or raw identifier; p itself
 * when it is a plain word; NULL when it is never closed, kind being set.
 */
const unsigned char *scan_prefixed(struct scan *s, const unsigned char *p,
				   const unsigned char *limit);

/* From `//` or a block's start. */
const unsigned char *scan_comment(struct scan *s, const unsigned char *p);
/* Byte order mark, shebang, front matter; where the rest starts. */
const unsigned char *scan_top(struct scan *s, const unsigned char *p);
/* A conflict marker's line, or p itself. p starts a line. */
const unsigned char *scan_conflict(struct scan *s, const unsigned char *p);
/* Where the line ends, in front of its CR LF or LF. */
const unsigned char *scan_line_end(const struct scan *s,
				   const unsigned char *p);

#endif
