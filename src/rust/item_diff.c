/*
 * Items are hashed part by part in one walk over each side's tokens, then
 * matched: within a file by their way down, then over the whole change by what
 * is left to tell them by. Hashes alone are compared.
 */
#include "rust/item_diff.h"

#include <stdlib.h>

#include "rust/look.h"

/* Of enum item_part, as indexes. */
enum { ATTRIBUTES, HEADER, BODY, DOCS, COMMENTS, PARTS };

/* Bodies of fewer tokens are alike by chance. */
#define TELLING_TOKENS 24
#define SHAPE_TOKENS 6

#define NONE OUTLINE_NONE

/* One item of one side. */
struct mark {
	uint64_t key; /* kind, name and way down */
	uint64_t part[PARTS];
	uint32_t file, item;
	uint32_t body;	 /* token where it begins */
	uint32_t tokens; /* of the body */
	uint64_t shape;	 /* of header and body but for its own name */
	uint32_t shape_tokens;
	uint32_t up;   /* mark of the item around, or NONE */
	uint32_t mate; /* mark on the other side, or NONE */
	enum item_op op;
};

/* A mark and what a stage tells it by. */
struct told {
	uint64_t by;
	uint32_t mark;
};

struct side {
	VEC(struct mark) marks; /* by file and place */
	struct told *told;	/* by what tells them, then by place */
	size_t len;
};

struct diff {
	struct arena *arena;
	const struct item_pair *file;
	size_t files;
	struct side now, was;
};

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15;
	return h ^ (h >> 29);
}

static uint64_t mix_span(uint64_t h, struct span s)
{
	uint64_t v = 0xcbf29ce484222325; /* FNV-1a */

	for (size_t i = 0; i < s.len; i++)
		v = (v ^ (unsigned char)s.ptr[i]) * 0x100000001b3;
	return mix(h, v);
}

bool item_diff_counts(const struct item *it)
{
	return it->kind != ITEM_USE && it->kind != ITEM_EXTERN_CRATE &&
	       !(it->flags & ITEM_LOCAL);
}

uint32_t item_body_start(const struct source *s, const struct item *it)
{
	bool value = it->kind == ITEM_CONST || it->kind == ITEM_STATIC;

	for (uint32_t i = it->key; value && i < it->last; i = s->tree.mate[i])
		if (look_kind(s, i++) == TOKEN_EQ)
			return i;
	return it->open != NONE ? it->open : it->last + 1;
}

/* ---- marks */

/* Of an impl its type, by the last segment, and its trait: with its generic
 * arguments, or without. */
static uint64_t name_key(const struct source *s, const struct item *it,
			 bool arguments)
{
	const struct lexer *lx = &s->lx;
	uint64_t h = mix_span(it->kind, it->name);
	struct span trait = it->trait_path;
	size_t end;

	if (it->kind != ITEM_IMPL)
		return h;
	if (!it->name.len)
		h = mix_span(h, it->self_type);
	if (!trait.len)
		return h;
	end = (size_t)(trait.ptr - lx->src.ptr) + trait.len;
	for (uint32_t i = lexer_at(lx, (uint32_t)(end - trait.len));
	     i < lx->count && lx->tok[i].start < end; i++) {
		if (!arguments && look_kind(s, i) == TOKEN_LESS)
			break;
		h = mix_span(h, lexer_text(lx, i));
	}
	return h;
}

static const struct source *source_of(const struct diff *d,
				      const struct side *side, uint32_t file)
{
	return side == &d->now ? d->file[file].now : d->file[file].was;
}

static void add_mark(struct diff *d, struct side *side, const struct source *s,
		     uint32_t file, uint32_t item, uint32_t up)
{
	const struct item *it = &s->outline.item[item];
	struct mark *m = vec_push(&side->marks, d->arena);
	uint64_t way = 1;

	m->file = file;
	m->item = item;
	m->body = item_body_start(s, it);
	m->up = up;
	m->mate = NONE;
	/* what a macro is called with lies where the call does */
	while (up != NONE &&
	       s->outline.item[side->marks.ptr[up].item].kind == ITEM_CALL)
		up = side->marks.ptr[up].up;
	if (up != NONE)
		way = side->marks.ptr[up].key;
	m->key = mix(name_key(s, it, true), way);
}

/* Is token i the item's own name? */
static bool names_itself(const struct source *s, const struct mark *m,
			 uint32_t i)
{
	const struct item *it = &s->outline.item[m->item];

	return i > it->key && i <= it->key + 2 && it->kind != ITEM_IMPL &&
	       span_eq(lexer_word(&s->lx, i), it->name);
}

static void hash_token(struct mark *m, const struct source *s, uint32_t i)
{
	uint32_t head = s->outline.item[m->item].head;
	int part = i < head ? ATTRIBUTES : i < m->body ? HEADER : BODY;

	m->part[part] = mix_span(m->part[part] + 1, lexer_text(&s->lx, i));
	m->tokens += part == BODY;
	if (part == ATTRIBUTES || names_itself(s, m, i))
		return;
	m->shape = mix_span(m->shape + 1, lexer_text(&s->lx, i));
	m->shape_tokens++;
}

/* The tokens of a file, each to the innermost item that has a row. */
static void mark_items(struct diff *d, struct side *side,
		       const struct source *s, uint32_t file)
{
	const struct outline *o = &s->outline;
	uint32_t next = 0, top = NONE, i = 0;

	while (i < s->lx.count) {
		while (top != NONE &&
		       o->item[side->marks.ptr[top].item].last < i)
			top = side->marks.ptr[top].up;
		for (; next < o->count && o->item[next].lead <= i; next++) {
			const struct item *it = &o->item[next];

			if (it->flags & ITEM_LOCAL)
				continue;
			if (!item_diff_counts(it)) {
				i = it->last + 1;
				continue;
			}
			add_mark(d, side, s, file, next, top);
			top = (uint32_t)side->marks.len - 1;
		}
		if (i >= s->lx.count)
			break;
		if (top != NONE)
			hash_token(&side->marks.ptr[top], s, i);
		i++;
	}
}

static bool documents(enum comment_kind kind)
{
	return kind >= COMMENT_OUTER_LINE && kind <= COMMENT_INNER_BLOCK;
}

/* The words of a comment, however its lines are laid out. */
static uint64_t mix_words(uint64_t h, struct span s)
{
	while ((s = span_trim(s)).len) {
		size_t n = 0;

		while (n < s.len && s.ptr[n] > ' ')
			n++;
		h = mix_span(h, span_first(s, n ? n : 1));
		s = span_from(s, n ? n : 1);
	}
	return h;
}

/* Comments of a file, whose marks are [from, …), in the same order. */
static void mark_comments(struct side *side, const struct source *s,
			  uint32_t from)
{
	const struct outline *o = &s->outline;
	uint32_t next = from, top = NONE;

	for (uint32_t i = 0; i < s->lx.comments; i++) {
		const struct comment *c = &s->lx.comment[i];
		struct span text = { s->lx.src.ptr + c->start, c->len };
		struct mark *m;
		int part;

		for (; next < side->marks.len; next++) {
			m = &side->marks.ptr[next];
			if (o->item[m->item].start > c->start)
				break;
			top = next;
		}
		while (top != NONE &&
		       o->item[side->marks.ptr[top].item].last < c->token)
			top = side->marks.ptr[top].up;
		if (top == NONE)
			continue;
		m = &side->marks.ptr[top];
		part = documents(c->kind) &&
				       (c->token <= o->item[m->item].head ||
					c->kind >= COMMENT_INNER_LINE)
			       ? DOCS
			       : COMMENTS;
		m->part[part] = mix_words(m->part[part] + 1, text);
	}
}

static void mark_side(struct diff *d, struct side *side)
{
	for (uint32_t f = 0; f < d->files; f++) {
		const struct source *s = source_of(d, side, f);
		uint32_t from = (uint32_t)side->marks.len;

		if (!s)
			continue;
		mark_items(d, side, s, f);
		mark_comments(side, s, from);
	}
}

/* ---- matching */

static int by_told(const void *x, const void *y)
{
	const struct told *a = x, *b = y;

	if (a->by != b->by)
		return a->by < b->by ? -1 : 1;
	return a->mark < b->mark ? -1 : a->mark > b->mark;
}

/* What a stage tells an item by; 0: the stage leaves it alone. */
typedef uint64_t tell_fn(const struct diff *d, const struct side *side,
			 const struct mark *m);

/* The way down is the item's file's. */
static uint64_t tell_by_way(const struct diff *d, const struct side *side,
			    const struct mark *m)
{
	(void)d;
	(void)side;
	return mix(m->key, m->file) | 1;
}

static uint64_t tell_by_way_and_code(const struct diff *d,
				     const struct side *side,
				     const struct mark *m)
{
	return mix(mix(tell_by_way(d, side, m), m->part[HEADER]),
		   m->part[BODY]) |
	       1;
}

static uint64_t tell_by_name(const struct diff *d, const struct side *side,
			     const struct mark *m)
{
	const struct source *s = source_of(d, side, m->file);
	const struct item *it = &s->outline.item[m->item];
	uint64_t h = name_key(s, it, false);

	if (it->kind == ITEM_CALL || (it->kind == ITEM_IMPL && !it->name.len))
		return 0;
	if (m->up != NONE) {
		const struct mark *up = &side->marks.ptr[m->up];
		const struct item *around = &s->outline.item[up->item];

		if (around->kind == ITEM_IMPL || around->kind == ITEM_TRAIT)
			h = mix(h, name_key(s, around, false));
	}
	return h | 1;
}

static uint64_t tell_by_name_and_code(const struct diff *d,
				      const struct side *side,
				      const struct mark *m)
{
	uint64_t h = tell_by_name(d, side, m);

	return h ? mix(mix(h, m->part[HEADER]), m->part[BODY]) | 1 : 0;
}

static uint64_t tell_by_body(const struct diff *d, const struct side *side,
			     const struct mark *m)
{
	const struct source *s = source_of(d, side, m->file);
	const struct item *it = &s->outline.item[m->item];

	if (m->tokens < TELLING_TOKENS || it->kind == ITEM_MOD ||
	    it->kind == ITEM_IMPL || it->kind == ITEM_CALL)
		return 0;
	return mix(mix(m->part[BODY], it->kind), m->file) | 1;
}

/* All but its name, in the same place: renamed, and no more. */
static uint64_t tell_by_shape(const struct diff *d, const struct side *side,
			      const struct mark *m)
{
	const struct source *s = source_of(d, side, m->file);
	const struct item *it = &s->outline.item[m->item];
	uint64_t way = m->up == NONE ? 1 : side->marks.ptr[m->up].key;

	if (m->shape_tokens < SHAPE_TOKENS || it->kind == ITEM_MOD ||
	    it->kind == ITEM_IMPL || it->kind == ITEM_CALL)
		return 0;
	return mix(mix(mix(m->shape, it->kind), m->file), way) | 1;
}

static void tell_side(const struct diff *d, struct side *side, tell_fn *tell)
{
	side->len = 0;
	for (uint32_t i = 0; i < side->marks.len; i++) {
		struct told t = { .mark = i };

		if (side->marks.ptr[i].mate != NONE)
			continue;
		t.by = tell(d, side, &side->marks.ptr[i]);
		if (t.by)
			side->told[side->len++] = t;
	}
	if (side->len)
		qsort(side->told, side->len, sizeof(*side->told), by_told);
}

/* How many in a row are told by the same. */
static size_t run(const struct side *side, size_t i)
{
	size_t n = 0;

	while (i + n < side->len && side->told[i + n].by == side->told[i].by)
		n++;
	return n;
}

static void join(struct diff *d, uint32_t now, uint32_t was, enum item_op op)
{
	d->now.marks.ptr[now].mate = was;
	d->was.marks.ptr[was].mate = now;
	d->now.marks.ptr[now].op = op;
}

/* Pair what has no mate yet; alone: only what is told by it alone. */
static void match(struct diff *d, tell_fn *tell, bool alone, enum item_op op)
{
	size_t i = 0, k = 0;

	tell_side(d, &d->now, tell);
	tell_side(d, &d->was, tell);
	while (i < d->now.len && k < d->was.len) {
		uint64_t a = d->now.told[i].by, b = d->was.told[k].by;
		size_t n = a <= b ? run(&d->now, i) : 0;
		size_t m = b <= a ? run(&d->was, k) : 0;

		for (size_t x = 0; x < n && x < m && !(alone && n + m > 2); x++)
			join(d, d->now.told[i + x].mark,
			     d->was.told[k + x].mark, op);
		i += n;
		k += m;
	}
}

/* ---- rows */

static unsigned differing(const struct mark *a, const struct mark *b)
{
	unsigned parts = 0;

	for (int i = 0; i < PARTS; i++)
		if (a->part[i] != b->part[i])
			parts |= 1u << i;
	return parts;
}

/* The row of the nearest item around that came or went as well. row[]: of each
 * mark, or NONE. */
static uint32_t around(const struct side *side, const struct mark *m,
		       const uint32_t *row)
{
	uint32_t up = m->up;

	while (up != NONE && side->marks.ptr[up].mate != NONE)
		up = side->marks.ptr[up].up;
	return up == NONE ? NONE : row[up];
}

static void add_now(struct item_changes *out, struct diff *d, uint32_t i,
		    uint32_t *row)
{
	const struct mark *m = &d->now.marks.ptr[i], *old;
	struct item_change c = { .op = m->op, .now = m->item, .file = m->file };

	c.was = c.inside = NONE;
	c.was_file = m->file;
	if (m->mate == NONE) {
		c.op = OP_ADDED;
		c.inside = around(&d->now, m, row);
	} else {
		old = &d->was.marks.ptr[m->mate];
		c.was = old->item;
		c.was_file = old->file;
		c.parts = differing(m, old);
		if (c.op == OP_CHANGED && !c.parts)
			return;
		/* its name is not what differs */
		if (c.op == OP_RENAMED && m->shape == old->shape)
			c.parts &= ~(unsigned)(PART_HEADER | PART_BODY);
	}
	row[i] = (uint32_t)out->rows.len;
	*vec_push(&out->rows, d->arena) = c;
}

static void add_gone(struct item_changes *out, struct diff *d, uint32_t i,
		     uint32_t *row)
{
	const struct mark *m = &d->was.marks.ptr[i];

	if (m->mate != NONE)
		return;
	row[i] = (uint32_t)out->rows.len;
	*vec_push(&out->rows, d->arena) = (struct item_change){
		.op = OP_REMOVED,
		.now = NONE,
		.was = m->item,
		.file = m->file,
		.was_file = m->file,
		.inside = around(&d->was, m, row),
	};
}

static uint32_t *none_array(struct arena *a, size_t n)
{
	uint32_t *p = arena_array(a, n + 1, sizeof(*p));

	for (size_t i = 0; i <= n; i++)
		p[i] = NONE;
	return p;
}

static void add_rows(struct item_changes *out, struct diff *d)
{
	uint32_t *now = none_array(d->arena, d->now.marks.len);
	uint32_t *was = none_array(d->arena, d->was.marks.len);
	uint32_t i = 0, k = 0;

	for (uint32_t f = 0; f < d->files; f++) {
		for (; i < d->now.marks.len && d->now.marks.ptr[i].file == f;)
			add_now(out, d, i++, now);
		for (; k < d->was.marks.len && d->was.marks.ptr[k].file == f;)
			add_gone(out, d, k++, was);
	}
}

void item_diff(struct item_changes *out, struct arena *a,
	       const struct item_pair *file, size_t files)
{
	struct diff d = { .arena = a, .file = file, .files = files };

	*out = (struct item_changes){ 0 };
	mark_side(&d, &d.now);
	mark_side(&d, &d.was);
	d.now.told = arena_array(a, d.now.marks.len + 1, sizeof(struct told));
	d.was.told = arena_array(a, d.was.marks.len + 1, sizeof(struct told));
	match(&d, tell_by_way_and_code, false, OP_CHANGED);
	match(&d, tell_by_way, false, OP_CHANGED);
	match(&d, tell_by_name_and_code, false, OP_MOVED);
	match(&d, tell_by_shape, true, OP_RENAMED);
	match(&d, tell_by_body, true, OP_RENAMED);
	match(&d, tell_by_name, true, OP_MOVED);
	add_rows(out, &d);
}
