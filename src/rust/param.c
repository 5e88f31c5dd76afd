#include "rust/param.h"

#include "rust/item.h"
#include "rust/look.h"

uint32_t param_open(const struct source *s, const struct item *fn)
{
	uint32_t i = fn->key + 1;

	if (!lexer_name(look_kind(s, i)))
		return LOOK_NONE;
	i = look_generics(s, i + 1);
	if (look_kind(s, i) != TOKEN_OPEN_PAREN || !tree_paired(&s->tree, i))
		return LOOK_NONE;
	return i;
}

/* Behind the attributes at i. */
static uint32_t skip_attributes(const struct source *s, uint32_t i,
				uint32_t end)
{
	while (i + 1 < end && look_kind(s, i) == TOKEN_HASH &&
	       look_kind(s, i + 1) == TOKEN_OPEN_BRACKET)
		i = item_skip(&s->tree, i + 1);
	return i < end ? i : end;
}

bool param_next(const struct source *s, struct param *it, uint32_t from,
		uint32_t end)
{
	uint32_t i = it->to ? it->to + 1 : from;

	while (i < end && look_kind(s, i) == TOKEN_COMMA)
		i++;
	if (i >= end)
		return false;
	it->from = i;
	it->pattern = i = skip_attributes(s, i, end);
	it->type = LOOK_NONE;
	while (i < end && look_kind(s, i) != TOKEN_COMMA) {
		uint32_t next = look_generics(s, i);

		if (look_kind(s, i) == TOKEN_COLON && it->type == LOOK_NONE)
			it->type = i + 1;
		i = next > i ? next : item_skip(&s->tree, i);
	}
	it->to = i < end ? i : end;
	if (it->type > it->to)
		it->type = it->to;
	return true;
}

uint32_t param_type_name(const struct source *s, uint32_t from, uint32_t to)
{
	uint32_t i = from;

	while (i < to &&
	       (look_kind(s, i) == TOKEN_AND ||
		look_kind(s, i) == TOKEN_LIFETIME ||
		look_kind(s, i) == KW_MUT || look_kind(s, i) == TOKEN_PATH_SEP))
		i++;
	while (i + 2 < to && lexer_any_word(look_kind(s, i)) &&
	       look_kind(s, i + 1) == TOKEN_PATH_SEP)
		i += 2;
	if (i >= to || look_kind(s, i) == KW_DYN ||
	    !lexer_name(look_kind(s, i)))
		return LOOK_NONE;
	return i;
}

uint32_t param_type_argument(const struct source *s, uint32_t name)
{
	uint32_t i = name + 2, end = look_generics(s, name + 1);

	if (end == name + 1)
		return LOOK_NONE;
	while (i < end && (look_kind(s, i) == TOKEN_LIFETIME ||
			   look_kind(s, i) == TOKEN_COMMA))
		i++;
	return i + 1 < end ? i : LOOK_NONE;
}
