/*
 * scan - the parts of the lexer that its files share; nobody else's business.
 *
 * Each takes where a piece starts and returns where it ends, never past
 * s->end, and leaves s->line at the line of that end.
 */
#ifndef RUST_SCAN_H
#define RUST_SCAN_H

#include <string.h>

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

/* How many bytes at p are of words, among the eight there, and ASCII. Eight at
 * a time without a branch: where words end is what no processor foresees. */
static inline unsigned scan_word_bytes(const unsigned char *p)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t ones = 0x0101010101010101, high = ones * 0x80;
	uint64_t all, x, low, in;

	memcpy(&all, p, 8);
	x = all & ~high;
	low = x | ones * 0x20;
	in = (low + ones * (0x80 - 'a')) & ~(low + ones * (0x7f - 'z'));
	in |= (x + ones * (0x80 - '0')) & ~(x + ones * (0x7f - '9'));
	in |= ones * 0x80 - (x ^ ones * '_');
	in = ~(in & ~all) & high;
	return in ? (unsigned)__builtin_ctzll(in) / 8 : 8;
#else
	unsigned n = 0;

	while (n < 8 && scan_class[p[n]] & SCAN_CONT)
		n++;
	return n;
#endif
}

const unsigned char *scan_word_slow(const unsigned char *p,
				    const unsigned char *end);
/* A word's end; p may stand in front of any byte. */
static inline const unsigned char *scan_word(const unsigned char *p,
					     const unsigned char *end)
{
	while (end - p > 8) {
		unsigned n = scan_word_bytes(p);

		p += n;
		if (n < 8 && *p < 0x80)
			return p;
		if (n < 8)
			break;
	}
	return scan_word_slow(p, end);
}

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
