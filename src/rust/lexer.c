/*
 * The lexer's loop. Total and linear: every branch takes at least one byte,
 * and what sends the loop back (an unclosed string) may do so eight times.
 */
#include "rust/lexer.h"

#include <string.h>

#include "base/vec.h"
#include "rust/scan.h"

#define RETRIES 8

/* What a first byte means: a kind of its own, or one of these. */
enum {
	A_SPACE = TOKEN_KINDS,
	A_LINE,
	A_WORD,
	A_PREFIX, /* r, b, c: perhaps a literal */
	A_DIGIT,
	A_STRING,
	A_TICK,
	A_SLASH,
	A_PAIR, /* may be one token with the next byte */
	A_MARK, /* seven of them may mark a conflict */
	A_WIDE
};

#define LETTER SCAN_CONT | SCAN_START

const uint8_t scan_class[256] = {
	['0' ... '9'] = SCAN_CONT | SCAN_DIGIT,
	['A' ... 'Z'] = LETTER,
	['a' ... 'z'] = LETTER,
	['_'] = LETTER,
	['"'] = SCAN_STRING,
	['\\'] = SCAN_STRING,
	['\n'] = SCAN_STRING,
};

static const uint8_t actions[256] = {
	['\t'] = A_SPACE,
	['\n'] = A_LINE,
	['\v'] = A_SPACE,
	['\f'] = A_SPACE,
	['\r'] = A_SPACE,
	[' '] = A_SPACE,
	['A' ... 'Z'] = A_WORD,
	['_'] = A_WORD,
	['a'] = A_WORD,
	['b' ... 'c'] = A_PREFIX,
	['d' ... 'q'] = A_WORD,
	['r'] = A_PREFIX,
	['s' ... 'z'] = A_WORD,
	['0' ... '9'] = A_DIGIT,
	['"'] = A_STRING,
	['\''] = A_TICK,
	['/'] = A_SLASH,
	['.'] = A_PAIR,
	[':'] = A_PAIR,
	['-'] = A_PAIR,
	['='] = A_PAIR,
	['!'] = A_PAIR,
	['<'] = A_MARK,
	['>'] = A_MARK,
	['|'] = A_MARK,
	[0x80 ... 0xff] = A_WIDE,
	['('] = TOKEN_OPEN_PAREN,
	[')'] = TOKEN_CLOSE_PAREN,
	['['] = TOKEN_OPEN_BRACKET,
	[']'] = TOKEN_CLOSE_BRACKET,
	['{'] = TOKEN_OPEN_BRACE,
	['}'] = TOKEN_CLOSE_BRACE,
	[';'] = TOKEN_SEMI,
	[','] = TOKEN_COMMA,
	['&'] = TOKEN_AND,
	['+'] = TOKEN_PLUS,
	['*'] = TOKEN_STAR,
	['%'] = TOKEN_PERCENT,
	['^'] = TOKEN_CARET,
	['#'] = TOKEN_HASH,
	['?'] = TOKEN_QUESTION,
	['@'] = TOKEN_AT,
	['$'] = TOKEN_DOLLAR,
	['~'] = TOKEN_TILDE,
};

static void more_tokens(struct scan *s)
{
	size_t cap = s->token_cap;
	struct lexer *lx = s->out;

	lx->tok =
		vec_grow(s->arena, lx->tok, lx->count, &cap, sizeof(*lx->tok));
	s->token_cap = (uint32_t)cap;
}

static inline void push(struct scan *s, const unsigned char *p,
			const unsigned char *e, enum token_kind kind,
			uint32_t line)
{
	struct lexer *lx = s->out;

	lx->tok[lx->count++] = (struct token){
		.start = (uint32_t)(p - s->base),
		.line = line,
		.kind = (unsigned)kind & 0xff,
		.len = (uint32_t)(e - p) & 0xffffff,
	};
	if (lx->count == s->token_cap)
		more_tokens(s);
}

/* A byte of punctuation alone, and with one of two that may follow it. */
struct pair {
	uint8_t one, second, two, other, three;
};

static const struct pair pairs[128] = {
	['.'] = { TOKEN_DOT, '.', TOKEN_DOTS, '.', TOKEN_DOTS },
	[':'] = { TOKEN_COLON, ':', TOKEN_PATH_SEP, ':', TOKEN_PATH_SEP },
	['-'] = { TOKEN_MINUS, '>', TOKEN_ARROW, '>', TOKEN_ARROW },
	['='] = { TOKEN_EQ, '>', TOKEN_FAT_ARROW, '=', TOKEN_EQ_EQ },
	['!'] = { TOKEN_NOT, '=', TOKEN_NOT_EQ, '=', TOKEN_NOT_EQ },
	['<'] = { TOKEN_LESS, 0, TOKEN_LESS, 0, TOKEN_LESS },
	['>'] = { TOKEN_GREATER, 0, TOKEN_GREATER, 0, TOKEN_GREATER },
	['|'] = { TOKEN_OR, 0, TOKEN_OR, 0, TOKEN_OR },
};

static const unsigned char *pair(struct scan *s, const unsigned char *p)
{
	unsigned char next = s->end - p > 1 ? p[1] : 0;
	const struct pair *row = &pairs[*p];
	uint8_t kind = row->one;

	if (next == row->second)
		kind = row->two;
	if (next == row->other)
		kind = row->three;
	s->kind = (enum token_kind)kind;
	p += 1 + (kind != row->one);
	return p +
	       (kind == TOKEN_DOTS && p < s->end && (*p == '.' || *p == '='));
}

static bool multi_line(const struct lexer *lx, const struct token *t)
{
	return memchr(lx->src.ptr + t->start, '\n', t->len);
}

/*
 * A string is open at the end of the file, so one quote too many stands
 * somewhere, and from there on strings and code have changed places. Where
 * that began: a plain string of several lines, behind which follows what only
 * stands in strings. count when no such string is found.
 */
static uint32_t culprit(const struct scan *s)
{
	const struct lexer *lx = s->out;

	for (uint32_t i = s->mended; i < lx->count; i++) {
		const struct token *t = &lx->tok[i];
		const unsigned char *e = s->base + t->start + t->len;

		if (t->kind != TOKEN_STR || e == s->end)
			continue;
		if ((scan_class[*e] & SCAN_CONT || *e >= 0x80 ||
		     strchr("{%<'\"$@\\/", *e)) &&
		    *e && multi_line(lx, t))
			return i;
	}
	return lx->count;
}

/* The string at p of kind s->kind is never closed: one token to the end of
 * its line, or of the line of the one to blame. */
static const unsigned char *cut(struct scan *s, const unsigned char *p)
{
	struct lexer *lx = s->out;
	const unsigned char *e;
	uint32_t i = s->retries ? culprit(s) : lx->count;

	if (i < lx->count) {
		p = s->base + lx->tok[i].start;
		s->line = lx->tok[i].line;
		s->kind = TOKEN_STR;
		lx->count = i;
		while (lx->comments && lx->comment[lx->comments - 1].start >
					       (uint32_t)(p - s->base))
			lx->comments--;
	}
	s->retries -= s->retries > 0;
	e = scan_line_end(s, p);
	push(s, p, e, s->kind, s->line);
	s->mended = lx->count;
	lx->errors++;
	lx->flags |= LEXER_CUT;
	return e;
}

static const unsigned char *string_limit(const struct scan *s,
					 const unsigned char *p)
{
	return s->retries ? s->end : scan_line_end(s, p);
}

static enum token_kind last_kind(const struct lexer *lx)
{
	return lx->count ? (enum token_kind)lx->tok[lx->count - 1].kind
			 : TOKEN_END;
}

/* What is neither blank nor word nor one byte of punctuation; NULL when a
 * string is never closed. p itself: a plain word. */
static const unsigned char *rarer(struct scan *s, const unsigned char *p,
				  unsigned action)
{
	switch (action) {
	case A_PREFIX:
		/* most words that begin so are only words */
		if (s->end - p < 2 || (scan_class[p[1]] & SCAN_CONT &&
				       (*p == 'r' || p[1] != 'r')))
			return p;
		return scan_prefixed(s, p, string_limit(s, p));
	case A_DIGIT:
		return scan_number(s, p, last_kind(s->out) == TOKEN_DOT);
	case A_STRING:
		s->kind = TOKEN_STR;
		return scan_string(s, p, string_limit(s, p));
	case A_TICK:
		return scan_tick(s, p);
	default:
		return pair(s, p);
	}
}

static const unsigned char *blank(struct scan *s, const unsigned char *p)
{
	const unsigned char *end = s->end;

	for (; p < end; p++) {
		if (*p == '\n') {
			s->line++;
			while (end - p > 8 && !memcmp(p + 1, "        ", 8))
				p += 8;
		} else if (actions[*p] != A_SPACE) {
			break;
		}
	}
	return p;
}

static bool starts_conflict(const struct scan *s, const unsigned char *p)
{
	return s->end - p >= 7 && p[0] == p[1] && p[1] == p[2] &&
	       (*p == '=' || actions[*p] == A_MARK) &&
	       (p == s->base || p[-1] == '\n');
}

/* What takes no token: its end, or p itself. */
static inline const unsigned char *
trivia(struct scan *s, const unsigned char *p, unsigned action)
{
	if (action <= A_LINE)
		return blank(s, p);
	if (action == A_SLASH)
		return s->end - p > 1 && (p[1] == '/' || p[1] == '*')
			       ? scan_comment(s, p)
			       : p;
	if (action == A_WIDE)
		return p + scan_wide_space(p, s->end);
	return starts_conflict(s, p) ? scan_conflict(s, p) : p;
}

/* One step from a byte that is neither blank nor a token by itself. */
static const unsigned char *step(struct scan *s, const unsigned char *p,
				 unsigned action)
{
	const unsigned char *e = trivia(s, p, action);
	uint32_t line = s->line;

	if (e != p)
		return e;
	s->kind = TOKEN_SLASH;
	e = p + 1;
	if (action == A_WIDE)
		e = p;
	else if (action != A_SLASH)
		e = rarer(s, p, action);
	if (!e)
		return cut(s, p);
	if (e == p) {
		e = scan_word(p, s->end);
		s->kind = scan_keyword(p, (size_t)(e - p));
	}
	s->out->errors += s->kind == TOKEN_UNKNOWN;
	push(s, p, e, s->kind, line);
	return e;
}

static void run(struct scan *s, const unsigned char *p)
{
	const unsigned char *const end = s->end;
	struct lexer *lx = s->out;

	while (p < end && lx->count < LEXER_TOKENS_MAX) {
		const unsigned char *e = p + 1;
		unsigned action = actions[*p];

		if (action == A_WORD || (action == A_PREFIX && end - p > 2 &&
					 scan_class[p[1]] & SCAN_CONT &&
					 scan_class[p[2]] & SCAN_CONT)) {
			e = scan_word(e, end);
			push(s, p, e, scan_keyword(p, (size_t)(e - p)),
			     s->line);
		} else if (action && action < TOKEN_KINDS) {
			push(s, p, e, (enum token_kind)action, s->line);
		} else if (action) {
			e = step(s, p, action);
		} else {
			push(s, p, e, TOKEN_UNKNOWN, s->line);
			lx->errors++;
		}
		/* one blank behind a token is so common that its own turn of
		 * the loop would cost more than anything else */
		p = e + (e < end && *e == ' ');
	}
	lx->end = (uint32_t)(p - s->base);
	if (p < end)
		lx->flags |= LEXER_TOO_MANY;
}

void lexer_run(struct lexer *out, struct arena *a, struct span src)
{
	struct scan s = { .out = out, .arena = a, .retries = RETRIES };

	*out = (struct lexer){ .src = src };
	if (src.len > LEXER_BYTES_MAX) {
		out->flags = LEXER_TOO_LONG;
		src.len = 0;
	}
	if (!src.len)
		src.ptr = "";
	s.base = (const unsigned char *)src.ptr;
	s.end = s.base + src.len;
	s.line = 1;
	/* dense code has a token for every four bytes */
	s.token_cap = (uint32_t)src.len / 4 + 16;
	out->tok = arena_array(a, s.token_cap, sizeof(*out->tok));
	run(&s, scan_top(&s, s.base));
	out->lines = s.line - (!out->end || s.base[out->end - 1] == '\n');
	out->tok[out->count] = (struct token){ .start = out->end,
					       .line = s.line,
					       .kind = TOKEN_END };
}
