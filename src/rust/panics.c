#include "rust/panics.h"

#include <string.h>

#include "rust/look.h"
#include "rust/names.h"

/* Words that panic, by their bytes. */
static const struct {
	const char *name;
	enum panic_kind kind;
	bool macro;
} words[] = {
	{ "unwrap", PANIC_UNWRAP, false },
	{ "expect", PANIC_EXPECT, false },
	{ "unwrap_err", PANIC_UNWRAP, false },
	{ "expect_err", PANIC_EXPECT, false },
	{ "panic", PANIC_PANIC, true },
	{ "unreachable", PANIC_UNREACHABLE, true },
	{ "todo", PANIC_UNDONE, true },
	{ "unimplemented", PANIC_UNDONE, true },
	{ "assert", PANIC_ASSERT, true },
	{ "assert_eq", PANIC_ASSERT, true },
	{ "assert_ne", PANIC_ASSERT, true },
};

static bool shouts(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= 'a' && word.ptr[i] <= 'z')
			return false;
	return word.len > 1;
}

static bool holds(struct span word, const char *part)
{
	return span_find(word, span_of(part)) >= 0;
}

/* Does a name alone, or a path, read as that of a message? */
static bool message_name(struct span word)
{
	return shouts(word) || holds(word, "msg") || holds(word, "message") ||
	       holds(word, "reason") || holds(word, "context") ||
	       holds(word, "err");
}

/* Do the arguments at `(` read as one message? */
static bool message(const struct source *s, uint32_t open)
{
	uint32_t i = open + 1, end = s->tree.mate[open], last;

	if (look_arguments(s, open) != 1)
		return false;
	switch (look_kind(s, i)) {
	case TOKEN_STR:
	case TOKEN_RAW_STR:
	case TOKEN_AND:
	case TOKEN_OPEN_BRACE: /* `{ "…" }` */
		return true;
	default:
		break;
	}
	for (last = i; look_kind(s, last + 1) == TOKEN_PATH_SEP;)
		last += 2;
	if (!lexer_any_word(look_kind(s, last)))
		return false;
	if (look_kind(s, last + 1) == TOKEN_NOT)
		return look_is(s, last, "concat") ||
		       look_is(s, last, "stringify") || look_is(s, last, "env");
	if (last + 1 == end || look_kind(s, last + 1) == TOKEN_COMMA)
		return message_name(lexer_word(&s->lx, last));
	return look_match(s, end - 4, ". as_str ()") != LOOK_NONE ||
	       look_match(s, end - 4, ". as_ref ()") != LOOK_NONE;
}

static bool calls(const struct source *s, uint32_t i, enum panic_kind kind)
{
	uint32_t open = look_method(s, i);

	if (open == LOOK_NONE || open != i + 1 || !tree_paired(&s->tree, open))
		return false;
	if (kind == PANIC_UNWRAP)
		return s->tree.mate[open] == open + 1;
	/* a parser's own method */
	if (look_kind(s, i - 2) == KW_SELF && look_kind(s, i - 3) != TOKEN_DOT)
		return false;
	return message(s, open);
}

static bool invokes(const struct source *s, uint32_t i)
{
	return look_kind(s, i + 1) == TOKEN_NOT &&
	       lexer_opens(look_kind(s, i + 2)) &&
	       look_kind(s, i - 1) != TOKEN_DOT;
}

/* In the arguments of a macro that makes tokens of them? */
static bool quoted(const struct source *s, uint32_t i)
{
	for (i = s->tree.parent[i]; i != TREE_NONE; i = s->tree.parent[i])
		if (i > 1 && look_kind(s, i - 1) == TOKEN_NOT &&
		    names_quotes(lexer_word(&s->lx, i - 2)))
			return true;
	return false;
}

/* Does the code at token i run when the program does? */
static bool runs(const struct source *s, uint32_t i)
{
	unsigned flags = s->context.flags[i];

	return !(flags & CONTEXT_MACRO_DEF) &&
	       flags & (CONTEXT_FN | CONTEXT_CLOSURE | CONTEXT_MACRO) &&
	       !(flags & CONTEXT_MACRO && quoted(s, i));
}

enum panic_kind panic_at(const struct source *s, uint32_t i)
{
	struct span word;

	if (look_kind(s, i) != TOKEN_IDENT)
		return PANIC_NONE;
	word = lexer_text(&s->lx, i);
	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++) {
		if (*word.ptr != *words[k].name ||
		    !span_eqs(word, words[k].name))
			continue;
		if (words[k].macro ? !invokes(s, i)
				   : !calls(s, i, words[k].kind))
			return PANIC_NONE;
		return runs(s, i) ? words[k].kind : PANIC_NONE;
	}
	return PANIC_NONE;
}

const char *panic_name(enum panic_kind kind)
{
	static const char *const names[PANIC_KINDS] = {
		[PANIC_NONE] = "",
		[PANIC_UNWRAP] = "unwrap",
		[PANIC_EXPECT] = "expect",
		[PANIC_PANIC] = "panic!",
		[PANIC_UNREACHABLE] = "unreachable!",
		[PANIC_UNDONE] = "todo!",
		[PANIC_ASSERT] = "assert!",
	};

	return kind < PANIC_KINDS ? names[kind] : "";
}
