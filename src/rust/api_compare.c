/*
 * Two signatures of one item, part by part. Total, linear in their tokens.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/hashes.h"
#include "rust/apidiff_parts.h"
#include "rust/item.h"

void api_differ(struct api_words *w, enum api_part part,
		enum api_break breaking, const char *fmt, ...)
{
	char words[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	w->row->parts |= part;
	if (breaking > w->row->breaking) {
		w->row->breaking = breaking;
		if (w->was_at != LOOK_NONE)
			w->row->was_at = w->was_at;
		if (w->now_at != LOOK_NONE)
			w->row->now_at = w->now_at;
	}
	if (w->text.len > 512)
		return;
	if (w->text.len)
		buf_adds(&w->text, ", ");
	text_visible_line(&w->text, text_clip(span_of(words), 200));
}

/* Where the parts of a header stand, as token indexes; a range whose ends are
 * equal is not there. */
struct header {
	uint32_t generics, generics_end; /* without `<` and `>` */
	uint32_t list, list_end;	 /* parameters, without brackets */
	uint32_t result, result_end;	 /* behind `->`, `:` or `=` */
	uint32_t where, where_end;
	uint32_t end;
};

static const struct item *item_of(const struct api_side *side)
{
	return &side->s->outline.item[side->item];
}

/* The header of what has a name: from behind it. */
static void read_header(struct header *h, const struct api_side *side)
{
	const struct source *s = side->s;
	const struct item *it = item_of(side);
	uint32_t i = it->key + 2, end;

	if (it->flags & ITEM_MUT)
		i++; /* static mut */
	*h = (struct header){ 0 };
	end = it->open != OUTLINE_NONE ? it->open : it->last + 1;
	if (look_kind(s, end - 1) == TOKEN_SEMI && end > i)
		end--;
	h->end = end;
	if (look_generics(s, i) > i) {
		h->generics = i + 1;
		i = look_generics(s, i);
		h->generics_end = i - 1;
	}
	if (it->kind == ITEM_FN && look_kind(s, i) == TOKEN_OPEN_PAREN) {
		h->list = i + 1;
		h->list_end = s->tree.mate[i];
		i = item_skip(&s->tree, i);
	}
	h->where = api_find(s, i, end, KW_WHERE);
	h->where_end = end;
	h->result = i;
	h->result_end = h->where;
	if (h->where < end)
		h->where++;
}

static const struct {
	unsigned flag;
	const char *word;
	enum api_break gain, loss;
} qualifiers[] = {
	{ ITEM_ASYNC, "async", API_BREAKING, API_BREAKING },
	{ ITEM_UNSAFE, "unsafe", API_BREAKING, API_COMPATIBLE },
	{ ITEM_CONST_FN, "const", API_COMPATIBLE, API_BREAKING },
	{ ITEM_EXTERN, "extern", API_BREAKING, API_BREAKING },
	{ ITEM_AUTO, "auto", API_BREAKING, API_BREAKING },
	{ ITEM_MUT, "mut", API_BREAKING, API_BREAKING },
};

static void compare_qualifiers(struct api_words *w, const struct item *was,
			       const struct item *now)
{
	for (size_t i = 0; i < sizeof(qualifiers) / sizeof(*qualifiers); i++) {
		bool before = was->flags & qualifiers[i].flag;
		bool after = now->flags & qualifiers[i].flag;

		if (before == after)
			continue;
		if (after)
			api_differ(w, API_QUALIFIERS, qualifiers[i].gain,
				   "`%s` now", qualifiers[i].word);
		else
			api_differ(w, API_QUALIFIERS, qualifiers[i].loss,
				   "no longer `%s`", qualifiers[i].word);
	}
}

/* Bounds in any order: what is asked for, and what `?Sized` no longer asks. */
struct bounds {
	struct hashes asked, waived;
};

/* Add the bounds of what has the number `of`, [from, to) split by `+`. */
static void add_bounds(struct bounds *out, const struct api_side *side,
		       uint64_t of, uint32_t from, uint32_t to)
{
	uint32_t a, b;

	while (api_piece(side->s, &from, to, TOKEN_PLUS, &a, &b)) {
		uint64_t type = api_type(side, a, b);

		if (!type)
			continue;
		if (look_kind(side->s, a) == TOKEN_QUESTION)
			*vec_push(&out->waived.rows, side->arena) =
				hash_add(of, type);
		else
			*vec_push(&out->asked.rows, side->arena) =
				hash_add(of, type);
	}
}

/* Is everything asked for on this side asked for on that side too? */
static bool asks_no_more(const struct bounds *these, const struct bounds *those)
{
	return hashes_within(&these->asked, &those->asked, false) &&
	       hashes_within(&those->waived, &these->waived, false);
}

static void sort_bounds(struct bounds *b)
{
	hashes_sort(&b->asked);
	hashes_sort(&b->waived);
}

/* less: what it is when the new side asks for less. */
static void compare_bounds(struct api_words *w, struct bounds *was,
			   struct bounds *now, enum api_break less,
			   const char *words)
{
	sort_bounds(was);
	sort_bounds(now);
	if (!asks_no_more(now, was))
		api_differ(w, API_BOUNDS, API_BREAKING, "other %s", words);
	else if (!asks_no_more(was, now))
		api_differ(w, API_BOUNDS, less, "fewer %s", words);
}

/* Behind `T` of `T: A + B = C`, up to the `=`. */
static void parameter_bounds(struct bounds *out, const struct api_side *side,
			     uint32_t from, uint32_t to)
{
	uint32_t colon = api_find(side->s, from, to, TOKEN_COLON);
	uint32_t eq = api_find(side->s, from, to, TOKEN_EQ);

	if (colon < eq)
		add_bounds(out, side, api_type(side, from, colon), colon + 1,
			   eq);
}

struct generics {
	uint64_t list;
	struct bounds bounds;
	unsigned count;
};

static struct generics read_generics(const struct api_side *side,
				     const struct header *h)
{
	struct generics g = { .list = HASH_START };
	const struct source *s = side->s;
	uint32_t from = h->generics, a, b;

	while (api_piece(s, &from, h->generics_end, TOKEN_COMMA, &a, &b)) {
		if (look_kind(s, a) == TOKEN_LIFETIME)
			continue;
		g.count++;
		if (look_kind(s, a) == KW_CONST) {
			uint32_t eq = api_find(s, a, b, TOKEN_EQ);

			g.list = hash_add(g.list, api_type(side, a, eq));
			continue;
		}
		g.list = hash_add(g.list, 1);
		parameter_bounds(&g.bounds, side, a, b);
	}
	from = h->where;
	while (api_piece(s, &from, h->where_end, TOKEN_COMMA, &a, &b)) {
		uint32_t colon = api_find(s, a, b, TOKEN_COLON);

		if (look_kind(s, a) != TOKEN_LIFETIME)
			add_bounds(&g.bounds, side, api_type(side, a, colon),
				   colon + 1, b);
	}
	return g;
}

static bool in_trait(const struct api_side *side)
{
	uint32_t up = item_of(side)->parent;

	return up != OUTLINE_NONE &&
	       side->s->outline.item[up].kind == ITEM_TRAIT;
}

/* Whoever implements a trait may need what its function asked for. */
static enum api_break asking_less(const struct api_side *now)
{
	return in_trait(now) && item_of(now)->open == OUTLINE_NONE
		       ? API_BREAKING
		       : API_COMPATIBLE;
}

static void compare_generics(struct api_words *w, const struct api_side *was,
			     const struct header *old,
			     const struct api_side *now,
			     const struct header *new)
{
	struct generics a = read_generics(was, old);
	struct generics b = read_generics(now, new);

	if (a.count != b.count)
		api_differ(w, API_GENERICS, API_BREAKING,
			   "%u generic parameter%s instead of %u", b.count,
			   text_plural(b.count), a.count);
	else if (a.list != b.list)
		api_differ(w, API_GENERICS, API_BREAKING,
			   "other generic parameters");
	else
		compare_bounds(w, &a.bounds, &b.bounds, asking_less(now),
			       "bounds");
}

struct parameters {
	VEC(uint64_t) types;
	VEC(uint32_t) names; /* first token of each */
	uint64_t receiver;
};

/* Is the piece a `self`, with or without a type? */
static bool receiver(const struct source *s, uint32_t i, uint32_t to)
{
	while (i < to &&
	       (look_kind(s, i) == TOKEN_AND ||
		look_kind(s, i) == TOKEN_LIFETIME || look_kind(s, i) == KW_MUT))
		i++;
	return look_kind(s, i) == KW_SELF &&
	       (i + 1 >= to || look_kind(s, i + 1) == TOKEN_COLON);
}

static void read_parameters(struct parameters *p, const struct api_side *side,
			    const struct header *h)
{
	const struct source *s = side->s;
	uint32_t from = h->list, a, b;

	while (api_piece(s, &from, h->list_end, TOKEN_COMMA, &a, &b)) {
		uint32_t colon = api_find(s, a, b, TOKEN_COLON);

		if (receiver(s, a, b)) {
			p->receiver = api_type(
				side, look_kind(s, a) == KW_MUT ? a + 1 : a, b);
			continue;
		}
		*vec_push(&p->names, side->arena) = a;
		*vec_push(&p->types, side->arena) =
			api_type(side, colon < b ? colon + 1 : a, b);
	}
}

static void compare_parameters(struct api_words *w, const struct api_side *was,
			       const struct header *old,
			       const struct api_side *now,
			       const struct header *new)
{
	struct parameters a = { 0 }, b = { 0 };

	read_parameters(&a, was, old);
	read_parameters(&b, now, new);
	if (a.receiver != b.receiver)
		api_differ(w, API_PARAMETERS, API_BREAKING, "%s",
			   !b.receiver	 ? "no `self`"
			   : !a.receiver ? "`self` now"
					 : "another kind of `self`");
	if (a.types.len != b.types.len) {
		api_differ(w, API_PARAMETERS, API_BREAKING,
			   "%zu parameter%s instead of %zu", b.types.len,
			   text_plural(b.types.len), a.types.len);
		return;
	}
	for (size_t i = 0; i < a.types.len; i++) {
		uint32_t name = b.names.ptr[i];

		if (a.types.ptr[i] == b.types.ptr[i])
			continue;
		if (look_kind(now->s, name) == KW_MUT)
			name++;
		w->was_at = a.names.ptr[i];
		w->now_at = name;
		api_differ(w, API_PARAMETERS, API_BREAKING,
			   "parameter `%.*s` of another type",
			   SPAN_ARG(lexer_text(&now->s->lx, name)));
	}
}

/* What stands behind `->`, and is not `()`. */
static uint64_t result(const struct api_side *side, const struct header *h)
{
	const struct source *s = side->s;
	uint32_t i = h->result;

	if (look_kind(s, i) != TOKEN_ARROW || i >= h->result_end)
		return 0;
	if (look_kind(s, i + 1) == TOKEN_OPEN_PAREN &&
	    s->tree.mate[i + 1] == i + 2 && i + 3 == h->result_end)
		return 0;
	return api_type(side, i + 1, h->result_end);
}

/* A const's, static's or alias's type; a trait's supertraits and an associated
 * type's bounds are bounds. */
static void compare_value(struct api_words *w, const struct api_side *was,
			  const struct header *old, const struct api_side *now,
			  const struct header *new)
{
	enum item_kind kind = item_of(now)->kind;
	uint32_t old_eq = api_find(was->s, old->result, old->end, TOKEN_EQ);
	uint32_t new_eq = api_find(now->s, new->result, new->end, TOKEN_EQ);
	struct bounds a = { 0 }, b = { 0 };

	if (kind == ITEM_CONST || kind == ITEM_STATIC) {
		if (api_type(was, old->result + 1, old_eq) !=
		    api_type(now, new->result + 1, new_eq))
			api_differ(w, API_TYPE, API_BREAKING,
				   "of another type");
		return;
	}
	add_bounds(&a, was, 1, old->result + 1,
		   old_eq < old->result_end ? old_eq : old->result_end);
	add_bounds(&b, now, 1, new->result + 1,
		   new_eq < new->result_end ? new_eq : new->result_end);
	compare_bounds(w, &a, &b, API_BREAKING,
		       kind == ITEM_TRAIT ? "supertraits" : "bounds");
	if (kind == ITEM_TYPE && (old_eq < old->end) == (new_eq < new->end) &&
	    api_type(was, old_eq + 1, old->end) !=
		    api_type(now, new_eq + 1, new->end))
		api_differ(w, API_TYPE, API_BREAKING, "another type");
}

static bool has_default(const struct api_side *side, const struct header *h)
{
	const struct item *it = item_of(side);

	return it->kind == ITEM_FN ? it->open != OUTLINE_NONE
				   : api_find(side->s, h->result, h->end,
					      TOKEN_EQ) < h->end;
}

static void compare_headers(struct api_words *w, const struct api_side *was,
			    const struct api_side *now)
{
	struct header old, new;

	read_header(&old, was);
	read_header(&new, now);
	compare_qualifiers(w, item_of(was), item_of(now));
	compare_generics(w, was, &old, now, &new);
	switch (item_of(now)->kind) {
	case ITEM_FN:
		compare_parameters(w, was, &old, now, &new);
		w->was_at = old.result;
		w->now_at = new.result;
		if (result(was, &old) != result(now, &new))
			api_differ(w, API_RESULT, API_BREAKING,
				   "another return type");
		break;
	case ITEM_CONST:
	case ITEM_STATIC:
	case ITEM_TYPE:
	case ITEM_TRAIT:
		compare_value(w, was, &old, now, &new);
		break;
	default:
		api_compare_fields(w, was, now);
		break;
	}
	if (in_trait(was) && in_trait(now) &&
	    has_default(was, &old) != has_default(now, &new))
		api_differ(w, API_DEFAULT,
			   has_default(was, &old) ? API_BREAKING
						  : API_COMPATIBLE,
			   "%s",
			   has_default(now, &new) ? "a default now"
						  : "no default any more");
}

static bool compared(enum item_kind kind)
{
	return kind == ITEM_FN || kind == ITEM_STRUCT || kind == ITEM_ENUM ||
	       kind == ITEM_UNION || kind == ITEM_TRAIT || kind == ITEM_TYPE ||
	       kind == ITEM_CONST || kind == ITEM_STATIC;
}

/* known: NULL follows no alias. */
static void compare(struct api_row *row, struct arena *a,
		    const struct rule_file *file, const struct api_known *known)
{
	struct api_side was = { .s = file[row->was_file].was,
				.item = row->was,
				.aliases = known ? &known->was : NULL,
				.arena = a };
	struct api_side now = { .s = file[row->now_file].now,
				.item = row->now,
				.aliases = known ? &known->now : NULL,
				.arena = a };
	enum item_kind old = item_of(&was)->kind, new = item_of(&now)->kind;
	struct api_words w = { .row = row,
			       .was_at = LOOK_NONE,
			       .now_at = LOOK_NONE };

	row->was_at = row->was_token;
	row->now_at = row->now_token;
	if (row->was_public && !row->now_public)
		api_differ(&w, API_VISIBILITY, API_BREAKING,
			   "no longer visible to other crates");
	else if (row->now_public && !row->was_public)
		api_differ(&w, API_VISIBILITY, API_COMPATIBLE,
			   "visible to other crates now");
	api_side_read(&was);
	api_side_read(&now);
	if (old != new)
		api_differ(&w, API_KIND, API_BREAKING, "`%s` instead of `%s`",
			   outline_kind_name(new), outline_kind_name(old));
	else if (compared(old))
		compare_headers(&w, &was, &now);
	row->what = arena_span(a, buf_span(&w.text));
	buf_release(&w.text);
}

void api_compare(struct api_row *row, struct arena *a,
		 const struct rule_file *file, const struct api_known *known)
{
	struct api_row followed = *row;

	compare(row, a, file, NULL);
	if (row->breaking == API_COMPATIBLE)
		return;
	compare(&followed, a, file, known);
	if (followed.breaking == API_COMPATIBLE)
		*row = followed;
}
