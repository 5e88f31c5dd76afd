/* Total functions over bytes: no input is an error, none is read twice. */
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

struct span span_of(const char *s)
{
	return (struct span){ s, s ? strlen(s) : 0 };
}

bool span_eq(struct span a, struct span b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool span_eqs(struct span a, const char *s)
{
	return span_eq(a, span_of(s));
}

bool span_eqs_nocase(struct span a, const char *s)
{
	return a.len == strlen(s) && (!a.len || !strncasecmp(a.ptr, s, a.len));
}

bool span_starts(struct span a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.len >= n && (!n || !memcmp(a.ptr, prefix, n));
}

bool span_ends(struct span a, const char *suffix)
{
	size_t n = strlen(suffix);

	return a.len >= n && (!n || !memcmp(a.ptr + a.len - n, suffix, n));
}

struct span span_from(struct span a, size_t n)
{
	if (!a.ptr || n > a.len)
		n = a.len;
	return (struct span){ a.ptr ? a.ptr + n : a.ptr, a.len - n };
}

struct span span_first(struct span a, size_t n)
{
	return (struct span){ a.ptr, n < a.len ? n : a.len };
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
	       c == '\v';
}

struct span span_trim(struct span a)
{
	while (a.len && blank(a.ptr[0])) {
		a.ptr++;
		a.len--;
	}
	while (a.len && blank(a.ptr[a.len - 1]))
		a.len--;
	return a;
}

ptrdiff_t span_find(struct span a, struct span needle)
{
	const char *p;

	if (!needle.len)
		return 0;
	if (!a.len)
		return -1;
	p = memmem(a.ptr, a.len, needle.ptr, needle.len);
	return p ? p - a.ptr : -1;
}

ptrdiff_t span_chr(struct span a, char c)
{
	const char *p = a.len ? memchr(a.ptr, c, a.len) : NULL;

	return p ? p - a.ptr : -1;
}

bool text_field(struct span *rest, char sep, struct span *field)
{
	ptrdiff_t at;

	if (!rest->ptr)
		return false;
	at = span_chr(*rest, sep);
	if (at < 0) {
		*field = *rest;
		*rest = (struct span){ NULL, 0 };
		return true;
	}
	*field = span_first(*rest, (size_t)at);
	*rest = span_from(*rest, (size_t)at + 1);
	return true;
}

bool text_line(struct span *rest, struct span *line)
{
	if (!rest->len)
		return false;
	return text_field(rest, '\n', line);
}

size_t text_count_lines(struct span s)
{
	struct span line;
	size_t n = 0;

	while (text_line(&s, &line))
		n++;
	return n;
}

size_t text_longest_run(struct span s, char c)
{
	size_t run = 0, most = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.ptr[i] == c ? run + 1 : 0;
		most = run > most ? run : most;
	}
	return most;
}

size_t text_line_at(struct span s, const char *at)
{
	size_t line = 1;

	for (const char *p = s.ptr; p < at; p++)
		line += *p == '\n';
	return line;
}

/* Overlong forms, surrogates and what is beyond U+10FFFF show in byte two. */
static bool continues(const unsigned char *p, size_t n)
{
	unsigned char lo = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char hi = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
	size_t i;

	for (i = 1; i <= n; i++) {
		if (p[i] < lo || p[i] > hi)
			return false;
		lo = 0x80;
		hi = 0xBF;
	}
	return true;
}

int32_t text_utf8(struct span *s)
{
	const unsigned char *p = (const unsigned char *)s->ptr;
	size_t n = p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1, i;
	uint32_t cp = p[0] & (0x3Fu >> n);

	if (p[0] < 0x80) {
		*s = span_from(*s, 1);
		return p[0];
	}
	if (p[0] < 0xC2 || p[0] > 0xF4 || s->len <= n || !continues(p, n)) {
		*s = span_from(*s, 1);
		return -1;
	}
	for (i = 1; i <= n; i++)
		cp = cp << 6 | (p[i] & 0x3Fu);
	*s = span_from(*s, n + 1);
	return (int32_t)cp;
}

void text_add_utf8(struct buf *out, uint32_t cp)
{
	if (cp < 0x80) {
		buf_addc(out, (char)cp);
	} else if (cp < 0x800) {
		buf_addc(out, (char)(0xC0 | cp >> 6));
		buf_addc(out, (char)(0x80 | (cp & 0x3F)));
	} else if (cp < 0x10000) {
		buf_addc(out, (char)(0xE0 | cp >> 12));
		buf_addc(out, (char)(0x80 | (cp >> 6 & 0x3F)));
		buf_addc(out, (char)(0x80 | (cp & 0x3F)));
	} else {
		buf_addc(out, (char)(0xF0 | cp >> 18));
		buf_addc(out, (char)(0x80 | (cp >> 12 & 0x3F)));
		buf_addc(out, (char)(0x80 | (cp >> 6 & 0x3F)));
		buf_addc(out, (char)(0x80 | (cp & 0x3F)));
	}
}

void text_add_number(struct buf *out, long long n)
{
	char s[24];
	int len = snprintf(s, sizeof(s), "%lld", n), i;

	for (i = 0; i < len; i++) {
		if (i && s[i - 1] != '-' && (len - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, s[i]);
	}
}

bool text_utf8_valid(struct span s)
{
	while (s.len) {
		if ((unsigned char)s.ptr[0] < 0x80)
			s = span_from(s, 1);
		else if (text_utf8(&s) < 0)
			return false;
	}
	return true;
}

void text_percent(struct buf *out, struct span s, const char *keep)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";

	for (; s.len; s = span_from(s, 1)) {
		char c = s.ptr[0];

		if (c && (strchr(plain, c) || strchr(keep, c)))
			buf_addc(out, c);
		else
			buf_addf(out, "%%%02X", (unsigned char)c);
	}
}

struct span text_clip(struct span s, size_t max)
{
	size_t n = max;

	if (s.len <= max)
		return s;
	while (n > 0 && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
		n--;
	return span_first(s, n);
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

unsigned text_distance(const char *a, const char *b)
{
	unsigned d[3][66];
	size_t la = strlen(a), lb = strlen(b), i, j;

	if (la > 64 || lb > 64)
		return 99;
	for (j = 0; j <= lb; j++)
		d[0][j] = (unsigned)j;
	for (i = 1; i <= la; i++) {
		unsigned *now = d[i % 3], *prev = d[(i + 2) % 3],
			 *before = d[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (j = 1; j <= lb; j++) {
			now[j] = min3(prev[j] + 1, now[j - 1] + 1,
				      prev[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
	}
	return d[la % 3][lb];
}

const char *text_nearest(const char *word, const char *const *names, size_t n)
{
	unsigned best = (unsigned)(strlen(word) + 2) / 3 + 1, d;
	const char *found = NULL;
	size_t i;

	for (i = 0; i < n; i++) {
		d = text_distance(word, names[i]);
		if (d < best) {
			best = d;
			found = names[i];
		}
	}
	return found;
}
