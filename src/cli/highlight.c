#include "cli/highlight.h"

#include <ctype.h>

#include "base/arena.h"
#include "rust/lexer.h"

/* Words that are keywords in some place only are names in most. */
static enum code_kind word_kind(const struct lexer *lx, const struct token *t)
{
	uint32_t i = (uint32_t)(t - lx->tok);
	char first = lx->src.ptr[t->start];

	if (t->kind == KW_SELF_TYPE)
		return CODE_TYPE;
	if (!lexer_name((enum token_kind)t->kind) ||
	    (t->kind >= KW_ASYNC && t->kind <= KW_DYN))
		return CODE_KEYWORD;
	if (t[1].kind == TOKEN_NOT && lexer_glued(lx, i) &&
	    t[2].kind != TOKEN_EQ)
		return CODE_MACRO;
	if (t[1].kind == TOKEN_OPEN_PAREN && lexer_glued(lx, i))
		return CODE_FUNCTION;
	return isupper((unsigned char)first) ? CODE_TYPE : CODE_PLAIN;
}

static enum code_kind token_kind(const struct lexer *lx, const struct token *t)
{
	if (lexer_any_word((enum token_kind)t->kind))
		return word_kind(lx, t);
	if (t->kind == TOKEN_LIFETIME)
		return CODE_LIFETIME;
	if (t->kind == TOKEN_INT || t->kind == TOKEN_FLOAT)
		return CODE_NUMBER;
	if (t->kind >= TOKEN_CHAR && t->kind <= TOKEN_RAW_C_STR)
		return CODE_STRING;
	return CODE_PLAIN;
}

/* Behind the attribute that begins at the token, `#[…]` or `#![…]`; one that is
 * not closed takes the rest. The token itself when none does. */
static const struct token *attribute_end(const struct token *t)
{
	const struct token *at = t + 1;
	unsigned depth = 0;

	if (t->kind != TOKEN_HASH)
		return t;
	if (at->kind == TOKEN_NOT)
		at++;
	if (at->kind != TOKEN_OPEN_BRACKET)
		return t;
	for (; at->kind != TOKEN_END; at++) {
		depth += lexer_opens((enum token_kind)at->kind);
		if (lexer_closes((enum token_kind)at->kind) && !--depth)
			return at + 1;
	}
	return at;
}

void highlight_rust(struct span code, code_fn each, void *ctx)
{
	struct lexer_piece it = { 0 };
	struct arena a = { 0 };
	struct lexer lx;
	const struct token *attribute;
	size_t done = 0;

	lexer_run(&lx, &a, code);
	attribute = lx.tok; /* up to here it is one */
	while (lexer_piece(&it, &lx)) {
		enum code_kind kind = CODE_PLAIN;

		if (it.token && it.token >= attribute)
			attribute = attribute_end(it.token);
		if (it.comment)
			kind = CODE_COMMENT;
		else if (it.token && it.token < attribute)
			kind = CODE_ATTRIBUTE;
		else if (it.token)
			kind = token_kind(&lx, it.token);
		each(ctx, kind, it.text);
		done += it.text.len;
	}
	if (done < code.len)
		each(ctx, CODE_PLAIN, span_from(code, done));
	arena_release(&a);
}
