/* The place of a finding, as people and models write one. */
#include <ctype.h>
#include <string.h>

#include "core/remark_parts.h"

/* A name without a folder and a line is a path only when it ends in these. */
static const char *const suffixes[] = {
	"rs",	     "toml",	   "lock",	   "md",
	"yml",	     "yaml",	   "json",	   "sh",
	"txt",	     "sql",	   "py",	   "js",
	"ts",	     "html",	   "css",	   "c",
	"h",	     "cpp",	   "hpp",	   "cc",
	"proto",     "cfg",	   "ini",	   "conf",
	"in",	     "xml",	   "csv",	   "gitattributes",
	"gitignore", "gitmodules", "dockerignore",
};

static const char *const names[] = { "Makefile", "Dockerfile", "justfile",
				     "LICENSE", "CODEOWNERS" };

/* Digits at the start of s as a number; 0 when none, or too large. */
static uint32_t number_at(struct span s)
{
	uint64_t n = 0;

	for (; s.len && isdigit((unsigned char)s.ptr[0]); s = span_from(s, 1))
		if (n <= UINT32_MAX)
			n = n * 10 + (uint64_t)(s.ptr[0] - '0');
	return n > UINT32_MAX ? 0 : (uint32_t)n;
}

static size_t digits(struct span s)
{
	size_t n = 0;

	while (n < s.len && isdigit((unsigned char)s.ptr[n]))
		n++;
	return n;
}

/* What joins a number to the end of its range or to its column. */
static size_t joint(struct span s)
{
	size_t n = 0;

	if (span_starts(s, "\xe2\x80\x93"))
		n = 3;
	else if (s.len && (s.ptr[0] == '-' || s.ptr[0] == ':'))
		n = 1;
	if (n && n < s.len && (s.ptr[n] == 'L' || s.ptr[n] == 'l'))
		n++;
	return n && digits(span_from(s, n)) ? n : 0;
}

/* Bytes of a number with its range or column: "88-92", "88:5". */
static size_t number_length(struct span s)
{
	size_t n = digits(s), join;

	while ((join = joint(span_from(s, n))) > 0)
		n += join + digits(span_from(s, n + join));
	return n;
}

/* The end of the range that s begins with: 92 of "88-92", 0 without one. */
static uint32_t range_end(struct span s)
{
	struct span rest = span_from(s, digits(s));
	size_t join = joint(rest);

	return join && rest.ptr[0] != ':' ? number_at(span_from(rest, join))
					  : 0;
}

/* Take the number that s begins with; what is behind it. */
static struct span take_number(struct remark *rm, struct span s)
{
	uint32_t line = number_at(s), last = range_end(s);

	rm->finding.line = line;
	rm->last = last > line ? last : line;
	rm->number = span_first(s, number_length(s));
	return span_from(s, rm->number.len);
}

/* Where the number of `:88`, `:L88`, `#L88` at the start of s begins; 0: it
 * is none. */
static size_t line_hint(struct span s)
{
	size_t n = 1;

	if (!s.len || (s.ptr[0] != ':' && s.ptr[0] != '#'))
		return 0;
	if (s.len > 1 && (s.ptr[1] == 'L' || s.ptr[1] == 'l'))
		n++;
	return number_at(span_from(s, n)) ? n : 0;
}

static bool known_suffix(struct span path)
{
	size_t at = path.len, i;

	while (at > 0 && path.ptr[at - 1] != '.' && path.ptr[at - 1] != '/')
		at--;
	if (at > 0 && path.ptr[at - 1] == '.')
		for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
			if (span_eqs_nocase(span_from(path, at), suffixes[i]))
				return true;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_eqs(span_from(path, at), names[i]))
			return true;
	return false;
}

/* Nothing, or what a sentence puts behind a place. */
static bool only_stops(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!s.ptr[i] || !strchr(":,.;)", s.ptr[i]))
			return false;
	return true;
}

/* Where the `:88` of a token begins: the one that ends it, or else the first;
 * the token's end when there is none. */
static size_t find_hint(struct span token)
{
	size_t first = token.len;

	for (size_t i = 1; i < token.len; i++) {
		struct span at = span_from(token, i);
		size_t n = line_hint(at);

		if (!n)
			continue;
		at = span_from(at, n);
		if (only_stops(span_from(at, number_length(at))))
			return i;
		first = first < i ? first : i;
	}
	return first;
}

/* Split "path:88-92" or "path#L88"; false when it is no place. */
static bool read_place(struct remark *rm, struct span token)
{
	struct span path = span_first(token, find_hint(token));
	struct span hint = span_from(token, path.len);

	while (path.len && only_stops(span_from(path, path.len - 1)))
		path.len--;
	if (!path.len || span_find(path, SPAN("::")) >= 0 ||
	    span_find(path, SPAN("://")) >= 0)
		return false;
	if (!known_suffix(path) && !(hint.len && (span_chr(path, '/') >= 0 ||
						  span_chr(path, '.') >= 0)))
		return false;
	rm->finding.path = path;
	rm->finding.line = 0;
	rm->number = span_from(path, path.len);
	if (hint.len)
		take_number(rm, span_from(hint, line_hint(hint)));
	return true;
}

/* "(line 88)", ", line 88", "line 88", "L88" behind a path. */
static struct span spelled_line(struct remark *rm, struct span s)
{
	struct span at = s;

	if (at.len && strchr("(,", at.ptr[0]) && at.ptr[0])
		at = span_trim(span_from(at, 1));
	if (at.len > 4 && !strncasecmp(at.ptr, "line", 4)) {
		at = span_from(at, 4);
		if (at.ptr[0] == 's')
			at = span_from(at, 1);
		at = span_trim(at);
	} else if (at.len > 1 && at.ptr[0] == 'L') {
		at = span_from(at, 1);
	} else {
		return s;
	}
	if (!digits(at))
		return s;
	at = take_number(rm, at);
	return at.len && at.ptr[0] == ')' ? span_from(at, 1) : at;
}

/* `_` is no mark here: it begins many a name. */
static bool place_mark(char c)
{
	return c == '*' || c == '`';
}

static struct span skip_place_marks(struct span s)
{
	while (s.len && place_mark(s.ptr[0]))
		s = span_from(s, 1);
	return s;
}

/* Where the place at the start of s ends: at `end`, or for plain text at white
 * space, a mark or a dash. */
static size_t place_length(struct span s, char end)
{
	size_t n = 0;

	for (; n < s.len && n < 1024; n++) {
		if (s.ptr[n] == end || s.ptr[n] == '\t')
			break;
		if (end == ' ' && (place_mark(s.ptr[n]) ||
				   remark_separator(span_from(s, n)) == 3))
			break;
	}
	return n;
}

static size_t ticks(struct span s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == '`')
		n++;
	return n;
}

/* Where a code span ends whose n back-ticks are behind us; s.len: nowhere. */
static size_t code_length(struct span s, size_t n)
{
	size_t at = 0, run;

	for (; at < s.len; at += run ? run : 1) {
		run = ticks(span_from(s, at));
		if (run == n)
			break;
	}
	return at < s.len ? at : s.len;
}

/* A line that stands behind a path: `:88-92`, "(line 88)"; what follows it. */
static struct span outer_line(struct remark *rm, struct span s)
{
	size_t hint = line_hint(s);

	if (!hint)
		return spelled_line(rm, span_trim(s));
	return take_number(rm, span_from(s, hint));
}

/* Bytes that a sentence puts behind a plain place: "src/a.rs:88:". */
static size_t trailing(const struct remark *rm, struct span token)
{
	const char *used = rm->number.ptr + rm->number.len;
	struct span rest = span_from(token, (size_t)(used - token.ptr));

	return only_stops(rest) ? rest.len : 0;
}

/* Where a link's address ends, when one stands there. */
static struct span skip_address(struct span s)
{
	ptrdiff_t end = s.len && s.ptr[0] == '(' ? span_chr(s, ')') : -1;

	return end > 0 ? span_from(s, (size_t)end + 1) : s;
}

/* The bytes of a place at the start of s, and what is behind them: plain, in
 * back-ticks, a link. */
static struct span place_token(struct span s, struct span *behind, bool *plain)
{
	struct span at = skip_place_marks(s), token;
	size_t n = 0, len;

	while (at.ptr - n > s.ptr && at.ptr[-1 - (ptrdiff_t)n] == '`')
		n++;
	*plain = false;
	if (n) {
		len = code_length(at, n);
		*behind = span_from(at, len + n);
	} else if (at.len && at.ptr[0] == '[') {
		at = skip_place_marks(span_from(at, 1));
		len = place_length(at, ']');
		*behind = skip_address(span_from(at, len + 1));
	} else {
		*plain = true;
		len = place_length(at, ' ');
		*behind = span_from(at, len);
	}
	token = span_trim(span_first(at, len));
	while (token.len && place_mark(token.ptr[token.len - 1]))
		token.len--;
	return token;
}

bool remark_place(struct remark *rm, struct span *s)
{
	struct span after, last, token;
	const char *behind;
	bool plain;

	token = place_token(*s, &after, &plain);
	if (!read_place(rm, token))
		return false;
	last = skip_place_marks(after);
	behind = last.ptr;
	if (plain && behind == after.ptr)
		behind -= trailing(rm, token);
	if (!rm->finding.line) {
		last = outer_line(rm, last);
		behind = rm->finding.line ? last.ptr : behind;
	}
	rm->place = span_first(*s, (size_t)(behind - s->ptr));
	*s = remark_gap(last);
	return true;
}
