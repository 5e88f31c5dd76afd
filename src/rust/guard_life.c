/*
 * A guard's life, followed token by token from where it is taken to the end of
 * its scope: a guard may live at a token when it does on any way that leads
 * there. One frame a bracket; branches are joined where they end. Linear in
 * the scope's tokens; a frame's work at its end is constant.
 */
#include "rust/guard_parts.h"

#include "rust/names.h"

enum role {
	ROLE_GROUP,
	ROLE_IF,
	ROLE_ELSE,
	ROLE_DIVERGES,
	ROLE_WHILE,
	ROLE_EVER
};

/* An open bracket, and the branches that end in it. */
struct frame {
	uint32_t end;
	uint32_t label; /* token, or GUARD_NONE */
	enum role role;
	bool entry;	  /* alive at its start? */
	bool gone;	  /* does control never reach its end? */
	bool broke, left; /* a `break` was met; one with the guard alive */
	/* of a match: its arms so far */
	bool arms, arm, arms_alive, arms_reach;
	/* of the chain of `if … else if … else` at this level */
	bool chain, chain_entry, chain_alive, chain_reach;
	enum role pending; /* of the next `{` at this level */
	uint32_t pending_label;
};

struct life {
	struct guard_file *f;
	const struct source *s;
	struct guard g;
	struct span name;
	bool alive;
	uint32_t back;		/* alive again behind this token */
	uint32_t hidden, shown; /* between them another value has the name */
	VEC(struct frame) frames;
};

static struct frame *top(struct life *l)
{
	return &l->frames.ptr[l->frames.len - 1];
}

static void open_frame(struct life *l, uint32_t i)
{
	struct frame *up = top(l), f = { .end = l->s->tree.mate[i],
					 .label = GUARD_NONE,
					 .pending_label = GUARD_NONE,
					 .entry = l->alive };

	if (guard_body_brace(l->s, i)) {
		f.role = up->pending;
		f.label = up->pending_label;
		up->pending = ROLE_GROUP;
		up->pending_label = GUARD_NONE;
	}
	*vec_push(&l->frames, l->f->arena) = f;
}

/* An arm of the match in this frame ends. */
static void end_arm(struct life *l, struct frame *f)
{
	if (!f->arm)
		return;
	f->arms_alive |= l->alive && !f->gone;
	f->arms_reach |= !f->gone;
	f->arm = f->gone = false;
	l->alive = f->entry;
}

static void end_branch(struct life *l, struct frame *up, const struct frame *f,
		       bool more)
{
	up->chain_alive |= l->alive && !f->gone;
	up->chain_reach |= !f->gone;
	l->alive = up->chain_entry;
	if (more)
		return;
	if (f->role == ROLE_ELSE) {
		l->alive = up->chain_alive;
		up->gone |= !up->chain_reach;
	}
	up->chain = false;
}

static void end_frame(struct life *l)
{
	struct frame f = *top(l), *up;
	bool alive;

	end_arm(l, &f);
	l->frames.len--;
	up = top(l);
	switch (f.role) {
	case ROLE_IF:
	case ROLE_ELSE:
		end_branch(l, up, &f, look_kind(l->s, f.end + 1) == KW_ELSE);
		break;
	case ROLE_DIVERGES:
		l->alive = f.entry;
		break;
	case ROLE_WHILE:
		l->alive = f.entry || f.left || (l->alive && !f.gone);
		break;
	case ROLE_EVER:
		l->alive = f.left;
		up->gone |= !f.broke;
		break;
	default:
		alive = f.arms ? f.arms_alive : l->alive && !f.gone;
		l->alive = alive || f.left;
		up->gone |= (f.arms ? !f.arms_reach : f.gone) && !f.broke;
		break;
	}
}

/* The loop or block that the `break` at i leaves. */
static void leave(struct life *l, uint32_t i)
{
	bool named = look_kind(l->s, i + 1) == TOKEN_LIFETIME;
	struct span label = lexer_text(&l->s->lx, named ? i + 1 : i);

	for (size_t n = l->frames.len; n--;) {
		struct frame *f = &l->frames.ptr[n];
		bool it = named ? f->label != GUARD_NONE &&
					  span_eq(label, lexer_text(&l->s->lx,
								    f->label))
				: f->role == ROLE_WHILE || f->role == ROLE_EVER;

		if (!it)
			continue;
		f->broke = true;
		f->left |= l->alive;
		break;
	}
	top(l)->gone = true;
}

/* Words that steer where control goes. */
static void steer(struct life *l, uint32_t i)
{
	struct frame *f = top(l);

	switch (look_kind(l->s, i)) {
	case KW_IF:
		if (!i || look_kind(l->s, i - 1) != KW_ELSE) {
			f->chain = true;
			f->chain_entry = l->alive;
			f->chain_alive = f->chain_reach = false;
		}
		f->pending = ROLE_IF;
		break;
	case KW_ELSE:
		f->pending =
			f->chain && look_kind(l->s, i - 1) == TOKEN_CLOSE_BRACE
				? ROLE_ELSE
				: ROLE_DIVERGES;
		break;
	case KW_MATCH:
		f->pending = ROLE_GROUP;
		break;
	case KW_WHILE:
	case KW_FOR:
		f->pending = ROLE_WHILE;
		break;
	case KW_LOOP:
		f->pending = ROLE_EVER;
		break;
	case TOKEN_LIFETIME:
		if (look_kind(l->s, i + 1) == TOKEN_COLON)
			f->pending_label = i;
		break;
	case KW_BREAK:
		leave(l, i);
		break;
	case KW_RETURN:
	case KW_CONTINUE:
		f->gone = true;
		break;
	case TOKEN_FAT_ARROW:
		f->pending = ROLE_GROUP; /* that `if` was a guard of the arm */
		f->chain = false;
		if (!f->arms) {
			f->arms = true;
			f->entry = l->alive;
		}
		f->arm = true;
		f->gone = false;
		break;
	default:
		break;
	}
}

static void die(struct life *l, uint32_t i)
{
	if (l->g.hold == GUARD_EXTENDED)
		return;
	l->alive = false;
	if (l->g.gone == GUARD_NONE)
		l->g.gone = i;
}

static uint32_t statement_end(const struct source *s, uint32_t i)
{
	while (i < s->lx.count && look_kind(s, i) != TOKEN_SEMI &&
	       !lexer_closes(look_kind(s, i)))
		i = s->tree.mate[i] + 1;
	return i;
}

/* The name is bound anew by the `let` before it: it means another value. */
static bool hide(struct life *l, uint32_t i)
{
	const struct source *s = l->s;
	uint32_t at = i, open = s->tree.parent[i], n = 0;

	/* in a pattern's parentheses or braces, the `let` is further out */
	while (at && look_kind(s, at - 1) != KW_LET) {
		enum token_kind kind = look_kind(s, at - 1);

		if (++n > 64 || kind == TOKEN_EQ || kind == TOKEN_SEMI ||
		    kind == TOKEN_COLON || kind == TOKEN_FAT_ARROW ||
		    kind == TOKEN_DOT)
			return false;
		at = lexer_closes(kind) ? s->tree.mate[at - 1] : at - 1;
		if (lexer_opens(kind))
			open = s->tree.parent[at];
	}
	if (!at)
		return false;
	l->hidden = statement_end(s, i);
	if (open != TREE_NONE && look_kind(s, at - 2) != KW_IF &&
	    look_kind(s, at - 2) != KW_WHILE) {
		l->hidden = statement_end(s, at);
		l->shown = s->tree.mate[open];
		return true;
	}
	while (at < s->lx.count && !guard_body_brace(s, at) &&
	       look_kind(s, at) != TOKEN_SEMI &&
	       !lexer_closes(look_kind(s, at)))
		at = s->tree.mate[at] + 1;
	l->hidden = at;
	l->shown = s->tree.mate[at];
	return true;
}

/* In the arguments of println! and its like nothing is moved. */
static bool borrowed(const struct source *s, uint32_t i)
{
	uint32_t open = s->tree.parent[i];

	return open != TREE_NONE && guard_macro_group(s, open) &&
	       names_borrowing(lexer_word(&s->lx, open - 2));
}

/* `let other = name;`: goes on under that name. */
static void rename_guard(struct life *l, uint32_t i)
{
	const struct source *s = l->s;
	struct guard g = l->g;
	uint32_t open = s->tree.parent[i], other = i - 2;

	if (look_kind(s, i + 1) != TOKEN_SEMI ||
	    !lexer_name(look_kind(s, other)))
		return;
	if (look_kind(s, other - 1) == KW_MUT)
		other--;
	if (!other || look_kind(s, other - 1) != KW_LET)
		return;
	g.hold = GUARD_BOUND;
	g.name = i - 2;
	g.from = i + 1;
	g.end = open == TREE_NONE ? l->g.end : s->tree.mate[open];
	g.gone = g.used = GUARD_NONE;
	*vec_push(&l->f->out->row, l->f->arena) = g;
}

/* Is a bare name at i moved by what stands around it? */
static bool moves(const struct source *s, uint32_t i)
{
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;
	enum token_kind next = look_kind(s, i + 1);

	if (next != TOKEN_CLOSE_PAREN && next != TOKEN_COMMA &&
	    next != TOKEN_SEMI && next != TOKEN_CLOSE_BRACE &&
	    next != TOKEN_CLOSE_BRACKET)
		return false;
	if (before == TOKEN_EQ)
		return look_kind(s, i - 2) != TOKEN_UNDERSCORE &&
		       guard_plain_eq(s, i - 1);
	return before == TOKEN_OPEN_PAREN || before == TOKEN_COMMA ||
	       before == TOKEN_OPEN_BRACKET || before == TOKEN_OPEN_BRACE ||
	       before == TOKEN_CLOSE_BRACE || before == TOKEN_SEMI ||
	       before == TOKEN_COLON || before == KW_RETURN ||
	       before == KW_BREAK || before == TOKEN_FAT_ARROW;
}

/* The guard's name at i. */
static void mention(struct life *l, uint32_t i)
{
	const struct source *s = l->s;
	enum token_kind before = i ? look_kind(s, i - 1) : TOKEN_END;
	enum token_kind next = look_kind(s, i + 1);

	if (before == TOKEN_DOT || before == TOKEN_PATH_SEP ||
	    next == TOKEN_PATH_SEP || (next == TOKEN_COLON && before != KW_LET))
		return;
	if (i >= l->hidden && i < l->shown)
		return;
	if (hide(l, i))
		return;
	l->g.used = i;
	if (next == TOKEN_EQ && guard_plain_eq(s, i + 1) &&
	    s->tree.first[i] == i) {
		l->back = statement_end(s, i);
		return;
	}
	if (l->g.kind == GUARD_SPAN && next == TOKEN_DOT &&
	    look_is(s, i + 2, "exit"))
		die(l, i);
	if (!moves(s, i) || borrowed(s, i))
		return;
	if (l->alive && before == TOKEN_EQ && i > 3)
		rename_guard(l, i);
	die(l, i);
}

/* A name in a closure or async block: with `move` it goes in there. */
static void captured(struct life *l, uint32_t i)
{
	uint32_t body = l->s->context.body[i];

	if (look_kind(l->s, i - 1) == TOKEN_DOT ||
	    (i >= l->hidden && i < l->shown))
		return;
	l->g.used = i;
	if (body != TREE_NONE && body > l->g.from &&
	    look_kind(l->s, body - 1) == KW_MOVE)
		die(l, i);
}

bool guard_awaits(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i);

	if (kind == KW_AWAIT)
		return i && look_kind(s, i - 1) == TOKEN_DOT;
	return kind == TOKEN_IDENT && look_kind(s, i + 1) == TOKEN_NOT &&
	       lexer_opens(look_kind(s, i + 2)) &&
	       names_awaiting(lexer_text(&s->lx, i));
}

static void wait_at(struct life *l, uint32_t i)
{
	struct guards *out = l->f->out;

	if (!l->alive || !guard_awaits(l->s, i))
		return;
	*vec_push(&out->await, l->f->arena) = i;
	l->g.awaits++;
}

/* The token i, of the guard's own body or of one inside of it. */
static void step(struct life *l, uint32_t i)
{
	const struct source *s = l->s;
	enum token_kind kind = look_kind(s, i);
	bool own = s->context.body[i] == l->g.body;
	struct frame *f;

	while (l->frames.len > 1 && i > top(l)->end)
		end_frame(l);
	f = top(l);
	if (own && f->arm && s->tree.first[i] == i && f->end != i)
		end_arm(l, f);
	if (l->back != GUARD_NONE && i > l->back) {
		l->alive = true;
		l->back = GUARD_NONE;
	}
	if (lexer_name(kind) && l->g.name != GUARD_NONE &&
	    span_eq(lexer_text(&s->lx, i), l->name)) {
		if (own)
			mention(l, i);
		else
			captured(l, i);
	}
	if (!own)
		return;
	wait_at(l, i);
	steer(l, i);
	if (lexer_opens(kind))
		open_frame(l, i);
}

void guard_live(struct guard_file *f, size_t row)
{
	struct life l = { .f = f,
			  .s = f->s,
			  .g = f->out->row.ptr[row],
			  .alive = true,
			  .back = GUARD_NONE,
			  .hidden = GUARD_NONE };
	const struct source *s = f->s;

	if (l.g.name != GUARD_NONE)
		l.name = lexer_text(&s->lx, l.g.name);
	*vec_push(&l.frames, f->arena) = (struct frame){
		.end = l.g.end, .label = GUARD_NONE, .pending_label = GUARD_NONE
	};
	l.g.await = (uint32_t)f->out->await.len;
	l.g.awaits = 0;
	for (uint32_t i = l.g.from; i < l.g.end; i++) {
		if (guard_macro_group(s, i) && lexer_opens(look_kind(s, i)) &&
		    names_async_body(lexer_word(&s->lx, i - 2)))
			i = s->tree.mate[i];
		step(&l, i);
	}
	f->out->row.ptr[row] = l.g;
}
