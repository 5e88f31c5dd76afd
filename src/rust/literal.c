/*
 * Literals and lifetimes (The Rust Reference, "Tokens"). Total; every byte is
 * read a bounded number of times, but for what is never closed: see retries in
 * scan.h.
 */
#include "rust/scan.h"

#include <string.h>

static bool has(const unsigned char *p, const unsigned char *end, unsigned what)
{
	return p < end && scan_class[*p] & what;
}

static bool begins_word(const unsigned char *p, const unsigned char *end)
{
	return p < end && (scan_class[*p] & SCAN_START ||
			   (*p >= 0x80 && !scan_wide_space(p, end)));
}

static const unsigned char *digits(const unsigned char *p,
				   const unsigned char *end)
{
	while (p < end && (scan_class[*p] & SCAN_DIGIT || *p == '_'))
		p++;
	return p;
}

/* `e5`, `E+5`, `e_5`: what makes a number a float; p itself when it is not. */
static const unsigned char *exponent(const unsigned char *p,
				     const unsigned char *end)
{
	const unsigned char *q = p + 1;

	if (p == end || (*p | 0x20) != 'e')
		return p;
	if (q < end && (*q == '+' || *q == '-'))
		q++;
	while (q < end && *q == '_')
		q++;
	return has(q, end, SCAN_DIGIT) ? digits(q, end) : p;
}

const unsigned char *scan_number(struct scan *s, const unsigned char *p,
				 bool field)
{
	const unsigned char *end = s->end, *q;

	s->kind = TOKEN_INT;
	if (field)
		return digits(p, end);
	if (*p == '0' && end - p > 1 &&
	    (p[1] == 'x' || p[1] == 'o' || p[1] == 'b'))
		return scan_word(p, end);
	p = digits(p, end);
	/* neither the range `1..2` nor the method `1.max(2)` */
	if (p < end && *p == '.' && !(end - p > 1 && p[1] == '.') &&
	    !begins_word(p + 1, end)) {
		s->kind = TOKEN_FLOAT;
		p = digits(p + 1, end);
	}
	q = exponent(p, end);
	if (q != p)
		s->kind = TOKEN_FLOAT;
	return scan_word(q, end);
}

/* Bytes of the character at p: of one lead byte and what may follow it. */
static size_t char_len(const unsigned char *p, const unsigned char *end)
{
	size_t n = 1;

	if (*p >= 0x80)
		while (n < 4 && (size_t)(end - p) > n && (p[n] & 0xc0) == 0x80)
			n++;
	return n;
}

/* Behind the quote that opens: is there one that closes? NULL when not. */
static const unsigned char *char_end(const unsigned char *p,
				     const unsigned char *end)
{
	size_t n;

	if (p == end || *p == '\'' || *p == '\n')
		return NULL;
	if (*p != '\\') {
		n = char_len(p, end);
		return (size_t)(end - p) > n && p[n] == '\'' ? p + n + 1 : NULL;
	}
	if (end - p < 2 || p[1] == '\n')
		return NULL;
	/* `\u{…}` allows underscores without end; 40 will do */
	for (p += 2, n = 0; n < 40 && p < end; n++, p++)
		if (*p == '\'' || *p == '\n')
			return *p == '\'' ? p + 1 : NULL;
	return NULL;
}

const unsigned char *scan_tick(struct scan *s, const unsigned char *p)
{
	const unsigned char *end = s->end, *q = char_end(p + 1, end);

	s->kind = TOKEN_CHAR;
	if (q)
		return q;
	s->kind = TOKEN_LIFETIME;
	p++;
	if (end - p > 2 && p[0] == 'r' && p[1] == '#' &&
	    begins_word(p + 2, end))
		return scan_word(p + 2, end);
	if (begins_word(p, end)) {
		p = scan_word(p, end);
		if (p < end && *p == '\'') {
			/* `'ab'`: no char, yet one token to a macro */
			s->kind = TOKEN_CHAR;
			p++;
		}
		return p;
	}
	s->kind = TOKEN_UNKNOWN;
	return p;
}

const unsigned char *scan_string(struct scan *s, const unsigned char *p,
				 const unsigned char *limit)
{
	uint32_t line = s->line;

	for (p++; p < limit; p++) {
		while (p < limit && !(scan_class[*p] & SCAN_STRING))
			p++;
		if (p == limit)
			break;
		if (*p == '"') {
			s->line = line;
			return p + 1;
		}
		if (*p == '\\' && limit - p > 1)
			p++;
		line += *p == '\n';
	}
	return NULL;
}

static uint32_t line_feeds(const unsigned char *p, const unsigned char *end)
{
	uint32_t n = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

/* From the opening quote of a raw string with so many hashes before it. */
static const unsigned char *raw_string(struct scan *s, const unsigned char *p,
				       size_t hashes,
				       const unsigned char *limit)
{
	const unsigned char *from = p++;
	size_t n;

	while ((p = memchr(p, '"', (size_t)(limit - p)))) {
		for (p++, n = 0; n < hashes && p < limit && *p == '#'; n++)
			p++;
		if (n == hashes) {
			s->line += line_feeds(from, p);
			return p;
		}
	}
	return NULL;
}

/* From behind the `r`; `at` itself when neither string nor identifier. */
static const unsigned char *raw(struct scan *s, const unsigned char *at,
				const unsigned char *p, enum token_kind kind,
				const unsigned char *limit)
{
	size_t hashes = 0;

	while (p < s->end && *p == '#') {
		hashes++;
		p++;
	}
	s->kind = kind;
	if (p < s->end && *p == '"')
		return raw_string(s, p, hashes, limit);
	s->kind = TOKEN_RAW_IDENT;
	if (hashes == 1 && kind == TOKEN_RAW_STR && begins_word(p, s->end))
		return scan_word(p, s->end);
	return at;
}

const unsigned char *scan_prefixed(struct scan *s, const unsigned char *p,
				   const unsigned char *limit)
{
	const unsigned char *q;
	bool byte = *p == 'b';

	if (s->end - p < 2)
		return p;
	if (*p == 'r')
		return p[1] == '"' || p[1] == '#'
			       ? raw(s, p, p + 1, TOKEN_RAW_STR, limit)
			       : p;
	s->kind = byte ? TOKEN_BYTE_STR : TOKEN_C_STR;
	if (p[1] == '"')
		return scan_string(s, p + 1, limit);
	if (p[1] == 'r' && s->end - p > 2 && (p[2] == '"' || p[2] == '#'))
		return raw(s, p, p + 2,
			   byte ? TOKEN_RAW_BYTE_STR : TOKEN_RAW_C_STR, limit);
	q = byte && p[1] == '\'' ? char_end(p + 2, s->end) : NULL;
	s->kind = TOKEN_BYTE;
	return q ? q : p;
}
