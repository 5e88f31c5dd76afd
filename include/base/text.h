/*
 * text - borrowed bytes and what is done with them: lines, globs, UTF-8,
 * clipping, visible escaping, nearest words.
 *
 * Every function is total: any bytes, NUL included, linear time unless said.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Borrowed bytes; len 0 is empty, whatever ptr is. Not NUL-terminated. */
struct span {
	const char *ptr;
	size_t len;
};

#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })
/* For printf("%.*s"): clipped to int. */
#define SPAN_ARG(s) (int)((s).len > 0x7fffffff ? 0x7fffffff : (s).len), (s).ptr

/* s may be NULL: empty. */
struct span span_of(const char *s);
bool span_eq(struct span a, struct span b);
bool span_eqs(struct span a, const char *s);
bool span_eqs_nocase(struct span a, const char *s); /* ASCII case */
bool span_starts(struct span a, const char *prefix);
bool span_ends(struct span a, const char *suffix);
/* Without the first n bytes (all of them when shorter). */
struct span span_from(struct span a, size_t n);
/* The first n bytes at most. */
struct span span_first(struct span a, size_t n);
/* Without ASCII white space at both ends. */
struct span span_trim(struct span a);
/* Offset of the first occurrence, or -1. */
ptrdiff_t span_find(struct span a, struct span needle);
ptrdiff_t span_chr(struct span a, char c);

/*
 * Take the next line off *rest, without its LF (a CR stays). False at the end;
 * a last line without LF counts, an empty rest does not.
 */
bool text_line(struct span *rest, struct span *line);
/* Take what stands before sep off *rest; false when *rest was used up. */
bool text_field(struct span *rest, char sep, struct span *field);
/* Number of lines as text_line() counts them. */
size_t text_count_lines(struct span s);
/* Bytes of the longest run of that one. */
size_t text_longest_run(struct span s, char c);
/* The line, from 1, that a place within s, or its end, is on. */
size_t text_line_at(struct span s, const char *at);

/*
 * Does a path match a pattern as in .gitignore: `*`, `?`, `[a-z]` within one
 * component (no POSIX classes), `**` that fills a component across; a pattern
 * without a slash matches any component, and what matches a folder matches all
 * below; a trailing slash matches folders only, and the path is a file's.
 * Time at most O(path * pattern).
 */
bool text_glob(struct span pattern, struct span path);
/* Why the pattern can match nothing, a clause ("`[` is never closed"), or
 * NULL. */
const char *text_glob_fault(struct span pattern);

/*
 * Decode one code point off *s (Unicode 15, table 3-7). An invalid byte gives
 * -1 and takes one byte. s must not be empty.
 */
int32_t text_utf8(struct span *s);
void text_add_utf8(struct buf *out, uint32_t cp);
/* "12,345" */
void text_add_number(struct buf *out, long long n);
/* Is the whole of it valid UTF-8? */
bool text_utf8_valid(struct span s);
/* At most max bytes, never cutting a UTF-8 sequence. */
struct span text_clip(struct span s, size_t max);

/*
 * Append s so that no byte of it can act on a terminal or hide from a reader:
 * control characters other than newline and tab, C1, bidi controls, zero-width
 * and other invisible format characters become \u{hex}, invalid bytes \xhh.
 * ZWJ and variation selectors pass inside an emoji sequence.
 * Returns how many characters were escaped.
 */
size_t text_visible(struct buf *out, struct span s);
/* The same with newline and tab escaped too (\n, \t): always one line. */
size_t text_visible_line(struct buf *out, struct span s);

/* What makes "file" fit a number of them. */
static inline const char *text_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* Does text_visible() leave it as it is? */
bool text_plain(struct span s);

/* Append s percent-encoded (RFC 3986): all but letters, digits, `-._~` and the
 * bytes of keep. */
void text_percent(struct buf *out, struct span s, const char *keep);

/*
 * The first character that text_visible() would escape, invalid bytes aside:
 * its kind ("bidirectional control"), offset and code point. NULL: there is
 * none.
 */
const char *text_hidden(struct span s, size_t *at, uint32_t *cp);

/* Is this code point invisible or directional: what text_visible escapes? */
bool text_invisible(uint32_t cp);

/*
 * Edit distance of two short words, transpositions counted once (optimal
 * string alignment, Damerau 1964); more than 64 bytes give 99.
 */
unsigned text_distance(const char *a, const char *b);
/* The nearest of names[0..n) within a third of the word's length, or NULL. */
const char *text_nearest(const char *word, const char *const *names, size_t n);

#endif
