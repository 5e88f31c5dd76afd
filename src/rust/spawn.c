#include "rust/spawn.h"

#include "base/arena.h"
#include "rust/look.h"
#include "rust/names.h"

/* Tokens behind a call in which its handle is pushed. */
#define PUSH_MAX 128

/* Is `x.push(…)` around the call, or further on, of the name it is bound to? */
static bool pushed(const struct source *s, const struct spawn *p)
{
	uint32_t around = s->tree.parent[p->first];
	uint32_t i = s->tree.first[p->first], name;

	if (around != TREE_NONE && around &&
	    look_kind(s, around) == TOKEN_OPEN_PAREN &&
	    look_is(s, around - 1, "push"))
		return true;
	if (look_match(s, i, "let $") == LOOK_NONE)
		return false;
	name = i + 1;
	for (unsigned n = 0; n < PUSH_MAX; n++) {
		i = p->close + 1 + n;
		if (look_is(s, i, "push") &&
		    look_match(s, i + 1, "( $ )") != LOOK_NONE &&
		    span_eq(lexer_text(&s->lx, i + 2),
			    lexer_text(&s->lx, name)))
			return true;
	}
	return false;
}

/* A runtime's or handle's method, by the name it is called on. */
static bool runtime_method(const struct source *s, uint32_t i)
{
	static const char *const ends[] = { "rt", "runtime", "handle",
					    "executor", "current" };
	uint32_t on = i - 2;

	if (look_method(s, i) == LOOK_NONE || i < 2)
		return false;
	if (look_kind(s, on) == TOKEN_CLOSE_PAREN && s->tree.mate[on])
		on = s->tree.mate[on] - 1;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (span_ends(lexer_text(&s->lx, on), ends[k]))
			return true;
	return false;
}

/* Does the call of the name at i start a task and give its handle? Of those
 * that are not known it must be a module's, be called `spawn`, and be given an
 * async block. */
static bool starts_task(struct spawn *p, struct arena *a,
			const struct source *s, uint32_t i)
{
	uint32_t owner = i - 2;

	p->path = lexer_text(&s->lx, i);
	if (look_kind(s, i - 1) == TOKEN_DOT) {
		p->first = look_receiver(s, i - 1);
		return look_kind(s, p->open + 1) == KW_ASYNC &&
		       runtime_method(s, i);
	}
	p->first = look_path_start(s, i);
	p->path = look_path(s, a, i);
	if (names_spawn(p->path))
		return true;
	return p->first < i && look_kind(s, p->open + 1) == KW_ASYNC &&
	       *lexer_text(&s->lx, owner).ptr >= 'a';
}

bool spawn_read(struct spawn *p, struct arena *a, const struct source *s,
		uint32_t i)
{
	uint32_t first = s->tree.first[i];

	*p = (struct spawn){ .name = i, .open = i + 1 };
	if (!(look_is(s, i, "spawn") || look_is(s, i, "spawn_local")) ||
	    look_kind(s, p->open) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, p->open) || look_kind(s, i - 1) == KW_FN ||
	    !starts_task(p, a, s, i))
		return false;
	p->close = s->tree.mate[p->open];
	if (look_match(s, first, "let _ =") != LOOK_NONE)
		first += 3;
	else if (look_match(s, first, "_ =") != LOOK_NONE)
		first += 2;
	p->dropped =
		first == p->first && look_kind(s, p->close + 1) == TOKEN_SEMI;
	p->pushed = !p->dropped && pushed(s, p);
	return true;
}

static bool holds_one(struct span word, const char *parts)
{
	struct span rest = span_of(parts), part;

	while (text_field(&rest, ' ', &part))
		if (span_find(word, part) >= 0)
			return true;
	return false;
}

uint32_t *spawn_words(struct arena *a, const struct source *s,
		      const char *words)
{
	const struct lexer *lx = &s->lx;
	uint32_t *sum = arena_array(a, (size_t)lx->count + 1, sizeof(*sum));

	for (uint32_t i = 0; i < lx->count; i++)
		sum[i + 1] = sum[i] + (lexer_name(look_kind(s, i)) &&
				       holds_one(lexer_text(lx, i), words));
	return sum;
}
