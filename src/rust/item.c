/*
 * One item's parts (The Rust Reference, "Items"). Total, linear.
 */
#include "rust/item.h"

/* More tokens than this are not read twice. */
#define FAR 64u

/* What follows the name tells an item from words that only look like one. */
enum follow {
	F_PAREN = 1,
	F_BRACE = 2,
	F_LESS = 4,
	F_SEMI = 8,
	F_COLON = 16,
	F_EQ = 32,
	F_WHERE = 64,
	F_MACRO_COLON = 128 /* `struct X: u8 {` in bitflags! */
};

/* How the item ends behind its name. */
enum tail {
	T_BODY,	 /* at a body, or at `;` */
	T_VALUE, /* at `;`, whatever braces come before */
	T_NAME	 /* with the group behind its name */
};

static const struct shape {
	enum item_kind kind;
	enum tail tail;
	unsigned follow;
} shapes[TOKEN_KINDS] = {
	[KW_FN] = { ITEM_FN, T_BODY, F_PAREN | F_LESS },
	[KW_STRUCT] = { ITEM_STRUCT, T_BODY,
			F_PAREN | F_LESS | F_BRACE | F_SEMI | F_WHERE |
				F_MACRO_COLON },
	[KW_ENUM] = { ITEM_ENUM, T_BODY,
		      F_LESS | F_BRACE | F_WHERE | F_MACRO_COLON },
	[KW_UNION] = { ITEM_UNION, T_BODY, F_LESS | F_BRACE | F_WHERE },
	[KW_TRAIT] = { ITEM_TRAIT, T_BODY,
		       F_LESS | F_BRACE | F_COLON | F_EQ | F_WHERE },
	[KW_MOD] = { ITEM_MOD, T_BODY, F_BRACE | F_SEMI },
	[KW_CONST] = { ITEM_CONST, T_VALUE, F_COLON | F_LESS },
	[KW_STATIC] = { ITEM_STATIC, T_VALUE, F_COLON },
	[KW_TYPE] = { ITEM_TYPE, T_VALUE,
		      F_LESS | F_SEMI | F_COLON | F_EQ | F_WHERE },
	[KW_MACRO] = { ITEM_MACRO, T_NAME, F_PAREN | F_BRACE },
};

static unsigned follow_of(enum token_kind kind, bool macro)
{
	switch (kind) {
	case TOKEN_OPEN_PAREN:
		return F_PAREN;
	case TOKEN_OPEN_BRACE:
		return F_BRACE;
	case TOKEN_LESS:
		return F_LESS;
	case TOKEN_SEMI:
		return F_SEMI;
	case TOKEN_COLON:
		return F_COLON | (macro ? F_MACRO_COLON : 0);
	case TOKEN_EQ:
		return F_EQ;
	case KW_WHERE:
		return F_WHERE;
	default:
		return 0;
	}
}

/* A qualifier is one when the next word lets it be. */
static const struct {
	uint8_t kind;
	unsigned flag;
} qualifiers[] = {
	{ KW_ASYNC, ITEM_ASYNC },     { KW_UNSAFE, ITEM_UNSAFE },
	{ KW_CONST, ITEM_CONST_FN },  { KW_EXTERN, ITEM_EXTERN },
	{ KW_DEFAULT, ITEM_DEFAULT }, { KW_SAFE, ITEM_SAFE },
	{ KW_GEN, ITEM_GEN },	      { KW_AUTO, ITEM_AUTO },
};

static unsigned qualifier(enum token_kind kind)
{
	for (size_t i = 0; i < sizeof(qualifiers) / sizeof(*qualifiers); i++)
		if (qualifiers[i].kind == kind)
			return qualifiers[i].flag;
	return 0;
}

static bool string(enum token_kind kind)
{
	return kind == TOKEN_STR || kind == TOKEN_RAW_STR;
}

/* Does this begin an item or go on with its qualifiers? */
static bool goes_on(const struct lexer *lx, uint32_t i, enum token_kind before)
{
	enum token_kind kind = lx->tok[i].kind;

	switch (kind) {
	case KW_FN:
	case KW_TRAIT:
	case KW_IMPL:
	case KW_MOD:
		return true;
	case KW_CONST:
	case KW_TYPE:
		return before == KW_DEFAULT || qualifier(lx->tok[i + 1].kind);
	case KW_STATIC:
		return before == KW_SAFE || before == KW_UNSAFE;
	case KW_EXTERN:
		return true;
	default:
		return qualifier(kind) != 0;
	}
}

/* Behind `pub`, `pub(…)`; the group of a tuple field's type is none. */
static uint32_t read_vis(struct item *out, const struct tree *t, uint32_t i)
{
	const struct token *tok = t->lx->tok;

	if (tok[i].kind != KW_PUB)
		return i;
	out->vis = VIS_PUB;
	if (tok[++i].kind != TOKEN_OPEN_PAREN || !tree_paired(t, i))
		return i;
	switch (tok[i + 1].kind) {
	case KW_CRATE:
		out->vis = VIS_CRATE;
		return t->mate[i] + 1;
	case KW_SELF:
	case KW_SUPER:
	case KW_IN:
		out->vis = VIS_RESTRICTED;
		return t->mate[i] + 1;
	default:
		return i;
	}
}

static uint32_t read_qualifiers(struct item *out, const struct tree *t,
				uint32_t i)
{
	const struct lexer *lx = t->lx;

	/* no item has more than five */
	for (size_t n = 0; n < 8; n++) {
		enum token_kind kind = lx->tok[i].kind;
		unsigned flag = qualifier(kind);
		uint32_t next = i + 1;

		if (kind == KW_EXTERN && string(lx->tok[next].kind))
			next++;
		if (!flag || !goes_on(lx, next, kind))
			return i;
		out->flags |= flag;
		i = next;
	}
	return i;
}

/* What no item's header or value holds outside of groups: damage. */
static bool begins_another(const struct lexer *lx, uint32_t i, bool value)
{
	enum token_kind next = lx->tok[i + 1].kind;

	switch (lx->tok[i].kind) {
	case KW_LET: /* but `if let`, `&& let` */
		return i && lx->tok[i - 1].line < lx->tok[i].line &&
		       lx->tok[i - 1].kind != TOKEN_AND;
	case KW_PUB:
	case KW_MACRO_RULES:
		return lexer_any_word(next) || next == TOKEN_NOT ||
		       next == TOKEN_OPEN_PAREN;
	case KW_FN:
	case KW_STRUCT:
	case KW_ENUM:
	case KW_TRAIT:
	case KW_MOD:
	case KW_USE:
		return lexer_any_word(next);
	case KW_TYPE:
		return lexer_any_word(next);
	case KW_CONST:
	case KW_STATIC:
		return value && lexer_any_word(next) &&
		       lx->tok[i + 2].kind == TOKEN_COLON;
	default:
		return false;
	}
}

struct tail_end {
	uint32_t open, last;
	bool cut;
};

/* Is there no going on from token i of the tail that began at `start`? To go on
 * behind a bracket that is open for good would read the rest of the file for
 * every such item. */
static bool breaks_off(const struct tree *t, uint32_t i, uint32_t start,
		       bool value)
{
	enum token_kind kind = t->lx->tok[i].kind;

	return (lexer_closes(kind) && t->mate[i] < start) ||
	       (i > start && begins_another(t->lx, i, value)) ||
	       (value && lexer_opens(kind) && !tree_paired(t, i));
}

/* A const argument's, `Foo<{ N + 1 }>`; else a brace begins the body. */
static bool argument_brace(const struct token *tok, uint32_t i)
{
	return tok[i - 1].kind == TOKEN_LESS ||
	       tok[i - 1].kind == TOKEN_COMMA || tok[i - 1].kind == TOKEN_EQ;
}

/* From behind the name to the body or the `;`. */
static struct tail_end read_tail(const struct item_place *in, uint32_t i,
				 bool value)
{
	const struct tree *t = in->tree;
	const struct token *tok = t->lx->tok;
	uint32_t angle = 0, start = i;
	bool where = false;

	for (; i <= in->end; i = item_skip(t, i)) {
		enum token_kind kind = tok[i].kind;

		if (kind == TOKEN_SEMI)
			return (struct tail_end){ OUTLINE_NONE, i, false };
		if (breaks_off(t, i, start, value && !angle))
			break;
		if (kind == TOKEN_LESS)
			angle++;
		else if (kind == TOKEN_GREATER && angle)
			angle--;
		else if (kind == KW_WHERE)
			where = true;
		else if (kind == TOKEN_EQ && !angle)
			value = true;
		else if (kind == TOKEN_COMMA && in->macro && !angle && !where)
			return (struct tail_end){ OUTLINE_NONE, i - 1, false };
		else if (kind == TOKEN_OPEN_BRACE && !value &&
			 !(angle && argument_brace(tok, i)))
			return (struct tail_end){ i, t->mate[i],
						  !tree_paired(t, i) };
	}
	/* the attributes of what comes next are its own */
	while (i > start && tok[i - 1].kind == TOKEN_CLOSE_BRACKET &&
	       t->mate[i - 1] > start &&
	       tok[t->mate[i - 1] - 1].kind == TOKEN_HASH)
		i = t->mate[i - 1] - 1;
	return (struct tail_end){ OUTLINE_NONE, i - 1, true };
}

/* From behind a `macro`'s name to the end of its body. */
static struct tail_end read_macro(const struct item_place *in, uint32_t i)
{
	const struct tree *t = in->tree;
	const struct token *tok = t->lx->tok;

	for (; i <= in->end; i = item_skip(t, i)) {
		if (tok[i].kind == TOKEN_OPEN_BRACE)
			return (struct tail_end){ OUTLINE_NONE, t->mate[i],
						  !tree_paired(t, i) };
		if (lexer_closes(tok[i].kind) || tok[i].kind == TOKEN_SEMI)
			break;
	}
	return (struct tail_end){ OUTLINE_NONE, i - 1, true };
}

static void set_tail(struct item *out, const struct item_place *in,
		     struct tail_end e)
{
	if (e.last > in->end)
		e.last = in->end;
	out->open = e.open;
	out->last = e.last;
	/* the last item of a macro's arguments needs no `;` */
	if (e.cut && !(in->macro && e.last < in->end &&
		       lexer_closes(in->tree->lx->tok[e.last + 1].kind)))
		out->flags |= ITEM_CUT;
}

static bool parse_named(struct item *out, uint32_t *next,
			const struct item_place *in, uint32_t i)
{
	const struct tree *t = in->tree;
	const struct lexer *lx = t->lx;
	const struct shape *s = &shapes[lx->tok[i].kind];
	uint32_t name = i + 1;
	struct tail_end e = { OUTLINE_NONE, 0, false };

	if (s->kind == ITEM_STATIC &&
	    (lx->tok[name].kind == KW_MUT || lx->tok[name].kind == KW_REF)) {
		if (lx->tok[name].kind == KW_MUT)
			out->flags |= ITEM_MUT;
		name++;
	}
	if (!lexer_any_word(lx->tok[name].kind) &&
	    !(s->kind == ITEM_CONST && lx->tok[name].kind == TOKEN_UNDERSCORE))
		return false;
	if (name >= in->end ||
	    !(follow_of(lx->tok[name + 1].kind, in->macro) & s->follow))
		return false;
	out->kind = s->kind;
	out->name = lexer_word(lx, name);
	if (s->tail == T_NAME) {
		e = read_macro(in, name + 1);
	} else {
		e = read_tail(in, name + 1, s->tail == T_VALUE);
	}
	set_tail(out, in, e);
	*next = e.last + 1;
	if (s->kind == ITEM_CONST || s->kind == ITEM_STATIC)
		*next = name + 1;
	else if (e.open != OUTLINE_NONE &&
		 (s->kind == ITEM_FN || s->kind == ITEM_TRAIT ||
		  s->kind == ITEM_MOD))
		*next = e.open + 1;
	return true;
}

static bool parse_impl(struct item *out, uint32_t *next,
		       const struct item_place *in, uint32_t i)
{
	struct tail_end e;

	if (i >= in->end)
		return false;
	e = read_tail(in, i + 1, false);
	if (e.open == OUTLINE_NONE && (!in->macro || e.cut)) {
		if (e.last > i + FAR)
			*next = e.last + 1;
		return false;
	}
	out->kind = ITEM_IMPL;
	set_tail(out, in, e);
	*next = e.open == OUTLINE_NONE ? e.last + 1 : e.open + 1;
	item_parse_impl(out, in->tree);
	return true;
}

static bool path_token(enum token_kind kind)
{
	return lexer_any_word(kind) || kind == TOKEN_PATH_SEP ||
	       kind == TOKEN_OPEN_BRACE || kind == TOKEN_STAR ||
	       kind == TOKEN_DOLLAR || kind == TOKEN_UNDERSCORE;
}

static bool parse_use(struct item *out, uint32_t *next,
		      const struct item_place *in, uint32_t i)
{
	const struct tree *t = in->tree;
	const struct lexer *lx = t->lx;
	uint32_t p = i + 1;

	if (p > in->end || !path_token(lx->tok[p].kind))
		return false;
	while (p <= in->end && path_token(lx->tok[p].kind) &&
	       !begins_another(lx, p, true) &&
	       (tree_paired(t, p) || !lexer_opens(lx->tok[p].kind)))
		p = item_skip(t, p);
	out->kind = ITEM_USE;
	out->name = lexer_range(lx, i + 1, p - 1);
	set_tail(out, in,
		 p <= in->end && lx->tok[p].kind == TOKEN_SEMI
			 ? (struct tail_end){ OUTLINE_NONE, p, false }
			 : (struct tail_end){ OUTLINE_NONE, p - 1, true });
	*next = out->last + 1;
	return true;
}

static bool parse_extern(struct item *out, uint32_t *next,
			 const struct item_place *in, uint32_t i)
{
	const struct tree *t = in->tree;
	const struct token *tok = t->lx->tok;
	uint32_t p = i + 1;

	if (tok[p].kind == KW_CRATE && lexer_any_word(tok[p + 1].kind)) {
		out->kind = ITEM_EXTERN_CRATE;
		out->name = lexer_word(t->lx, p + 1);
		set_tail(out, in, read_tail(in, p + 2, true));
		*next = out->last + 1;
		return true;
	}
	p += string(tok[p].kind);
	if (tok[p].kind != TOKEN_OPEN_BRACE || p > in->end)
		return false;
	out->kind = ITEM_EXTERN_BLOCK;
	set_tail(out, in,
		 (struct tail_end){ p, t->mate[p], !tree_paired(t, p) });
	*next = p + 1;
	return true;
}

/* `macro_rules! name { … }`; in some old code without a name. */
static bool parse_macro_rules(struct item *out, uint32_t *next,
			      const struct item_place *in, uint32_t i)
{
	const struct tree *t = in->tree;
	const struct token *tok = t->lx->tok;
	uint32_t p = i + 2;

	if (tok[i + 1].kind != TOKEN_NOT || p >= in->end ||
	    !lexer_any_word(tok[p].kind) || !lexer_opens(tok[p + 1].kind))
		return false;
	out->kind = ITEM_MACRO;
	out->name = lexer_word(t->lx, p);
	p = t->mate[p + 1];
	if (p < in->end && tok[p].kind != TOKEN_CLOSE_BRACE &&
	    tok[p + 1].kind == TOKEN_SEMI)
		p++;
	set_tail(out, in, (struct tail_end){ OUTLINE_NONE, p, false });
	*next = p + 1;
	return true;
}

bool item_parse(struct item *out, uint32_t *next, const struct item_place *in,
		uint32_t i)
{
	const struct token *tok = in->tree->lx->tok;
	struct item it = { .head = i, .open = OUTLINE_NONE };
	bool found = false;

	*next = i + 1;
	i = read_vis(&it, in->tree, i);
	i = read_qualifiers(&it, in->tree, i);
	if (i > in->end)
		return false;
	it.key = i;
	switch (tok[i].kind) {
	case KW_IMPL:
		found = parse_impl(&it, next, in, i);
		break;
	case KW_USE:
		found = parse_use(&it, next, in, i);
		break;
	case KW_EXTERN:
		found = parse_extern(&it, next, in, i);
		break;
	case KW_MACRO_RULES:
		found = parse_macro_rules(&it, next, in, i);
		break;
	default:
		found = shapes[tok[i].kind].follow &&
			parse_named(&it, next, in, i);
	}
	if (!found)
		return false;
	it.line = tok[it.head].line;
	it.last_line = lexer_last_line(in->tree->lx, it.last);
	*out = it;
	return true;
}
