/*
 * One walk over the tokens; what two uses have in common is merged at the end.
 */
#include "rust/reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/binding.h"
#include "rust/look.h"
#include "rust/names.h"

/* Generic parameters that are known at a time, and the items around a token
 * that are asked for theirs. */
#define GENERICS_MAX 32
#define AROUND_MAX 4

struct walk {
	struct references *out;
	struct arena *arena;
	const struct source *s;
	struct bindings bindings;
	/* generic parameters in force in an item, its index + 1 */
	struct span generic[GENERICS_MAX];
	size_t generics;
	uint32_t generics_item;
};

static bool capital(struct span word)
{
	while (word.len && *word.ptr == '_')
		word = span_from(word, 1);
	return word.len && *word.ptr >= 'A' && *word.ptr <= 'Z';
}

/* Behind the attribute at i, or i itself. */
static uint32_t behind_attribute(const struct source *s, uint32_t i)
{
	uint32_t open = i + 1;

	if (look_kind(s, i) != TOKEN_HASH)
		return i;
	open += look_kind(s, open) == TOKEN_NOT;
	if (look_kind(s, open) != TOKEN_OPEN_BRACKET ||
	    !tree_paired(&s->tree, open))
		return i;
	return s->tree.mate[open] + 1;
}

/* Is the name at i the one that its item, variant or binding gets? */
static bool defined_here(const struct source *s, uint32_t i)
{
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;
	uint32_t around = s->tree.parent[i], item;

	switch (before) {
	case KW_FN:
	case KW_STRUCT:
	case KW_ENUM:
	case KW_UNION:
	case KW_TRAIT:
	case KW_TYPE:
	case KW_MOD:
	case KW_MACRO:
	case KW_LET:
		return true;
	case KW_CONST:
		return i < 2 || look_kind(s, i - 2) != TOKEN_STAR;
	case KW_STATIC:
	case KW_MUT:
		return look_kind(s, i + 1) == TOKEN_COLON &&
		       capital(lexer_word(&s->lx, i));
	case TOKEN_OPEN_BRACE:
	case TOKEN_COMMA:
	case TOKEN_CLOSE_BRACKET:
		break;
	default:
		return false;
	}
	if (around == TREE_NONE || look_kind(s, around) != TOKEN_OPEN_BRACE)
		return false;
	item = outline_at(&s->outline, s->lx.tok[around].start);
	return item != OUTLINE_NONE &&
	       s->outline.item[item].kind == ITEM_ENUM &&
	       s->outline.item[item].open == around;
}

/* Remember the parameters of the `<…>` at i. */
static void add_generics(struct walk *w, uint32_t i)
{
	const struct source *s = w->s;
	uint32_t end = look_generics(s, i);
	uint32_t depth = 0;

	for (; i < end && w->generics < GENERICS_MAX; i++) {
		enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;

		if (look_kind(s, i) == TOKEN_LESS)
			depth++;
		else if (look_kind(s, i) == TOKEN_GREATER)
			depth--;
		else if (depth == 1 && lexer_name(look_kind(s, i)) &&
			 (before == TOKEN_LESS || before == TOKEN_COMMA ||
			  before == KW_CONST))
			w->generic[w->generics++] = lexer_word(&s->lx, i);
	}
}

/* Is the word a generic parameter of an item around the token? */
static bool generic(struct walk *w, uint32_t token, struct span word)
{
	const struct outline *o = &w->s->outline;
	uint32_t item = outline_at(o, w->s->lx.tok[token].start), i, n;

	if (w->generics_item != item + 1) {
		w->generics_item = item + 1;
		w->generics = 0;
		for (i = item, n = 0; i != OUTLINE_NONE && n < AROUND_MAX;
		     i = o->item[i].parent, n++)
			add_generics(w, o->item[i].key + 1 +
						(o->item[i].kind != ITEM_IMPL));
	}
	for (i = 0; i < w->generics; i++)
		if (span_eq(w->generic[i], word))
			return true;
	return false;
}

static struct reference *add(struct walk *w, enum reference_kind kind,
			     uint32_t token, struct span owner)
{
	struct reference *r = vec_push(&w->out->rows, w->arena);

	r->kind = kind;
	r->name = lexer_word(&w->s->lx, token);
	r->owner = owner;
	r->token = token;
	r->count = 1;
	return r;
}

/* The last segment of a path; *path is then what stands before it. */
static struct span take_last(struct span *path)
{
	struct span all = *path;
	size_t n = all.len;

	while (n && all.ptr[n - 1] != ':')
		n--;
	path->len = n >= 2 ? n - 2 : 0;
	return span_from(all, n);
}

/* A name with or without a path in front: from what imports make of it. */
static void add_path(struct walk *w, enum reference_kind kind, uint32_t token)
{
	const struct source *s = w->s;
	struct span path = look_path(s, w->arena, token);
	struct span name = take_last(&path), owner = { 0 }, rest = path;
	bool written = token && look_kind(s, token - 1) == TOKEN_PATH_SEP;
	struct reference *r;

	owner = take_last(&rest);
	/* an imported name's path ends in a module, a written one's may not */
	if (!capital(owner) || (!rest.len && !written))
		owner = (struct span){ 0 };
	else
		path = rest;
	if (span_eqs(owner, "Self"))
		owner = binding_self(s, token);
	if (names_std(path) ||
	    (!path.len && !owner.len && names_prelude(name)) ||
	    (owner.len && !path.len &&
	     (names_prelude(owner) || generic(w, token, owner))))
		return;
	r = add(w, kind, token, owner);
	r->name = name;
	r->module = path;
}

static bool opens_macro(const struct source *s, uint32_t i)
{
	return look_kind(s, i + 1) == TOKEN_NOT &&
	       lexer_opens(look_kind(s, i + 2));
}

/* Behind a turbofish at i (`::<T>`), or i itself. */
static uint32_t behind_turbofish(const struct source *s, uint32_t i)
{
	if (look_kind(s, i) != TOKEN_PATH_SEP)
		return i;
	return look_kind(s, i + 1) == TOKEN_LESS ? look_generics(s, i + 1) : i;
}

/* Is the brace at i that of `Name { a: b, c }`, not of a block? */
static bool opens_literal(const struct source *s, uint32_t i)
{
	enum token_kind first = look_kind(s, i + 1);
	enum token_kind second = look_kind(s, i + 2);

	if (look_kind(s, i) != TOKEN_OPEN_BRACE)
		return false;
	return first == TOKEN_CLOSE_BRACE || first == TOKEN_DOTS ||
	       ((lexer_name(first) || first == TOKEN_INT) &&
		(second == TOKEN_COLON || second == TOKEN_COMMA ||
		 second == TOKEN_CLOSE_BRACE));
}

/* A name that is no method: what does it do there? */
static void look_at_name(struct walk *w, uint32_t i)
{
	const struct source *s = w->s;
	struct span word = lexer_word(&s->lx, i);
	bool in_path = i && look_kind(s, i - 1) == TOKEN_PATH_SEP;
	uint32_t next = behind_turbofish(s, i + 1);
	bool big = capital(word);

	if (opens_macro(s, i)) {
		if (look_kind(s, i) != KW_MACRO_RULES)
			add_path(w, REFERENCE_MACRO, i);
	} else if (look_kind(s, next) == TOKEN_PATH_SEP) {
		if (big && !generic(w, i, word))
			add_path(w, REFERENCE_TYPE, i);
	} else if (look_kind(s, next) == TOKEN_OPEN_PAREN) {
		if (in_path || big || !binding_known(&w->bindings, i))
			add_path(w, REFERENCE_CALL, i);
	} else if (big && !in_path && generic(w, i, word)) {
		return;
	} else if (big && opens_literal(s, next)) {
		add_path(w, REFERENCE_LITERAL, i);
	} else if (big || in_path) {
		add_path(w, REFERENCE_TYPE, i);
	}
}

static void look_at(struct walk *w, uint32_t i)
{
	const struct source *s = w->s;
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;

	if (before == TOKEN_DOT) {
		if (look_method(s, i) != LOOK_NONE)
			add(w, REFERENCE_METHOD, i,
			    binding_receiver(&w->bindings, i - 1));
	} else if (before != TOKEN_DOLLAR && !defined_here(s, i)) {
		look_at_name(w, i);
	}
}

static int order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int same(const struct reference *a, const struct reference *b)
{
	int c = order(a->name, b->name);

	c = c ? c : order(a->owner, b->owner);
	c = c ? c : order(a->module, b->module);
	return c ? c : (a->kind > b->kind) - (a->kind < b->kind);
}

static int by_name(const void *x, const void *y)
{
	const struct reference *a = x, *b = y;
	int c = same(a, b);

	return c ? c : (a->token > b->token) - (a->token < b->token);
}

static int by_token(const void *x, const void *y)
{
	const struct reference *a = x, *b = y;

	return (a->token > b->token) - (a->token < b->token);
}

static void merge(struct references *out)
{
	struct reference *r = out->rows.ptr;
	size_t n = 0;

	if (!out->rows.len)
		return;
	qsort(r, out->rows.len, sizeof(*r), by_name);
	for (size_t i = 0; i < out->rows.len; i++) {
		if (n && !same(&r[n - 1], &r[i]))
			r[n - 1].count += r[i].count;
		else
			r[n++] = r[i];
	}
	out->rows.len = n;
	qsort(r, n, sizeof(*r), by_token);
}

void reference_collect(struct references *out, struct arena *a,
		       const struct source *s, const uint8_t *line,
		       uint8_t flags)
{
	struct walk w = { .out = out, .arena = a, .s = s };
	uint32_t i, use = 0;

	w.bindings.source = s;
	w.bindings.arena = a;
	*out = (struct references){ 0 };
	if (s->tree.flags & TREE_DEEP)
		return;
	for (i = 0; i < s->lx.count;) {
		uint32_t behind = behind_attribute(s, i);

		if (behind > i) {
			i = behind;
			continue;
		}
		/* a use's names are not used by it */
		for (; use < s->outline.count &&
		       (s->outline.item[use].kind != ITEM_USE ||
			s->outline.item[use].last < i);)
			use++;
		if (use < s->outline.count && s->outline.item[use].head <= i) {
			i = s->outline.item[use].last + 1;
			continue;
		}
		if (lexer_name(s->lx.tok[i].kind) &&
		    (!line || line[s->lx.tok[i].line] & flags))
			look_at(&w, i);
		i++;
	}
	arena_release(&w.bindings.scratch);
	merge(out);
}
