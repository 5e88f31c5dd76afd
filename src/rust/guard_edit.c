/*
 * The edit is offered for the plain shape alone: a `let` that binds the guard,
 * statements of the same block that use it, and behind them one that awaits
 * and no more use. Linear in the guard's scope.
 */
#include "rust/guard_edit.h"

#include "base/buf.h"
#include "rust/look.h"

/* A block of more lines is not moved inwards for a guard. */
#define BLOCK_LINES_MAX 40

struct plan {
	const struct source *s;
	const struct guard *g;
	struct span name;
	uint32_t open; /* the `{` of the block around */
	uint32_t let;  /* the guard's statement */
	uint32_t last; /* the last token of the last statement that uses it */
};

static bool names_it(const struct source *s, uint32_t i, struct span name)
{
	return lexer_name(look_kind(s, i)) &&
	       span_eq(lexer_text(&s->lx, i), name) &&
	       (!i || look_kind(s, i - 1) != TOKEN_DOT);
}

/* Does a string at i print the name: "{name}", "{name:?}"? */
static bool prints_it(const struct source *s, uint32_t i, struct span name)
{
	struct span text = lexer_text(&s->lx, i);
	ptrdiff_t at;

	if (look_kind(s, i) != TOKEN_STR && look_kind(s, i) != TOKEN_RAW_STR)
		return false;
	while ((at = span_find(text, name)) >= 0) {
		bool opens = at && text.ptr[at - 1] == '{';

		text = span_from(text, (size_t)at + name.len);
		if (opens && text.len && (*text.ptr == '}' || *text.ptr == ':'))
			return true;
	}
	return false;
}

static bool mentions(const struct source *s, uint32_t from, uint32_t to,
		     struct span name)
{
	for (; from < to; from++)
		if (names_it(s, from, name) || prints_it(s, from, name))
			return true;
	return false;
}

/* The first token of the statement around i in the block of `{` open. */
static uint32_t statement_in(const struct source *s, uint32_t i, uint32_t open)
{
	while (s->tree.parent[i] != open)
		if ((i = s->tree.parent[i]) == TREE_NONE)
			return GUARD_NONE;
	return s->tree.first[i];
}

static uint32_t statement_last(const struct source *s, uint32_t first)
{
	uint32_t i = first;

	while (i < s->lx.count && !lexer_closes(look_kind(s, i)) &&
	       s->tree.first[i] == first)
		i = s->tree.mate[i] + 1;
	return i - 1;
}

static bool make_plan(struct plan *p, const struct source *s,
		      const struct guard *g, uint32_t await)
{
	uint32_t wait, user;

	*p = (struct plan){ .s = s, .g = g };
	if (g->hold != GUARD_BOUND || g->gone != GUARD_NONE ||
	    g->used == GUARD_NONE)
		return false;
	p->name = lexer_text(&s->lx, g->name);
	p->let = s->tree.first[g->name];
	p->open = s->tree.parent[p->let];
	if (look_kind(s, p->let) != KW_LET || p->open == TREE_NONE ||
	    look_kind(s, p->open) != TOKEN_OPEN_BRACE)
		return false;
	wait = statement_in(s, await, p->open);
	user = statement_in(s, g->used, p->open);
	if (wait == GUARD_NONE || user == GUARD_NONE || user <= p->let ||
	    user >= wait)
		return false;
	p->last = statement_last(s, user);
	return (look_kind(s, p->last) == TOKEN_SEMI ||
		look_kind(s, p->last) == TOKEN_CLOSE_BRACE) &&
	       look_line(s, p->last + 1) > look_line(s, p->last) &&
	       look_line(s, p->let - 1) < look_line(s, p->let) &&
	       !mentions(s, p->last + 1, g->end, p->name);
}

/* Methods whose result borrows nothing of what they are called on, or that
 * could not be called through a guard otherwise. */
static bool owned_method(const struct source *s, uint32_t i)
{
	static const char *const names[] = {
		"clone",     "cloned",	"copied",      "to_owned",
		"to_string", "to_vec",	"len",	       "is_empty",
		"is_some",   "is_none", "contains",    "contains_key",
		"take",	     "pop",	"pop_front",   "pop_back",
		"remove",    "insert",	"swap_remove", "as_secs",
	};

	for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
		if (look_is(s, i, names[k]))
			return true;
	return false;
}

/* Does the value of the expression [from, end), which ends at a `;`, surely
 * borrow nothing? */
static bool owned(const struct source *s, uint32_t from, uint32_t end)
{
	uint32_t i = from, open = end - 1;

	if (look_kind(s, open) == TOKEN_CLOSE_PAREN) {
		open = s->tree.mate[open];
		return open > from + 1 &&
		       ((look_kind(s, open - 2) == TOKEN_DOT &&
			 owned_method(s, open - 1)) ||
			(look_kind(s, open - 2) == TOKEN_PATH_SEP &&
			 look_is(s, open - 3, "mem")));
	}
	/* `*g`, `g.count`: only what is Copy can be had so */
	for (; i < end; i++)
		if (!lexer_name(look_kind(s, i)) &&
		    look_kind(s, i) != TOKEN_DOT &&
		    look_kind(s, i) != TOKEN_STAR &&
		    look_kind(s, i) != TOKEN_INT)
			return false;
	return true;
}

/* What the statements between let and last bind or set that is used behind
 * them: nothing, what borrows nothing, or what may borrow from the guard. */
enum outlives { OUTLIVES_NONE, OUTLIVES_OWNED, OUTLIVES_BORROW };

static enum outlives let_outlives(const struct plan *p, uint32_t let)
{
	const struct source *s = p->s;
	uint32_t end = statement_last(s, let), eq = let;
	bool after = false;

	while (eq < end && look_kind(s, eq) != TOKEN_EQ)
		eq++;
	for (uint32_t i = let + 1; i < eq; i++)
		after |= lexer_name(look_kind(s, i)) &&
			 mentions(s, p->last + 1, p->g->end,
				  lexer_text(&s->lx, i));
	if (!after)
		return OUTLIVES_NONE;
	return owned(s, eq + 1, end) ? OUTLIVES_OWNED : OUTLIVES_BORROW;
}

static enum outlives outlives(const struct plan *p)
{
	const struct source *s = p->s;
	enum outlives worst = OUTLIVES_NONE, one;
	unsigned lets = 0;

	for (uint32_t i = p->g->from + 1; i <= p->last; i++) {
		uint32_t first = s->tree.first[i];

		if (look_kind(s, i) == KW_LET && s->tree.parent[i] == p->open) {
			one = ++lets > 8 ? OUTLIVES_BORROW : let_outlives(p, i);
			worst = one > worst ? one : worst;
		}
		/* set from outside: `found = g.get(k);` */
		if (look_kind(s, i) == TOKEN_EQ &&
		    look_kind(s, first) != KW_LET &&
		    !names_it(s, first, p->name) &&
		    !names_it(s, first + 1, p->name))
			worst = OUTLIVES_BORROW;
	}
	return worst;
}

/* Where the line of token i ends, in front of its line feed. */
static uint32_t line_end(const struct source *s, uint32_t i)
{
	uint32_t at = s->lx.tok[i].start + s->lx.tok[i].len;

	while (at < s->lx.end && s->lx.src.ptr[at] != '\n' &&
	       s->lx.src.ptr[at] != '\r')
		at++;
	return at;
}

static struct span indent_of(const struct source *s, uint32_t i)
{
	uint32_t to = s->lx.tok[i].start, from = to;

	while (from && s->lx.src.ptr[from - 1] != '\n')
		from--;
	return (struct span){ s->lx.src.ptr + from, to - from };
}

/* Can every line of the block be moved inwards? Not inside of a string. */
static bool movable(const struct plan *p)
{
	const struct lexer *lx = &p->s->lx;
	uint32_t from = lx->tok[p->let].start, to = line_end(p->s, p->last);

	if (look_line(p->s, p->last) - look_line(p->s, p->let) >
	    BLOCK_LINES_MAX)
		return false;
	for (uint32_t i = p->let; i <= p->last; i++)
		if (lx->tok[i].kind >= TOKEN_STR &&
		    lexer_last_line(lx, i) != lx->tok[i].line)
			return false;
	for (uint32_t i = lexer_comment_at(lx, from);
	     i < lx->comments && lx->comment[i].start < to; i++)
		if (lx->comment[i].line != lx->comment[i].last_line)
			return false;
	return true;
}

static void edit_block(struct rule_run *r, struct rule_place *place,
		       const struct plan *p)
{
	const struct source *s = p->s;
	struct span indent = indent_of(s, p->let);
	const char *unit = span_chr(indent, '\t') >= 0 ? "\t" : "    ";
	uint32_t at = s->lx.tok[p->let].start, end = line_end(s, p->last);
	struct buf b = { 0 };

	buf_adds(&b, "{\n");
	buf_addsp(&b, indent);
	buf_adds(&b, unit);
	rule_edit(r, place, at, at, buf_span(&b));
	for (; at < end; at++) {
		const char *c = &s->lx.src.ptr[at];

		if (at && c[-1] == '\n') {
			while (at < end && (*c == ' ' || *c == '\t'))
				c = &s->lx.src.ptr[++at];
			if (at < end && *c != '\n' && *c != '\r')
				rule_edit(r, place, at, at, span_of(unit));
		}
	}
	buf_reset(&b);
	buf_addc(&b, '\n');
	buf_addsp(&b, indent);
	buf_addc(&b, '}');
	rule_edit(r, place, end, end, buf_span(&b));
	buf_release(&b);
}

static void edit_drop(struct rule_run *r, struct rule_place *place,
		      const struct plan *p)
{
	struct buf b = { 0 };
	uint32_t at = line_end(p->s, p->last);

	buf_addc(&b, '\n');
	buf_addsp(&b, indent_of(p->s, p->let));
	buf_addf(&b, "drop(%.*s);", SPAN_ARG(p->name));
	rule_edit(r, place, at, at, buf_span(&b));
	buf_release(&b);
}

void guard_edit(struct rule_run *r, struct rule_place *place,
		const struct source *s, const struct guard *g, uint32_t await)
{
	struct plan p;
	enum outlives after;

	if (!make_plan(&p, s, g, await))
		return;
	after = outlives(&p);
	if (after == OUTLIVES_NONE && movable(&p))
		edit_block(r, place, &p);
	else if (after != OUTLIVES_BORROW)
		edit_drop(r, place, &p);
}
