/*
 * Contexts: a stack of frames, one for each open bracket, item and closure.
 * Total and linear: a closure's parameters are looked for at one level of
 * brackets, and what was read is stepped over.
 */
#include "rust/context.h"

#include "base/vec.h"
#include "rust/item.h"
#include "rust/names.h"

struct frame {
	uint32_t end; /* last token; a closure without braces ends earlier,
		       * at a `,` or `;` of its level */
	uint32_t body;
	uint8_t flags;
	bool expression;     /* a closure's, without braces */
	bool loop_next;	     /* the next `{` here is a loop's body */
	bool calls_blocking; /* the group is such a call's arguments */
};

struct pass {
	const struct lexer *lx;
	const struct tree *tree;
	const struct outline *o;
	struct context *out;
	struct arena *arena;
	VEC(struct frame) frames;
	uint32_t item; /* the next to come */
};

static struct frame *top(struct pass *p)
{
	return &p->frames.ptr[p->frames.len - 1];
}

static struct frame *push(struct pass *p, uint32_t end)
{
	struct frame f = *top(p);

	f.end = end < f.end ? end : f.end;
	f.expression = f.loop_next = f.calls_blocking = false;
	*vec_push(&p->frames, p->arena) = f;
	return top(p);
}

static enum token_kind kind_at(const struct pass *p, uint32_t i)
{
	return p->lx->tok[i].kind;
}

/* Is the `{` or `|` at i that of an async block or closure? */
static bool async_before(const struct pass *p, uint32_t i)
{
	if (i && kind_at(p, i - 1) == KW_MOVE)
		i--;
	if (i && kind_at(p, i - 1) == KW_GEN)
		i--;
	return i && kind_at(p, i - 1) == KW_ASYNC;
}

/* May the `|` at i begin a closure? Elsewhere it is an operator. */
static bool begins_closure(const struct pass *p, uint32_t i)
{
	static const bool yes[TOKEN_KINDS] = {
		[TOKEN_OPEN_PAREN] = true, [TOKEN_OPEN_BRACKET] = true,
		[TOKEN_OPEN_BRACE] = true, [TOKEN_COMMA] = true,
		[TOKEN_SEMI] = true,	   [TOKEN_EQ] = true,
		[TOKEN_FAT_ARROW] = true,  [TOKEN_COLON] = true,
		[TOKEN_AND] = true,	   [TOKEN_OR] = true,
		[KW_MOVE] = true,	   [KW_ASYNC] = true,
		[KW_STATIC] = true,	   [KW_RETURN] = true,
		[KW_ELSE] = true,	   [KW_BREAK] = true,
	};

	if (!i)
		return true;
	/* the second of `a || b` */
	if (kind_at(p, i - 1) == TOKEN_OR && lexer_glued(p->lx, i - 1))
		return false;
	return yes[kind_at(p, i - 1)];
}

/* The `|` that ends the parameters begun at i, or TREE_NONE. */
static uint32_t parameters_end(const struct pass *p, uint32_t i, uint32_t end)
{
	if (kind_at(p, i + 1) == TOKEN_OR && lexer_glued(p->lx, i))
		return i + 1;
	for (i++; i <= end; i = p->tree->mate[i] + 1) {
		enum token_kind kind = kind_at(p, i);

		if (kind == TOKEN_OR)
			return i;
		if (kind == TOKEN_SEMI || kind == TOKEN_FAT_ARROW ||
		    kind == TOKEN_EQ || lexer_closes(kind))
			break;
		if (lexer_opens(kind) && !tree_paired(p->tree, i))
			break;
	}
	return TREE_NONE;
}

static void enter_body(struct frame *f, uint32_t body, bool async)
{
	f->body = body;
	f->flags = (uint8_t)(f->flags & ~CONTEXT_LOOP);
	if (async) {
		f->flags = (uint8_t)(f->flags & ~CONTEXT_BLOCKING);
		f->flags |= CONTEXT_ASYNC;
	}
}

static void fill(struct pass *p, uint32_t from, uint32_t to)
{
	const struct frame *f = top(p);

	for (; from <= to; from++) {
		p->out->flags[from] = f->flags;
		p->out->body[from] = f->body;
	}
}

/* The closure at i; where to go on. */
static uint32_t closure(struct pass *p, uint32_t i)
{
	struct frame *f = top(p);
	uint32_t end = parameters_end(p, i, f->end), next;
	bool blocking = f->calls_blocking;

	if (end == TREE_NONE)
		return i + 1;
	fill(p, i, end);
	next = end + 1;
	f = push(p, f->end);
	enter_body(f, i, async_before(p, i));
	f->flags |= CONTEXT_CLOSURE;
	if (blocking) {
		f->flags = (uint8_t)(f->flags & ~CONTEXT_ASYNC);
		f->flags |= CONTEXT_BLOCKING;
	}
	f->expression = true;
	/* with a type its body has braces, and this is not it yet */
	if (next <= f->end && kind_at(p, next) == TOKEN_OPEN_BRACE &&
	    p->tree->mate[next] < f->end &&
	    kind_at(p, p->tree->mate[next] + 1) != TOKEN_DOT &&
	    kind_at(p, p->tree->mate[next] + 1) != TOKEN_QUESTION) {
		f->end = p->tree->mate[next];
		f->expression = false;
	}
	return next;
}

/* Do these parentheses hold what runs where blocking is allowed? */
static bool blocking_call(const struct pass *p, uint32_t open)
{
	struct span none = { 0 };

	if (kind_at(p, open) != TOKEN_OPEN_PAREN || !open ||
	    !lexer_name(kind_at(p, open - 1)))
		return false;
	return names_blocking(open > 2 && kind_at(p, open - 2) == TOKEN_PATH_SEP
				      ? lexer_word(p->lx, open - 3)
				      : none,
			      lexer_word(p->lx, open - 1));
}

static void open_group(struct pass *p, uint32_t i)
{
	struct frame *f = top(p);
	enum token_kind before = i ? kind_at(p, i - 1) : TOKEN_END;
	bool brace = kind_at(p, i) == TOKEN_OPEN_BRACE;
	bool loop = brace && f->loop_next;

	if (brace)
		f->loop_next = false;
	f = push(p, p->tree->mate[i]);
	f->calls_blocking = blocking_call(p, i);
	if (before == TOKEN_NOT && i > 1 && lexer_name(kind_at(p, i - 2)))
		f->flags |= CONTEXT_MACRO;
	if (!brace)
		return;
	if (async_before(p, i))
		enter_body(f, i, true);
	if (before == KW_UNSAFE)
		f->flags |= CONTEXT_UNSAFE;
	if (loop || before == KW_LOOP)
		f->flags |= CONTEXT_LOOP;
}

/* The item at i, its header stepped over; where to go on. */
static uint32_t enter_item(struct pass *p, uint32_t i)
{
	const struct item *it = &p->o->item[p->item++];
	struct frame *f = push(p, it->last);
	uint32_t next = it->key + 1;

	if (it->kind == ITEM_CALL)
		f->flags |= CONTEXT_MACRO;
	else
		f->flags = (uint8_t)(f->flags & CONTEXT_MACRO);
	if (it->kind != ITEM_CALL)
		f->body = TREE_NONE;
	if (it->kind == ITEM_MACRO)
		f->flags = CONTEXT_MACRO_DEF;
	if (it->kind == ITEM_MACRO || it->kind == ITEM_STRUCT ||
	    it->kind == ITEM_ENUM || it->kind == ITEM_UNION ||
	    it->kind == ITEM_USE || it->kind == ITEM_TYPE)
		next = it->last + 1;
	if (it->open != OUTLINE_NONE && next <= it->open)
		next = it->open + 1;
	fill(p, i, (next - 1 < it->last ? next - 1 : it->last));
	if (it->kind != ITEM_FN || it->open == OUTLINE_NONE)
		return next;
	f->body = it->open;
	f->flags |= CONTEXT_FN;
	if (it->flags & ITEM_ASYNC)
		f->flags |= CONTEXT_ASYNC;
	if (it->flags & ITEM_UNSAFE)
		f->flags |= CONTEXT_UNSAFE;
	fill(p, it->open, it->open);
	return next;
}

static void leave(struct pass *p, uint32_t i)
{
	enum token_kind kind = kind_at(p, i);

	while (i > top(p)->end && p->frames.len > 1)
		p->frames.len--;
	/* a closure's expression ends with what ends its level's */
	if (kind == TOKEN_COMMA || kind == TOKEN_SEMI || lexer_closes(kind))
		while (top(p)->expression && p->frames.len > 1)
			p->frames.len--;
}

static uint32_t step(struct pass *p, uint32_t i)
{
	enum token_kind kind = kind_at(p, i);

	leave(p, i);
	/* an item in a closure's parameters was stepped over */
	while (p->item < p->o->count && p->o->item[p->item].head < i)
		p->item++;
	if (p->item < p->o->count && p->o->item[p->item].head == i)
		return enter_item(p, i);
	fill(p, i, i);
	switch (kind) {
	case TOKEN_OPEN_PAREN:
	case TOKEN_OPEN_BRACKET:
	case TOKEN_OPEN_BRACE:
		open_group(p, i);
		break;
	case KW_WHILE:
	case KW_FOR:
		top(p)->loop_next =
			kind == KW_WHILE || kind_at(p, i + 1) != TOKEN_LESS;
		break;
	case TOKEN_SEMI:
		top(p)->loop_next = false;
		break;
	case TOKEN_OR:
		if (begins_closure(p, i))
			return closure(p, i);
		break;
	default:
		break;
	}
	return i + 1;
}

void context_build(struct context *out, struct arena *a,
		   const struct outline *o)
{
	const struct lexer *lx = o->lx;
	struct pass p = {
		.lx = lx, .tree = o->tree, .o = o, .out = out, .arena = a
	};
	size_t n = (size_t)lx->count + 1;

	*out = (struct context){ .outline = o };
	out->flags = arena_array(a, n, sizeof(*out->flags));
	out->body = arena_array(a, n, sizeof(*out->body));
	*vec_push(&p.frames, a) =
		(struct frame){ .end = lx->count, .body = TREE_NONE };
	for (uint32_t i = 0; i < lx->count;)
		i = step(&p, i);
	out->body[lx->count] = TREE_NONE;
}
