/*
 * Types without what makes no difference to who uses them, and the lists that
 * hold them. Total, linear in the tokens given.
 */
#include "base/vec.h"
#include "rust/apidiff_parts.h"
#include "rust/item.h"

/* Numbers that stand for what is not told by its bytes. */
enum { WORD_SELF = 1, WORD_PARAMETER = 16 };

uint64_t hash_tokens(const struct source *s, uint32_t from, uint32_t to)
{
	uint64_t h = HASH_START;

	for (; from < to && from < s->lx.count; from++)
		h = hash_span(h, lexer_text(&s->lx, from));
	return h;
}

bool api_piece(const struct source *s, uint32_t *from, uint32_t end,
	       enum token_kind sep, uint32_t *piece_from, uint32_t *piece_to)
{
	uint32_t i = *from, depth = 0;

	while (i < end && look_kind(s, i) == TOKEN_HASH &&
	       look_kind(s, i + 1) == TOKEN_OPEN_BRACKET)
		i = item_skip(&s->tree, i + 1);
	if (i >= end)
		return false;
	*piece_from = i;
	for (; i < end; i = item_skip(&s->tree, i)) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_LESS)
			depth++;
		else if (kind == TOKEN_GREATER && depth)
			depth--;
		else if (kind == sep && !depth)
			break;
	}
	*piece_to = i < end ? i : end;
	*from = *piece_to + 1;
	return true;
}

uint32_t api_find(const struct source *s, uint32_t from, uint32_t to,
		  enum token_kind kind)
{
	uint32_t depth = 0;

	for (; from < to; from = item_skip(&s->tree, from)) {
		enum token_kind here = look_kind(s, from);

		if (here == kind && !depth)
			return from;
		if (here == TOKEN_LESS)
			depth++;
		else if (here == TOKEN_GREATER && depth)
			depth--;
	}
	return to;
}

uint32_t api_visibility(const struct source *s, uint32_t i, bool *open)
{
	*open = look_kind(s, i) == KW_PUB;
	if (!*open)
		return i;
	if (look_kind(s, i + 1) != TOKEN_OPEN_PAREN)
		return i + 1;
	switch (look_kind(s, i + 2)) {
	case KW_CRATE:
	case KW_SELF:
	case KW_SUPER:
	case KW_IN:
		*open = false;
		return item_skip(&s->tree, i + 1);
	default:
		return i + 1;
	}
}

/* Remember the type and const parameters of the `<…>` at i. */
static void read_names(struct api_side *side, uint32_t i)
{
	const struct source *s = side->s;
	uint32_t end = look_generics(s, i), from = i + 1, a, b;

	while (end > i && api_piece(s, &from, end - 1, TOKEN_COMMA, &a, &b)) {
		if (look_kind(s, a) == KW_CONST)
			a++;
		if (lexer_name(look_kind(s, a)) &&
		    side->count < sizeof(side->names) / sizeof(*side->names))
			side->names[side->count++] = a;
	}
}

void api_side_read(struct api_side *side)
{
	const struct outline *o = &side->s->outline;
	const struct item *it = &o->item[side->item];
	const struct item *up = NULL;

	side->count = 0;
	side->self = (struct span){ 0 };
	if (it->parent != OUTLINE_NONE)
		up = &o->item[it->parent];
	if (it->kind == ITEM_STRUCT || it->kind == ITEM_ENUM ||
	    it->kind == ITEM_UNION)
		side->self = it->name;
	if (up && up->kind == ITEM_IMPL) {
		side->self = up->name;
		read_names(side, up->key + 1);
	} else if (up && up->kind == ITEM_TRAIT) {
		read_names(side, up->key + 2);
	}
	read_names(side, it->kind == ITEM_IMPL ? it->key + 1 : it->key + 2);
}

/* The parameter's position that a name is, plus one; 0: none. */
static uint64_t parameter(const struct api_side *side, struct span word)
{
	for (uint32_t i = 0; i < side->count; i++)
		if (span_eq(word, lexer_word(&side->s->lx, side->names[i])))
			return i + 1;
	return 0;
}

static uint64_t word_number(const struct api_side *side, uint32_t i)
{
	struct span word = lexer_word(&side->s->lx, i);
	uint64_t n;

	if (look_kind(side->s, i) == KW_SELF_TYPE ||
	    (side->self.len && span_eq(word, side->self)))
		return WORD_SELF;
	n = parameter(side, word);
	return n ? WORD_PARAMETER + n : hash_span(HASH_START, word);
}

/* More aliases are not followed of one type. */
#define FOLLOWED_MAX 16

struct words {
	VEC(uint64_t) rows;
	uint32_t io_result; /* the `>` of an io::Result<…> */
	uint32_t followed;
};

static void add_type(const struct api_side *side, struct words *w,
		     uint32_t from, uint32_t to);

static uint64_t kind_number(enum token_kind kind)
{
	return hash_add(HASH_START, (uint64_t)kind << 32);
}

static bool ends_with(const struct words *w, enum token_kind kind)
{
	return w->rows.len && w->rows.ptr[w->rows.len - 1] == kind_number(kind);
}

/* A lifetime goes with the comma or plus that is its own. */
static uint32_t skip_lifetime(const struct api_side *side, struct words *w,
			      uint32_t i)
{
	enum token_kind next = look_kind(side->s, i + 1);

	if (next == TOKEN_COMMA || next == TOKEN_PLUS)
		return i + 2;
	if (ends_with(w, TOKEN_COMMA) || ends_with(w, TOKEN_PLUS))
		w->rows.len--;
	return i + 1;
}

/* For the name at i, whose number is n, what the alias of that name says. */
static bool follow(const struct api_side *side, struct words *w, uint32_t i,
		   uint64_t n)
{
	const struct api_alias *to = api_alias_find(side->aliases, n);
	struct api_side there = *side;
	uint32_t io_result = w->io_result;

	if (!to || look_kind(side->s, i + 1) == TOKEN_LESS ||
	    w->followed >= FOLLOWED_MAX)
		return false;
	w->followed++;
	w->io_result = 0;
	there.s = to->s;
	there.count = 0;
	add_type(&there, w, to->from, to->to);
	w->io_result = io_result;
	return true;
}

static uint32_t add_word(const struct api_side *side, struct words *w,
			 uint32_t i)
{
	const struct source *s = side->s;
	enum token_kind next = look_kind(s, i + 1);
	uint64_t n;

	if (next == TOKEN_PATH_SEP && lexer_any_word(look_kind(s, i + 2))) {
		if (look_match(s, i, "io :: Result <") != LOOK_NONE)
			w->io_result = look_generics(s, i + 3) - 1;
		return i + 2;
	}
	if (look_kind(s, i) == KW_FOR && next == TOKEN_LESS)
		return look_generics(s, i + 1);
	n = word_number(side, i);
	if (follow(side, w, i, n))
		return i + 1;
	*vec_push(&w->rows, side->arena) = n;
	/* `Pool<T>` in its own impl is `Self` */
	return n == WORD_SELF ? look_generics(s, i + 1) : i + 1;
}

static void add_punctuation(const struct api_side *side, struct words *w,
			    uint32_t i)
{
	enum token_kind kind = look_kind(side->s, i);
	bool closes = lexer_closes(kind) || kind == TOKEN_GREATER;

	if (closes && ends_with(w, TOKEN_COMMA))
		w->rows.len--;
	if (i && i == w->io_result) {
		*vec_push(&w->rows, side->arena) = kind_number(TOKEN_COMMA);
		*vec_push(&w->rows, side->arena) =
			hash_span(HASH_START, SPAN("Error"));
	}
	if (kind == TOKEN_GREATER && ends_with(w, TOKEN_LESS))
		w->rows.len--;
	else
		*vec_push(&w->rows, side->arena) = kind_number(kind);
}

/* May a type stand behind such a token, and in front of one? */
static bool type_begins(enum token_kind before)
{
	return before == TOKEN_LESS || before == TOKEN_COMMA ||
	       before == TOKEN_AND || before == TOKEN_COLON ||
	       before == TOKEN_EQ || before == TOKEN_OPEN_PAREN ||
	       before == TOKEN_OPEN_BRACKET || before == TOKEN_LIFETIME ||
	       before == KW_MUT || before == KW_CONST;
}

static bool type_ends(enum token_kind after)
{
	return after == TOKEN_GREATER || after == TOKEN_COMMA ||
	       after == TOKEN_SEMI || after == TOKEN_EQ || lexer_closes(after);
}

/*
 * Is the parenthesis at i, of a type in [from, to), one that changes nothing:
 * around one type, neither a tuple nor what is behind `Fn`? Around what is not
 * a type, a length's `(N + 1) * 2`, it stands between other tokens.
 */
static bool redundant(const struct source *s, uint32_t from, uint32_t to,
		      uint32_t i)
{
	uint32_t open = i, close;

	if (look_kind(s, i) == TOKEN_CLOSE_PAREN && tree_paired(&s->tree, i))
		open = s->tree.mate[i];
	if (look_kind(s, open) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, open))
		return false;
	close = s->tree.mate[open];
	return open >= from && close < to && close > open + 1 &&
	       (open == from || type_begins(look_kind(s, open - 1))) &&
	       (close + 1 == to || type_ends(look_kind(s, close + 1))) &&
	       api_find(s, open + 1, close, TOKEN_COMMA) == close;
}

static void add_type(const struct api_side *side, struct words *w,
		     uint32_t from, uint32_t to)
{
	const struct source *s = side->s;

	for (uint32_t i = from; i < to;) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_HASH &&
		    look_kind(s, i + 1) == TOKEN_OPEN_BRACKET) {
			i = item_skip(&s->tree, i + 1);
		} else if (kind == TOKEN_LIFETIME &&
			   !look_is(s, i, "'static")) {
			i = skip_lifetime(side, w, i);
		} else if (lexer_any_word(kind)) {
			uint32_t next = add_word(side, w, i);

			i = next > i ? next : i + 1;
		} else if (kind == TOKEN_LIFETIME ||
			   (kind >= TOKEN_INT && kind <= TOKEN_RAW_C_STR)) {
			*vec_push(&w->rows, side->arena) =
				hash_span(HASH_START, lexer_text(&s->lx, i++));
		} else if (kind == TOKEN_PATH_SEP && i == from) {
			i++;
		} else if (redundant(s, from, to, i)) {
			i++;
		} else {
			add_punctuation(side, w, i++);
		}
	}
}

uint64_t api_type(const struct api_side *side, uint32_t from, uint32_t to)
{
	struct words w = { 0 };
	uint64_t h = HASH_START;

	add_type(side, &w, from, to);
	if (ends_with(&w, TOKEN_COMMA))
		w.rows.len--;
	for (size_t i = 0; i < w.rows.len; i++)
		h = hash_add(h, w.rows.ptr[i]);
	return w.rows.len ? h : 0;
}
