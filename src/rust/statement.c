/*
 * Where statements begin: one pass with a stack of groups. Total and linear.
 * Without types and a grammar some of it is judged by what the statement
 * began with; that `first` lies in the group is all that is promised of
 * code that does not compile.
 */
#include "rust/tree.h"

#include "base/vec.h"

struct level {
	uint32_t open, end, first;
	uint8_t head; /* kind of the first token that is no attribute's */
	bool braces, fresh;
	unsigned angle;
};

enum role {
	R_DECLARES = 1, /* a `,` in a statement begun so ends nothing */
	R_BLOCK = 2,	/* its block ends it, unless it goes on with… */
	R_GOES_ON = 4,	/* …this, which begins no statement */
	R_OPERATOR = 8	/* goes on, or begins one behind a block */
};

static const uint8_t roles[TOKEN_KINDS] = {
	[KW_ASYNC] = R_BLOCK,
	[KW_CONST] = R_DECLARES | R_BLOCK,
	[KW_ENUM] = R_DECLARES | R_BLOCK,
	[KW_EXTERN] = R_DECLARES | R_BLOCK,
	[KW_FN] = R_DECLARES | R_BLOCK,
	[KW_FOR] = R_DECLARES | R_BLOCK,
	[KW_IF] = R_DECLARES | R_BLOCK | R_OPERATOR,
	[KW_IMPL] = R_DECLARES | R_BLOCK,
	[KW_LET] = R_DECLARES,
	[KW_LOOP] = R_BLOCK,
	[KW_MATCH] = R_DECLARES | R_BLOCK,
	[KW_MOD] = R_DECLARES | R_BLOCK,
	[KW_PUB] = R_DECLARES | R_BLOCK,
	[KW_RETURN] = R_DECLARES,
	[KW_STATIC] = R_DECLARES,
	[KW_STRUCT] = R_DECLARES | R_BLOCK,
	[KW_TRAIT] = R_DECLARES | R_BLOCK,
	[KW_TYPE] = R_DECLARES,
	[KW_UNSAFE] = R_BLOCK,
	[KW_USE] = R_DECLARES,
	[KW_WHILE] = R_DECLARES | R_BLOCK,
	[TOKEN_LIFETIME] = R_BLOCK,
	[TOKEN_OPEN_BRACE] = R_BLOCK,
	[KW_AS] = R_GOES_ON,
	[KW_ELSE] = R_GOES_ON,
	[KW_IN] = R_GOES_ON,
	[KW_WHERE] = R_GOES_ON,
	[TOKEN_AT] = R_GOES_ON,
	[TOKEN_CARET] = R_GOES_ON,
	[TOKEN_COLON] = R_GOES_ON,
	[TOKEN_COMMA] = R_GOES_ON,
	[TOKEN_DOT] = R_GOES_ON,
	[TOKEN_DOTS] = R_GOES_ON,
	[TOKEN_EQ] = R_GOES_ON,
	[TOKEN_EQ_EQ] = R_GOES_ON,
	[TOKEN_FAT_ARROW] = R_GOES_ON,
	[TOKEN_GREATER] = R_GOES_ON,
	[TOKEN_NOT_EQ] = R_GOES_ON,
	[TOKEN_PERCENT] = R_GOES_ON,
	[TOKEN_PLUS] = R_GOES_ON,
	[TOKEN_QUESTION] = R_GOES_ON,
	[TOKEN_SEMI] = R_GOES_ON,
	[TOKEN_SLASH] = R_GOES_ON,
	[TOKEN_AND] = R_OPERATOR,
	[TOKEN_LESS] = R_OPERATOR,
	[TOKEN_MINUS] = R_OPERATOR,
	[TOKEN_NOT] = R_OPERATOR,
	[TOKEN_OPEN_BRACKET] = R_OPERATOR,
	[TOKEN_OPEN_PAREN] = R_OPERATOR,
	[TOKEN_OR] = R_OPERATOR,
	[TOKEN_STAR] = R_OPERATOR,
};

/* Is the brace group from `open` an arm's body or a macro's argument? */
static bool stands_alone(const struct token *tok, uint32_t open)
{
	return open && (tok[open - 1].kind == TOKEN_FAT_ARROW ||
			tok[open - 1].kind == TOKEN_NOT);
}

/* Does the statement end at the `}` of the group from `open`? */
static bool ends_at(const struct lexer *lx, const struct level *l,
		    uint32_t open, uint32_t close)
{
	unsigned next = roles[lx->tok[close + 1].kind];

	if (next & R_GOES_ON)
		return false;
	if (!(next & R_OPERATOR))
		return true;
	return roles[l->head] & R_BLOCK || stands_alone(lx->tok, open);
}

static void count_angles(const struct lexer *lx, struct level *l, uint32_t i)
{
	enum token_kind kind = lx->tok[i].kind;

	if (kind == TOKEN_LESS && i && lexer_glued(lx, i - 1) &&
	    (lexer_any_word(lx->tok[i - 1].kind) ||
	     lx->tok[i - 1].kind == TOKEN_PATH_SEP))
		l->angle++;
	else if (kind == TOKEN_GREATER && l->angle)
		l->angle--;
	else if (kind == TOKEN_FAT_ARROW)
		l->angle = 0;
}

/* Is a new statement due behind token i, the group at it stepped over? */
static bool ends_behind(const struct tree *t, const struct level *l, uint32_t i)
{
	switch (t->lx->tok[i].kind) {
	case TOKEN_SEMI:
		return true;
	case TOKEN_COMMA:
		return !l->angle && !(l->braces && roles[l->head] & R_DECLARES);
	case TOKEN_CLOSE_BRACE:
		return l->braces && tree_paired(t, i) &&
		       ends_at(t->lx, l, t->mate[i], i);
	default:
		return false;
	}
}

static void enter(struct level *l, uint32_t i)
{
	l->first = i;
	l->head = TOKEN_HASH;
	l->fresh = false;
	l->angle = 0;
}

void tree_statements(struct tree *t, struct arena *a)
{
	const struct lexer *lx = t->lx;
	VEC(struct level) levels = { 0 };
	struct level *l = vec_push(&levels, a);

	t->first = arena_array(a, (size_t)lx->count + 1, sizeof(*t->first));
	*l = (struct level){ .end = lx->count, .braces = true, .fresh = true };
	for (uint32_t i = 0; i <= lx->count; i++) {
		bool closes = lexer_closes(lx->tok[i].kind);

		while (i > l->end ||
		       (i == l->end && closes && t->mate[i] == l->open &&
			i != l->open && levels.len > 1))
			l = &levels.ptr[--levels.len - 1];
		if (l->fresh)
			enter(l, i);
		/* behind attributes: `#` `[…]` and, inside, `#` `!` `[…]` */
		if (l->head == TOKEN_HASH && i > l->first &&
		    lx->tok[i - 1].kind == TOKEN_CLOSE_BRACKET)
			l->head = lx->tok[i].kind;
		else if (i == l->first)
			l->head = lx->tok[i].kind;
		t->first[i] = l->first;
		count_angles(lx, l, i);
		l->fresh = ends_behind(t, l, i);
		if (lexer_opens(lx->tok[i].kind)) {
			l = vec_push(&levels, a);
			*l = (struct level){
				.open = i,
				.end = t->mate[i],
				.fresh = true,
				.braces = lx->tok[i].kind == TOKEN_OPEN_BRACE,
			};
		}
	}
}
