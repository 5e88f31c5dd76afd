/*
 * One pass over the bytes, no recursion, no copy: total and linear. A string's
 * plain bytes are skipped eight or sixteen at a time.
 */
#include "base/json.h"

#include <endian.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/arena.h"
#include "base/buf.h"

#define DEPTH_MAX 64
#define SPARES 8 /* values taken from the arena at once */
#define ONES 0x0101010101010101u
#define HIGH 0x8080808080808080u

/*
 * The functions below take the place they stand at and return the place behind
 * what they read, NULL when it is wrong: so that it stays in a register.
 */
struct parser {
	const char *end;
	struct arena *arena;
	const char *why, *where; /* what is wrong, and where */
	struct json **tail;	 /* where the next value is linked */
	struct json *spare;	 /* values taken from the arena, not used yet */
	unsigned spares, depth;
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

static bool plain(char c)
{
	return c >= 0x20 && (signed char)c >= 0 && c != '"' && c != '\\';
}

/* The first byte from p that is no plain ASCII of a string. */
static const char *skip_ascii(const char *p, const char *end)
{
	uint64_t x;
#ifdef __SSE2__
	const __m128i blank = _mm_set1_epi8(' '), quote = _mm_set1_epi8('"'),
		      slash = _mm_set1_epi8('\\');
	__m128i v, hits;
	int mask;

	for (; end - p >= 16; p += 16) {
		v = _mm_loadu_si128((const void *)p);
		/* signed: what is not ASCII is below the blank too */
		hits = _mm_or_si128(_mm_cmplt_epi8(v, blank),
				    _mm_or_si128(_mm_cmpeq_epi8(v, quote),
						 _mm_cmpeq_epi8(v, slash)));
		mask = _mm_movemask_epi8(hits);
		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
#endif
	for (; end - p >= 8; p += 8) {
		memcpy(&x, p, 8);
		x = special(le64toh(x));
		if (x)
			return p + __builtin_ctzll(x) / 8;
	}
	while (p < end && plain(*p))
		p++;
	return p;
}

/* The first byte from p that is a quote, backslash, control or invalid. */
static const char *skip_plain(const char *p, const char *end)
{
	for (;;) {
		struct span rest;

		p = skip_ascii(p, end);
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

static const char *wrong(struct parser *ps, const char *p, const char *why)
{
	ps->where = p;
	ps->why = why;
	return NULL;
}

/* p is on a backslash. */
static const char *skip_escape(struct parser *ps, const char *p)
{
	int32_t unit;

	if (ps->end - p < 2)
		return wrong(ps, p, "it ends within a string");
	if (p[1] != 'u') {
		if (!memchr("\"\\/bfnrt", p[1], 8))
			return wrong(ps, p, "unknown escape");
		return p + 2;
	}
	unit = hex4(p + 2, ps->end);
	if (unit < 0)
		return wrong(ps, p, "bad \\u escape");
	if (!unit)
		return wrong(ps, p, "NUL in a string");
	return p + 6;
}

/* p is on the opening quote. */
static const char *parse_string(struct parser *ps, const char *p,
				struct span *raw, bool *escaped)
{
	const char *from = ++p;

	for (;;) {
		p = skip_plain(p, ps->end);
		if (p == ps->end)
			return wrong(ps, p, "it ends within a string");
		if (*p == '"')
			break;
		if (*p != '\\')
			return wrong(ps, p,
				     (unsigned char)*p < 0x20
					     ? "control character"
					     : "invalid UTF-8");
		*escaped = true;
		p = skip_escape(ps, p);
		if (!p)
			return NULL;
	}
	*raw = (struct span){ from, (size_t)(p - from) };
	return p + 1;
}

static const char *skip_digits(struct parser *ps, const char *p)
{
	const char *from = p;

	while (p < ps->end && *p >= '0' && *p <= '9')
		p++;
	return p > from ? p : wrong(ps, p, "digit expected");
}

static const char *parse_number(struct parser *ps, const char *p,
				struct json *v)
{
	const char *from = p;

	v->type = JSON_NUMBER;
	if (*p == '-')
		p++;
	if (p < ps->end && *p == '0')
		p++;
	else
		p = skip_digits(ps, p);
	if (p && p < ps->end && *p == '.')
		p = skip_digits(ps, p + 1);
	if (p && p < ps->end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < ps->end && (*p == '+' || *p == '-'))
			p++;
		p = skip_digits(ps, p);
	}
	v->raw = (struct span){ from, p ? (size_t)(p - from) : 0 };
	return p;
}

static const char *parse_word(struct parser *ps, const char *p, struct json *v)
{
	size_t n = 0, left = (size_t)(ps->end - p);

	if (left >= 4 && !memcmp(p, "null", 4)) {
		n = 4;
	} else if (left >= 4 && !memcmp(p, "true", 4)) {
		n = 4;
		v->type = JSON_TRUE;
	} else if (left >= 5 && !memcmp(p, "false", 5)) {
		n = 5;
		v->type = JSON_FALSE;
	}
	v->raw = (struct span){ p, n };
	return n ? p + n : wrong(ps, p, "value expected");
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && *p <= ' ' &&
	       (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	return p;
}

/* p is on an opening bracket. */
static const char *open_nest(struct parser *ps, const char *p, struct json *v,
			     enum json_type type)
{
	if (ps->depth == DEPTH_MAX)
		return wrong(ps, p, "nested deeper than 64");
	v->type = type;
	v->raw.ptr = p;
	ps->open[ps->depth++] = v;
	ps->tail = &v->child;
	return p + 1;
}

static const char *parse_key(struct parser *ps, const char *p, struct json *v)
{
	if (p == ps->end || *p != '"')
		return wrong(ps, p, "name expected");
	p = parse_string(ps, p, &v->key, &v->key_escaped);
	if (!p)
		return NULL;
	p = skip_blanks(p, ps->end);
	if (p == ps->end || *p != ':')
		return wrong(ps, p, "colon expected");
	return skip_blanks(p + 1, ps->end);
}

static struct json *new_value(struct parser *ps)
{
	if (!ps->spares) {
		ps->spares = SPARES;
		ps->spare = arena_array(ps->arena, SPARES, sizeof(*ps->spare));
	}
	ps->spares--;
	return ps->spare++;
}

/* A value at p, which is no blank; of a nest only its opening. */
static const char *parse_value(struct parser *ps, const char *p)
{
	struct json *v = new_value(ps);

	if (ps->depth && ps->open[ps->depth - 1]->type == JSON_OBJECT) {
		p = parse_key(ps, p, v);
		if (!p)
			return NULL;
	}
	*ps->tail = v;
	ps->tail = &v->next;
	if (p == ps->end)
		return wrong(ps, p, "it ends where a value should be");
	switch (*p) {
	case '"':
		v->type = JSON_STRING;
		return parse_string(ps, p, &v->raw, &v->escaped);
	case '{':
		return open_nest(ps, p, v, JSON_OBJECT);
	case '[':
		return open_nest(ps, p, v, JSON_ARRAY);
	case 't':
	case 'f':
	case 'n':
		return parse_word(ps, p, v);
	default:
		if (*p != '-' && (*p < '0' || *p > '9'))
			return wrong(ps, p, "value expected");
		return parse_number(ps, p, v);
	}
}

static char closing(const struct json *nest)
{
	return nest->type == JSON_OBJECT ? '}' : ']';
}

/*
 * p is behind a value: close what closes, up to where another value must
 * follow or the end of the outermost.
 */
static const char *after_value(struct parser *ps, const char *p)
{
	while (ps->depth) {
		struct json *nest = ps->open[ps->depth - 1];

		p = skip_blanks(p, ps->end);
		if (p == ps->end)
			return wrong(ps, p, "it ends within a value");
		if (*p == ',')
			return skip_blanks(p + 1, ps->end);
		if (*p != closing(nest))
			return wrong(ps, p, "comma or end expected");
		p++;
		nest->raw.len = (size_t)(p - nest->raw.ptr);
		ps->tail = &nest->next;
		ps->depth--;
	}
	return p;
}

static bool parse_text(struct parser *ps, const char *p)
{
	unsigned depth;

	p = skip_blanks(p, ps->end);
	do {
		depth = ps->depth;
		p = parse_value(ps, p);
		if (!p)
			return false;
		if (ps->depth > depth) {
			p = skip_blanks(p, ps->end);
			if (p == ps->end || *p != closing(ps->open[depth]))
				continue;
		}
		p = after_value(ps, p);
		if (!p)
			return false;
	} while (ps->depth);
	p = skip_blanks(p, ps->end);
	return p == ps->end || wrong(ps, p, "bytes after the end");
}

int json_parse(struct json **out, struct arena *a, struct span text,
	       struct error *err)
{
	struct json *root = NULL;
	struct parser ps;

	*out = NULL;
	if (!text.len)
		return error_set(err, ERR_MODEL, "not JSON: empty");
	ps.end = text.ptr + text.len;
	ps.arena = a;
	ps.tail = &root;
	ps.spares = ps.depth = 0;
	if (parse_text(&ps, text.ptr)) {
		*out = root;
		return 0;
	}
	text.len = (size_t)(ps.where - text.ptr);
	if (span_chr(text, '\n') < 0)
		return error_set(err, ERR_MODEL, "not JSON at byte %zu: %s",
				 text.len, ps.why);
	return error_set(err, ERR_MODEL, "not JSON at line %zu: %s",
			 text_line_at(text, text.ptr + text.len), ps.why);
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

static bool named(const struct json *v, const char *key, size_t n)
{
	if (v->key_escaped)
		return decoded_eq(v->key, (struct span){ key, n });
	/* the first byte tells most names apart without a call */
	return v->key.len == n && v->key.ptr[0] == key[0] &&
	       !memcmp(v->key.ptr, key, n);
}

const struct json *json_get(const struct json *obj, const char *key)
{
	const struct json *v;
	size_t n;

	if (!obj || obj->type != JSON_OBJECT)
		return NULL;
	n = strlen(key);
	for (v = obj->child; v; v = v->next)
		if (named(v, key, n))
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
