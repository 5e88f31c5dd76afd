#include "rust/effect.h"

#include "rust/look.h"

/* The path segment in front of the name at i, or nothing. */
static struct span qualifier(const struct source *s, uint32_t i)
{
	struct span none = { 0 };

	if (!i || look_kind(s, i - 1) != TOKEN_PATH_SEP)
		return none;
	/* `Vec::<u8>::new` */
	i = look_kind(s, i - 2) == TOKEN_GREATER ? look_path_start(s, i)
						 : i - 2;
	return lexer_any_word(look_kind(s, i)) ? lexer_word(&s->lx, i) : none;
}

/* How the name at i is used, as a bit of enum names_call; 0: in none. *open:
 * its bracket. */
static unsigned shape(const struct source *s, uint32_t i, uint32_t *open)
{
	uint32_t next = i + 1;

	*open = LOOK_NONE;
	if (look_kind(s, next) == TOKEN_NOT &&
	    lexer_opens(look_kind(s, next + 1))) {
		*open = next + 1;
		return CALL_MACRO;
	}
	if (look_kind(s, next) == TOKEN_PATH_SEP)
		next = look_generics(s, next + 1);
	if (look_kind(s, next) != TOKEN_OPEN_PAREN) {
		bool word = look_kind(s, i + 1) == TOKEN_COMMA ||
			    look_kind(s, i + 1) == TOKEN_CLOSE_PAREN;

		return word ? CALL_WORD : 0;
	}
	*open = next;
	if (!i || look_kind(s, i - 1) == KW_FN)
		return 0;
	if (look_kind(s, i - 1) != TOKEN_DOT)
		return CALL_PATH;
	return s->tree.mate[next] == next + 1 ? CALL_EMPTY : CALL_METHOD;
}

/* `Command::new("x").spawn()` is no task, `vec![]` takes no memory. */
static bool counts(const struct source *s, enum names_effect kind,
		   unsigned call, uint32_t i, uint32_t open)
{
	if (kind == EFFECT_SPAWN && call == CALL_EMPTY)
		return !look_is(s, i, "spawn");
	if (kind == EFFECT_ALLOC && call == CALL_MACRO)
		return s->tree.mate[open] > open + 1;
	/* an iterator's `.cloned()` copies where it stands all the same; a
	 * slice's `.read(&mut buf)` is none of these */
	return true;
}

static void look_at(struct effects *out, struct arena *a,
		    const struct source *s, uint32_t i)
{
	struct span none = { 0 };
	struct effect e = { .at = i };
	uint32_t open;
	unsigned call = shape(s, i, &open);

	if (!call)
		return;
	e.kind = names_effect(call & (CALL_PATH | CALL_WORD) ? qualifier(s, i)
							     : none,
			      lexer_word(&s->lx, i), call);
	if (e.kind == EFFECT_NONE || !counts(s, e.kind, call, i, open))
		return;
	e.in_loop = s->context.flags[i] & CONTEXT_LOOP;
	e.from = look_path_start(s, i);
	e.to = i + 1;
	if (call & (CALL_METHOD | CALL_EMPTY))
		e.from = i - 1;
	if (call == CALL_EMPTY || call == CALL_MACRO)
		e.to = call == CALL_EMPTY ? open + 2 : i + 2;
	*vec_push(&out->rows, a) = e;
}

void effects_find(struct effects *out, struct arena *a, const struct source *s,
		  uint32_t from, uint32_t to)
{
	*out = (struct effects){ 0 };
	for (uint32_t i = from;
	     i < to && i < s->lx.count && out->rows.len < EFFECTS_MAX; i++)
		if (lexer_name(look_kind(s, i)) &&
		    !(s->context.flags[i] & CONTEXT_MACRO_DEF))
			look_at(out, a, s, i);
}

bool effect_same(const struct source *s, const struct effect *a,
		 const struct source *t, const struct effect *b)
{
	if (a->kind != b->kind || a->to - a->from != b->to - b->from)
		return false;
	for (uint32_t i = 0; i < a->to - a->from; i++)
		if (!span_eq(lexer_text(&s->lx, a->from + i),
			     lexer_text(&t->lx, b->from + i)))
			return false;
	return true;
}
