/*
 * What was lexed, looked up: texts, places, the pieces of the input in turn.
 */
#include "rust/lexer.h"

#include <string.h>

struct span lexer_text(const struct lexer *lx, uint32_t i)
{
	return (struct span){ lx->src.ptr + lx->tok[i].start, lx->tok[i].len };
}

struct span lexer_word(const struct lexer *lx, uint32_t i)
{
	struct span s = lexer_text(lx, i);

	if (lx->tok[i].kind == TOKEN_RAW_IDENT)
		return span_from(s, 2);
	if (lx->tok[i].kind != TOKEN_LIFETIME)
		return s;
	return span_from(s, span_starts(s, "'r#") ? 3 : 1);
}

struct span lexer_range(const struct lexer *lx, uint32_t first, uint32_t last)
{
	uint32_t start = lx->tok[first].start;

	if (last < first)
		return (struct span){ lx->src.ptr + start, 0 };
	return (struct span){ lx->src.ptr + start,
			      lx->tok[last].start + lx->tok[last].len - start };
}

uint32_t lexer_last_line(const struct lexer *lx, uint32_t i)
{
	const struct token *t = &lx->tok[i];
	const char *p = lx->src.ptr + t->start, *end = p + t->len;
	uint32_t line = t->line;

	if (t->kind < TOKEN_STR || t->kind > TOKEN_RAW_C_STR)
		return line;
	for (; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		line++;
	return line;
}

typedef uint32_t place_fn(const struct lexer *lx, uint32_t i);

static uint32_t token_start(const struct lexer *lx, uint32_t i)
{
	return lx->tok[i].start;
}

static uint32_t token_line(const struct lexer *lx, uint32_t i)
{
	return lx->tok[i].line;
}

static uint32_t comment_start(const struct lexer *lx, uint32_t i)
{
	return lx->comment[i].start;
}

/* First i in [0, n) whose place is want or more, places never falling; or n. */
static inline uint32_t first(const struct lexer *lx, uint32_t n,
			     place_fn *place, uint32_t want)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t i = low + (high - low) / 2;

		if (place(lx, i) < want)
			low = i + 1;
		else
			high = i;
	}
	return low;
}

uint32_t lexer_at(const struct lexer *lx, uint32_t byte)
{
	return first(lx, lx->count, token_start, byte);
}

uint32_t lexer_at_line(const struct lexer *lx, uint32_t line)
{
	return first(lx, lx->count, token_line, line);
}

uint32_t lexer_comment_at(const struct lexer *lx, uint32_t byte)
{
	return first(lx, lx->comments, comment_start, byte);
}

bool lexer_piece(struct lexer_piece *it, const struct lexer *lx)
{
	uint32_t token = lx->tok[it->next_token].start, comment = lx->end;
	uint32_t at = it->at;

	if (it->next_comment < lx->comments)
		comment = lx->comment[it->next_comment].start;
	it->token = NULL;
	it->comment = NULL;
	if (at >= lx->end)
		return false;
	if (at == comment) {
		it->comment = &lx->comment[it->next_comment++];
		it->at += it->comment->len;
	} else if (at == token) {
		it->token = &lx->tok[it->next_token++];
		it->at += it->token->len;
	} else {
		it->at = token < comment ? token : comment;
	}
	it->text = (struct span){ lx->src.ptr + at, it->at - at };
	return true;
}
