#include "rust/look.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/item.h"

/*
 * What is looked at to the left or right of a token has an end, so that asking
 * at every token of a file stays linear. Generic arguments of more tokens are
 * taken for comparisons; paths and chains of more parts are cut.
 */
#define GENERICS_MAX 256
#define SEGMENTS_MAX 32
#define CHAIN_MAX 128

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

static bool literal(enum token_kind kind)
{
	return kind >= TOKEN_INT && kind <= TOKEN_RAW_C_STR;
}

static uint32_t match_group(const struct source *s, uint32_t i,
			    enum token_kind open)
{
	if (look_kind(s, i) != open || !tree_paired(&s->tree, i))
		return LOOK_NONE;
	return s->tree.mate[i] + 1;
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

/* May it be part of a path? */
static bool path_word(enum token_kind kind)
{
	return (lexer_name(kind) && kind != KW_DYN && kind != KW_ASYNC) ||
	       kind == KW_SELF || kind == KW_SELF_TYPE || kind == KW_SUPER ||
	       kind == KW_CRATE;
}

/* May an operand end in it? */
static bool ends_operand(enum token_kind kind)
{
	return path_word(kind) || literal(kind) || lexer_closes(kind) ||
	       kind == TOKEN_QUESTION || kind == KW_TRUE || kind == KW_FALSE;
}

/* Does this stand between expressions, never between types? */
static bool operator_only(const struct source *s, uint32_t i)
{
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;

	switch (look_kind(s, i)) {
	case TOKEN_SEMI:
	case TOKEN_FAT_ARROW:
	case TOKEN_DOT:
	case TOKEN_DOTS:
	case TOKEN_EQ_EQ:
	case TOKEN_NOT_EQ:
	case TOKEN_OR:
	case TOKEN_SLASH:
	case TOKEN_PERCENT:
	case TOKEN_CARET:
	case KW_RETURN:
	case KW_LET:
	case KW_IF:
		return true;
	case TOKEN_AND: /* `a && b`, but `<&&T>` and `, &&T` */
		return look_kind(s, i + 1) == TOKEN_AND &&
		       lexer_glued(&s->lx, i) && ends_operand(before);
	case TOKEN_OPEN_BRACE: /* `a < b {`, but `<{ N + 1 }>` */
		return before != TOKEN_LESS && before != TOKEN_COMMA &&
		       before != TOKEN_EQ;
	default:
		return false;
	}
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
		case TOKEN_CLOSE_BRACE:
		case TOKEN_CLOSE_PAREN:
		case TOKEN_CLOSE_BRACKET:
			return i;
		default:
			if (operator_only(s, at))
				return i;
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
		else if (operator_only(s, i) || lexer_opens(kind))
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
	return path_word(look_kind(s, i)) ? i : LOOK_NONE;
}

uint32_t look_path_start(const struct source *s, uint32_t i)
{
	for (unsigned n = 1; i && n < SEGMENTS_MAX; n++) {
		uint32_t before = look_kind(s, i - 1) == TOKEN_PATH_SEP
					  ? segment_before(s, i - 1)
					  : LOOK_NONE;

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

static bool step(unsigned *left)
{
	return *left && (*left)--;
}

/* Where the callee of the call or the indexed value of the index whose bracket
 * opens at i ends; i when what is in front is none, and the group is a value
 * by itself. */
static uint32_t callee_end(const struct source *s, uint32_t i, unsigned *left)
{
	uint32_t at = i - 1;

	if (look_kind(s, at) == TOKEN_GREATER) {
		at = look_generics_start(s, at);
		if (at == LOOK_NONE || at < 2 ||
		    look_kind(s, at - 1) != TOKEN_PATH_SEP)
			return i;
		at -= 2;
	}
	while (look_kind(s, at) == TOKEN_QUESTION && at && step(left))
		at--;
	/* `return (a)` and `in [b]` are no calls */
	return lexer_closes(look_kind(s, at)) || path_word(look_kind(s, at))
		       ? at
		       : i;
}

/* One step to the left in a postfix chain: the first token of the operand that
 * ends at i. */
static uint32_t operand_start(const struct source *s, uint32_t i,
			      unsigned *left)
{
	uint32_t end;

	while (look_kind(s, i) == TOKEN_QUESTION && i && step(left))
		i--;
	while (lexer_closes(look_kind(s, i)) && tree_paired(&s->tree, i) &&
	       step(left)) {
		bool block = look_kind(s, i) == TOKEN_CLOSE_BRACE;

		i = s->tree.mate[i];
		if (i < 2)
			return block || !i ? i : callee_end(s, i, left);
		if (look_kind(s, i - 1) == TOKEN_NOT &&
		    lexer_name(look_kind(s, i - 2)))
			return look_path_start(s, i - 2);
		end = block ? i : callee_end(s, i, left);
		if (end == i)
			return i;
		i = end;
	}
	return lexer_any_word(look_kind(s, i)) ? look_path_start(s, i) : i;
}

uint32_t look_receiver(const struct source *s, uint32_t dot)
{
	unsigned left = CHAIN_MAX;
	uint32_t i = dot;

	while (i && step(&left)) {
		i = operand_start(s, i - 1, &left);
		if (!i || look_kind(s, i - 1) != TOKEN_DOT)
			break;
		i--;
	}
	return i;
}

/* The `|` that ends a closure's parameters, or the group's end. */
static uint32_t parameters_end(const struct source *s, uint32_t i, uint32_t end)
{
	for (i++; i < end && look_kind(s, i) != TOKEN_OR;)
		i = item_skip(&s->tree, i);
	return i;
}

uint32_t look_arguments(const struct source *s, uint32_t open)
{
	uint32_t end = s->tree.mate[open], i, n = 1;
	bool cast = false; /* a type follows: `<` is no comparison */

	if (end <= open + 1 || !tree_paired(&s->tree, open))
		return 0;
	for (i = open + 1; i < end; i = item_skip(&s->tree, i)) {
		enum token_kind kind = look_kind(s, i);
		enum token_kind before = look_kind(s, i - 1);

		if (kind == KW_AS) {
			cast = true;
		} else if (kind == TOKEN_COMMA) {
			n += i + 1 < end;
			cast = false;
		} else if (kind == TOKEN_LESS &&
			   (cast || before == TOKEN_PATH_SEP)) {
			uint32_t behind = look_generics(s, i);

			i = behind > i ? behind - 1 : i;
		} else if (kind == TOKEN_OR && !ends_operand(before) &&
			   before != TOKEN_OR) {
			i = parameters_end(s, i, end);
		}
	}
	return n;
}

/* Is a word of a path one of these? */
static bool program_word(struct span word)
{
	static const char *const words[] = {
		"cli",	     "xtask",	"tool",	    "tools",   "script",
		"scripts",   "test",	"tests",    "testing", "testutil",
		"testutils", "testkit", "bench",    "benches", "mock",
		"mocks",     "fixture", "fixtures", "fuzz",    "demo",
		"sample",    "samples", "build",    "codegen",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_eqs(word, words[i]))
			return true;
	return false;
}

bool look_program(const struct source *s)
{
	struct span word = { s->path.ptr, 0 };

	if (s->role != ROLE_LIBRARY)
		return true;
	for (size_t i = 0; i < s->path.len; i++) {
		char c = s->path.ptr[i];

		if (c == '/' || c == '_' || c == '-' || c == '.') {
			if (program_word(word))
				return true;
			word = (struct span){ s->path.ptr + i + 1, 0 };
		} else {
			word.len++;
		}
	}
	return false;
}

/* So many attributes of an item, and so many tokens of each, are read for a
 * place. */
#define ATTRIBUTES_MAX 32
#define ATTRIBUTE_MAX 256

/* Do the attributes from i on, those with a `!` or those without, allow the
 * lint? Gives the `#` of the one. */
static uint32_t allowing(const struct source *s, uint32_t i, const char *lint,
			 bool inner, uint32_t *at)
{
	struct span module = span_of(lint), name = module;
	ptrdiff_t sep = span_find(name, SPAN("::"));

	if (sep >= 0) {
		module = span_first(name, (size_t)sep);
		name = span_from(name, (size_t)sep + 2);
	}
	for (unsigned n = 0; n < ATTRIBUTES_MAX; n++) {
		uint32_t open = i + 1 + inner, end, k;

		if (look_kind(s, i) != TOKEN_HASH ||
		    look_kind(s, open) != TOKEN_OPEN_BRACKET ||
		    (inner && look_kind(s, i + 1) != TOKEN_NOT))
			break;
		end = s->tree.mate[open];
		k = look_is(s, open + 1, "allow") ||
				    look_is(s, open + 1, "expect")
			    ? open + 2
			    : end;
		for (; k < end && k < i + ATTRIBUTE_MAX; k++)
			if (span_eq(lexer_text(&s->lx, k), name) &&
			    (sep < 0 ||
			     span_eq(lexer_text(&s->lx, k - 2), module))) {
				*at = k;
				return i;
			}
		i = end + 1;
	}
	return LOOK_NONE;
}

uint32_t look_allowed(const struct source *s, uint32_t i, const char *lint,
		      uint32_t *at)
{
	uint32_t hash = LOOK_NONE;

	while (i < s->lx.count && hash == LOOK_NONE) {
		uint32_t open = s->tree.parent[i];

		hash = allowing(s, s->tree.first[i], lint, false, at);
		/* inner ones stand where the group or the file begins */
		if (hash == LOOK_NONE)
			hash = allowing(s, open == TREE_NONE ? 0 : open + 1,
					lint, true, at);
		i = open;
	}
	return hash;
}
