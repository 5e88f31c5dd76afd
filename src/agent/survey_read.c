/*
 * One file: which items the terms' places are in, and what the census finds.
 * What is kept is copied; the file's text and tokens go.
 */
#include <string.h>

#include "agent/survey_parts.h"
#include "base/arena.h"
#include "rust/names.h"

#define COMMENTS_MAX 32
#define MODULES_MAX 20000

struct reader {
	struct surveyor *v;
	uint32_t index;
	struct survey_file *file;
	const struct source *s;
	struct survey_mark *mark; /* one an item */
};

static struct span keep(struct surveyor *v, struct span s)
{
	return s.len ? arena_span(v->arena, s) : (struct span){ 0 };
}

/* ---- where the terms are */

/* The item itself, not what is local to it. */
static uint32_t climb(const struct outline *o, uint32_t i)
{
	while (i != OUTLINE_NONE &&
	       (o->item[i].flags & ITEM_LOCAL || o->item[i].kind == ITEM_CALL))
		i = o->item[i].parent;
	return i;
}

static uint32_t byte_of(const struct source *s, uint32_t token)
{
	return token < s->lx.count ? s->lx.tok[token].start
				   : (uint32_t)s->lx.src.len;
}

/* Is the byte in the item's name? An impl's is its self type. */
static bool in_name(const struct source *s, const struct item *it, uint32_t at)
{
	size_t from = (size_t)(it->name.ptr - s->lx.src.ptr);

	return it->name.len && at >= from && at < from + it->name.len;
}

static bool has_fields(enum item_kind kind)
{
	return kind == ITEM_STRUCT || kind == ITEM_ENUM || kind == ITEM_UNION;
}

static void mark(struct survey_mark *m, const struct source *s,
		 const struct item *it, const struct term_hit *h)
{
	uint32_t bit = (uint32_t)1 << h->term;

	if (in_name(s, it, h->at)) {
		*(h->weak ? &m->weak : &m->name) |= bit;
		m->head |= h->head ? bit : 0;
	} else if (h->at < byte_of(s, it->lead)) {
		m->doc |= bit;
	} else if (it->open == OUTLINE_NONE || has_fields(it->kind) ||
		   h->at < byte_of(s, it->open)) {
		m->header |= bit;
	} else {
		m->body |= bit;
	}
}

static void mark_items(struct reader *r)
{
	const struct outline *o = &r->s->outline;
	struct term_hits hits = { 0 };

	terms_scan(&r->v->out->terms, &r->v->scratch, r->s->lx.src, &hits);
	vec_each (struct term_hit, h, &hits.rows) {
		uint32_t i = climb(o, outline_at(o, h->at));

		r->file->any |= (uint32_t)1 << h->term;
		if (i == OUTLINE_NONE)
			r->file->doc |= (uint32_t)1 << h->term;
		else if (o->item[i].kind != ITEM_USE &&
			 o->item[i].kind != ITEM_MOD)
			mark(&r->mark[i], r->s, &o->item[i], h);
	}
}

/* ---- items */

static bool word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c & 0x80;
}

/* "Stream" of "futures::Stream<Item = T>". */
static struct span last_segment(struct span path)
{
	struct span name = { 0 };
	size_t i = 0;

	while (i < path.len && path.ptr[i] != '<') {
		size_t from = i;

		while (i < path.len && word_byte(path.ptr[i]))
			i++;
		if (i > from)
			name = (struct span){ path.ptr + from, i - from };
		else
			i++;
	}
	return name;
}

static bool empty(const struct survey_mark *m)
{
	return !(m->name | m->weak | m->doc | m->header | m->body);
}

/* Items that are kept whether a term speaks of them or not: whatever members
 * may be put to. */
static bool always(enum item_kind kind)
{
	return kind == ITEM_STRUCT || kind == ITEM_ENUM || kind == ITEM_UNION ||
	       kind == ITEM_TRAIT || kind == ITEM_IMPL;
}

static bool stands_for_itself(enum item_kind kind)
{
	return kind == ITEM_FN || kind == ITEM_TYPE || kind == ITEM_CONST ||
	       kind == ITEM_STATIC || kind == ITEM_MACRO;
}

static bool wanted(const struct reader *r, uint32_t i)
{
	const struct item *it = &r->s->outline.item[i];

	if (it->flags & (ITEM_IN_TEST | ITEM_LOCAL) || r->s->outline.test ||
	    !it->name.len)
		return false;
	return always(it->kind) ||
	       (stands_for_itself(it->kind) && !empty(&r->mark[i]));
}

static uint32_t functions_in(const struct outline *o, uint32_t item)
{
	uint32_t n = 0;

	if (o->item[item].kind != ITEM_IMPL && o->item[item].kind != ITEM_TRAIT)
		return 0;
	for (uint32_t i = item + 1;
	     i < o->count && o->item[i].head < o->item[item].last; i++)
		n += o->item[i].kind == ITEM_FN &&
		     !(o->item[i].flags & ITEM_LOCAL);
	return n;
}

static void keep_item(struct reader *r, uint32_t i)
{
	const struct outline *o = &r->s->outline;
	const struct item *it = &o->item[i];
	uint32_t owner = outline_owner(o, i);
	struct survey *out = r->v->out;
	struct survey_item *k;

	if (out->items.len == SURVEY_ITEMS) {
		out->full = true;
		return;
	}
	k = vec_push(&out->items, r->v->arena);
	k->kind = it->kind;
	k->vis = it->vis;
	k->flags = it->flags;
	k->file = r->index;
	k->lead_line = it->lead_line;
	k->line = it->line;
	k->last_line = it->last_line;
	k->name = keep(r->v, it->name);
	k->parts = (uint32_t)terms_parts(it->name);
	k->mark = r->mark[i];
	k->held = functions_in(o, i);
	if (it->kind == ITEM_IMPL) {
		k->owner = k->name;
		k->trait = keep(r->v, last_segment(it->trait_path));
	} else if (owner != OUTLINE_NONE) {
		k->owner = keep(r->v, o->item[owner].name);
		k->of_trait = o->item[owner].kind == ITEM_TRAIT;
		k->trait = keep(r->v, last_segment(o->item[owner].trait_path));
	}
}

static void keep_items(struct reader *r)
{
	const struct outline *o = &r->s->outline;
	struct survey_crate *c =
		r->file->crate == SURVEY_NONE
			? NULL
			: &r->v->out->crates.ptr[r->file->crate];

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		if (it->vis == VIS_PUB && it->kind != ITEM_MOD &&
		    it->kind != ITEM_USE &&
		    outline_owner(o, i) == OUTLINE_NONE &&
		    !(it->flags & (ITEM_LOCAL | ITEM_IN_TEST)))
			r->file->public_items++;
		if (r->file->role != ROLE_TEST && r->file->role != ROLE_BENCH &&
		    wanted(r, i))
			keep_item(r, i);
	}
	if (c && r->file->role == ROLE_LIBRARY)
		c->public_items += r->file->public_items;
}

/* ---- modules */

static void read_about(struct reader *r)
{
	const struct lexer *lx = &r->s->lx;

	for (uint32_t i = 0; i < lx->comments && i < COMMENTS_MAX; i++) {
		const struct comment *c = &lx->comment[i];

		if (c->token > 0)
			break;
		if (c->kind != COMMENT_INNER_LINE &&
		    c->kind != COMMENT_INNER_BLOCK)
			continue;
		r->file->about = keep(r->v, survey_first_line(lx, c));
		if (r->file->about.len)
			break;
	}
}

/* The file's module and the inline ones around an item. */
static struct span inside(struct reader *r, uint32_t item)
{
	const struct outline *o = &r->s->outline;
	struct span path = o->item[item].name;

	for (uint32_t i = o->item[item].parent; i != OUTLINE_NONE;
	     i = o->item[i].parent)
		if (o->item[i].kind == ITEM_MOD && path.len < ABOUT_MAX)
			path = span_of(arena_printf(r->v->arena, "%.*s::%.*s",
						    SPAN_ARG(o->item[i].name),
						    SPAN_ARG(path)));
	if (!r->file->module.len)
		return keep(r->v, path);
	return span_of(arena_printf(r->v->arena, "%.*s::%.*s",
				    SPAN_ARG(r->file->module), SPAN_ARG(path)));
}

static void keep_modules(struct reader *r)
{
	const struct outline *o = &r->s->outline;

	for (uint32_t i = 0; i < o->file_mods; i++) {
		uint32_t item = o->file_mod[i].item;
		struct span gate = survey_gate(&r->v->scratch, r->s, item);
		struct span about = survey_outer_doc(&r->s->lx, &o->item[item]);
		struct survey_module *m;

		if (!(gate.len + about.len) || o->file_mod[i].test ||
		    r->v->out->modules.len == MODULES_MAX)
			continue;
		m = vec_push(&r->v->out->modules, r->v->arena);
		m->file = r->index;
		m->line = o->item[item].line;
		m->module = inside(r, item);
		m->gate = keep(r->v, text_clip(gate, ABOUT_MAX));
		m->about = keep(r->v, about);
	}
}

/* ---- facts */

static struct survey_mark mark_of_test(const struct reader *r, uint32_t token)
{
	uint32_t item = source_item(r->s, token, ITEM_FN);

	return item == OUTLINE_NONE ? (struct survey_mark){ 0 } : r->mark[item];
}

static void count_test(struct reader *r)
{
	struct survey_crate *c;

	if (r->file->crate == SURVEY_NONE)
		return;
	c = &r->v->out->crates.ptr[r->file->crate];
	if (r->file->role == ROLE_TEST)
		c->outer_tests++;
	else
		c->tests++;
}

/* Of tests those that mention a term; what test code and examples use binds
 * nobody. */
static bool tells(const struct reader *r, const struct census_row *row,
		  uint32_t terms)
{
	if (row->kind == CENSUS_TEST)
		return terms != 0;
	return !row->test && r->file->role != ROLE_EXAMPLE &&
	       r->file->role != ROLE_TEST && r->file->role != ROLE_BENCH &&
	       !r->file->vendored;
}

static void keep_fact(struct reader *r, const struct census_row *row)
{
	struct survey *out = r->v->out;
	struct survey_mark m = { 0 };
	struct survey_fact *f;
	uint32_t terms;

	if (row->kind == CENSUS_TEST) {
		count_test(r);
		m = mark_of_test(r, row->token);
	}
	terms = m.name | m.weak | m.body | m.doc;
	if (!tells(r, row, terms))
		return;
	if (out->facts.len == SURVEY_FACTS) {
		out->full = true;
		return;
	}
	f = vec_push(&out->facts, r->v->arena);
	f->kind = row->kind;
	f->file = r->index;
	f->line = r->s->lx.tok[row->token].line;
	f->name = keep(r->v, row->name);
	f->detail = keep(r->v, row->detail);
	f->named = m.name | m.weak;
	f->terms = terms;
}

void survey_read(struct surveyor *v, uint32_t file, struct span text)
{
	struct survey_file *f = &v->out->files.ptr[file];
	struct source s = { 0 };
	struct reader r = { .v = v, .index = file, .file = f, .s = &s };
	struct census census = { 0 };

	arena_reset(&v->scratch);
	if (span_chr(text, '\0') >= 0)
		return;
	source_skim(&s, &v->scratch, f->entry->path, text);
	f->read = true;
	f->generated = s.generated;
	f->understood = source_understood(&s);
	f->lines = s.lx.lines;
	v->out->read++;
	v->out->bytes += text.len;
	v->out->damaged += !f->understood;
	if (f->crate != SURVEY_NONE)
		v->out->crates.ptr[f->crate].read++;
	r.mark = arena_array(&v->scratch, s.outline.count, sizeof(*r.mark));
	mark_items(&r);
	keep_items(&r);
	read_about(&r);
	keep_modules(&r);
	census_take(&census, &v->scratch, &s);
	vec_each (struct census_row, row, &census.rows)
		keep_fact(&r, row);
}
