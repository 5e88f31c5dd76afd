/*
 * Items of a file that are wanted, copied into the index. Total, linear.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/index_parts.h"

struct span index_last_segment(struct span path)
{
	struct span name = { 0 };
	size_t i = 0, from;

	while (i < path.len && path.ptr[i] != '<' && path.ptr[i] != '(') {
		if (!skim_word_byte((unsigned char)path.ptr[i])) {
			i++;
			continue;
		}
		for (from = i; i < path.len &&
			       skim_word_byte((unsigned char)path.ptr[i]);)
			i++;
		name = (struct span){ path.ptr + from, i - from };
	}
	return name;
}

struct span index_keep_path(struct index_file *f)
{
	if (!f->kept_path.ptr) {
		struct arena *a = f->ix->arena;
		struct index_site site;

		f->kept_path = arena_span(a, f->path);
		site = index_site(f->ix, a, f->kept_path);
		f->crate = site.crate;
		f->module = site.module;
	}
	return f->kept_path;
}

bool index_in_test(const struct index_file *f, uint32_t item)
{
	return f->role == ROLE_TEST || f->role == ROLE_BENCH ||
	       f->source->outline.test ||
	       (item != OUTLINE_NONE &&
		f->source->outline.item[item].flags & ITEM_IN_TEST);
}

/* Whole lines of the file from a byte on, to the line of another, at most n of
 * them; copied. Empty when the index keeps no more text. */
static struct excerpt keep_lines(const struct index_file *f, size_t from,
				 size_t to, uint32_t line, uint32_t n)
{
	struct span text = f->text;
	struct excerpt e = { .line = line };
	size_t end;

	while (from && text.ptr[from - 1] != '\n')
		from--;
	for (end = from; end < text.len && end <= to && n; n--) {
		const char *lf = memchr(text.ptr + end, '\n', text.len - end);

		end = lf ? (size_t)(lf - text.ptr) + 1 : text.len;
	}
	if (f->ix->text + end - from > INDEX_TEXT)
		return e;
	f->ix->text += end - from;
	e.text = arena_span(f->ix->arena,
			    (struct span){ text.ptr + from, end - from });
	return e;
}

static size_t token_end(const struct lexer *lx, uint32_t i)
{
	const struct token *t = &lx->tok[i];

	return t->len ? t->start + t->len - 1 : t->start;
}

static struct excerpt keep_header(const struct index_file *f, uint32_t item)
{
	const struct item *it = &f->source->outline.item[item];
	const struct lexer *lx = &f->source->lx;
	uint32_t last = it->open == OUTLINE_NONE ? it->last : it->open;

	return keep_lines(f, lx->tok[it->head].start, token_end(lx, last),
			  it->line, INDEX_HEADER);
}

static void keep_doc(const struct index_file *f, struct definition *d,
		     const struct item *it)
{
	const struct lexer *lx = &f->source->lx;
	uint32_t i = lexer_comment_at(lx, it->start);

	for (; i < lx->comments && lx->comment[i].token <= it->head; i++) {
		const struct comment *c = &lx->comment[i];

		if (c->kind != COMMENT_OUTER_LINE &&
		    c->kind != COMMENT_OUTER_BLOCK)
			continue;
		d->doc = keep_lines(f, c->start, c->start, c->line, 1);
		break;
	}
}

static void keep_members(struct index_file *f, struct definition *d,
			 uint32_t item)
{
	const struct outline *o = &f->source->outline;

	for (uint32_t i = item + 1; i < o->count; i++) {
		if (o->item[i].key > o->item[item].last ||
		    d->members.len >= INDEX_MEMBERS)
			break;
		if (outline_owner(o, i) == item && o->item[i].kind != ITEM_CALL)
			*vec_push(&d->members, f->ix->arena) =
				keep_header(f, i);
	}
}

/* The file's module and the inline ones around an item. */
static struct span module_of(struct index_file *f, uint32_t item)
{
	const struct outline *o = &f->source->outline;
	struct span names[16], path;
	struct buf b = { 0 };
	size_t n = 0;

	for (uint32_t i = o->item[item].parent; i != OUTLINE_NONE && n < 16;
	     i = o->item[i].parent)
		if (o->item[i].kind == ITEM_MOD)
			names[n++] = o->item[i].name;
	if (!n)
		return f->module;
	buf_addsp(&b, f->module);
	while (n--) {
		buf_adds(&b, b.len ? "::" : "");
		buf_addsp(&b, names[n]);
	}
	path = arena_span(f->ix->arena, buf_span(&b));
	buf_release(&b);
	return path;
}

static void set_owner(const struct index_file *f, struct definition *d,
		      uint32_t item)
{
	const struct outline *o = &f->source->outline;
	uint32_t owner = outline_owner(o, item);
	const struct item *it;

	if (d->kind == ITEM_IMPL) {
		it = &o->item[item];
		d->self_type = arena_span(f->ix->arena, it->self_type);
	} else if (owner == OUTLINE_NONE) {
		return;
	} else {
		it = &o->item[owner];
		d->around = keep_header(f, owner);
	}
	d->owner = arena_span(f->ix->arena, it->name);
	d->of_trait = it->kind == ITEM_TRAIT;
	d->trait = arena_span(f->ix->arena,
			      d->of_trait ? it->name
					  : index_last_segment(it->trait_path));
}

static void add(struct index_file *f, struct index_name *n, struct span name,
		uint32_t item)
{
	const struct item *it = &f->source->outline.item[item];
	struct arena *a = f->ix->arena;
	struct definition *d;

	n->known++;
	if (n->kept == INDEX_KEPT)
		return;
	n->kept++;
	d = arena_new(a, struct definition);
	d->path = index_keep_path(f);
	d->kind = it->kind;
	d->vis = it->vis;
	d->flags = it->flags;
	d->name = arena_span(a, name);
	d->crate = f->crate;
	d->module = module_of(f, item);
	d->test = index_in_test(f, item);
	d->lead_line = it->lead_line;
	d->line = it->line;
	d->last_line = it->last_line;
	set_owner(f, d, item);
	keep_doc(f, d, it);
	d->header = keep_header(f, item);
	if (it->last_line - it->lead_line < INDEX_WHOLE)
		d->whole = keep_lines(f, it->start,
				      token_end(&f->source->lx, it->last),
				      it->lead_line, INDEX_WHOLE);
	if (it->kind == ITEM_IMPL || it->kind == ITEM_TRAIT)
		keep_members(f, d, item);
	if (n->last)
		n->last->next = d;
	else
		n->first = d;
	n->last = d;
	*vec_push(&f->ix->definitions, a) = d;
}

/* Of a name that many types have: is it this one's that is asked for? */
static bool owner_wanted(const struct index_file *f, const struct index_name *n,
			 uint32_t item)
{
	uint32_t owner = outline_owner(&f->source->outline, item);

	if (n->any_owner)
		return true;
	if (owner == OUTLINE_NONE)
		return false;
	vec_each (struct span, o, &n->owners)
		if (span_eq(*o, f->source->outline.item[owner].name))
			return true;
	return false;
}

/* A rival is another item that a use may mean. */
static void count_rivals(const struct index_file *f, struct index_name *n,
			 uint32_t item)
{
	const struct item *it = &f->source->outline.item[item];
	uint32_t owner = outline_owner(&f->source->outline, item);
	struct span type = { 0 };

	if (owner != OUTLINE_NONE)
		type = f->source->outline.item[owner].name;
	for (struct index_count *c = n->counts; c; c = c->next)
		if (c->kind == it->kind && !c->owner.len == !type.len &&
		    !(span_eq(c->home, f->path) && span_eq(c->owner, type)))
			c->rivals++;
}

void index_define(struct index_file *f)
{
	const struct outline *o = &f->source->outline;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];
		struct span name = it->kind == ITEM_IMPL
					   ? index_last_segment(it->trait_path)
					   : it->name;
		struct index_name *n = index_name(f->ix, name);

		if (!n || it->kind == ITEM_USE || it->kind == ITEM_CALL ||
		    it->kind == ITEM_EXTERN_CRATE)
			continue;
		count_rivals(f, n, i);
		if (it->kind == ITEM_IMPL
			    ? n->want & INDEX_IMPL
			    : n->want & INDEX_ITEM && owner_wanted(f, n, i))
			add(f, n, name, i);
	}
}
