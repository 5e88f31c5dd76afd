/*
 * What a struct, union or enum holds, as others see it. Total; linear but for
 * sorting by name.
 */
#include <stdlib.h>

#include "base/vec.h"
#include "rust/apidiff_parts.h"
#include "rust/item.h"

struct field {
	struct span name; /* empty in tuples, whose order tells */
	uint64_t hash;	  /* of the name */
	uint64_t type;	  /* a variant's: all it holds */
	uint32_t token;	  /* its first */
	bool open;
};

enum shape { SHAPE_UNIT, SHAPE_TUPLE, SHAPE_NAMED };

struct fields {
	VEC(struct field) rows; /* sorted by name */
	enum shape shape;
	bool all_open; /* others may write them all out */
	bool non_exhaustive;
};

static const struct item *item_of(const struct api_side *side)
{
	return &side->s->outline.item[side->item];
}

static int by_hash(const void *x, const void *y)
{
	const struct field *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->type > b->type) - (a->type < b->type);
}

/* name: LOOK_NONE in tuples */
static void add(struct fields *f, const struct api_side *side, uint32_t token,
		uint32_t name, uint64_t type, bool open)
{
	struct field *row = vec_push(&f->rows, side->arena);

	row->token = token;
	row->type = type;
	row->open = open;
	f->all_open &= open;
	row->hash = f->rows.len;
	if (name != LOOK_NONE) {
		row->name = lexer_word(&side->s->lx, name);
		row->hash = hash_span(HASH_START, row->name);
	}
}

/* The fields between the brackets at `open`. */
static void read_list(struct fields *f, const struct api_side *side,
		      uint32_t open)
{
	const struct source *s = side->s;
	uint32_t from = open + 1, end = s->tree.mate[open], a, b, colon;
	bool pub;

	f->shape = look_kind(s, open) == TOKEN_OPEN_PAREN ? SHAPE_TUPLE
							  : SHAPE_NAMED;
	if (!tree_paired(&s->tree, open))
		return;
	while (api_piece(s, &from, end, TOKEN_COMMA, &a, &b)) {
		uint32_t i = api_visibility(s, a, &pub);

		colon = api_find(s, i, b, TOKEN_COLON);
		if (f->shape == SHAPE_TUPLE)
			add(f, side, a, LOOK_NONE, api_type(side, i, b), pub);
		else if (colon < b && lexer_any_word(look_kind(s, i)))
			add(f, side, a, i, api_type(side, colon + 1, b), pub);
	}
}

static void read_variants(struct fields *f, const struct api_side *side,
			  uint32_t open)
{
	const struct source *s = side->s;
	uint32_t from = open + 1, end = s->tree.mate[open], a, b;

	f->shape = SHAPE_NAMED;
	while (tree_paired(&s->tree, open) &&
	       api_piece(s, &from, end, TOKEN_COMMA, &a, &b)) {
		uint32_t eq = api_find(s, a, b, TOKEN_EQ);

		if (lexer_any_word(look_kind(s, a)))
			add(f, side, a, a, api_type(side, a + 1, eq), true);
	}
}

/* Where the fields begin, or LOOK_NONE: a unit. */
static uint32_t list_start(const struct api_side *side)
{
	const struct source *s = side->s;
	const struct item *it = item_of(side);
	uint32_t i;

	if (it->open != OUTLINE_NONE)
		return it->open;
	for (i = look_generics(s, it->key + 2); i < it->last;
	     i = item_skip(&s->tree, i)) {
		if (look_kind(s, i) == TOKEN_OPEN_PAREN)
			return i;
		if (look_kind(s, i) == KW_WHERE)
			break;
	}
	return LOOK_NONE;
}

static void read_fields(struct fields *f, const struct api_side *side)
{
	uint32_t open = list_start(side);

	f->all_open = true;
	f->non_exhaustive =
		api_attribute(side->s, side->item, "non_exhaustive");
	if (open == LOOK_NONE)
		return;
	if (item_of(side)->kind == ITEM_ENUM)
		read_variants(f, side, open);
	else
		read_list(f, side, open);
	if (f->rows.len)
		qsort(f->rows.ptr, f->rows.len, sizeof(*f->rows.ptr), by_hash);
}

struct compare {
	struct api_words *w;
	const struct fields *was, *now;
	bool variants;
};

static void lost(const struct compare *c, const struct field *f)
{
	c->w->was_at = f->token;
	c->w->now_at = LOOK_NONE;
	if (!f->open)
		return;
	if (c->variants)
		api_differ(c->w, API_VARIANTS, API_BREAKING,
			   "variant `%.*s` removed", SPAN_ARG(f->name));
	else
		api_differ(c->w, API_FIELDS, API_BREAKING,
			   f->name.len ? "pub field `%.*s` removed"
				       : "a pub field%.*s removed",
			   SPAN_ARG(f->name));
}

static void gained(const struct compare *c, const struct field *f)
{
	c->w->was_at = LOOK_NONE;
	c->w->now_at = f->token;
	if (c->variants)
		api_differ(c->w, API_VARIANTS,
			   c->was->non_exhaustive ? API_COMPATIBLE
						  : API_ADDITIVE,
			   "variant `%.*s` added", SPAN_ARG(f->name));
	else if (c->was->all_open && c->was->rows.len &&
		 !c->was->non_exhaustive)
		/* who writes the struct out must name it */
		api_differ(c->w, API_FIELDS, API_ADDITIVE, "field `%.*s` added",
			   SPAN_ARG(f->name));
	else if (f->open)
		api_differ(c->w, API_FIELDS, API_COMPATIBLE,
			   "pub field `%.*s` added", SPAN_ARG(f->name));
}

static void changed(const struct compare *c, const struct field *a,
		    const struct field *b)
{
	const char *kind = c->variants ? "variant" : "pub field";
	enum api_part part = c->variants ? API_VARIANTS : API_FIELDS;

	c->w->was_at = a->token;
	c->w->now_at = b->token;
	if (a->open && !b->open)
		api_differ(c->w, part, API_BREAKING, "%s `%.*s` no longer pub",
			   kind, SPAN_ARG(a->name));
	else if (a->open && a->type != b->type)
		api_differ(c->w, part, API_BREAKING,
			   c->variants ? "%s `%.*s` holds something else"
				       : "%s `%.*s` of another type",
			   kind, SPAN_ARG(a->name));
	else if (b->open && !a->open)
		api_differ(c->w, part, API_COMPATIBLE, "field `%.*s` pub now",
			   SPAN_ARG(b->name));
}

static void compare_rows(const struct compare *c)
{
	size_t i = 0, k = 0;

	while (i < c->was->rows.len || k < c->now->rows.len) {
		bool left = i < c->was->rows.len, right = k < c->now->rows.len;
		/* no rows at all: nothing to point into */
		const struct field *a = left ? &c->was->rows.ptr[i] : NULL;
		const struct field *b = right ? &c->now->rows.ptr[k] : NULL;

		if (left && (!right || a->hash < b->hash)) {
			lost(c, a);
			i++;
		} else if (right && (!left || b->hash < a->hash)) {
			gained(c, b);
			k++;
		} else {
			changed(c, a, b);
			i++;
			k++;
		}
	}
}

void api_compare_fields(struct api_words *w, const struct api_side *was,
			const struct api_side *now)
{
	struct fields old = { 0 }, new = { 0 };
	struct compare c = { w, &old, &new, item_of(now)->kind == ITEM_ENUM };

	read_fields(&old, was);
	read_fields(&new, now);
	if (new.non_exhaustive && !old.non_exhaustive)
		api_differ(w, API_NON_EXHAUSTIVE, API_BREAKING,
			   "`#[non_exhaustive]` now");
	if (old.shape != new.shape && old.all_open)
		api_differ(w, API_FIELDS, API_BREAKING,
			   "fields of another form");
	else
		compare_rows(&c);
}
