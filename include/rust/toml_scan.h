/*
 * toml_scan - the words of a TOML file: strings, keys, bare values, the white
 * space between. For toml.c.
 *
 * Total, linear. Everything returns false once it complained; the first
 * complaint stays.
 */
#ifndef RUST_TOML_SCAN_H
#define RUST_TOML_SCAN_H

#include "base/buf.h"
#include "rust/toml.h"

struct toml_scan {
	struct span rest;
	unsigned line; /* of rest's first byte */
	struct arena *arena;
	struct buf scratch; /* whoever began it releases it */
	unsigned bad_line;
	const char *bad;
};

/* Remember the first complaint, at this line. Returns false. */
bool read_bad(struct toml_scan *s, unsigned line, const char *words);

/* The next byte, -1 at the end. */
int read_peek(const struct toml_scan *s);
/* Take this byte if it is next. */
bool read_take(struct toml_scan *s, char c);
/* Past blanks; past blanks, comments and ends of lines. */
void read_blanks(struct toml_scan *s);
void read_gap(struct toml_scan *s);
/* Past blanks and a comment to the next line or the end; else complains. */
bool read_line_end(struct toml_scan *s);

/* A dotted key into parts[TOML_DEPTH_MAX]; blanks behind it are taken. */
bool read_key(struct toml_scan *s, struct span *parts, size_t *count);
/* A string, number, boolean or date. */
bool read_scalar(struct toml_scan *s, enum toml_type *type, struct span *text);

#endif
