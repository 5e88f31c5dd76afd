/*
 * The order of things: what stands in the changed files, what is wanted of the
 * tree, the tree, and then the choice.
 */
#include "agent/surround.h"

#include <stdlib.h>
#include <string.h>

#include "agent/redact.h"
#include "agent/surround_parts.h"
#include "base/arena.h"
#include "base/buf.h"

struct line_map line_map(struct arena *a, struct span text)
{
	struct line_map m = { .text = text };
	const char *end = text.ptr + text.len;

	m.start = arena_array(a, text_count_lines(text) + 1, sizeof(*m.start));
	for (const char *p = text.ptr; p < end && m.lines < UINT32_MAX;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));

		m.start[m.lines++] = (uint32_t)(p - text.ptr);
		p = lf ? lf + 1 : end;
	}
	return m;
}

struct excerpt line_range(const struct line_map *m, uint32_t first,
			  uint32_t last)
{
	struct excerpt e = { .line = first };
	size_t from, to;

	if (last > m->lines)
		last = m->lines;
	if (!first || first > last)
		return e;
	from = m->start[first - 1];
	to = last == m->lines ? m->text.len : m->start[last];
	e.text = (struct span){ m->text.ptr + from, to - from };
	return e;
}

bool path_below(struct span path, struct span folder)
{
	return !folder.len ||
	       (path.len > folder.len && path.ptr[folder.len] == '/' &&
		!memcmp(path.ptr, folder.ptr, folder.len));
}

bool item_test(const struct source *s, const struct item *it)
{
	return it->flags & ITEM_IN_TEST || s->outline.test ||
	       s->role == ROLE_TEST || s->role == ROLE_BENCH ||
	       s->role == ROLE_EXAMPLE;
}

void piece_add(struct piece *p, struct arena *a, struct excerpt e)
{
	if (e.text.len)
		*vec_push(&p->lines, a) = e;
}

struct offer *offer_add(struct chooser *c, enum surround_kind kind,
			struct page *page)
{
	struct offer *o = vec_push(&c->offers, c->arena);

	o->kind = kind;
	o->whole.page = page;
	o->order = c->offers.len;
	return o;
}

/* What is taken first: the code around hunks, then patterns, then names; code
 * before tests. */
static unsigned weight(const struct offer *o)
{
	static const unsigned weights[SURROUND_KINDS] = {
		[SURROUND_HEADER] = 0, [SURROUND_ENCLOSING] = 1,
		[SURROUND_PART] = 1,   [SURROUND_SIBLING] = 3,
		[SURROUND_TYPE] = 4,   [SURROUND_SIGNATURE] = 4,
	};

	return weights[o->kind] +
	       (o->test && o->kind > SURROUND_HEADER ? 1 : 0);
}

static int by_weight(const void *x, const void *y)
{
	const struct offer *a = x, *b = y;
	unsigned v = weight(a), w = weight(b);

	if (v != w)
		return v < w ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->cost != b->cost)
		return a->cost < b->cost ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

/* The first line that a piece would add, and what it would cost. */
static uint32_t first_new_line(const struct piece *p)
{
	vec_each (struct excerpt, e, &p->lines) {
		struct span rest = e->text, line;

		for (uint32_t n = e->line; text_line(&rest, &line); n++)
			if (!page_has(p->page, n))
				return n;
	}
	return 0;
}

static void take(struct chooser *c, const struct offer *o)
{
	struct surround *s = c->out;
	size_t before = s->pages.bytes;
	uint32_t line = first_new_line(&o->whole);
	struct surround_item *item;

	if (!line || redact_path(o->whole.page->path))
		return; /* it is there already, or never may be */
	if (!piece_take(&s->pages, &o->whole) &&
	    (!o->less.lines.len || !piece_take(&s->pages, &o->less))) {
		s->left_out++;
		return;
	}
	item = vec_push(&s->items, c->arena);
	item->kind = o->kind;
	item->path = o->whole.page->path;
	item->name = o->name;
	item->line = line;
	item->bytes = s->pages.bytes - before;
}

/* The code around hunks may take four fifths of the room; so names are never
 * without. */
static void choose(struct chooser *c)
{
	struct pages *p = &c->out->pages;
	size_t most = p->most;

	vec_each (struct offer, o, &c->offers)
		o->cost = o->kind <= SURROUND_PART ? piece_cost(&o->whole) : 0;
	if (c->offers.len)
		qsort(c->offers.ptr, c->offers.len, sizeof(*c->offers.ptr),
		      by_weight);
	vec_each (struct offer, o, &c->offers) {
		p->most = o->kind <= SURROUND_PART ? most - most / 5 : most;
		if (p->bytes < p->most)
			take(c, o);
		else
			c->out->left_out++;
	}
	p->most = most;
	pages_close(p);
}

static size_t patch_bytes(const struct task_input *in)
{
	size_t n = 0;

	for (size_t i = 0; i < in->change.files.len; i++)
		vec_each (struct hunk, h, &in->change.files.ptr[i].hunks)
			vec_each (struct diff_line, l, &h->lines)
				n += l->text.len + PAGE_MARGIN;
	return n;
}

static void begin(struct chooser *c, struct task_input *in, struct arena *a)
{
	struct pages *p = &c->out->pages;

	p->arena = a;
	p->most = patch_bytes(in);
	if (p->most < SURROUND_LEAST)
		p->most = SURROUND_LEAST;
	p->most += p->most / 4;
	if (p->most > SURROUND_MOST)
		p->most = SURROUND_MOST;
	for (size_t i = 0; i < in->change.files.len; i++)
		if (cover_shown(&in->covers.ptr[i]))
			page_show(p, &in->change.files.ptr[i]);
}

static void note_facts(struct chooser *c)
{
	struct buf facts = { 0 };

	surround_facts(&facts, c->out);
	c->out->facts = arena_span(c->arena, buf_span(&facts));
	buf_release(&facts);
}

/* The first lines, as many as there is room for. */
static struct span clip_lines(struct arena *a, struct span text, size_t most)
{
	struct span kept = span_first(text, most);

	if (kept.len == text.len)
		return text;
	while (kept.len && kept.ptr[kept.len - 1] != '\n')
		kept.len--;
	return span_of(arena_printf(
		a, "%.*s%zu more lines have no room here\n", SPAN_ARG(kept),
		text_count_lines(span_from(text, kept.len))));
}

/* Where the prompt has little room: a quarter each for dependencies and facts
 * at most, what they leave for pages, less what stands between these. */
static void fit(struct chooser *c)
{
	struct surround *s = c->out;
	size_t most = c->in->most.around, used;

	if (!most)
		return;
	s->cargo = clip_lines(c->arena, s->cargo, most / 4);
	s->facts = clip_lines(c->arena, s->facts, most / 4);
	used = s->cargo.len + s->facts.len;
	most = most > used ? (most - used) - (most - used) / 5 : 0;
	if (s->pages.most > most)
		s->pages.most = most;
}

void surround_read(struct task_input *in, struct arena *a, struct repo *r)
{
	struct chooser c = { .in = in, .out = &in->surround, .arena = a };

	begin(&c, in, a);
	vec_each (struct code_file, f, &in->code.files)
		choose_enclosing(&c, f);
	list_changed(&c);
	read_crates(&c, r);
	want_names(&c);
	want_siblings(&c);
	want_schemas(&c);
	read_tree_files(&c, r);
	choose_names(&c);
	choose_siblings(&c);
	list_dependencies(&c);
	note_facts(&c);
	fit(&c);
	choose(&c);
}

const char *surround_kind_name(enum surround_kind k)
{
	static const char *const names[SURROUND_KINDS] = {
		[SURROUND_HEADER] = "header",
		[SURROUND_ENCLOSING] = "enclosing item",
		[SURROUND_PART] = "enclosing item in part",
		[SURROUND_SIBLING] = "other implementation",
		[SURROUND_TYPE] = "definition",
		[SURROUND_SIGNATURE] = "signature",
	};

	return k < SURROUND_KINDS ? names[k] : "";
}
