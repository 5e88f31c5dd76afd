/*
 * The items around a file's hunks. Each changed line has one, its unit: the
 * innermost item that holds no items itself, or the function around that one.
 */
#include "agent/surround_parts.h"

#include "base/arena.h"

/* Documentation of more lines is left out: it is not the code. */
#define DOC_LINES 15u
/* Lines of a header, and lines of context where there is little room. */
#define HEADER_LINES 16u
#define LESS_NEAR 8u
/* Blocks around a change whose first line is shown. */
#define BLOCKS_MAX 12u

struct lines {
	uint32_t first, last;
};

struct unit {
	uint32_t item;
	VEC(struct lines) ranges; /* changed */
};

struct enclose {
	struct chooser *c;
	const struct source *s;
	struct line_map lines;
	struct page *page;
	VEC(struct unit) units;
};

static const struct item *item_at(const struct enclose *e, uint32_t i)
{
	return &e->s->outline.item[i];
}

static bool container(const struct item *it)
{
	return it->kind == ITEM_IMPL || it->kind == ITEM_TRAIT ||
	       it->kind == ITEM_MOD || it->kind == ITEM_EXTERN_BLOCK;
}

static uint32_t length(const struct item *it)
{
	return it->last_line - it->line + 1;
}

/* The innermost item that holds both lines, or OUTLINE_NONE. */
static uint32_t around(const struct enclose *e, uint32_t first, uint32_t last)
{
	uint32_t i = outline_at_line(&e->s->outline, first);

	while (i != OUTLINE_NONE && item_at(e, i)->last_line < last)
		i = item_at(e, i)->parent;
	return i;
}

/* What is to be shown around an innermost item; OUTLINE_NONE: headers alone. */
static uint32_t unit_of(const struct enclose *e, uint32_t i)
{
	uint32_t unit = OUTLINE_NONE;
	bool holds = false; /* items: a macro call that does is no unit */

	for (; i != OUTLINE_NONE; i = item_at(e, i)->parent) {
		const struct item *it = item_at(e, i);

		if (container(it) || (it->kind == ITEM_CALL && holds)) {
			holds = true;
			continue;
		}
		if (unit == OUTLINE_NONE || length(it) <= SURROUND_WHOLE)
			unit = i;
		holds = true;
	}
	return unit;
}

/* A container's first lines: attributes, and all to its `{`. */
static void offer_headers(struct enclose *e, uint32_t i)
{
	for (; i != OUTLINE_NONE; i = item_at(e, i)->parent) {
		const struct item *it = item_at(e, i);
		const struct token *tok = e->s->lx.tok;
		uint32_t last;
		struct offer *o;

		if (it->open == OUTLINE_NONE)
			continue;
		last = tok[it->open].line;
		if (last - it->line >= HEADER_LINES)
			last = it->line + HEADER_LINES - 1;
		o = offer_add(e->c, SURROUND_HEADER, e->page);
		o->name = it->name;
		piece_add(&o->whole, e->c->arena,
			  line_range(&e->lines, tok[it->lead].line, last));
	}
}

static struct unit *unit_row(struct enclose *e, uint32_t item)
{
	struct unit *u;
	size_t n = e->units.len;

	for (size_t i = n; i && n - i < 8; i--)
		if (e->units.ptr[i - 1].item == item)
			return &e->units.ptr[i - 1];
	u = vec_push(&e->units, e->c->arena);
	u->item = item;
	return u;
}

/* Something changed from line first to last, or between them. */
static void changed(struct enclose *e, uint32_t first, uint32_t last)
{
	uint32_t inner = around(e, first, last), item = unit_of(e, inner);
	struct unit *u;
	struct lines *r;

	if (item == OUTLINE_NONE) {
		offer_headers(e, inner);
		return;
	}
	u = unit_row(e, item);
	r = u->ranges.ptr + u->ranges.len;
	if (u->ranges.len && first <= r[-1].last + 1)
		r[-1].last = last > r[-1].last ? last : r[-1].last;
	else
		*vec_push(&u->ranges, e->c->arena) =
			(struct lines){ first, last };
}

/* Added lines where they stand, removed ones between their neighbours. */
static void read_hunk(struct enclose *e, const struct hunk *h)
{
	const struct diff_line *l = h->lines.ptr;
	uint32_t last = h->new_start + h->new_lines, before = h->new_start;

	for (size_t i = 0; i < h->lines.len; i++) {
		if (l[i].origin == '+')
			changed(e, l[i].new_no, l[i].new_no);
		else if (l[i].origin == '-' && (!i || l[i - 1].origin != '-'))
			changed(e, before,
				before + 1 < last ? before + 1 : before);
		if (l[i].origin != '-')
			before = l[i].new_no;
	}
}

/* The first lines of the blocks around a line within an item, and the end of
 * the innermost one that goes on behind what is shown. */
static void add_blocks(struct enclose *e, struct piece *p, uint32_t item,
		       uint32_t line, uint32_t shown)
{
	const struct item *it = item_at(e, item);
	const struct source *s = e->s;
	uint32_t t = lexer_at_line(&s->lx, line), n = 0;
	bool tail = false;

	if (t >= s->lx.count)
		return;
	for (t = s->tree.parent[t];
	     t != TREE_NONE && t > it->open && n < BLOCKS_MAX;
	     t = s->tree.parent[t]) {
		uint32_t begin = s->lx.tok[t].line;
		uint32_t end = s->lx.tok[s->tree.mate[t]].line, from;

		if (s->lx.tok[t].kind != TOKEN_OPEN_BRACE)
			continue;
		n++;
		piece_add(p, e->c->arena, line_range(&e->lines, begin, begin));
		if (tail || end <= shown)
			continue;
		tail = true;
		from = shown + SURROUND_TAIL < end ? end - SURROUND_TAIL + 1
						   : shown + 1;
		piece_add(p, e->c->arena, line_range(&e->lines, from, end));
	}
}

/* A long item: its header, what is near its changes, its end. */
static void add_parts(struct enclose *e, struct piece *p, const struct unit *u,
		      uint32_t near)
{
	const struct item *it = item_at(e, u->item);
	struct arena *a = e->c->arena;
	uint32_t open = it->open == OUTLINE_NONE ? it->line
						 : e->s->lx.tok[it->open].line;

	if (open - it->line >= HEADER_LINES)
		open = it->line + HEADER_LINES - 1;
	piece_add(p, a, line_range(&e->lines, it->line, open));
	for (size_t i = 0; i < u->ranges.len; i++) {
		uint32_t first = u->ranges.ptr[i].first;
		uint32_t last = u->ranges.ptr[i].last + near;

		add_blocks(e, p, u->item, first, last);
		first = first > near + it->line ? first - near : it->line;
		if (last > it->last_line)
			last = it->last_line;
		piece_add(p, a, line_range(&e->lines, first, last));
	}
	piece_add(p, a, line_range(&e->lines, it->last_line, it->last_line));
}

static void offer_unit(struct enclose *e, const struct unit *u)
{
	const struct item *it = item_at(e, u->item);
	uint32_t first = e->s->lx.tok[it->lead].line;
	bool whole = length(it) <= SURROUND_WHOLE;
	struct offer *o = offer_add(
		e->c, whole ? SURROUND_ENCLOSING : SURROUND_PART, e->page);

	o->name = it->name;
	o->test = item_test(e->s, it) || e->s->generated;
	if (first - it->lead_line <= DOC_LINES)
		first = it->lead_line;
	if (whole)
		piece_add(&o->whole, e->c->arena,
			  line_range(&e->lines, first, it->last_line));
	else
		add_parts(e, &o->whole, u, SURROUND_NEAR);
	o->less.page = e->page;
	add_parts(e, &o->less, u, LESS_NEAR);
	offer_headers(e, it->parent);
}

void choose_enclosing(struct chooser *c, const struct code_file *file)
{
	const struct file_change *f = &c->in->change.files.ptr[file->index];
	struct enclose e = { .c = c, .s = file->now };

	if (!file->now || file->now->lx.flags & LEXER_LIMIT)
		return;
	e.lines = line_map(c->arena, f->new_text);
	e.page = page_of(&c->out->pages, f->path);
	vec_each (struct hunk, h, &f->hunks)
		read_hunk(&e, h);
	vec_each (struct unit, u, &e.units) {
		offer_unit(&e, u);
		*vec_push(&c->items, c->arena) =
			(struct changed_item){ file, u->item };
	}
}
