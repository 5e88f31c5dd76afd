#include "rust/fixed.h"

#include "rust/item.h"
#include "rust/look.h"
#include "rust/names.h"

/* Branches of an `if` of literals. */
#define BRANCHES_MAX 16
/* Tokens back to where a variable is set. */
#define BOUND_MAX 1024

/* One `{…}` of a format string: what it prints, and how. */
struct hole {
	struct span name, form; /* "port", ":>4" */
};

static bool next_hole(struct span *text, struct hole *out)
{
	ptrdiff_t at = span_chr(*text, '{'), end, colon;
	struct span in;

	if (at < 0)
		return false;
	*text = span_from(*text, (size_t)at + 1);
	end = span_chr(*text, '}');
	in = span_first(*text, end < 0 ? 0 : (size_t)end);
	colon = span_chr(in, ':');
	out->name = span_first(in, colon < 0 ? in.len : (size_t)colon);
	out->form = span_from(in, out->name.len);
	return true;
}

/* Is what is printed digits, whatever it is: as hexadecimal, or a port? */
static bool digits(const struct hole *h)
{
	return span_ends(h->form, "x") || span_ends(h->form, "X") ||
	       span_ends(h->form, "b") || span_eqs(h->name, "port") ||
	       span_ends(h->name, "_port");
}

/* Does a format string take a value by its name that may be any text:
 * "{scheme}://"? */
static bool captures(struct span text)
{
	struct hole h;

	while (next_hole(&text, &h))
		if (h.name.len && !digits(&h))
			return true;
	return false;
}

/* Do all holes of a format string, and there are some, print digits? */
static bool prints_digits(struct span text)
{
	struct hole h;
	bool any = false;

	while (next_hole(&text, &h)) {
		if (!digits(&h))
			return false;
		any = true;
	}
	return any;
}

static bool text_token(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == TOKEN_STR || look_kind(s, i) == TOKEN_RAW_STR;
}

/* Is the word at i what its author wrote, or a number: a constant, a call that
 * turns one into another form or gives digits? */
static bool fixed_word(const struct source *s, uint32_t i)
{
	struct span word = lexer_word(&s->lx, i);

	if (names_fixed(word) || look_kind(s, i + 1) == TOKEN_PATH_SEP)
		return true;
	for (size_t k = 0; k < word.len; k++)
		if (word.ptr[k] >= 'a' && word.ptr[k] <= 'z')
			return false;
	return true;
}

/* Does the argument that begins at i end in a call that gives a number:
 * `addr.port()`? Gives its last token, or LOOK_NONE. */
static uint32_t number_call(const struct source *s, uint32_t i)
{
	uint32_t last = i, open = s->tree.parent[i], to;

	if (open == TREE_NONE || !tree_paired(&s->tree, open))
		return LOOK_NONE;
	to = s->tree.mate[open];
	while (last + 1 < to && look_kind(s, last + 1) != TOKEN_COMMA)
		last = item_skip(&s->tree, last + 1) - 1;
	if (last >= to || look_match(s, last - 3, ". $ ()") == LOOK_NONE)
		return LOOK_NONE;
	return names_plain_method(lexer_text(&s->lx, last - 2)) ||
			       look_is(s, last - 2, "port")
		       ? last
		       : LOOK_NONE;
}

/* A string that a macro is given, `format!("…", …)`: *fixed tells whether it
 * is what its author wrote. Gives the last token that is read with it. */
static uint32_t macro_text(const struct source *s, uint32_t i, uint32_t to,
			   bool *fixed)
{
	struct span text = lexer_text(&s->lx, i);
	uint32_t close = s->tree.mate[i - 1];

	*fixed = !captures(text);
	return *fixed && prints_digits(text) && close > i && close <= to ? close
									 : i;
}

bool fixed_tokens(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		uint32_t number = i > from && look_kind(s, i - 1) == TOKEN_COMMA
					  ? number_call(s, i)
					  : LOOK_NONE;
		bool fixed = true;

		if (number != LOOK_NONE)
			i = number;
		else if (text_token(s, i) && i > from + 1 &&
			 look_kind(s, i - 2) == TOKEN_NOT)
			i = macro_text(s, i, to, &fixed);
		else if (lexer_any_word(look_kind(s, i)))
			fixed = fixed_word(s, i);
		if (!fixed)
			return false;
	}
	return true;
}

/* `if … { "a" } else { "b" }` ends at the brace at i: literals, whichever. */
static bool either(const struct source *s, uint32_t i)
{
	for (unsigned n = 0; n < BRANCHES_MAX; n++) {
		uint32_t open;

		if (look_kind(s, i) != TOKEN_CLOSE_BRACE ||
		    !tree_paired(&s->tree, i))
			return false;
		open = s->tree.mate[i];
		if (open + 2 != i || !text_token(s, open + 1) || open < 2)
			return false;
		if (look_kind(s, open - 1) != KW_ELSE)
			return n > 0;
		i = open - 2;
	}
	return false;
}

/* The first token of what the local variable at i is last set to, in its fn;
 * *end is behind it. LOOK_NONE: nothing of the kind is near. */
static uint32_t bound_to(const struct source *s, uint32_t i, uint32_t *end)
{
	uint32_t fn = source_item(s, i, ITEM_FN), from;
	struct span name = lexer_word(&s->lx, i);

	if (fn == OUTLINE_NONE || look_kind(s, i) != TOKEN_IDENT)
		return LOOK_NONE;
	from = s->outline.item[fn].key;
	from = i - from > BOUND_MAX ? i - BOUND_MAX : from;
	for (uint32_t k = i; k-- > from + 1;) {
		if (look_kind(s, k + 1) != TOKEN_EQ ||
		    !span_eq(lexer_word(&s->lx, k), name) ||
		    (look_kind(s, k - 1) != KW_LET &&
		     look_kind(s, k - 1) != KW_MUT))
			continue;
		for (*end = k + 2; *end < i; *end = item_skip(&s->tree, *end))
			if (look_kind(s, *end) == TOKEN_SEMI)
				return k + 2;
		return LOOK_NONE;
	}
	return LOOK_NONE;
}

bool fixed_before(const struct source *s, uint32_t dot)
{
	uint32_t i = dot - 1, from, end;

	if (either(s, i))
		return true;
	if (lexer_closes(look_kind(s, i)) && tree_paired(&s->tree, i)) {
		i = s->tree.mate[i];
		return i > 1 && look_kind(s, i - 1) == TOKEN_NOT &&
		       fixed_tokens(s, i - 2, dot);
	}
	if (look_kind(s, i - 1) != TOKEN_DOT) {
		from = bound_to(s, i, &end);
		if (from != LOOK_NONE)
			return fixed_tokens(s, from, end);
	}
	return fixed_tokens(s, i, dot) && look_kind(s, i) != KW_SELF;
}

bool fixed_memory(const struct source *s, uint32_t dot)
{
	static const char *const made[] = { "Vec :: new ()", "vec ! []",
					    "Vec :: with_capacity ()" };
	uint32_t end = 0, i = bound_to(s, dot - 1, &end);

	for (; i != LOOK_NONE && i < end; i++)
		for (size_t k = 0; k < sizeof(made) / sizeof(*made); k++)
			if (look_match(s, i, made[k]) != LOOK_NONE)
				return true;
	return false;
}
