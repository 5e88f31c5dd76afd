/* Names in the headers of a diff. Total, linear. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/unidiff_parts.h"

/* Folders that `diff --no-index` puts before what two names share. */
#define PREFIX_PARTS 2

static bool octal(char c)
{
	return c >= '0' && c <= '7';
}

/* What stands behind a backslash, taken off *s; -1: nothing that can. */
static int unescape(struct span *s)
{
	static const char letters[] = "abtnvfr\"\\";
	static const char means[] = "\a\b\t\n\v\f\r\"\\";
	const char *at = s->len ? memchr(letters, *s->ptr, 9) : NULL;
	int c = 0;

	if (at) {
		*s = span_from(*s, 1);
		return (unsigned char)means[at - letters];
	}
	if (s->len < 3 || s->ptr[0] > '3')
		return -1;
	for (int i = 0; i < 3; i++) {
		if (!octal(s->ptr[i]))
			return -1;
		c = c * 8 + (s->ptr[i] - '0');
	}
	*s = span_from(*s, 3);
	return c;
}

/* Take a name in quotes off *s. */
static bool unquote(struct span *out, struct arena *a, struct span *s)
{
	struct buf b = { 0 };
	bool closed = false;

	*s = span_from(*s, 1);
	while (s->len && !closed) {
		int c = (unsigned char)*s->ptr;

		*s = span_from(*s, 1);
		closed = c == '"';
		if (c == '\\')
			c = unescape(s);
		if (c < 0)
			break;
		if (!closed)
			buf_addc(&b, (char)c);
	}
	*out = arena_span(a, buf_span(&b));
	buf_release(&b);
	return closed;
}

static void settle(struct diff_name *n)
{
	n->null = span_eqs(n->path, "/dev/null");
	if (n->null)
		n->path = (struct span){ 0 };
}

bool name_read(struct diff_name *out, struct arena *a, struct span s)
{
	/* GNU's diff -N, east and west of Greenwich; Subversion's */
	static const char *const never[] = { "1970-01-01 ", "1969-12-31 ",
					     "(nonexistent)", "(revision 0)" };
	ptrdiff_t tab;

	*out = (struct diff_name){ 0 };
	if (span_starts(s, "\"")) {
		if (!unquote(&out->path, a, &s))
			return false;
		if (s.len && *s.ptr != '\t')
			return false;
	} else {
		tab = span_chr(s, '\t');
		out->path = tab < 0 ? s : span_first(s, (size_t)tab);
		s = span_from(s, out->path.len);
	}
	s = span_trim(s);
	out->timed = s.len;
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		out->epoch |= span_starts(s, never[i]);
	settle(out);
	return true;
}

bool name_read_pair(struct diff_name *old, struct diff_name *new,
		    struct arena *a, struct span s)
{
	size_t half = s.len / 2;
	ptrdiff_t at;

	*old = *new = (struct diff_name){ 0 };
	if (span_starts(s, "\"")) {
		if (!unquote(&old->path, a, &s) || !span_starts(s, " "))
			return false;
		return name_read(new, a, span_from(s, 1));
	}
	at = span_find(s, SPAN(" \""));
	if (at > 0) {
		old->path = span_first(s, (size_t)at);
		return name_read(new, a, span_from(s, (size_t)at + 1));
	}
	/* they are the same but for prefixes as long as each other */
	if (s.len % 2 == 0 || s.ptr[half] != ' ')
		return false;
	old->path = span_first(s, half);
	new->path = span_from(s, half + 1);
	return name_common(old->path, new->path).len > 0;
}

/* Without its first folder; empty when it is in none. */
static struct span inner(struct span path)
{
	ptrdiff_t at = span_chr(path, '/');

	return at < 0 ? (struct span){ 0 } : span_from(path, (size_t)at + 1);
}

struct span name_common(struct span old, struct span new)
{
	for (int i = 0; i <= PREFIX_PARTS && old.len && new.len; i++) {
		if (span_eq(old, new))
			return new;
		old = inner(old);
		new = inner(new);
	}
	return (struct span){ 0 };
}

struct span name_bare(struct span name)
{
	return name.len > 2 && name.ptr[1] == '/' &&
			       memchr("abciwo12", name.ptr[0], 8)
		       ? span_from(name, 2)
		       : name;
}

const char *name_wrong(struct span path)
{
	struct span part;

	if (!path.len)
		return "is empty";
	if (path.len > NAME_BYTES_MAX)
		return "is too long";
	if (*path.ptr == '/')
		return "is absolute";
	if (memchr(path.ptr, 0, path.len))
		return "holds a NUL byte";
	if (span_ends(path, "/"))
		return "is a folder's";
	while (text_field(&path, '/', &part)) {
		if (span_eqs(part, ".."))
			return "climbs out of the tree";
		if (!part.len || span_eqs(part, "."))
			return "is not in its plain form";
		if (span_eqs_nocase(part, ".git"))
			return "leads into .git";
	}
	return NULL;
}
