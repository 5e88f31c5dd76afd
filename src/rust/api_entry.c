/*
 * The items of one side that are compared: what makes each the same as one of
 * the other side, and whether other crates can name it. Total, linear but for
 * a sort of the types' names.
 */
#include <stdlib.h>

#include "base/vec.h"
#include "rust/apidiff_parts.h"
#include "rust/names.h"

#define USES_MAX 512
#define JOIN_BYTES 512

/* Items share a name when they stand in one name space. */
enum space { SPACE_TYPE = 1, SPACE_VALUE, SPACE_MACRO, SPACE_IMPL, SPACE_MOD };

struct place {
	uint64_t scope;	    /* file and modules around what is in the item */
	struct span module; /* "a::b": the modules below the file's */
	bool open;	    /* can others name what is pub in the item? */
	bool hidden;	    /* or test code: nothing of it is public */
};

struct type {
	uint64_t name;
	bool open;
};

struct collect {
	struct api_entries *out;
	struct arena *arena;
	const struct source *s;
	const struct reach *reach;
	struct place *place; /* of each item, then of the file */
	VEC(struct type) types;
	uint32_t file;
	bool now;
};

bool api_attribute(const struct source *s, uint32_t item, const char *name)
{
	const struct item *it = &s->outline.item[item];

	for (uint32_t i = it->lead; i < it->head; i++)
		if (look_is(s, i, name))
			return true;
	return false;
}

static const struct place *around(const struct collect *c, uint32_t item)
{
	uint32_t up = c->s->outline.item[item].parent;

	return &c->place[up == OUTLINE_NONE ? c->s->outline.count : up];
}

/* The parent that says what an item is; those of macro calls and extern blocks
 * are looked through. OUTLINE_NONE: it stands in a module. */
static uint32_t owner_of(const struct source *s, uint32_t item)
{
	uint32_t up = s->outline.item[item].parent;

	while (up != OUTLINE_NONE &&
	       (s->outline.item[up].kind == ITEM_CALL ||
		s->outline.item[up].kind == ITEM_EXTERN_BLOCK))
		up = s->outline.item[up].parent;
	if (up == OUTLINE_NONE || s->outline.item[up].kind == ITEM_MOD)
		return OUTLINE_NONE;
	return up;
}

/* Long ones are cut: modules nest, and a name may have a megabyte. */
static struct span join(struct collect *c, struct span x, const char *sep,
			struct span y)
{
	if (!x.len)
		return y;
	x = text_clip(x, JOIN_BYTES);
	y = text_clip(y, JOIN_BYTES);
	return span_of(arena_printf(c->arena, "%.*s%s%.*s", SPAN_ARG(x), sep,
				    SPAN_ARG(y)));
}

/* Is this path, below the file's module, one that others can name? */
static bool reachable(const struct collect *c, struct span path)
{
	return (!c->reach || c->reach->library) &&
	       reach_item(c->reach, path) != REACH_PRIVATE;
}

/* Does a `pub use` of the file, one of the first, show what is in its module of
 * that name? */
static bool shown(const struct source *s, struct span mod)
{
	for (size_t i = 0; i < s->imports.len && i < USES_MAX; i++) {
		struct span path = s->imports.row[i].path;

		if (s->outline.item[s->imports.row[i].item].vis != VIS_PUB)
			continue;
		if (span_starts(path, "self::"))
			path = span_from(path, 6);
		if (span_eq(span_first(path, mod.len), mod) &&
		    (path.len == mod.len || path.ptr[mod.len] == ':'))
			return true;
	}
	return false;
}

static void find_places(struct collect *c)
{
	const struct outline *o = &c->s->outline;

	c->place = arena_array(c->arena, o->count + 1u, sizeof(*c->place));
	c->place[o->count] = (struct place){
		.scope = hash_add(HASH_START, c->file),
		.open = true,
		.hidden = o->test,
	};
	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];
		struct place *p = &c->place[i];

		*p = *around(c, i);
		p->hidden |= (it->flags & (ITEM_HIDDEN | ITEM_IN_TEST)) != 0;
		if (it->kind == ITEM_MOD) {
			p->scope = hash_span(p->scope, it->name);
			p->open = p->open &&
				  (it->vis == VIS_PUB || shown(c->s, it->name));
			if (p->module.len < JOIN_BYTES)
				p->module = join(c, p->module, "::", it->name);
		} else if (it->kind == ITEM_TRAIT) {
			p->open = p->open && it->vis == VIS_PUB;
		}
	}
}

/* Can others name an item of a module: type, function, trait …? */
static bool open_item(const struct collect *c, uint32_t item)
{
	const struct item *it = &c->s->outline.item[item];
	const struct place *p = around(c, item);

	if (c->place[item].hidden)
		return false;
	if (it->kind == ITEM_MACRO && it->flags & ITEM_EXPORTED)
		return !c->reach || c->reach->library;
	return it->vis == VIS_PUB && p->open &&
	       reachable(c,
			 join((struct collect *)c, p->module, "::", it->name));
}

static bool type_item(enum item_kind kind)
{
	return kind == ITEM_STRUCT || kind == ITEM_ENUM || kind == ITEM_UNION ||
	       kind == ITEM_TRAIT || kind == ITEM_TYPE;
}

static int by_name(const void *x, const void *y)
{
	const struct type *a = x, *b = y;

	return (a->name > b->name) - (a->name < b->name);
}

static void find_types(struct collect *c)
{
	const struct outline *o = &c->s->outline;

	for (uint32_t i = 0; i < o->count; i++)
		if (type_item(o->item[i].kind) &&
		    owner_of(c->s, i) == OUTLINE_NONE)
			*vec_push(&c->types, c->arena) =
				(struct type){ hash_span(HASH_START,
							 o->item[i].name),
					       open_item(c, i) };
	if (c->types.len)
		qsort(c->types.ptr, c->types.len, sizeof(*c->types.ptr),
		      by_name);
}

/* The type that an impl is for, when the file has it. */
static const struct type *find_type(const struct collect *c, struct span name)
{
	struct type key = { .name = hash_span(HASH_START, name) };

	if (!c->types.len)
		return NULL;
	return bsearch(&key, c->types.ptr, c->types.len, sizeof(key), by_name);
}

static enum space space_of(enum item_kind kind)
{
	switch (kind) {
	case ITEM_FN:
	case ITEM_CONST:
	case ITEM_STATIC:
		return SPACE_VALUE;
	case ITEM_MACRO:
		return SPACE_MACRO;
	case ITEM_MOD:
		return SPACE_MOD;
	case ITEM_IMPL:
		return SPACE_IMPL;
	default:
		return SPACE_TYPE;
	}
}

static uint64_t name_key(enum space space, struct span name)
{
	return hash_span(hash_add(HASH_START, space), name);
}

/* The trait of an impl without the path in front, up to its generics. */
static struct span trait_name(struct span path)
{
	ptrdiff_t angle = span_chr(path, '<');
	size_t n;

	if (angle >= 0)
		path.len = (size_t)angle;
	path = span_trim(path);
	for (n = path.len; n && path.ptr[n - 1] != ':';)
		n--;
	return span_from(path, n);
}

/* The same with its generics. */
static struct span without_path(struct span path)
{
	struct span name = trait_name(path);

	return name.len ? span_from(path, (size_t)(name.ptr - path.ptr)) : path;
}

/* The generics behind the trait's name, white space aside. */
static uint64_t trait_arguments(struct span path)
{
	ptrdiff_t angle = span_chr(path, '<');
	uint64_t h = HASH_START;

	for (size_t i = angle < 0 ? path.len : (size_t)angle; i < path.len; i++)
		if ((unsigned char)path.ptr[i] > ' ')
			h = hash_add(h, (unsigned char)path.ptr[i]);
	return h;
}

static uint64_t impl_key(struct span trait, uint64_t arguments,
			 struct span type, bool reference)
{
	uint64_t h = name_key(SPACE_IMPL, trait);

	return hash_add(hash_span(hash_add(h, arguments), type), reference);
}

static uint64_t key_of_impl(const struct item *it)
{
	return impl_key(trait_name(it->trait_path),
			trait_arguments(it->trait_path),
			it->name.len ? it->name : it->self_type,
			span_starts(it->self_type, "&"));
}

static struct api_entry *add(struct collect *c, uint32_t item, uint32_t token,
			     struct span name)
{
	struct api_entry *e = vec_push(&c->out->rows, c->arena);

	e->name = name;
	e->kind = c->s->outline.item[item].kind;
	e->file = c->file;
	e->item = item;
	e->token = token;
	e->now = c->now;
	e->scope = around(c, item)->scope;
	e->mate = OUTLINE_NONE;
	e->tokens = e->rest = 1;
	return e;
}

static void add_impl(struct collect *c, uint32_t item, uint32_t token,
		     struct span trait, uint64_t key, struct span type)
{
	struct api_entry *e = add(c, item, token,
				  join(c, without_path(trait), " for ", type));
	const struct type *t = find_type(c, type);

	e->kind = ITEM_IMPL;
	e->key = key;
	e->open = t && t->open && names_public_trait(trait_name(trait));
	e->owner = name_key(SPACE_TYPE, type);
	e->scope = HASH_START; /* an impl holds wherever it stands */
}

/* `#[derive(Clone, …)]`: impls like any other. */
static void add_derives(struct collect *c, uint32_t item)
{
	const struct source *s = c->s;
	const struct item *it = &s->outline.item[item];

	for (uint32_t i = it->lead; i < it->head; i++) {
		uint32_t end;

		if (!look_is(s, i, "derive") ||
		    look_kind(s, i + 1) != TOKEN_OPEN_PAREN)
			continue;
		end = s->tree.mate[i + 1];
		for (i += 2; i < end; i++) {
			struct span trait = lexer_word(&s->lx, i);

			if (!lexer_name(look_kind(s, i)) ||
			    look_kind(s, i + 1) == TOKEN_PATH_SEP)
				continue;
			add_impl(c, item, i, trait,
				 impl_key(trait, HASH_START, it->name, false),
				 it->name);
		}
	}
}

/* How far an item is compared: an impl's, trait's or module's header. */
static uint32_t compared_end(const struct item *it)
{
	bool header = it->open != OUTLINE_NONE &&
		      (it->kind == ITEM_IMPL || it->kind == ITEM_TRAIT ||
		       it->kind == ITEM_MOD);

	return header ? it->open : it->last + 1;
}

static void add_hashes(struct collect *c, struct api_entry *e,
		       const struct item *it)
{
	uint32_t end = compared_end(it);
	uint32_t name = it->key + 1 + ((it->flags & ITEM_MUT) != 0);

	e->rest = hash_tokens(c->s, name + 1, end);
	e->size = end > name ? end - name : 0;
	e->tokens = hash_add(hash_tokens(c->s, it->head, name + 1), e->rest);
	/* attributes that say something to others */
	if (it->flags & ITEM_IGNORED)
		e->tokens = hash_add(e->tokens, 1);
	if (it->flags & ITEM_TEST)
		e->tokens =
			hash_add(e->tokens, 3 + api_attribute(c->s, e->item,
							      "should_panic"));
	if (it->lead < it->head && type_item(it->kind) &&
	    api_attribute(c->s, e->item, "non_exhaustive"))
		e->tokens = hash_add(e->tokens, 2);
}

/* A function, type or const of an impl or trait. */
static void add_member(struct collect *c, uint32_t item, uint32_t owner)
{
	const struct item *it = &c->s->outline.item[item];
	const struct item *up = &c->s->outline.item[owner];
	struct api_entry *e =
		add(c, item, it->key + 1, join(c, up->name, "::", it->name));
	const struct type *t;

	e->owner = name_key(SPACE_TYPE, up->name);
	e->key = hash_add(name_key(space_of(it->kind), it->name), e->owner);
	e->scope = c->place[owner].scope;
	add_hashes(c, e, it);
	if (up->kind == ITEM_TRAIT) {
		e->open = c->place[owner].open && open_item(c, owner);
	} else if (up->trait_path.len) {
		e->owner = key_of_impl(up);
		e->key = hash_add(e->key, e->owner);
		e->scope = HASH_START;
	} else {
		t = find_type(c, up->name);
		e->open = it->vis == VIS_PUB && !c->place[item].hidden &&
			  (t ? t->open
			     : reachable(c, join(c, c->place[owner].module,
						 "::", up->name)));
	}
}

static void add_item(struct collect *c, uint32_t item)
{
	const struct item *it = &c->s->outline.item[item];
	uint32_t owner = owner_of(c->s, item);
	struct api_entry *e;

	if (owner != OUTLINE_NONE) {
		add_member(c, item, owner);
		return;
	}
	e = add(c, item, it->key + 1, it->name);
	e->key = name_key(space_of(it->kind), it->name);
	e->top = true;
	e->open = open_item(c, item);
	e->test = it->kind == ITEM_FN && it->flags & ITEM_TEST;
	add_hashes(c, e, it);
	if (it->kind == ITEM_STRUCT || it->kind == ITEM_ENUM ||
	    it->kind == ITEM_UNION)
		add_derives(c, item);
}

/* Each name of the `pub use` items. */
static void add_uses(struct collect *c)
{
	const struct source *s = c->s;

	for (size_t i = 0; i < s->imports.len; i++) {
		const struct import *row = &s->imports.row[i];
		const struct item *it = &s->outline.item[row->item];
		const struct place *p = around(c, row->item);
		struct api_entry *e;

		if (it->vis != VIS_PUB || it->flags & ITEM_LOCAL ||
		    span_eqs(row->name, "_") || c->place[row->item].hidden)
			continue;
		e = add(c, row->item, row->token, row->name);
		e->key = hash_span(hash_add(HASH_START, ITEM_USE), row->name);
		if (span_eqs(row->name, "*"))
			e->key = hash_span(e->key, row->path);
		e->top = true;
		e->open = p->open &&
			  reachable(c, join(c, p->module, "::", row->name));
	}
}

void api_collect(struct api_entries *out, struct arena *a,
		 const struct rule_file *file, uint32_t index, bool now)
{
	struct collect c = { .out = out,
			     .arena = a,
			     .s = now ? file->now : file->was,
			     .reach = file->reach,
			     .file = index,
			     .now = now };
	const struct outline *o;

	if (!c.s)
		return;
	o = &c.s->outline;
	find_places(&c);
	find_types(&c);
	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		if (it->flags & ITEM_LOCAL || it->kind == ITEM_USE ||
		    it->kind == ITEM_CALL || it->kind == ITEM_EXTERN_CRATE ||
		    it->kind == ITEM_EXTERN_BLOCK)
			continue;
		if (it->kind == ITEM_IMPL && it->trait_path.len)
			add_impl(&c, i, it->key, it->trait_path,
				 key_of_impl(it),
				 it->name.len ? it->name : it->self_type);
		else if (it->kind != ITEM_IMPL && it->name.len)
			add_item(&c, i);
	}
	add_uses(&c);
}
