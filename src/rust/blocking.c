#include "rust/blocking.h"

#include "rust/look.h"

/* How many tokens back a `let` is looked for. */
#define BACK_MAX 2048

/* Does this `let` bind the name? Gives the first token of its value. */
static uint32_t let_value(const struct source *s, uint32_t let, uint32_t end,
			  struct span name)
{
	bool bound = false;

	for (uint32_t i = let + 1; i < end; i++) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_EQ)
			return bound ? i + 1 : LOOK_NONE;
		if (kind == TOKEN_SEMI)
			break;
		bound |= span_eq(lexer_text(&s->lx, i), name);
	}
	return LOOK_NONE;
}

/* The value that the name at i was last bound to in this body. */
static uint32_t bound_to(const struct source *s, uint32_t i)
{
	struct span name = lexer_text(&s->lx, i);
	uint32_t end = i, body = s->context.body[i];

	for (unsigned n = 0; i > body + 1 && n < BACK_MAX; n++) {
		uint32_t value;

		if (look_kind(s, --i) != KW_LET)
			continue;
		value = let_value(s, i, end, name);
		if (value != LOOK_NONE)
			return value;
	}
	return LOOK_NONE;
}

/* The last name of the path at i when that is called, or LOOK_NONE. */
static uint32_t called_path(const struct source *s, uint32_t i)
{
	uint32_t last = LOOK_NONE;

	if (look_kind(s, i) == TOKEN_PATH_SEP)
		i++;
	while (lexer_any_word(look_kind(s, i))) {
		last = i++;
		if (look_kind(s, i) != TOKEN_PATH_SEP)
			break;
		i = look_generics(s, i + 1);
	}
	return look_kind(s, i) == TOKEN_OPEN_PAREN ? last : LOOK_NONE;
}

/* What is known of the call of a method. */
static void read_method(struct blocking *c, struct arena *a,
			const struct source *s)
{
	struct span method = lexer_word(&s->lx, c->name);
	uint32_t from = look_receiver(s, c->name - 1);

	c->row = names_block((struct span){ 0 }, method);
	if (c->row)
		return;
	c->chained = true;
	if (from + 2 == c->name && lexer_name(look_kind(s, from))) {
		from = bound_to(s, from);
		c->chained = false;
	}
	c->path = from == LOOK_NONE ? LOOK_NONE : called_path(s, from);
	if (c->path != LOOK_NONE)
		c->row = names_block(look_path(s, a, c->path), method);
}

bool blocking_read(struct blocking *c, struct arena *a, const struct source *s,
		   uint32_t i)
{
	*c = (struct blocking){ .name = i, .path = i };
	if (!lexer_name(look_kind(s, i)) ||
	    !names_may_block(lexer_word(&s->lx, i)))
		return false;
	c->open = look_method(s, i);
	if (c->open != LOOK_NONE) {
		read_method(c, a, s);
	} else if (called_path(s, i) == i && look_kind(s, i - 1) != KW_FN) {
		c->open = look_generics(s, i + 1);
		c->chained = true;
		c->row = names_block(look_path(s, a, i), (struct span){ 0 });
	}
	/* what is awaited is async, whatever its name */
	return c->row && tree_paired(&s->tree, c->open) &&
	       look_match(s, s->tree.mate[c->open] + 1, ". await") == LOOK_NONE;
}

bool blocking_here(const struct source *s, uint32_t i)
{
	uint32_t body = s->context.body[i];

	while (look_kind(s, body) == TOKEN_OR) {
		uint32_t open = s->tree.parent[body];

		if (open == TREE_NONE || !open ||
		    look_method(s, open - 1) != open ||
		    !names_calls(lexer_word(&s->lx, open - 1)))
			return false;
		body = s->context.body[body];
	}
	return true;
}
