/*
 * Uses of what is counted. Total, linear in the hits, but for the names that
 * several counts share.
 */
#include <string.h>

#include "base/arena.h"
#include "rust/binding.h"
#include "rust/index_parts.h"
#include "rust/look.h"
#include "rust/names.h"

/* Where a generated file says so. */
#define GENERATED_BYTES 512
/* Items around a use that are looked at. */
#define AROUND_MAX 32

/* Brackets around a name, within an attribute. */
#define ATTRIBUTE_DEPTH 4

unsigned index_distance(const struct index *ix, struct span home,
			struct span path)
{
	size_t a = home.len, b = path.len;

	if (span_eq(home, path))
		return 0;
	while (a && home.ptr[a - 1] != '/')
		a--;
	while (b && path.ptr[b - 1] != '/')
		b--;
	if (span_eq(span_first(home, a), span_first(path, b)))
		return 1;
	return index_crate_at(ix, home) == index_crate_at(ix, path) ? 2 : 3;
}

static int order(const struct index_place *a, const struct index_place *b)
{
	size_t n = a->path.len < b->path.len ? a->path.len : b->path.len;
	int c;

	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	c = n ? memcmp(a->path.ptr, b->path.ptr, n) : 0;
	if (c || a->path.len != b->path.len)
		return c ? c : a->path.len < b->path.len ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

/* Keep the nearest ones, sorted. */
static void keep_place(struct index_place *row, uint32_t *n,
		       struct index_place place)
{
	uint32_t i = *n;

	if (i == INDEX_PLACES) {
		if (order(&place, &row[i - 1]) >= 0)
			return;
		i--;
	} else {
		(*n)++;
	}
	for (; i && order(&place, &row[i - 1]) < 0; i--)
		row[i] = row[i - 1];
	row[i] = place;
}

static void use(struct index_file *f, struct index_count *c, uint32_t line,
		struct span item, bool test)
{
	struct index_place place = { .path = index_keep_path(f),
				     .line = line,
				     .item = item,
				     .distance = index_distance(f->ix, c->home,
								f->path) };

	if (!c->in_file) {
		c->in_file = true;
		c->files++;
		*vec_push(&f->counted, f->scratch) = c;
	}
	if (test) {
		c->tests++;
		keep_place(c->test, &c->test_places, place);
	} else {
		c->uses++;
		keep_place(c->place, &c->places, place);
	}
}

/* Copy what the places kept borrow from the file. */
static void keep_items(struct index_file *f, struct index_place *row,
		       uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (row[i].item.len && row[i].path.ptr == f->kept_path.ptr)
			row[i].item = arena_span(f->ix->arena, row[i].item);
}

static void end_file(struct index_file *f)
{
	vec_each (struct index_count *, at, &f->counted) {
		struct index_count *c = *at;

		c->in_file = false;
		keep_items(f, c->place, c->places);
		keep_items(f, c->test, c->test_places);
	}
	f->counted.len = 0;
}

static bool definition_name(const struct source *s, uint32_t i)
{
	switch (look_kind(s, i - 1)) {
	case KW_FN:
	case KW_STRUCT:
	case KW_ENUM:
	case KW_UNION:
	case KW_TRAIT:
	case KW_TYPE:
	case KW_MOD:
	case KW_CONST:
	case KW_STATIC:
	case KW_MACRO:
		return true;
	default:
		return false;
	}
}

/* The path segment in front of the name at i; empty: there is none. */
static struct span qualifier(const struct source *s, uint32_t i)
{
	uint32_t at = look_path_start(s, i), last = LOOK_NONE;

	for (; at < i; at++) {
		if (look_kind(s, at) == TOKEN_LESS) {
			uint32_t behind = look_generics(s, at);

			at = behind > at ? behind - 1 : at;
		} else if (lexer_any_word(look_kind(s, at))) {
			last = at;
		}
	}
	if (last == LOOK_NONE)
		return (struct span){ 0 };
	if (look_kind(s, last) == KW_SELF_TYPE)
		return binding_self(s, last);
	return lexer_word(&s->lx, last);
}

static bool capital(struct span word)
{
	return word.len && *word.ptr >= 'A' && *word.ptr <= 'Z';
}

/* Does the name at i call the function that is counted? */
static bool calls(const struct index_count *c, const struct source *s,
		  uint32_t i)
{
	uint32_t next = i + 1;
	struct span in_front;

	if (look_kind(s, i - 1) == TOKEN_DOT)
		return c->owner.len && look_method(s, i) != LOOK_NONE &&
		       !names_common(c->name);
	in_front = qualifier(s, i);
	if (c->owner.len)
		return span_eq(in_front, c->owner);
	if (capital(in_front))
		return false;
	if (look_kind(s, next) == TOKEN_PATH_SEP)
		next = look_generics(s, next + 1);
	return look_kind(s, next) == TOKEN_OPEN_PAREN;
}

static bool uses(const struct index_count *c, const struct source *s,
		 uint32_t i)
{
	switch (c->kind) {
	case ITEM_KINDS:
		return false;
	case ITEM_FN:
		return calls(c, s, i);
	case ITEM_MACRO:
		return look_kind(s, i + 1) == TOKEN_NOT &&
		       lexer_opens(look_kind(s, i + 2));
	default:
		return look_kind(s, i - 1) != TOKEN_DOT;
	}
}

/* The name of the function an item is or stands in. */
static struct span fn_around(const struct source *s, uint32_t item)
{
	for (uint32_t n = 0; item != OUTLINE_NONE && n < AROUND_MAX; n++) {
		const struct item *it = &s->outline.item[item];

		if (it->kind == ITEM_FN)
			return it->name;
		item = it->parent;
	}
	return (struct span){ 0 };
}

/* One token that is counted for somebody. */
static void tally_token(struct index_file *f, const struct index_name *n,
			uint32_t i)
{
	const struct source *s = f->source;
	uint32_t item = outline_at(&s->outline, s->lx.tok[i].start);
	bool test = source_test(s, i);

	if (item != OUTLINE_NONE && s->outline.item[item].kind == ITEM_USE)
		return;
	for (struct index_count *c = n->counts; c; c = c->next)
		if (uses(c, s, i))
			use(f, c, s->lx.tok[i].line, fn_around(s, item), test);
}

/* `#[validate(nested)]` calls nothing of the crate's own. */
static bool in_attribute(const struct source *s, uint32_t i)
{
	uint32_t open = s->tree.parent[i];

	for (unsigned n = 0; open != TREE_NONE && open && n < ATTRIBUTE_DEPTH;
	     n++) {
		if (look_kind(s, open) == TOKEN_OPEN_BRACE)
			return false;
		if (look_kind(s, open) == TOKEN_OPEN_BRACKET &&
		    (look_kind(s, open - 1) == TOKEN_HASH ||
		     (look_kind(s, open - 1) == TOKEN_NOT && open > 1 &&
		      look_kind(s, open - 2) == TOKEN_HASH)))
			return true;
		open = s->tree.parent[open];
	}
	return false;
}

void index_tally(struct index_file *f)
{
	const struct source *s = f->source;

	vec_each (struct skim_hit, h, &f->hits.rows) {
		const struct index_name *n = &f->ix->names.ptr[h->word];
		uint32_t i;

		if (!n->counts)
			continue;
		i = lexer_at(&s->lx, h->at);
		if (i && (i == s->lx.count || s->lx.tok[i].start > h->at))
			i--; /* `r#name` begins before its word */
		if (lexer_name(look_kind(s, i)) &&
		    lexer_word(&s->lx, i).ptr == f->text.ptr + h->at &&
		    !definition_name(s, i) && !in_attribute(s, i))
			tally_token(f, n, i);
	}
	end_file(f);
}

/* Does the text begin with the words of a generator? It speaks of everything
 * that it was made of. */
static bool generated(struct span text)
{
	static const char *const words[] = { "@generated", "generated by",
					     "is generated", "DO NOT EDIT" };

	text = span_first(text, GENERATED_BYTES);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_find(text, span_of(words[i])) >= 0)
			return true;
	return false;
}

void index_tally_words(struct index_file *f)
{
	const char *p = f->text.ptr, *lf;
	uint32_t line = 1;
	bool test = f->role == ROLE_TEST || f->role == ROLE_BENCH;

	if (f->hits.rows.len && generated(f->text))
		return;
	vec_each (struct skim_hit, h, &f->hits.rows) {
		struct index_count *c = f->ix->names.ptr[h->word].counts;
		const char *at = f->text.ptr + h->at;

		for (; c; c = c->next) {
			if (c->kind != ITEM_KINDS)
				continue;
			for (; (lf = memchr(p, '\n', (size_t)(at - p)));
			     p = lf + 1)
				line++;
			p = at;
			use(f, c, line, (struct span){ 0 }, test);
		}
	}
	end_file(f);
}
