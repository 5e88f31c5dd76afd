/*
 * Brackets matched. Total and linear: the open groups are chained through
 * parent[], and where a closing bracket looks for its partner among several,
 * it looks at REACH of them at most.
 */
#include "rust/tree.h"

#include "base/arena.h"

#define REACH 64u
/* In indents[]: what the brace holds begins on a line indented more. */
#define INSET (1u << 31)

/* Kinds of brackets come in pairs, the closing one second. */
static enum token_kind opener(enum token_kind close)
{
	return (enum token_kind)(close - 1);
}

/* Every bracket closes the one opened last: true. */
static bool match_strictly(struct tree *t)
{
	const struct lexer *lx = t->lx;
	uint32_t top = TREE_NONE, depth = 0;

	for (uint32_t i = 0; i < lx->count; i++) {
		enum token_kind kind = lx->tok[i].kind;

		t->mate[i] = i;
		if (kind < TOKEN_OPEN_PAREN || kind > TOKEN_CLOSE_BRACE) {
			t->parent[i] = top;
		} else if (lexer_opens(kind)) {
			t->parent[i] = top;
			top = i;
			if (++depth > t->depth)
				t->depth = depth;
		} else {
			if (top == TREE_NONE ||
			    lx->tok[top].kind != opener(kind))
				return false;
			t->mate[i] = top;
			t->mate[top] = i;
			top = t->parent[i] = t->parent[top];
			depth--;
		}
	}
	return top == TREE_NONE;
}

/* The second pass; indent is of the line asked for last. */
struct mending {
	struct tree *t;
	uint32_t top, depth;
	uint32_t line, indent;
	uint32_t *indents; /* of the line of each open brace */
};

static uint32_t indent_of(struct mending *m, uint32_t i)
{
	const struct lexer *lx = m->t->lx;
	const char *src = lx->src.ptr;
	uint32_t at = lx->tok[i].start, start = at, n = 0;

	if (m->line == lx->tok[i].line)
		return m->indent;
	while (start && src[start - 1] != '\n')
		start--;
	while (start + n < at &&
	       (src[start + n] == ' ' || src[start + n] == '\t'))
		n++;
	m->line = lx->tok[i].line;
	m->indent = n;
	return n;
}

static bool opens_line(const struct tree *t, uint32_t i)
{
	return !i || t->lx->tok[i - 1].line < t->lx->tok[i].line;
}

/* The innermost open bracket of this kind with no brace in between. */
static uint32_t open_here(const struct mending *m, enum token_kind open)
{
	const struct token *tok = m->t->lx->tok;
	uint32_t i = m->top;

	for (uint32_t n = 0; i != TREE_NONE && n < REACH; n++) {
		if (tok[i].kind == open)
			return i;
		if (tok[i].kind == TOKEN_OPEN_BRACE)
			break;
		i = m->t->parent[i];
	}
	return TREE_NONE;
}

/*
 * The open brace that a `}` at its line's start, indented so far, closes. With
 * none indented alike, the innermost one, unless that is indented less: then
 * the `}` is one too many.
 */
static uint32_t open_alike(const struct mending *m, uint32_t indent)
{
	const struct token *tok = m->t->lx->tok;
	uint32_t i = m->top, inner = TREE_NONE;

	for (uint32_t n = 0; i != TREE_NONE && n < REACH; n++) {
		if (tok[i].kind == TOKEN_OPEN_BRACE) {
			if ((m->indents[i] & ~INSET) == indent)
				return i;
			if (inner == TREE_NONE)
				inner = i;
		}
		i = m->t->parent[i];
	}
	return inner != TREE_NONE && (m->indents[inner] & ~INSET) > indent
		       ? inner
		       : TREE_NONE;
}

/* What is open inside of `open` ends before i, without a partner. */
static void drop_until(struct mending *m, uint32_t open, uint32_t i)
{
	while (m->top != open) {
		m->t->mate[m->top] = i - 1;
		m->top = m->t->parent[m->top];
		m->depth--;
	}
}

/*
 * An item that opens its line no deeper than the line of a brace around it,
 * whose first line was deeper: that brace should have been closed.
 */
static void end_before_item(struct mending *m, uint32_t i)
{
	static const bool begins[TOKEN_KINDS] = {
		[KW_ENUM] = true,	 [KW_FN] = true,
		[KW_IMPL] = true,	 [KW_MOD] = true,
		[KW_PUB] = true,	 [KW_STRUCT] = true,
		[KW_TRAIT] = true,	 [KW_TYPE] = true,
		[KW_USE] = true,	 [TOKEN_HASH] = true,
		[KW_ASYNC] = true,	 [KW_CONST] = true,
		[KW_EXTERN] = true,	 [KW_STATIC] = true,
		[KW_MACRO_RULES] = true,
	};
	const struct tree *t = m->t;
	const struct token *tok = t->lx->tok;
	uint32_t open = m->top, last = open, indent;

	if (open == TREE_NONE || !opens_line(t, i))
		return;
	indent = indent_of(m, i);
	if (open == i - 1 && tok[open].kind == TOKEN_OPEN_BRACE &&
	    indent > m->indents[open])
		m->indents[open] |= INSET;
	if (!begins[tok[i].kind])
		return;
	for (uint32_t n = 0; open != TREE_NONE && n < REACH; n++) {
		if (tok[open].kind == TOKEN_OPEN_BRACE &&
		    m->indents[open] & INSET &&
		    (m->indents[open] & ~INSET) >= indent)
			last = t->parent[open];
		open = t->parent[open];
	}
	drop_until(m, last, i);
}

/* Close `open`; what is open inside of it has no partner. */
static void close_at(struct mending *m, uint32_t open, uint32_t i)
{
	struct tree *t = m->t;

	drop_until(m, open, i);
	m->depth--;
	m->top = t->parent[i] = t->parent[open];
	t->mate[open] = i;
	t->mate[i] = open;
}

static void match_by_layout(struct tree *t, struct arena *a)
{
	const struct lexer *lx = t->lx;
	struct mending m = { .t = t, .top = TREE_NONE };

	m.indents = arena_array(a, lx->count + 1, sizeof(*m.indents));
	for (uint32_t i = 0; i < lx->count; i++) {
		enum token_kind kind = lx->tok[i].kind;
		uint32_t open;

		t->mate[i] = i;
		end_before_item(&m, i);
		t->parent[i] = m.top;
		if (lexer_opens(kind)) {
			m.top = i;
			if (++m.depth > t->depth)
				t->depth = m.depth;
			if (kind == TOKEN_OPEN_BRACE)
				m.indents[i] = indent_of(&m, i);
		}
		if (!lexer_closes(kind))
			continue;
		if (kind == TOKEN_CLOSE_BRACE && opens_line(t, i))
			open = open_alike(&m, indent_of(&m, i));
		else
			open = open_here(&m, opener(kind));
		if (open != TREE_NONE)
			close_at(&m, open, i);
	}
	for (; m.top != TREE_NONE; m.top = t->parent[m.top])
		t->mate[m.top] = lx->count - 1;
}

void tree_build(struct tree *out, struct arena *a, const struct lexer *lx)
{
	size_t n = (size_t)lx->count + 1;

	*out = (struct tree){ .lx = lx };
	out->mate = arena_array(a, n, sizeof(*out->mate));
	out->parent = arena_array(a, n, sizeof(*out->parent));
	if (!match_strictly(out)) {
		out->flags |= TREE_DAMAGED;
		match_by_layout(out, a);
	}
	if (out->depth > TREE_DEPTH_MAX)
		out->flags |= TREE_DEEP;
	out->mate[lx->count] = lx->count;
	out->parent[lx->count] = TREE_NONE;
}
