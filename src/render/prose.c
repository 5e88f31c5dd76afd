/*
 * A visitor of render/md. Words of a block are gathered in one flow and written
 * when the block ends, or when another one begins within it.
 */
#include "render/prose.h"

#include <stdio.h>
#include <string.h>

#include "render/code.h"
#include "render/grid.h"
#include "render/prose_parts.h"
#include "render/quoted.h"

/* An item of more lines wants room behind it. */
#define TALL 3

static const struct span no_link;

/* ---- blocks around the place */

static struct prose_block *top(struct prose *p)
{
	return &p->blocks[p->depth];
}

static struct prose_block *above(struct prose *p)
{
	return &p->blocks[p->depth - 1];
}

/* A block begins in the innermost one: does a blank line part it from what is
 * before it? Not within an item whose own words stand close to it, and items
 * that are short stand close to each other. */
static void begin_block(struct prose *p, bool apart)
{
	struct prose_block *in = top(p);

	if (in->kind == NODE_ITEM && !in->blocks) {
		if (in->finding ? above(p)->blocks : above(p)->tall)
			sheet_gap(p->sh);
	} else if (in->blocks && (apart || in->kind != NODE_ITEM)) {
		sheet_gap(p->sh);
	}
	in->blocks++;
}

static void write_flow(struct prose *p, struct flow *f)
{
	places_link(p->places, p->sh->a, f);
	sheet_flow(p->sh, f, sheet_prose(p->sh));
}

/* The words gathered so far are a paragraph. */
static void flush(struct prose *p)
{
	struct prose_block *in = top(p);
	bool first = in->kind == NODE_ITEM && !in->blocks;
	size_t head;

	if (!span_trim(buf_span(&p->flow.text)).len) {
		flow_reset(&p->flow);
		return;
	}
	head = first ? prose_head(p, &in->finding) : 0;
	begin_block(p, in->loose);
	if (head) {
		struct flow place = { 0 };

		prose_split(&p->flow, head, &place, p->sh->a);
		write_flow(p, &place);
		flow_release(&place);
	}
	write_flow(p, &p->flow);
	flow_reset(&p->flow);
}

static void push_block(struct prose *p, enum node_kind kind)
{
	p->blocks[++p->depth] = (struct prose_block){ .kind = kind };
}

/* ---- what a block begins and ends with */

static void enter_heading(struct prose *p)
{
	flush(p);
	begin_block(p, true);
	flow_adds(&p->flow, INK_DIM, "\u2500\u2500 ");
	p->strong++;
}

static void leave_heading(struct prose *p)
{
	p->strong--;
	write_flow(p, &p->flow);
	flow_reset(&p->flow);
}

static void enter_item(struct prose *p, const struct md_node *n)
{
	struct prose_block *list = top(p);
	char mark[16], rest[16];
	int len = 2;

	if (list->kind == NODE_NUMBERS)
		len = snprintf(mark, sizeof(mark), "%u. ",
			       list->number++ % 1000000000);
	else
		snprintf(mark, sizeof(mark), "\u2022 ");
	snprintf(rest, sizeof(rest), "%*s", len, "");
	sheet_push(p->sh, INK_PLAIN, mark, rest);
	push_block(p, NODE_ITEM);
	top(p)->line = p->sh->lines_begun;
	if (n->task)
		flow_adds(&p->flow, INK_PLAIN,
			  n->task == 'x' ? "[x] " : "[ ] ");
}

static void leave_item(struct prose *p)
{
	struct prose_block item;

	flush(p);
	sheet_pop(p->sh);
	item = *top(p);
	p->depth--;
	top(p)->blocks++;
	top(p)->tall = item.finding ||
		       (item.loose && (item.blocks > 1 ||
				       p->sh->lines_begun - item.line > TALL));
}

static void enter_quote(struct prose *p)
{
	bool code;

	flush(p);
	code = top(p)->finding;
	begin_block(p, top(p)->loose && !code);
	sheet_push(p->sh, INK_DIM, "\u2502 ", "\u2502 ");
	push_block(p, NODE_QUOTE);
	top(p)->finding = code;
}

static void write_rule(struct prose *p)
{
	flush(p);
	begin_block(p, true);
	sheet_rule(p->sh, "");
}

static void enter_code(struct prose *p, const struct md_node *n)
{
	flush(p);
	begin_block(p, top(p)->loose);
	p->in_code = true;
	p->lang = arena_span(p->sh->a, n->lang);
}

/* Code that can be copied is left in its lines; what a finding quotes is there
 * to be seen. */
static void write_code(struct prose *p, struct span text)
{
	bool quoted = top(p)->kind == NODE_QUOTE && top(p)->finding;

	code_add(&p->flow, p->lang, text, p->highlight);
	if (quoted) {
		sheet_flow(p->sh, &p->flow, sheet_room(p->sh));
	} else {
		sheet_push(p->sh, INK_PLAIN, "    ", "    ");
		sheet_lines(p->sh, &p->flow);
		sheet_pop(p->sh);
	}
	flow_reset(&p->flow);
}

static void enter_table(struct prose *p, const struct md_node *n)
{
	flush(p);
	begin_block(p, true);
	grid_release(&p->grid);
	p->grid.columns = n->columns;
}

static void leave_cell(struct prose *p, const struct md_node *n)
{
	places_link(p->places, p->sh->a, &p->flow);
	grid_add(&p->grid, p->sh->a, &p->flow, n->align);
	p->flow = (struct flow){ 0 };
}

/* ---- spans */

static void enter_link(struct prose *p, const struct md_node *n)
{
	/* links stand in order */
	places_link(p->places, p->sh->a, &p->flow);
	p->link_from = p->flow.text.len;
	p->link = arena_span(p->sh->a, n->href);
}

/* Where it leads is written out, unless the words say so: what is hidden from
 * the reader could be anywhere. */
static void leave_link(struct prose *p, const struct md_node *n)
{
	struct span words = span_from(buf_span(&p->flow.text), p->link_from);
	struct span path = p->link, url;
	ptrdiff_t hash = span_chr(path, '#');

	if (hash >= 0)
		path = span_first(path, (size_t)hash);
	url = n->local ? places_url(p->places, p->sh->a, path, 0) : no_link;
	if (words.len > 2 && words.ptr[0] == '`')
		words = span_first(span_from(words, 1), words.len - 2);
	if (!span_eq(words, p->link) && !span_eq(words, path)) {
		flow_adds(&p->flow, INK_PLAIN, " (");
		flow_add(&p->flow, INK_PLAIN, p->link);
		flow_adds(&p->flow, INK_PLAIN, ")");
	}
	if (url.len)
		flow_link(&p->flow, p->sh->a, p->link_from, p->flow.text.len,
			  url);
}

static void code_tick(struct prose *p)
{
	flow_adds(&p->flow, INK_DIM, "`");
}

/* ---- the visitor */

static void enter(void *to, const struct md_node *n)
{
	struct prose *p = to;

	switch (n->kind) {
	case NODE_PARAGRAPH:
		/* an item's first, behind its box to tick */
		if (top(p)->blocks || top(p)->kind != NODE_ITEM)
			flush(p);
		top(p)->loose |= top(p)->kind == NODE_ITEM;
		break;
	case NODE_HEADING:
		enter_heading(p);
		break;
	case NODE_QUOTE:
		enter_quote(p);
		break;
	case NODE_BULLETS:
	case NODE_NUMBERS:
		flush(p);
		begin_block(p, top(p)->loose);
		push_block(p, n->kind);
		top(p)->number = n->start;
		break;
	case NODE_ITEM:
		enter_item(p, n);
		break;
	case NODE_RULE:
		write_rule(p);
		break;
	case NODE_CODE:
		enter_code(p, n);
		break;
	case NODE_TABLE:
		enter_table(p, n);
		break;
	case NODE_EMPHASIS:
		p->emphasis++;
		break;
	case NODE_STRONG:
		p->strong++;
		break;
	case NODE_CODE_SPAN:
		code_tick(p);
		break;
	case NODE_LINK:
		enter_link(p, n);
		break;
	case NODE_BREAK:
		flow_adds(&p->flow, INK_PLAIN, "\n");
		break;
	default:
		break;
	}
}

static void leave(void *to, const struct md_node *n)
{
	struct prose *p = to;

	switch (n->kind) {
	case NODE_PARAGRAPH:
		flush(p);
		break;
	case NODE_HEADING:
		leave_heading(p);
		break;
	case NODE_QUOTE:
		flush(p);
		sheet_pop(p->sh);
		p->depth--;
		break;
	case NODE_BULLETS:
	case NODE_NUMBERS:
		p->depth--;
		break;
	case NODE_ITEM:
		leave_item(p);
		break;
	case NODE_CODE:
		p->in_code = false;
		break;
	case NODE_TABLE:
		grid_write(&p->grid, p->sh);
		break;
	case NODE_CELL:
		leave_cell(p, n);
		break;
	case NODE_EMPHASIS:
		p->emphasis--;
		break;
	case NODE_STRONG:
		p->strong--;
		break;
	case NODE_CODE_SPAN:
		code_tick(p);
		break;
	case NODE_LINK:
		leave_link(p, n);
		break;
	default:
		break;
	}
}

/* A tab or a line's end is a blank. */
static void add_words(struct prose *p, struct span s)
{
	unsigned ink = (p->strong ? INK_BOLD : INK_PLAIN) |
		       (p->emphasis ? INK_ITALIC : INK_PLAIN);
	size_t from = p->flow.text.len, i;

	flow_add(&p->flow, ink, s);
	for (i = from; i < p->flow.text.len; i++)
		if (p->flow.text.ptr[i] == '\n' || p->flow.text.ptr[i] == '\t')
			p->flow.text.ptr[i] = ' ';
}

static void on_text(void *to, struct span s)
{
	struct prose *p = to;

	if (p->in_code)
		write_code(p, s);
	else
		add_words(p, s);
}

/* As it stands. */
static void write_plain(struct prose *p, struct span text)
{
	struct buf seen = { 0 };

	text_visible(&seen, text);
	code_add(&p->flow, no_link, buf_span(&seen), NULL);
	sheet_flow(p->sh, &p->flow, sheet_room(p->sh));
	buf_release(&seen);
}

void prose_write(struct sheet *sh, const struct places *places,
		 highlight_fn highlight, struct span text)
{
	struct prose p = { .sh = sh, .places = places, .highlight = highlight };
	const struct md_visitor v = { enter, leave, on_text, &p,
				      sh->paint.out };
	struct sheet before = *sh;
	struct buf md = { 0 };

	quoted_code(&md, sh->a, text);
	if (md_walk(&v, buf_span(&md))) {
		grid_release(&p.grid);
		flow_reset(&p.flow);
		*sh = before;
		write_plain(&p, text);
	}
	flow_release(&p.flow);
	buf_release(&md);
}
