/* Total, linear: every function takes bytes off the rest or complains. */
#include "rust/toml_scan.h"

#include <string.h>

#include "base/arena.h"

bool read_bad(struct toml_scan *s, unsigned line, const char *words)
{
	if (!s->bad) {
		s->bad = words;
		s->bad_line = line;
	}
	return false;
}

int read_peek(const struct toml_scan *s)
{
	return s->rest.len ? (unsigned char)s->rest.ptr[0] : -1;
}

/* Every byte is taken here, so that lines are counted in one place. */
static void skip(struct toml_scan *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		s->line += s->rest.ptr[i] == '\n';
	s->rest = span_from(s->rest, n);
}

bool read_take(struct toml_scan *s, char c)
{
	if (!s->rest.len || s->rest.ptr[0] != c)
		return false;
	skip(s, 1);
	return true;
}

void read_blanks(struct toml_scan *s)
{
	while (read_take(s, ' ') || read_take(s, '\t'))
		;
}

static bool take_newline(struct toml_scan *s)
{
	if (span_starts(s->rest, "\r\n")) {
		skip(s, 2);
		return true;
	}
	return read_take(s, '\n');
}

static void skip_comment(struct toml_scan *s)
{
	ptrdiff_t end = span_chr(s->rest, '\n');

	s->rest = end < 0 ? span_from(s->rest, s->rest.len)
			  : span_from(s->rest, (size_t)end);
}

void read_gap(struct toml_scan *s)
{
	do {
		read_blanks(s);
		if (read_peek(s) == '#')
			skip_comment(s);
	} while (take_newline(s));
}

bool read_line_end(struct toml_scan *s)
{
	read_blanks(s);
	if (read_peek(s) == '#')
		skip_comment(s);
	if (!s->rest.len || take_newline(s))
		return true;
	return read_bad(s, s->line, "more on the line than one pair or header");
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* The digits of \x, \u, \U, the letter being taken. */
static bool code_point(struct toml_scan *s, size_t digits)
{
	uint32_t cp = 0;
	size_t i;

	for (i = 0; i < digits; i++) {
		int h = i < s->rest.len ? hex(s->rest.ptr[i]) : -1;

		if (h < 0)
			return read_bad(s, s->line, "a bad escape");
		cp = cp << 4 | (uint32_t)h;
	}
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		return read_bad(s, s->line, "a bad escape");
	skip(s, digits);
	text_add_utf8(&s->scratch, cp);
	return true;
}

/* A backslash at the end of a line takes white space up to the next word. */
static bool line_break(struct toml_scan *s)
{
	unsigned line = s->line;

	read_blanks(s);
	while (take_newline(s))
		read_blanks(s);
	return s->line > line || read_bad(s, line, "a bad escape");
}

static bool escape(struct toml_scan *s, bool lines)
{
	static const char from[] = "btnfre\"\\", into[] = "\b\t\n\f\r\x1b\"\\";
	int c = read_peek(s);
	const char *at = c > 0 ? strchr(from, c) : NULL;

	if (at) {
		skip(s, 1);
		buf_addc(&s->scratch, into[at - from]);
		return true;
	}
	if (c == 'x' || c == 'u' || c == 'U') {
		skip(s, 1);
		return code_point(s, c == 'x' ? 2 : c == 'u' ? 4 : 8);
	}
	if (lines && c >= 0 && strchr(" \t\r\n", c) && c)
		return line_break(s);
	return read_bad(s, s->line, "a bad escape");
}

/* How many bytes stand before the next one that could matter. */
static size_t plain(struct span rest, char quote, bool lines)
{
	size_t i = 0;

	while (i < rest.len && rest.ptr[i] != quote &&
	       (quote == '\'' || rest.ptr[i] != '\\') &&
	       (lines || rest.ptr[i] != '\n'))
		i++;
	return i;
}

/* What is read so far, borrowed as long as nothing had to be decoded. */
static void collect(struct toml_scan *s, struct span *text, bool *copied,
		    size_t n)
{
	if (*copied)
		buf_add(&s->scratch, s->rest.ptr, n);
	else
		text->len += n;
	skip(s, n);
}

static void begin_copy(struct toml_scan *s, struct span text, bool *copied)
{
	if (!*copied) {
		buf_reset(&s->scratch);
		buf_addsp(&s->scratch, text);
	}
	*copied = true;
}

/* The quote stands next; three of them in a row where `lines`. */
static bool closes(struct toml_scan *s, char quote, bool lines, size_t *more)
{
	size_t n = 0;

	while (n < 5 && n < s->rest.len && s->rest.ptr[n] == quote)
		n++;
	*more = lines && n >= 3 ? n - 3 : 0;
	return !lines || n >= 3;
}

static bool read_text(struct toml_scan *s, struct span *text)
{
	char quote = s->rest.ptr[0];
	const char triple[] = { quote, quote, quote, '\0' };
	bool lines = span_starts(s->rest, triple), copied = false;
	unsigned line = s->line;
	size_t more;

	skip(s, lines ? 3 : 1);
	if (lines)
		take_newline(s);
	*text = (struct span){ s->rest.ptr, 0 };
	for (;;) {
		collect(s, text, &copied, plain(s->rest, quote, lines));
		if (!s->rest.len || s->rest.ptr[0] == '\n')
			return read_bad(s, line, "a string without its end");
		if (s->rest.ptr[0] == quote) {
			if (closes(s, quote, lines, &more))
				break;
			collect(s, text, &copied, 1);
			continue;
		}
		begin_copy(s, *text, &copied);
		skip(s, 1);
		if (!escape(s, lines))
			return false;
	}
	collect(s, text, &copied, more);
	skip(s, lines ? 3 : 1);
	if (copied)
		*text = arena_span(s->arena, buf_span(&s->scratch));
	return true;
}

static bool bare(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
	       c == '-' || c == '_';
}

static bool read_part(struct toml_scan *s, struct span *part)
{
	int c = read_peek(s);
	size_t n = 0;

	if (c == '"' || c == '\'') {
		unsigned line = s->line;

		return read_text(s, part) &&
		       (s->line == line ||
			read_bad(s, line, "a key over several lines"));
	}
	while (n < s->rest.len && bare(s->rest.ptr[n]))
		n++;
	if (!n)
		return read_bad(s, s->line, "no key where one belongs");
	*part = span_first(s->rest, n);
	skip(s, n);
	return true;
}

bool read_key(struct toml_scan *s, struct span *parts, size_t *count)
{
	*count = 0;
	do {
		if (*count == TOML_DEPTH_MAX)
			return read_bad(s, s->line, "a key of too many parts");
		read_blanks(s);
		if (!read_part(s, &parts[*count]))
			return false;
		if (parts[(*count)++].len > TOML_KEY_MAX)
			return read_bad(s, s->line, "a key too long");
		read_blanks(s);
	} while (read_take(s, '.'));
	return true;
}

/* Digits of a base with single underscores between; 0: none, or badly put. */
static size_t digits(struct span t, int base)
{
	size_t n = 0;
	int h;

	for (; n < t.len; n++) {
		h = hex(t.ptr[n]);
		if (t.ptr[n] == '_' && n && t.ptr[n - 1] != '_')
			continue;
		if (h < 0 || h >= base)
			break;
	}
	return n && t.ptr[n - 1] == '_' ? 0 : n;
}

static bool exponent(struct span t)
{
	t = span_from(t, 1);
	if (span_starts(t, "+") || span_starts(t, "-"))
		t = span_from(t, 1);
	return t.len && digits(t, 10) == t.len;
}

static bool number(struct span t)
{
	bool sign = span_starts(t, "+") || span_starts(t, "-");
	size_t n;

	if (!sign && t.len > 2 && t.ptr[0] == '0' && strchr("xob", t.ptr[1]) &&
	    t.ptr[1]) {
		n = digits(span_from(t, 2), t.ptr[1] == 'x'   ? 16
					    : t.ptr[1] == 'o' ? 8
							      : 2);
		return n && n == t.len - 2;
	}
	t = span_from(t, sign);
	if (span_eqs(t, "inf") || span_eqs(t, "nan"))
		return true;
	n = digits(t, 10);
	if (!n || (n > 1 && t.ptr[0] == '0'))
		return false;
	t = span_from(t, n);
	if (span_starts(t, ".")) {
		n = digits(span_from(t, 1), 10);
		if (!n)
			return false;
		t = span_from(t, n + 1);
	}
	return !t.len || ((t.ptr[0] | 32) == 'e' && exponent(t));
}

/* Does t begin as the form says, d being a digit? */
static bool shaped(struct span t, const char *form)
{
	size_t i;

	for (i = 0; form[i]; i++)
		if (i >= t.len ||
		    (form[i] == 'd' ? t.ptr[i] < '0' || t.ptr[i] > '9'
				    : t.ptr[i] != form[i]))
			return false;
	return true;
}

static size_t bare_length(struct span t)
{
	size_t n = 0;

	while (n < t.len && (bare(t.ptr[n]) || t.ptr[n] == '+' ||
			     t.ptr[n] == '.' || t.ptr[n] == ':'))
		n++;
	/* 1979-05-27 07:32:00: the one blank in a value */
	if (n == 10 && shaped(t, "dddd-dd-dd dd:"))
		n = 11 + bare_length(span_from(t, 11));
	return n;
}

bool read_scalar(struct toml_scan *s, enum toml_type *type, struct span *text)
{
	int c = read_peek(s);

	if (c == '"' || c == '\'') {
		*type = TOML_STRING;
		return read_text(s, text);
	}
	*text = span_first(s->rest, bare_length(s->rest));
	if (span_eqs(*text, "true") || span_eqs(*text, "false"))
		*type = TOML_BOOL;
	else if (shaped(*text, "dddd-dd-dd") || shaped(*text, "dd:dd"))
		*type = TOML_DATE;
	else if (number(*text))
		*type = TOML_NUMBER;
	else
		return read_bad(s, s->line, "no value where one belongs");
	skip(s, text->len);
	return true;
}
