#include "rust/member.h"

#include "rust/item.h"
#include "rust/look.h"

/* Behind attributes and visibility. */
static uint32_t skip_front(const struct source *s, uint32_t i, uint32_t end)
{
	while (i < end && look_kind(s, i) == TOKEN_HASH)
		i = item_skip(&s->tree, i + 1);
	if (i < end && look_kind(s, i) == KW_PUB) {
		i++;
		if (look_kind(s, i) == TOKEN_OPEN_PAREN)
			i = item_skip(&s->tree, i);
	}
	return i;
}

/* The comma that ends what begins at i, or `end`. Commas of generic arguments
 * end nothing. */
static uint32_t member_end(const struct source *s, uint32_t i, uint32_t end)
{
	uint32_t angles = 0;

	for (; i < end; i = item_skip(&s->tree, i)) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_LESS)
			angles++;
		else if (kind == TOKEN_GREATER && angles)
			angles--;
		else if (kind == TOKEN_COMMA && !angles)
			break;
	}
	return i < end ? i : end;
}

void item_members_find(struct members *out, struct arena *a,
		       const struct source *s, const struct item *it)
{
	uint32_t i, end;

	*out = (struct members){ 0 };
	if ((it->kind != ITEM_STRUCT && it->kind != ITEM_ENUM &&
	     it->kind != ITEM_UNION) ||
	    it->open == OUTLINE_NONE)
		return;
	end = s->tree.mate[it->open] + !tree_paired(&s->tree, it->open);
	for (i = it->open + 1; i < end && out->rows.len < MEMBERS_MAX; i++) {
		struct member m = { 0 };
		uint32_t to;

		i = skip_front(s, i, end);
		to = member_end(s, i, end);
		if (i < to && lexer_name(look_kind(s, i))) {
			m.token = i;
			m.name = lexer_word(&s->lx, i);
			m.from = i + 1;
			if (it->kind != ITEM_ENUM &&
			    look_kind(s, m.from) == TOKEN_COLON)
				m.from++;
			m.to = to > m.from ? to : m.from;
			*vec_push(&out->rows, a) = m;
		}
		i = to;
	}
}

const struct member *item_member_named(const struct members *in,
				       struct span name)
{
	vec_each (struct member, m, &in->rows)
		if (span_eq(m->name, name))
			return m;
	return NULL;
}
