#include "rust/look.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/item.h"

/* Generic arguments of more tokens are taken for comparisons. */
#define GENERICS_MAX 256
/* Of a postfix chain of more calls and fields the last ones are seen. */
#define CHAIN_MAX 256

bool look_is(const struct source *s, uint32_t i, const char *text)
{
	return i < s->lx.count && span_eqs(lexer_text(&s->lx, i), text);
}

bool look_names(const struct source *s, const char *word)
{
	for (uint32_t i = 0; i < s->lx.count; i++)
		if (lexer_name(look_kind(s, i)) && look_is(s, i, word))
			return true;
	return false;
}

static uint32_t match_group(const struct source *s, uint32_t i,
			    enum token_kind open)
{
	if (look_kind(s, i) != open || !tree_paired(&s->tree, i))
		return LOOK_NONE;
	return s->tree.mate[i] + 1;
}

static bool literal(enum token_kind kind)
{
	return kind >= TOKEN_INT && kind <= TOKEN_RAW_C_STR;
}

static uint32_t match_word(const struct source *s, uint32_t i, struct span word)
{
	enum token_kind kind = look_kind(s, i);
	bool yes;

	if (span_eqs(word, "<>"))
		return look_generics(s, i);
	if (kind == TOKEN_END)
		return LOOK_NONE;
	if (span_eqs(word, "()"))
		return match_group(s, i, TOKEN_OPEN_PAREN);
	if (span_eqs(word, "[]"))
		return match_group(s, i, TOKEN_OPEN_BRACKET);
	if (span_eqs(word, "{}"))
		return match_group(s, i, TOKEN_OPEN_BRACE);
	if (span_eqs(word, "$"))
		yes = lexer_name(kind);
	else if (span_eqs(word, "$*"))
		yes = lexer_any_word(kind);
	else if (span_eqs(word, "#"))
		yes = literal(kind);
	else
		yes = span_eq(word, lexer_text(&s->lx, i));
	return yes ? i + 1 : LOOK_NONE;
}

uint32_t look_match(const struct source *s, uint32_t i, const char *pattern)
{
	struct span rest = span_of(pattern), word;

	while (i != LOOK_NONE && text_field(&rest, ' ', &word))
		i = match_word(s, i, word);
	return i;
}

uint32_t look_generics(const struct source *s, uint32_t i)
{
	uint32_t at = i, end = i + GENERICS_MAX, depth = 0;

	if (look_kind(s, i) != TOKEN_LESS)
		return i;
	for (; at < s->lx.count && at < end; at = item_skip(&s->tree, at)) {
		switch (look_kind(s, at)) {
		case TOKEN_LESS:
			depth++;
			break;
		case TOKEN_GREATER:
			if (!--depth)
				return at + 1;
			break;
		case TOKEN_SEMI:
		case TOKEN_OPEN_BRACE:
		case TOKEN_CLOSE_BRACE:
		case TOKEN_CLOSE_PAREN:
		case TOKEN_CLOSE_BRACKET:
		case TOKEN_FAT_ARROW:
			return i;
		default:
			break;
		}
	}
	return i;
}

uint32_t look_generics_start(const struct source *s, uint32_t i)
{
	uint32_t depth = 0, n = 0;

	for (; n < GENERICS_MAX; n++, i--) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_GREATER)
			depth++;
		else if (kind == TOKEN_LESS && !--depth)
			return i;
		else if (kind == TOKEN_SEMI || lexer_opens(kind))
			break;
		else if (lexer_closes(kind) && tree_paired(&s->tree, i))
			i = s->tree.mate[i];
		if (!i)
			break;
	}
	return LOOK_NONE;
}

uint32_t look_method(const struct source *s, uint32_t i)
{
	uint32_t next = i + 1;

	if (!i || look_kind(s, i - 1) != TOKEN_DOT ||
	    !lexer_name(look_kind(s, i)))
		return LOOK_NONE;
	if (look_kind(s, next) == TOKEN_PATH_SEP)
		next = look_generics(s, next + 1);
	return look_kind(s, next) == TOKEN_OPEN_PAREN ? next : LOOK_NONE;
}

/* The name of the segment that ends before the `::` at sep, or LOOK_NONE. */
static uint32_t segment_before(const struct source *s, uint32_t sep)
{
	uint32_t i;

	if (!sep)
		return LOOK_NONE;
	i = sep - 1;
	if (look_kind(s, i) == TOKEN_GREATER) {
		i = look_generics_start(s, i);
		if (i == LOOK_NONE || !i)
			return LOOK_NONE;
		i--;
		if (look_kind(s, i) == TOKEN_PATH_SEP && i)
			i--;
	}
	return lexer_any_word(look_kind(s, i)) ? i : LOOK_NONE;
}

uint32_t look_path_start(const struct source *s, uint32_t i)
{
	while (i && look_kind(s, i - 1) == TOKEN_PATH_SEP) {
		uint32_t before = segment_before(s, i - 1);

		if (before == LOOK_NONE)
			break;
		i = before;
	}
	return i;
}

struct span look_path(const struct source *s, struct arena *a, uint32_t i)
{
	uint32_t at = look_path_start(s, i);
	struct span first = lexer_word(&s->lx, at), path;
	struct span known = import_path(&s->imports, &s->outline, first, at);
	struct buf b = { 0 };

	if (at == i)
		return known.len ? known : first;
	buf_addsp(&b, known.len ? known : first);
	while (at < i) {
		at++;
		if (look_kind(s, at) == TOKEN_LESS) {
			uint32_t behind = look_generics(s, at);

			at = behind > at ? behind - 1 : at;
		} else if (lexer_any_word(look_kind(s, at))) {
			buf_adds(&b, "::");
			buf_addsp(&b, lexer_word(&s->lx, at));
		}
	}
	path = arena_span(a, buf_span(&b));
	buf_release(&b);
	return path;
}

/* One step to the left in a postfix chain: the first token of the operand that
 * ends at i. */
static uint32_t operand_start(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i);
	uint32_t before;

	while (kind == TOKEN_QUESTION && i)
		kind = look_kind(s, --i);
	while ((kind == TOKEN_CLOSE_PAREN || kind == TOKEN_CLOSE_BRACKET ||
		kind == TOKEN_CLOSE_BRACE) &&
	       tree_paired(&s->tree, i)) {
		i = s->tree.mate[i];
		if (!i || kind == TOKEN_CLOSE_BRACE)
			return i;
		before = i - 1;
		kind = look_kind(s, before);
		if (kind == TOKEN_NOT && before &&
		    lexer_name(look_kind(s, before - 1)))
			return look_path_start(s, before - 1);
		if (kind == TOKEN_GREATER) {
			before = look_generics_start(s, before);
			if (before == LOOK_NONE || before < 2 ||
			    look_kind(s, before - 1) != TOKEN_PATH_SEP)
				return i;
			before -= 2;
			kind = look_kind(s, before);
		}
		while (kind == TOKEN_QUESTION && before)
			kind = look_kind(s, --before);
		if (!lexer_closes(kind) && !lexer_any_word(kind))
			return i;
		/* `return (a)` and `in [b]` are no calls */
		if (lexer_any_word(kind) && !lexer_name(kind) &&
		    kind != KW_SELF && kind != KW_SUPER &&
		    kind != KW_SELF_TYPE && kind != KW_CRATE)
			return i;
		i = before;
	}
	return lexer_any_word(kind) ? look_path_start(s, i) : i;
}

uint32_t look_receiver(const struct source *s, uint32_t dot)
{
	uint32_t i = dot;

	for (unsigned n = 0; i && n < CHAIN_MAX; n++) {
		i = operand_start(s, i - 1);
		if (!i || look_kind(s, i - 1) != TOKEN_DOT)
			break;
		i--;
	}
	return i;
}

uint32_t look_arguments(const struct source *s, uint32_t open)
{
	uint32_t end = s->tree.mate[open], i, n = 1;

	if (end <= open + 1)
		return 0;
	for (i = open + 1; i < end; i = item_skip(&s->tree, i)) {
		enum token_kind before = look_kind(s, i - 1);

		if (look_kind(s, i) == TOKEN_COMMA && i + 1 < end)
			n++;
		if (look_kind(s, i) == TOKEN_LESS && before == TOKEN_PATH_SEP) {
			uint32_t behind = look_generics(s, i);

			i = behind > i ? behind - 1 : i;
		}
		/* a closure's parameters */
		if (look_kind(s, i) == TOKEN_OR &&
		    (i == open + 1 || before == TOKEN_COMMA ||
		     before == KW_MOVE || before == KW_ASYNC))
			for (i++; i < end && look_kind(s, i) != TOKEN_OR;)
				i = item_skip(&s->tree, i);
	}
	return n;
}
