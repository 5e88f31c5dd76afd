/*
 * What an impl is for. Total, linear.
 */
#include "rust/item.h"

/* Behind the `<…>` that begins at i. */
static uint32_t behind_angles(const struct tree *t, uint32_t i, uint32_t end)
{
	const struct token *tok = t->lx->tok;
	uint32_t depth = 0;

	for (; i < end; i = item_skip(t, i)) {
		if (tok[i].kind == TOKEN_LESS)
			depth++;
		else if (tok[i].kind == TOKEN_GREATER && !--depth)
			return i + 1;
	}
	return end;
}

/* The `for` between trait and type, else end. `for<'a>` is none. */
static uint32_t find_for(const struct tree *t, uint32_t i, uint32_t end)
{
	const struct token *tok = t->lx->tok;
	uint32_t depth = 0;

	for (; i < end; i = item_skip(t, i)) {
		if (tok[i].kind == TOKEN_LESS)
			depth++;
		else if (tok[i].kind == TOKEN_GREATER && depth)
			depth--;
		else if (tok[i].kind == KW_FOR && !depth &&
			 !(tok[i + 1].kind == TOKEN_LESS &&
			   (tok[i + 2].kind == TOKEN_LIFETIME ||
			    tok[i + 2].kind == TOKEN_GREATER)))
			return i;
		else if (tok[i].kind == KW_WHERE && !depth)
			return end;
	}
	return end;
}

static uint32_t find_where(const struct tree *t, uint32_t i, uint32_t end)
{
	while (i < end && t->lx->tok[i].kind != KW_WHERE)
		i = item_skip(t, i);
	return i < end ? i : end;
}

static struct span range(const struct lexer *lx, uint32_t from, uint32_t end)
{
	return end > from ? lexer_range(lx, from, end - 1)
			  : (struct span){ lx->src.ptr, 0 };
}

/* Last segment before generics: the `C` of `&mut a::B<T>::C<U>`. */
static struct span last_segment(const struct tree *t, uint32_t i, uint32_t end)
{
	const struct token *tok = t->lx->tok;
	struct span name = { t->lx->src.ptr, 0 };

	while (i < end) {
		if (tok[i].kind == TOKEN_LESS) {
			i = behind_angles(t, i, end);
			continue;
		}
		if (tok[i].kind == TOKEN_PLUS && name.len)
			break;
		if ((lexer_name(tok[i].kind) && tok[i].kind != KW_DYN) ||
		    tok[i].kind == KW_SELF_TYPE)
			name = lexer_word(t->lx, i);
		i = item_skip(t, i);
	}
	return name;
}

void item_parse_impl(struct item *out, const struct tree *t)
{
	const struct lexer *lx = t->lx;
	uint32_t end = out->open == OUTLINE_NONE ? out->last + 1 : out->open;
	uint32_t i = out->key + 1, type, stop;

	if (i < end && lx->tok[end - 1].kind == TOKEN_SEMI)
		end--;
	if (lx->tok[i].kind == TOKEN_LESS) {
		uint32_t p = behind_angles(t, i, end);

		/* `impl <T as Trait>::Type {` has no generics */
		if (lx->tok[p].kind != TOKEN_PATH_SEP)
			i = p;
	}
	if (lx->tok[i].kind == KW_CONST)
		i++;
	stop = find_for(t, i, end);
	type = i;
	if (stop < end) {
		if (lx->tok[i].kind == TOKEN_NOT) {
			out->flags |= ITEM_NEGATIVE;
			i++;
		}
		out->trait_path = range(lx, i, stop);
		type = stop + 1;
	}
	end = find_where(t, type, end);
	out->self_type = range(lx, type, end);
	out->name = last_segment(t, type, end);
}
