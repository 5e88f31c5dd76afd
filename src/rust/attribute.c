/*
 * Attributes read. Total and linear.
 */
#include "rust/attribute.h"

#include "rust/names.h"
#include "rust/outline.h"

static const struct {
	const char *name;
	unsigned flag;
} flags[] = {
	{ "ignore", ITEM_IGNORED },	   { "macro_export", ITEM_EXPORTED },
	{ "no_mangle", ITEM_EXPORTED },	   { "export_name", ITEM_EXPORTED },
	{ "deprecated", ITEM_DEPRECATED },
};

/* How deep a cfg's predicate is looked into; deeper says nothing. */
#define DEPTH 16

/* A predicate's group: what it says when all that was seen so far is said. */
struct predicate {
	uint32_t end;
	char op; /* 'a'll, any ('o'), 'n'ot and anything else */
	bool holds, some;
};

static void say(struct predicate *p, bool test)
{
	if (p->op == 'a')
		p->holds |= test;
	else if (p->op == 'o')
		p->holds = test && (p->holds || !p->some);
	p->some = true;
}

static char operator_of(struct span word)
{
	if (span_eqs(word, "all"))
		return 'a';
	return span_eqs(word, "any") ? 'o' : 'n';
}

/* Is the option at token i one of tests: `test`, or among others in any(…) a
 * `feature = "…test…"`? */
static bool test_option(const struct lexer *lx, uint32_t i, char op)
{
	if (lx->tok[i + 1].kind != TOKEN_EQ)
		return span_eqs(lexer_word(lx, i), "test");
	return op == 'o' && span_eqs(lexer_word(lx, i), "feature") &&
	       span_find(lexer_text(lx, i + 2), SPAN("test")) >= 0;
}

/* Does the predicate in the group from `open` hold in tests alone? */
static bool test_only(const struct tree *t, uint32_t open)
{
	const struct lexer *lx = t->lx;
	struct predicate stack[DEPTH] = { { t->mate[open], 'a', 0, 0 } };
	size_t depth = 0;

	for (uint32_t i = open + 1; i <= t->mate[open]; i++) {
		struct span word;

		for (; depth && i >= stack[depth].end; depth--)
			say(&stack[depth - 1], stack[depth].holds);
		if (!lexer_any_word(lx->tok[i].kind))
			continue;
		word = lexer_word(lx, i);
		if (lx->tok[i + 1].kind == TOKEN_OPEN_PAREN) {
			if (++depth == DEPTH)
				return false;
			stack[depth] =
				(struct predicate){ t->mate[i + 1],
						    operator_of(word), 0, 0 };
			i++;
		} else {
			say(&stack[depth], test_option(lx, i, stack[depth].op));
		}
	}
	return stack[0].holds;
}

static bool holds_word(const struct tree *t, uint32_t open, const char *word)
{
	for (uint32_t i = open + 1; i < t->mate[open]; i++)
		if (span_eqs(lexer_text(t->lx, i), word))
			return true;
	return false;
}

/* The text of the string token i, without quotes. */
static struct span unquoted(const struct lexer *lx, uint32_t i)
{
	struct span s = lexer_text(lx, i);

	while (s.len && (*s.ptr == 'r' || *s.ptr == '#'))
		s = span_from(s, 1);
	while (s.len && s.ptr[s.len - 1] == '#')
		s.len--;
	return s.len >= 2 ? span_first(span_from(s, 1), s.len - 2)
			  : (struct span){ 0 };
}

/* One attribute's path and arguments: tokens [i, end). */
static void read_one(struct attribute *out, const struct tree *t, uint32_t i,
		     uint32_t end)
{
	const struct lexer *lx = t->lx;
	struct span word = { 0 };
	bool args;

	if (lx->tok[i].kind == KW_UNSAFE &&
	    lx->tok[i + 1].kind == TOKEN_OPEN_PAREN)
		i += 2;
	for (; i < end && (lexer_any_word(lx->tok[i].kind) ||
			   lx->tok[i].kind == TOKEN_PATH_SEP);
	     i++)
		word = lexer_word(lx, i);
	args = i < end && lx->tok[i].kind == TOKEN_OPEN_PAREN;
	if (names_test(word))
		out->flags |= ITEM_TEST;
	else if (args && span_eqs(word, "cfg") && test_only(t, i))
		out->flags |= ITEM_CFG_TEST;
	else if (args && span_eqs(word, "doc") && holds_word(t, i, "hidden"))
		out->flags |= ITEM_HIDDEN;
	else if (span_eqs(word, "path") && i + 1 < end &&
		 (lx->tok[i + 1].kind == TOKEN_STR ||
		  lx->tok[i + 1].kind == TOKEN_RAW_STR))
		out->path = unquoted(lx, i + 1);
	for (size_t k = 0; word.len && k < sizeof(flags) / sizeof(*flags); k++)
		if (*word.ptr == *flags[k].name &&
		    span_eqs(word, flags[k].name))
			out->flags |= flags[k].flag;
}

void attribute_read(struct attribute *out, const struct tree *t, uint32_t from,
		    uint32_t to)
{
	const struct lexer *lx = t->lx;

	for (uint32_t i = from; i < to; i = t->mate[i] + 1) {
		while (i < to && lx->tok[i].kind != TOKEN_OPEN_BRACKET)
			i++;
		if (i == to)
			break;
		read_one(out, t, i + 1, t->mate[i]);
	}
}
