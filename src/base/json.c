/*
 * One pass over the bytes, no recursion, no copy: total and linear. A string's
 * plain bytes are skipped eight at a time.
 */
#include "base/json.h"

#include <endian.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

#define DEPTH_MAX 64
#define ONES 0x0101010101010101u
#define HIGH 0x8080808080808080u

struct parser {
	const char *start, *p, *end;
	struct arena *arena;
	const char *why;    /* what is wrong at p */
	struct json **tail; /* where the next value is linked */
	unsigned depth;
	struct json *open[DEPTH_MAX];
};

/* A bit in each byte that is no plain ASCII of a string; the lowest is true. */
static uint64_t special(uint64_t x)
{
	uint64_t quote = x ^ (ONES * '"'), slash = x ^ (ONES * '\\');

	return (x | (x - ONES * 0x20) | ((quote - ONES) & ~quote) |
		((slash - ONES) & ~slash)) &
	       HIGH;
}

/* The first byte from p that is a quote, backslash, control or invalid. */
static const char *skip_plain(const char *p, const char *end)
{
	for (;;) {
		struct span rest;
		unsigned char c;
		uint64_t x;

		while (end - p >= 8) {
			memcpy(&x, p, 8);
			x = special(le64toh(x));
			if (x) {
				p += __builtin_ctzll(x) / 8;
				break;
			}
			p += 8;
		}
		while (p < end && (c = (unsigned char)*p) >= 0x20 && c < 0x80 &&
		       c != '"' && c != '\\')
			p++;
		if (p == end || (unsigned char)*p < 0x80)
			return p;
		rest = (struct span){ p, (size_t)(end - p) };
		if (text_utf8(&rest) < 0)
			return p;
		p = rest.ptr;
	}
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits at p, or -1. */
static int32_t hex4(const char *p, const char *end)
{
	int32_t v = 0;
	int i, d;

	if (end - p < 4)
		return -1;
	for (i = 0; i < 4; i++) {
		d = hex_digit(p[i]);
		if (d < 0)
			return -1;
		v = v << 4 | d;
	}
	return v;
}

static bool wrong(struct parser *ps, const char *why)
{
	ps->why = why;
	return false;
}

/* ps->p is on a backslash; leaves it behind the escape. */
static bool skip_escape(struct parser *ps)
{
	int32_t unit;

	if (ps->end - ps->p < 2)
		return wrong(ps, "it ends within a string");
	if (ps->p[1] != 'u') {
		if (!memchr("\"\\/bfnrt", ps->p[1], 8))
			return wrong(ps, "unknown escape");
		ps->p += 2;
		return true;
	}
	unit = hex4(ps->p + 2, ps->end);
	if (unit < 0)
		return wrong(ps, "bad \\u escape");
	if (!unit)
		return wrong(ps, "NUL in a string");
	ps->p += 6;
	return true;
}

/* ps->p is on the opening quote. */
static bool parse_string(struct parser *ps, struct span *raw, bool *escaped)
{
	const char *from = ++ps->p;

	for (;;) {
		ps->p = skip_plain(ps->p, ps->end);
		if (ps->p == ps->end)
			return wrong(ps, "it ends within a string");
		if (*ps->p == '"')
			break;
		if (*ps->p != '\\')
			return wrong(ps, (unsigned char)*ps->p < 0x20
						 ? "control character"
						 : "invalid UTF-8");
		*escaped = true;
		if (!skip_escape(ps))
			return false;
	}
	*raw = (struct span){ from, (size_t)(ps->p - from) };
	ps->p++;
	return true;
}

static bool skip_digits(struct parser *ps)
{
	const char *from = ps->p;

	while (ps->p < ps->end && *ps->p >= '0' && *ps->p <= '9')
		ps->p++;
	return ps->p > from || wrong(ps, "digit expected");
}

static bool parse_number(struct parser *ps, struct json *v)
{
	const char *from = ps->p;

	v->type = JSON_NUMBER;
	if (*ps->p == '-')
		ps->p++;
	if (ps->p < ps->end && *ps->p == '0')
		ps->p++;
	else if (!skip_digits(ps))
		return false;
	if (ps->p < ps->end && *ps->p == '.') {
		ps->p++;
		if (!skip_digits(ps))
			return false;
	}
	if (ps->p < ps->end && (*ps->p == 'e' || *ps->p == 'E')) {
		ps->p++;
		if (ps->p < ps->end && (*ps->p == '+' || *ps->p == '-'))
			ps->p++;
		if (!skip_digits(ps))
			return false;
	}
	v->raw = (struct span){ from, (size_t)(ps->p - from) };
	return true;
}

static bool parse_word(struct parser *ps, struct json *v, const char *word,
		       size_t n, enum json_type type)
{
	if ((size_t)(ps->end - ps->p) < n || memcmp(ps->p, word, n))
		return wrong(ps, "value expected");
	v->type = type;
	v->raw = (struct span){ ps->p, n };
	ps->p += n;
	return true;
}

static void skip_blanks(struct parser *ps)
{
	while (ps->p < ps->end && (*ps->p == ' ' || *ps->p == '\n' ||
				   *ps->p == '\r' || *ps->p == '\t'))
		ps->p++;
}

static bool at(struct parser *ps, char c)
{
	return ps->p < ps->end && *ps->p == c;
}

/* ps->p is on an opening bracket; false when nothing more may be opened. */
static bool open_nest(struct parser *ps, struct json *v, enum json_type type)
{
	if (ps->depth == DEPTH_MAX)
		return wrong(ps, "nested deeper than 64");
	v->type = type;
	v->raw.ptr = ps->p++;
	ps->open[ps->depth++] = v;
	ps->tail = &v->child;
	return true;
}

static bool parse_key(struct parser *ps, struct json *v)
{
	skip_blanks(ps);
	if (!at(ps, '"'))
		return wrong(ps, "name expected");
	if (!parse_string(ps, &v->key, &v->key_escaped))
		return false;
	skip_blanks(ps);
	if (!at(ps, ':'))
		return wrong(ps, "colon expected");
	ps->p++;
	return true;
}

/* A value at ps->p; of a nest only its opening. */
static bool parse_value(struct parser *ps)
{
	struct json *v = arena_new(ps->arena, struct json);

	if (ps->depth && ps->open[ps->depth - 1]->type == JSON_OBJECT &&
	    !parse_key(ps, v))
		return false;
	*ps->tail = v;
	ps->tail = &v->next;
	skip_blanks(ps);
	if (ps->p == ps->end)
		return wrong(ps, "it ends where a value should be");
	switch (*ps->p) {
	case '{':
		return open_nest(ps, v, JSON_OBJECT);
	case '[':
		return open_nest(ps, v, JSON_ARRAY);
	case '"':
		v->type = JSON_STRING;
		return parse_string(ps, &v->raw, &v->escaped);
	case 't':
		return parse_word(ps, v, "true", 4, JSON_TRUE);
	case 'f':
		return parse_word(ps, v, "false", 5, JSON_FALSE);
	case 'n':
		return parse_word(ps, v, "null", 4, JSON_NULL);
	default:
		if (*ps->p != '-' && (*ps->p < '0' || *ps->p > '9'))
			return wrong(ps, "value expected");
		return parse_number(ps, v);
	}
}

static char closing(const struct json *nest)
{
	return nest->type == JSON_OBJECT ? '}' : ']';
}

/* ps->p is on the closing bracket of the innermost nest. */
static void close_nest(struct parser *ps)
{
	struct json *v = ps->open[--ps->depth];

	ps->p++;
	v->raw.len = (size_t)(ps->p - v->raw.ptr);
	ps->tail = &v->next;
}

/*
 * Behind a value: close what closes. True with *more when another value must
 * follow.
 */
static bool after_value(struct parser *ps, bool *more)
{
	for (;;) {
		*more = false;
		skip_blanks(ps);
		if (!ps->depth)
			return true;
		if (at(ps, ',')) {
			ps->p++;
			*more = true;
			return true;
		}
		if (!at(ps, closing(ps->open[ps->depth - 1])))
			return wrong(ps, ps->p == ps->end
						 ? "it ends within a value"
						 : "comma or end expected");
		close_nest(ps);
	}
}

static bool parse_text(struct parser *ps)
{
	unsigned depth;
	bool more;

	skip_blanks(ps);
	do {
		depth = ps->depth;
		if (!parse_value(ps))
			return false;
		more = false;
		if (ps->depth > depth) {
			skip_blanks(ps);
			/* a nest was opened: a value, or its end at once */
			more = !at(ps, closing(ps->open[ps->depth - 1]));
		}
		if (!more && !after_value(ps, &more))
			return false;
	} while (more);
	return ps->p == ps->end || wrong(ps, "bytes after the end");
}

int json_parse(struct json **out, struct arena *a, struct span text,
	       struct error *err)
{
	struct json *root = NULL;
	struct parser ps = { .start = text.ptr, .p = text.ptr, .arena = a };

	*out = NULL;
	if (!text.len)
		return error_set(err, ERR_MODEL, "not JSON: empty");
	ps.end = text.ptr + text.len;
	ps.tail = &root;
	if (!parse_text(&ps))
		return error_set(err, ERR_MODEL, "not JSON at byte %zu: %s",
				 (size_t)(ps.p - ps.start), ps.why);
	*out = root;
	return 0;
}

static uint32_t decode_unit(struct span *s)
{
	uint32_t unit = (uint32_t)hex4(s->ptr + 2, s->ptr + s->len);
	int32_t low;

	*s = span_from(*s, 6);
	if (unit < 0xD800 || unit > 0xDFFF)
		return unit;
	if (unit > 0xDBFF || s->len < 6 || s->ptr[0] != '\\' ||
	    s->ptr[1] != 'u')
		return 0xFFFD;
	low = hex4(s->ptr + 2, s->ptr + s->len);
	if (low < 0xDC00 || low > 0xDFFF)
		return 0xFFFD;
	*s = span_from(*s, 6);
	return 0x10000 + ((unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
}

/* Take one escape off *s, which starts with it and was checked. */
static uint32_t decode_escape(struct span *s)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *at_letter;
	char c = s->ptr[1];

	if (c == 'u')
		return decode_unit(s);
	*s = span_from(*s, 2);
	at_letter = strchr(from, c);
	return (unsigned char)(at_letter ? to[at_letter - from] : c);
}

static size_t put_utf8(char *to, uint32_t cp)
{
	if (cp < 0x80) {
		to[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		to[0] = (char)(0xC0 | cp >> 6);
		to[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		to[0] = (char)(0xE0 | cp >> 12);
		to[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		to[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | cp >> 18);
	to[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	to[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	to[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Into to, which has room for raw.len bytes: decoding never grows. */
static size_t decode(char *to, struct span raw)
{
	char *p = to;

	while (raw.len) {
		const char *slash = memchr(raw.ptr, '\\', raw.len);
		size_t n = slash ? (size_t)(slash - raw.ptr) : raw.len;

		memcpy(p, raw.ptr, n);
		p += n;
		raw = span_from(raw, n);
		if (raw.len)
			p += put_utf8(p, decode_escape(&raw));
	}
	return (size_t)(p - to);
}

struct span json_string(const struct json *v, struct arena *a)
{
	char *to;

	if (!v || v->type != JSON_STRING)
		return (struct span){ NULL, 0 };
	if (!v->escaped)
		return v->raw;
	to = arena_alloc(a, v->raw.len);
	return (struct span){ to, decode(to, v->raw) };
}

/* Is the escaped text raw the name key? */
static bool decoded_eq(struct span raw, struct span key)
{
	char one[4];
	size_t n;

	while (raw.len) {
		if (raw.ptr[0] == '\\') {
			n = put_utf8(one, decode_escape(&raw));
		} else {
			one[0] = raw.ptr[0];
			n = 1;
			raw = span_from(raw, 1);
		}
		if (key.len < n || memcmp(key.ptr, one, n))
			return false;
		key = span_from(key, n);
	}
	return !key.len;
}

const struct json *json_get(const struct json *obj, const char *key)
{
	struct span name = span_of(key);
	const struct json *v;

	if (!obj || obj->type != JSON_OBJECT)
		return NULL;
	for (v = obj->child; v; v = v->next)
		if (v->key_escaped
			    ? decoded_eq(v->key, name)
			    : v->key.len == name.len &&
				      !memcmp(v->key.ptr, name.ptr, name.len))
			return v->type == JSON_NULL ? NULL : v;
	return NULL;
}

const struct json *json_at(const struct json *v, ...)
{
	const char *key;
	va_list ap;

	va_start(ap, v);
	while (v && (key = va_arg(ap, const char *)))
		v = json_get(v, key);
	va_end(ap);
	return v;
}

int64_t json_int(const struct json *v, int64_t fallback)
{
	bool minus;
	int64_t n = 0;
	size_t i;

	if (!v || v->type != JSON_NUMBER)
		return fallback;
	minus = v->raw.ptr[0] == '-';
	if (v->raw.len - minus > 16)
		return fallback;
	for (i = minus; i < v->raw.len; i++) {
		if (v->raw.ptr[i] < '0' || v->raw.ptr[i] > '9')
			return fallback;
		n = n * 10 + (v->raw.ptr[i] - '0');
	}
	if (n > INT64_C(1) << 53)
		return fallback;
	return minus ? -n : n;
}

double json_number(const struct json *v, double fallback)
{
	char text[512];
	double d;

	if (!v || v->type != JSON_NUMBER || v->raw.len >= sizeof(text))
		return fallback;
	memcpy(text, v->raw.ptr, v->raw.len);
	text[v->raw.len] = '\0';
	d = strtod(text, NULL);
	return isfinite(d) ? d : fallback;
}

bool json_bool(const struct json *v, bool fallback)
{
	if (!v || (v->type != JSON_TRUE && v->type != JSON_FALSE))
		return fallback;
	return v->type == JSON_TRUE;
}

static void quote_byte(struct buf *out, unsigned char c)
{
	static const char names[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *at_name = c ? strchr(names, c) : NULL;

	if (at_name) {
		buf_addc(out, '\\');
		buf_addc(out, letters[at_name - names]);
	} else if (c && c < 0x20) {
		buf_addf(out, "\\u%04x", c);
	} else {
		buf_adds(out, "\xEF\xBF\xBD");
	}
}

void json_quote(struct buf *out, struct span s)
{
	const char *p = s.ptr, *end = s.len ? s.ptr + s.len : s.ptr, *stop;

	buf_reserve(out, s.len + s.len / 16 + 2);
	buf_addc(out, '"');
	while (p < end) {
		stop = skip_plain(p, end);
		buf_add(out, p, (size_t)(stop - p));
		p = stop;
		if (p < end)
			quote_byte(out, (unsigned char)*p++);
	}
	buf_addc(out, '"');
}
