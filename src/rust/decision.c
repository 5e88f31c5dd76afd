/*
 * Decisions found: by keyword, one bounded look ahead for where each ends.
 */
#include "rust/decision.h"

#include <stdlib.h>

#include "rust/item.h"
#include "rust/look.h"

/* Tokens, groups as one, that a decision is looked for the end of; and tokens
 * of it that are compared. */
#define LENGTH_MAX 1024
/* Parentheses that only group, around a `&&`. */
#define GROUPS_MAX 32

struct finder {
	const struct source *s;
	struct arena *arena;
	struct decisions *out;
	uint32_t told; /* a `&&` before this token was told already */
};

static bool module_word(const struct source *s, uint32_t i)
{
	struct span word = lexer_text(&s->lx, i);

	return lexer_any_word(look_kind(s, i)) && *word.ptr >= 'a' &&
	       *word.ptr <= 'z';
}

static uint64_t hash_tokens(const struct source *s, uint32_t from, uint32_t to,
			    uint64_t h)
{
	if (to - from > LENGTH_MAX)
		to = from + LENGTH_MAX;
	for (; from < to; from++) {
		struct span t = lexer_text(&s->lx, from);

		/* a module in front of a name is not the name */
		if (look_kind(s, from + 1) == TOKEN_PATH_SEP &&
		    module_word(s, from)) {
			from++;
			continue;
		}
		for (size_t i = 0; i < t.len; i++)
			h = (h ^ (unsigned char)t.ptr[i]) * 0x100000001b3;
		h = (h ^ 0x100) * 0x100000001b3;
	}
	return h;
}

static void add(struct finder *f, enum decision_kind kind, uint32_t at,
		uint32_t from, uint32_t to)
{
	struct decision *d = vec_push(&f->out->rows, f->arena);

	*d = (struct decision){ .kind = kind, .at = at, .from = from };
	d->to = to > from ? to : from;
	if (kind != DECISION_MATCH && kind != DECISION_ARM && d->to > f->told)
		f->told = d->to;
	d->hash = hash_tokens(f->s, d->from, d->to,
			      0xcbf29ce484222325 + (uint64_t)kind);
}

/* Is the `{` at i part of a condition: a pattern's, an unsafe block? */
static bool within(const struct source *s, uint32_t i)
{
	uint32_t behind = s->tree.mate[i] + 1;

	return look_kind(s, behind) == TOKEN_EQ ||
	       (i && look_kind(s, i - 1) == KW_UNSAFE);
}

/* Where the condition that begins at i ends: its body's `{`, the `=>` of an
 * arm; or where its group does. */
static uint32_t condition_end(const struct source *s, uint32_t i, uint32_t end)
{
	for (uint32_t n = 0; i < end && n < LENGTH_MAX; n++) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_FAT_ARROW || kind == TOKEN_SEMI ||
		    lexer_closes(kind))
			break;
		if (kind == TOKEN_OPEN_BRACE && !within(s, i))
			break;
		i = item_skip(&s->tree, i);
	}
	return i;
}

/* The end of the arm whose `=>` was at i - 1. */
static uint32_t arm_end(const struct source *s, uint32_t i, uint32_t end)
{
	if (look_kind(s, i) == TOKEN_OPEN_BRACE) {
		i = item_skip(&s->tree, i);
		if (look_kind(s, i) == TOKEN_COMMA)
			return i + 1;
		if (look_kind(s, i) != TOKEN_DOT &&
		    look_kind(s, i) != TOKEN_QUESTION)
			return i;
	}
	while (i < end && look_kind(s, i) != TOKEN_COMMA) {
		if (look_kind(s, i) == TOKEN_PATH_SEP &&
		    look_generics(s, i + 1) > i + 1)
			i = look_generics(s, i + 1);
		else
			i = item_skip(&s->tree, i);
	}
	return i + 1;
}

/* The patterns of the match body that opens at `open`. */
static void add_arms(struct finder *f, uint32_t open)
{
	const struct source *s = f->s;
	uint32_t end = s->tree.mate[open] + !tree_paired(&s->tree, open);
	uint32_t i = open + 1;

	while (i < end) {
		uint32_t from, to;

		while (look_kind(s, i) == TOKEN_HASH && i + 1 < end)
			i = item_skip(&s->tree, i + 1);
		from = i;
		while (i < end && look_kind(s, i) != TOKEN_FAT_ARROW &&
		       look_kind(s, i) != KW_IF)
			i = item_skip(&s->tree, i);
		to = i;
		while (i < end && look_kind(s, i) != TOKEN_FAT_ARROW)
			i = item_skip(&s->tree, i);
		if (i >= end)
			return;
		add(f, DECISION_ARM, from, from, to);
		i = arm_end(s, i + 1, end);
	}
}

/* What a return or break gives back, up to the end of its statement. */
static uint32_t value_end(const struct source *s, uint32_t i, uint32_t end)
{
	for (uint32_t n = 0; i < end && n < LENGTH_MAX; n++) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_SEMI || kind == TOKEN_COMMA ||
		    lexer_closes(kind))
			break;
		i = item_skip(&s->tree, i);
	}
	return i;
}

static bool checks(struct span macro)
{
	static const char *const names[] = {
		"assert",	   "assert_eq",
		"assert_ne",	   "debug_assert",
		"debug_assert_eq", "debug_assert_ne",
		"ensure",	   "bail",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (span_eqs(macro, names[i]))
			return true;
	return false;
}

/* Is the `&` or `|` at i the first of a binary `&&` or `||`? */
static bool binary(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i), before = look_kind(s, i - 1);

	if (look_kind(s, i + 1) != kind || !lexer_glued(&s->lx, i))
		return false;
	return lexer_closes(before) || lexer_name(before) ||
	       before == TOKEN_QUESTION || before == KW_SELF ||
	       before == KW_TRUE || before == KW_FALSE ||
	       (before >= TOKEN_INT && before <= TOKEN_RAW_C_STR);
}

/* Out of parentheses that only group: `(a && b) || c`. */
static uint32_t out_of_groups(const struct source *s, uint32_t i)
{
	for (unsigned n = 0; n < GROUPS_MAX; n++) {
		uint32_t open = s->tree.parent[i];
		enum token_kind before;

		if (open == TREE_NONE || !open ||
		    look_kind(s, open) != TOKEN_OPEN_PAREN)
			break;
		before = look_kind(s, open - 1);
		if (lexer_any_word(before) || lexer_closes(before) ||
		    before == TOKEN_GREATER ||
		    (before == TOKEN_NOT && open > 1 &&
		     lexer_name(look_kind(s, open - 2))))
			break;
		i = open;
	}
	return i;
}

/* The statement around a `&&` that stands in no condition: `a = b && c`, an
 * arm's or function's value. */
static void add_logic(struct finder *f, uint32_t i, uint32_t end)
{
	const struct source *s = f->s;
	uint32_t from, to;

	if (!binary(s, i) || i < f->told)
		return;
	i = out_of_groups(s, i);
	from = s->tree.first[i];
	for (uint32_t k = from, n = 0; k < i && n < LENGTH_MAX; n++) {
		if (look_kind(s, k) == TOKEN_FAT_ARROW)
			from = k + 1;
		k = item_skip(&s->tree, k);
	}
	to = value_end(s, from, end);
	if (to <= i)
		return;
	add(f, DECISION_LOGIC, from, from, to);
	f->told = to;
}

static void look_at(struct finder *f, uint32_t i, uint32_t end)
{
	const struct source *s = f->s;
	uint32_t to;

	switch (look_kind(s, i)) {
	case KW_IF:
		add(f, DECISION_IF, i, i + 1, condition_end(s, i + 1, end));
		break;
	case KW_WHILE:
		add(f, DECISION_WHILE, i, i + 1, condition_end(s, i + 1, end));
		break;
	case KW_MATCH:
		to = condition_end(s, i + 1, end);
		add(f, DECISION_MATCH, i, i + 1, to);
		if (look_kind(s, to) == TOKEN_OPEN_BRACE)
			add_arms(f, to);
		break;
	case KW_RETURN:
		add(f, DECISION_RETURN, i, i + 1, value_end(s, i + 1, end));
		break;
	case KW_BREAK:
		add(f, DECISION_BREAK, i, i + 1, value_end(s, i + 1, end));
		break;
	case KW_CONTINUE:
		add(f, DECISION_CONTINUE, i, i + 1, value_end(s, i + 1, end));
		break;
	case TOKEN_AND:
	case TOKEN_OR:
		add_logic(f, i, end);
		break;
	case TOKEN_IDENT:
		if (look_kind(s, i + 1) == TOKEN_NOT &&
		    look_kind(s, i + 2) == TOKEN_OPEN_PAREN &&
		    checks(lexer_text(&s->lx, i)))
			add(f, DECISION_CHECK, i, i + 3, s->tree.mate[i + 2]);
		break;
	default:
		break;
	}
}

static int by_place(const void *x, const void *y)
{
	const struct decision *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

void decision_find(struct decisions *out, struct arena *a,
		   const struct source *s, uint32_t from, uint32_t to)
{
	struct finder f = { .s = s, .arena = a, .out = out };

	*out = (struct decisions){ 0 };
	if (to > s->lx.count)
		to = s->lx.count;
	for (; from < to; from++)
		if (!(s->context.flags[from] & CONTEXT_MACRO_DEF))
			look_at(&f, from, to);
	if (out->rows.len)
		qsort(out->rows.ptr, out->rows.len, sizeof(*out->rows.ptr),
		      by_place);
}

const char *decision_name(enum decision_kind kind)
{
	static const char *const names[DECISION_KINDS] = {
		[DECISION_IF] = "condition",
		[DECISION_WHILE] = "loop condition",
		[DECISION_MATCH] = "matched value",
		[DECISION_ARM] = "match arm",
		[DECISION_LOGIC] = "boolean expression",
		[DECISION_CHECK] = "check",
		[DECISION_RETURN] = "early return",
		[DECISION_BREAK] = "break",
		[DECISION_CONTINUE] = "continue",
	};

	return kind < DECISION_KINDS ? names[kind] : "";
}
