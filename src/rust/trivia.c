/*
 * What lies between tokens: comments, the first lines of a script, conflict
 * markers. Total; linear but for unclosed comments: see retries in scan.h.
 */
#include "rust/scan.h"

#include <string.h>

#include "base/vec.h"

const unsigned char *scan_line_end(const struct scan *s, const unsigned char *p)
{
	const unsigned char *e = memchr(p, '\n', (size_t)(s->end - p));

	if (!e)
		return s->end;
	return e > p && e[-1] == '\r' ? e - 1 : e;
}

static void push(struct scan *s, const unsigned char *p, const unsigned char *e,
		 enum comment_kind kind, uint32_t line)
{
	struct lexer *lx = s->out;
	size_t cap = s->comment_cap;

	if (lx->comments == s->comment_cap) {
		lx->comment = vec_grow(s->arena, lx->comment, lx->comments,
				       &cap, sizeof(*lx->comment));
		s->comment_cap = (uint32_t)cap;
	}
	lx->comment[lx->comments++] = (struct comment){
		.start = (uint32_t)(p - s->base),
		.len = (uint32_t)(e - p),
		.line = line,
		.last_line = s->line,
		.token = lx->count,
		.kind = kind,
	};
}

static const unsigned char *line_comment(struct scan *s, const unsigned char *p)
{
	const unsigned char *e = scan_line_end(s, p);
	enum comment_kind kind = COMMENT_LINE;

	if (e - p > 2 && p[2] == '!')
		kind = COMMENT_INNER_LINE;
	else if (e - p > 2 && p[2] == '/' && !(e - p > 3 && p[3] == '/'))
		kind = COMMENT_OUTER_LINE;
	push(s, p, e, kind, s->line);
	return e;
}

/* Behind the end of a block comment, nested ones included; NULL when none. */
static const unsigned char *block_end(const unsigned char *p,
				      const unsigned char *end)
{
	const unsigned char *low = p + 2; /* a star serves once */
	size_t depth = 1;

	for (p = low; (p = memchr(p, '/', (size_t)(end - p)));) {
		if (p > low && p[-1] == '*') {
			low = ++p;
			if (!--depth)
				return p;
		} else if (end - p > 1 && p[1] == '*') {
			depth++;
			low = p += 2;
		} else {
			p++;
		}
	}
	return NULL;
}

static enum comment_kind block_kind(const unsigned char *p, size_t len)
{
	if (len > 4 && p[2] == '!')
		return COMMENT_INNER_BLOCK;
	if (len > 4 && p[2] == '*' && p[3] != '*')
		return COMMENT_OUTER_BLOCK;
	return COMMENT_BLOCK;
}

static const unsigned char *block_comment(struct scan *s,
					  const unsigned char *p)
{
	const unsigned char *e, *q;
	uint32_t line = s->line;

	e = block_end(p, s->retries ? s->end : scan_line_end(s, p));
	if (!e) {
		e = scan_line_end(s, p);
		s->retries -= s->retries > 0;
		s->out->errors++;
	}
	for (q = p; (q = memchr(q, '\n', (size_t)(e - q))); q++)
		s->line++;
	push(s, p, e, block_kind(p, (size_t)(e - p)), line);
	return e;
}

const unsigned char *scan_comment(struct scan *s, const unsigned char *p)
{
	return p[1] == '/' ? line_comment(s, p) : block_comment(s, p);
}

const unsigned char *scan_conflict(struct scan *s, const unsigned char *p)
{
	const unsigned char *e;
	size_t n = 1;

	while (n < 8 && (size_t)(s->end - p) > n && p[n] == *p)
		n++;
	if (n != 7)
		return p;
	e = scan_line_end(s, p);
	if (e - p > 7 && p[7] != ' ')
		return p;
	push(s, p, e, COMMENT_CONFLICT, s->line);
	s->out->flags |= LEXER_CONFLICT;
	return e;
}

/* `#!` that starts no attribute: the next that is no blank is not `[`. */
static const unsigned char *shebang(struct scan *s, const unsigned char *p)
{
	const unsigned char *e, *q = p + 2;

	if (s->end - p < 2 || p[0] != '#' || p[1] != '!')
		return p;
	while (q < s->end && (*q == ' ' || (*q >= '\t' && *q <= '\r')))
		q++;
	if (q < s->end && *q == '[')
		return p;
	e = scan_line_end(s, p);
	push(s, p, e, COMMENT_SHEBANG, s->line);
	return e;
}

static size_t dashes(const unsigned char *p, const unsigned char *e)
{
	size_t n = 0;

	while (p + n < e && p[n] == '-')
		n++;
	return n;
}

/* RFC 3503: three dashes or more, to a line of as many. */
static const unsigned char *front_matter(struct scan *s, const unsigned char *p)
{
	const unsigned char *q = p, *from, *e;
	uint32_t line = s->line, blank = 0;
	size_t n;

	while (q < s->end && (*q == ' ' || (*q >= '\t' && *q <= '\r')))
		blank += *q++ == '\n';
	n = dashes(q, s->end);
	if (n < 3)
		return p;
	line += blank;
	for (from = q, e = scan_line_end(s, q); e < s->end;) {
		q = e + (*e == '\r') + 1;
		blank++;
		e = scan_line_end(s, q);
		if (dashes(q, e) == n) {
			s->line += blank;
			push(s, from, e, COMMENT_FRONT_MATTER, line);
			return e;
		}
	}
	return p;
}

const unsigned char *scan_top(struct scan *s, const unsigned char *p)
{
	if (s->end - p >= 3 && !memcmp(p, "\xef\xbb\xbf", 3))
		p += 3;
	p = shebang(s, p);
	return front_matter(s, p);
}
