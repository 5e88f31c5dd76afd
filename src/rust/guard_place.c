/*
 * Where a guard lives: which name it is bound to and how far that reaches, or
 * where its statement's temporaries die. Total; each question looks at the
 * statement around, and steps outwards at most as deep as brackets nest.
 */
#include "rust/guard_parts.h"

/* Patterns and conditions of more tokens are not read. */
#define BACK_MAX 256

bool guard_operand(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i);

	return lexer_name(kind) || kind == KW_SELF || kind == KW_SELF_TYPE ||
	       kind == KW_TRUE || kind == KW_FALSE || kind == TOKEN_QUESTION ||
	       lexer_closes(kind) ||
	       (kind >= TOKEN_INT && kind <= TOKEN_RAW_C_STR);
}

/* An operator at i that has an operand on its left is no prefix. */
static bool binary(const struct source *s, uint32_t i)
{
	return i && s->tree.first[i] != i && guard_operand(s, i - 1);
}

bool guard_lazy(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i);

	return (kind == TOKEN_AND || kind == TOKEN_OR) &&
	       look_kind(s, i + 1) == kind && lexer_glued(&s->lx, i) &&
	       binary(s, i);
}

bool guard_plain_eq(const struct source *s, uint32_t i)
{
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;

	if (look_kind(s, i) != TOKEN_EQ)
		return false;
	if (!i || !lexer_glued(&s->lx, i - 1))
		return true;
	return before != TOKEN_PLUS && before != TOKEN_MINUS &&
	       before != TOKEN_STAR && before != TOKEN_SLASH &&
	       before != TOKEN_PERCENT && before != TOKEN_CARET &&
	       before != TOKEN_AND && before != TOKEN_OR &&
	       before != TOKEN_LESS && before != TOKEN_GREATER;
}

bool guard_macro_group(const struct source *s, uint32_t i)
{
	return i > 1 && look_kind(s, i - 1) == TOKEN_NOT &&
	       lexer_name(look_kind(s, i - 2));
}

bool guard_body_brace(const struct source *s, uint32_t i)
{
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;

	return look_kind(s, i) == TOKEN_OPEN_BRACE && before != KW_UNSAFE &&
	       before != KW_ASYNC && before != KW_MOVE && before != KW_CONST &&
	       before != TOKEN_OR && !guard_macro_group(s, i);
}

/* What holds the expression that begins at some token, in its statement. */
struct control {
	enum { PLAIN, CONDITION, LET_CONDITION, MATCH, FOR } kind;
	bool let; /* of a condition, in the same operand of `&&` */
};

/* One token to the left at the same level, LOOK_NONE at the level's start. */
static uint32_t left(const struct source *s, uint32_t i)
{
	if (!i || lexer_opens(look_kind(s, i - 1)))
		return LOOK_NONE;
	i--;
	return lexer_closes(look_kind(s, i)) ? s->tree.mate[i] : i;
}

static struct control control_of(const struct source *s, uint32_t first)
{
	struct control c = { 0 };
	bool let = false, let_near = false, lazy = false;
	uint32_t start = s->tree.first[first], i = left(s, first), n = 0;

	for (; i != LOOK_NONE && i >= start && n < BACK_MAX; n++) {
		enum token_kind kind = look_kind(s, i);

		switch (kind) {
		case KW_LET:
			let = true;
			let_near |= !lazy;
			break;
		case TOKEN_AND:
		case TOKEN_OR:
			lazy |= guard_lazy(s, i);
			break;
		case KW_IF:
		case KW_WHILE:
			c.kind = let ? LET_CONDITION : CONDITION;
			c.let = let_near;
			return c;
		case KW_MATCH:
			c.kind = MATCH;
			return c;
		case KW_IN:
			c.kind = FOR;
			return c;
		case TOKEN_OPEN_BRACE:
		case TOKEN_FAT_ARROW:
		case TOKEN_SEMI:
		case KW_ELSE:
			return c;
		default:
			break;
		}
		i = left(s, i);
	}
	return c;
}

/* Do a struct's fields stand in the braces whose statement begins at start? */
static bool field(const struct source *s, uint32_t start)
{
	return lexer_name(look_kind(s, start)) &&
	       look_kind(s, start + 1) == TOKEN_COLON;
}

struct level {
	struct control c;
	uint32_t first; /* the statement's first token */
	bool braces;	/* statements end at this level */
};

/* Does the temporary die in front of token i of its level, the group at a
 * body's `{` included? *end is where. */
static bool dies_at(const struct source *s, const struct level *l, uint32_t i,
		    uint32_t *end)
{
	enum token_kind kind = look_kind(s, i);

	*end = i;
	switch (kind) {
	case TOKEN_SEMI:
	case TOKEN_FAT_ARROW:
	case KW_ELSE:
		return true;
	case TOKEN_EQ: /* its own assignment's: the right side came first */
		return l->c.kind == PLAIN &&
		       look_kind(s, i - 1) != TOKEN_LESS &&
		       look_kind(s, i - 1) != TOKEN_GREATER;
	case TOKEN_AND:
	case TOKEN_OR:
		return guard_lazy(s, i) && !l->c.let;
	case TOKEN_OPEN_BRACE:
		if (l->c.kind == PLAIN || l->c.kind == MATCH ||
		    !guard_body_brace(s, i))
			return false;
		if (l->c.kind != CONDITION && (l->c.let || l->c.kind == FOR))
			*end = s->tree.mate[i];
		return true;
	default:
		return l->braces && s->tree.first[i] != l->first;
	}
}

uint32_t guard_temporary_end(const struct source *s, uint32_t first,
			     uint32_t last)
{
	uint32_t i = last + 1, end, open;

	for (;;) {
		struct level l = { .c = control_of(s, first),
				   .first = s->tree.first[first] };

		open = s->tree.parent[first];
		l.braces = open == TREE_NONE ||
			   (look_kind(s, open) == TOKEN_OPEN_BRACE &&
			    !field(s, l.first));
		for (; i < s->lx.count && !lexer_closes(look_kind(s, i));
		     i = s->tree.mate[i] + 1) {
			if (dies_at(s, &l, i, &end))
				return end;
			if (l.c.kind == MATCH && guard_body_brace(s, i))
				l.c.kind = PLAIN;
		}
		if (open == TREE_NONE || l.braces || guard_macro_group(s, open))
			return i;
		first = open;
		i = s->tree.mate[open] + 1;
	}
}

/* The prefix operators in front of an expression. */
struct prefix {
	uint32_t first;
	bool deref, borrow, other;
};

static struct prefix prefix_of(const struct source *s, uint32_t first)
{
	struct prefix p = { .first = first };

	while (p.first) {
		uint32_t i = p.first - 1;
		enum token_kind kind = look_kind(s, i);

		if (kind == KW_MUT && i && look_kind(s, i - 1) == TOKEN_AND)
			kind = look_kind(s, --i);
		if ((kind != TOKEN_STAR && kind != TOKEN_AND &&
		     kind != TOKEN_NOT && kind != TOKEN_MINUS) ||
		    binary(s, i))
			break;
		p.deref |= kind == TOKEN_STAR;
		/* the outermost counts */
		p.borrow = kind == TOKEN_AND;
		p.other |= kind == TOKEN_NOT || kind == TOKEN_MINUS;
		p.first = i;
	}
	return p;
}

/* The `let` whose `=` is at eq, or LOOK_NONE. */
static uint32_t let_of(const struct source *s, uint32_t eq)
{
	uint32_t i = eq;

	for (unsigned n = 0; n < BACK_MAX; n++) {
		i = left(s, i);
		if (i == LOOK_NONE || i < s->tree.first[eq])
			return LOOK_NONE;
		switch (look_kind(s, i)) {
		case KW_LET:
			return i;
		case TOKEN_OPEN_BRACE:
		case TOKEN_SEMI:
		case TOKEN_EQ:
		case TOKEN_FAT_ARROW:
			return LOOK_NONE;
		default:
			break;
		}
	}
	return LOOK_NONE;
}

/* The name that a pattern at i binds, behind `ref` and `mut`, if it is one. */
static uint32_t bound_name(const struct source *s, uint32_t i)
{
	while (look_kind(s, i) == KW_MUT || look_kind(s, i) == KW_REF)
		i++;
	return lexer_name(look_kind(s, i)) ? i : GUARD_NONE;
}

/* The name in `Ok(name)` or `Some(name)` at i, *behind the pattern. */
static uint32_t wrapped_name(const struct source *s, uint32_t i,
			     uint32_t *behind)
{
	uint32_t open, name;

	while (look_kind(s, i + 1) == TOKEN_PATH_SEP)
		i += 2;
	open = i + 1;
	if ((!look_is(s, i, "Ok") && !look_is(s, i, "Some")) ||
	    look_kind(s, open) != TOKEN_OPEN_PAREN)
		return GUARD_NONE;
	*behind = s->tree.mate[open] + 1;
	name = bound_name(s, open + 1);
	return name != GUARD_NONE && name + 1 == s->tree.mate[open]
		       ? name
		       : GUARD_NONE;
}

/* `name = <guard>` or `name: T = <guard>` behind a let, else GUARD_NONE; of
 * a tuple, as wait_timeout() gives, the first name. */
static uint32_t plain_name(const struct source *s, uint32_t let, bool *tuple)
{
	uint32_t i = let + 1, name;

	*tuple = look_kind(s, i) == TOKEN_OPEN_PAREN;
	name = bound_name(s, *tuple ? i + 1 : i);
	if (name == GUARD_NONE)
		return name;
	if (*tuple)
		return look_kind(s, name + 1) == TOKEN_COMMA ? name
							     : GUARD_NONE;
	return look_kind(s, name + 1) == TOKEN_COLON ||
			       look_kind(s, name + 1) == TOKEN_EQ
		       ? name
		       : GUARD_NONE;
}

static uint32_t group_end(const struct source *s, uint32_t i)
{
	uint32_t open = s->tree.parent[i];

	return open == TREE_NONE ? s->lx.count : s->tree.mate[open];
}

/* The first `;` at the level of i, or the level's end. */
static uint32_t semicolon(const struct source *s, uint32_t i)
{
	while (i < s->lx.count && look_kind(s, i) != TOKEN_SEMI &&
	       !lexer_closes(look_kind(s, i)))
		i = s->tree.mate[i] + 1;
	return i;
}

/* Bound by the `let` of a condition: to the end of its body. */
static bool place_condition(struct guard *g, const struct source *s)
{
	uint32_t i = g->last + 1;

	while (i < s->lx.count && !guard_body_brace(s, i)) {
		if (lexer_closes(look_kind(s, i)) ||
		    look_kind(s, i) == TOKEN_SEMI)
			return false;
		i = s->tree.mate[i] + 1;
	}
	g->hold = GUARD_PATTERN;
	g->from = g->last + 1;
	g->end = s->tree.mate[i < s->lx.count ? i : g->last];
	return i < s->lx.count;
}

static bool place_let(struct guard *g, const struct source *s, uint32_t let,
		      const struct guard_taken *t)
{
	enum token_kind before = let ? look_kind(s, let - 1) : TOKEN_END;
	uint32_t behind;
	bool tuple, wait = look_is(s, g->call, "wait_timeout") ||
			   look_is(s, g->call, "wait_timeout_while");

	if (t->open) {
		g->name = wrapped_name(s, let + 1, &behind);
		if (g->name == GUARD_NONE)
			return false;
	} else {
		g->name = plain_name(s, let, &tuple);
		if (g->name == GUARD_NONE || tuple != wait)
			return false;
	}
	if (before == KW_IF || before == KW_WHILE || before == TOKEN_AND)
		return place_condition(g, s);
	g->hold = GUARD_BOUND;
	g->from = semicolon(s, g->last + 1);
	g->end = group_end(s, let);
	return true;
}

/* The match whose scrutinee the guard's Result is: its arm `Ok(name) => …`. */
static bool place_match(struct guard *g, const struct source *s, uint32_t open)
{
	uint32_t end = s->tree.mate[open], i = open + 1, arrow, let;
	bool tuple;

	for (; i < end; i = s->tree.mate[i] + 1) {
		if (s->tree.first[i] != i)
			continue;
		g->name = wrapped_name(s, i, &arrow);
		if (g->name != GUARD_NONE)
			break;
	}
	if (i >= end)
		return false;
	while (arrow < end && look_kind(s, arrow) != TOKEN_FAT_ARROW)
		arrow = s->tree.mate[arrow] + 1;
	g->hold = GUARD_PATTERN;
	g->from = arrow + 1;
	/* `let g = match m.lock() { Ok(g) => g, … };` */
	if (span_eq(lexer_text(&s->lx, g->name),
		    lexer_text(&s->lx, arrow + 1)) &&
	    (look_kind(s, arrow + 2) == TOKEN_COMMA || arrow + 2 == end)) {
		i = s->tree.first[g->first];
		let = look_kind(s, i) == KW_LET ? i : LOOK_NONE;
		if (let == LOOK_NONE || look_kind(s, end + 1) != TOKEN_SEMI)
			return false;
		g->name = plain_name(s, let, &tuple);
		g->hold = GUARD_BOUND;
		g->last = end;
		g->from = end + 1;
		g->end = group_end(s, let);
		return g->name != GUARD_NONE && !tuple &&
		       look_kind(s, g->name + 1) == TOKEN_EQ &&
		       look_kind(s, g->name + 2) == KW_MATCH;
	}
	for (i = g->from; i < end && s->tree.first[i] == s->tree.first[arrow];)
		i = s->tree.mate[i] + 1;
	g->end = i < end ? i : end;
	return true;
}

/* Behind the fields and indexes of the place expression that ends before i. */
static uint32_t place_end(const struct source *s, uint32_t i)
{
	for (;;) {
		uint32_t behind = look_match(s, i, "[]");

		if (behind == LOOK_NONE && look_kind(s, i) == TOKEN_DOT &&
		    look_kind(s, i + 1) != KW_AWAIT &&
		    look_kind(s, i + 2) != TOKEN_OPEN_PAREN &&
		    look_kind(s, i + 2) != TOKEN_PATH_SEP)
			behind = i + 2;
		if (behind == LOOK_NONE)
			return i;
		i = behind;
	}
}

/* `let x = &*m.lock().unwrap().field;`: what is borrowed lives as long. */
static bool place_extended(struct guard *g, const struct source *s,
			   uint32_t let)
{
	uint32_t i = place_end(s, g->last + 1);
	bool tuple;

	if (look_kind(s, i) != TOKEN_SEMI)
		return false;
	g->name = plain_name(s, let, &tuple);
	if (g->name == GUARD_NONE || tuple)
		return false;
	g->hold = GUARD_EXTENDED;
	g->from = i;
	g->end = group_end(s, let);
	return true;
}

static bool place_temporary(struct guard *g, const struct source *s,
			    uint32_t first)
{
	g->hold = GUARD_TEMPORARY;
	g->name = GUARD_NONE;
	g->from = g->last + 1;
	g->end = guard_temporary_end(s, first, g->last);
	return g->end > g->from;
}

/* The `let name;` that declares the name set at token i, or i itself. */
static uint32_t declaration(const struct source *s, uint32_t i)
{
	struct span word = lexer_text(&s->lx, i);
	uint32_t at = i, n = 0;

	while (n < BACK_MAX && s->context.body[at] == s->context.body[i]) {
		uint32_t next = left(s, at);

		n++;
		if (next == LOOK_NONE)
			next = s->tree.parent[at];
		if (next == TREE_NONE)
			break;
		at = next;
		if (span_eq(lexer_text(&s->lx, at), word) && at &&
		    (look_kind(s, at - 1) == KW_LET ||
		     look_kind(s, at - 1) == KW_MUT))
			return at;
	}
	return i;
}

/* `name = <guard>;`: to the end of the block, unless an earlier guard of that
 * name is looked after until there anyhow. */
static bool place_assigned(struct guard *g, const struct guard_file *f,
			   uint32_t name)
{
	const struct source *s = f->s;
	struct span word = lexer_text(&s->lx, name);

	if (s->tree.first[name] != name || !lexer_name(look_kind(s, name)))
		return false;
	for (size_t n = f->out->row.len, k = 0; n-- && k < GUARD_NESTED; k++) {
		const struct guard *old = &f->out->row.ptr[n];

		if (old->name != GUARD_NONE && old->end > name &&
		    old->from <= name && old->body == s->context.body[name] &&
		    span_eq(lexer_text(&s->lx, old->name), word))
			return false;
	}
	g->name = name;
	g->hold = GUARD_BOUND;
	g->from = semicolon(s, g->last + 1);
	g->end = group_end(s, declaration(s, name));
	return true;
}

/* Handed on as a value: to a call, a tuple …; what holds it is unknown, but it
 * lives until the group around is evaluated. */
static bool place_moved(struct guard *g, const struct source *s)
{
	uint32_t open = s->tree.parent[g->first];

	if (open == TREE_NONE || look_kind(s, open) == TOKEN_OPEN_BRACE ||
	    guard_macro_group(s, open))
		return false;
	g->hold = GUARD_TEMPORARY;
	g->from = g->last + 1;
	g->end = s->tree.mate[open];
	return true;
}

static bool operator(enum token_kind kind)
{
	return kind >= TOKEN_LESS && kind <= TOKEN_CARET;
}

/* Is it a place expression: a field, method, index or operand follows? */
static bool used_in_place(const struct source *s, const struct guard *g,
			  const struct prefix *p)
{
	enum token_kind next = look_kind(s, g->last + 1);
	enum token_kind before =
		p->first ? look_kind(s, p->first - 1) : TOKEN_END;

	if (p->deref || p->borrow || p->other || next == TOKEN_DOT ||
	    next == TOKEN_OPEN_BRACKET)
		return true;
	if (next == TOKEN_SEMI || next == TOKEN_COMMA || lexer_closes(next) ||
	    next == TOKEN_OPEN_BRACE || next == KW_ELSE ||
	    next == TOKEN_FAT_ARROW || guard_lazy(s, g->last + 1))
		return p->first && (before == TOKEN_EQ_EQ ||
				    before == TOKEN_NOT_EQ || operator(before));
	return true;
}

bool guard_place(struct guard *g, const struct guard_file *f,
		 const struct guard_taken *t)
{
	const struct source *s = f->s;
	struct prefix p = prefix_of(s, t->g.first);
	enum token_kind before =
		p.first ? look_kind(s, p.first - 1) : TOKEN_END;
	uint32_t let = LOOK_NONE;

	*g = t->g;
	g->body = s->context.body[g->call];
	g->gone = g->used = GUARD_NONE;
	if (p.first && guard_plain_eq(s, p.first - 1))
		let = let_of(s, p.first - 1);
	if (t->open) {
		if (before == KW_MATCH &&
		    look_kind(s, g->last + 1) == TOKEN_OPEN_BRACE)
			return place_match(g, s, g->last + 1);
		return let != LOOK_NONE && p.first == g->first &&
		       place_let(g, s, let, t);
	}
	if (p.borrow && let != LOOK_NONE && place_extended(g, s, let))
		return true;
	if (used_in_place(s, g, &p) || before == KW_MATCH || before == KW_IN)
		return place_temporary(g, s, p.first);
	if (let != LOOK_NONE)
		return place_let(g, s, let, t);
	if (before == TOKEN_EQ && p.first > 1)
		return place_assigned(g, f, p.first - 2);
	return place_moved(g, s);
}
