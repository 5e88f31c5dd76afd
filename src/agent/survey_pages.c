#include "agent/survey_pages.h"

#include "base/arena.h"

#define DOC_LINES 6    /* of documentation */
#define HEAD_LINES 12  /* from the visibility to the `{` */
#define FIELD_LINES 30 /* of a struct or enum that is shown whole */
#define MEMBERS_MAX 30 /* functions whose declarations are shown */

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

struct shower {
	struct pages *out;
	const struct source *s;
	uint32_t *start; /* byte of each line, from 1; behind them the end */
	struct piece piece;
};

static uint32_t *line_starts(struct arena *a, const struct lexer *lx)
{
	uint32_t *start = arena_array(a, (size_t)lx->lines + 2, sizeof(*start));
	struct span rest = lx->src, line;
	uint32_t n = 0;

	while (n < lx->lines && text_line(&rest, &line))
		start[++n] = (uint32_t)(line.ptr - lx->src.ptr);
	start[n + 1] = (uint32_t)lx->src.len;
	return start;
}

/* Lines first to last of the file. */
static void add_lines(struct shower *w, uint32_t first, uint32_t last)
{
	const struct lexer *lx = &w->s->lx;

	last = least(last, lx->lines);
	if (first && first <= last)
		*vec_push(&w->piece.lines, w->out->arena) = (struct excerpt){
			.line = first,
			.text = { lx->src.ptr + w->start[first],
				  w->start[last + 1] - w->start[first] },
		};
}

/* The last line of the first paragraph of documentation. */
static uint32_t doc_end(const struct shower *w, const struct item *it,
			uint32_t attributes)
{
	const struct lexer *lx = &w->s->lx;
	uint32_t line = it->lead_line, n = 1;

	for (; n < DOC_LINES && line + 1 < attributes; n++, line++) {
		struct span text = { lx->src.ptr + w->start[line + 1],
				     w->start[line + 2] - w->start[line + 1] };

		text = span_trim(text);
		if (!text.len || span_eqs(text, "///") || span_eqs(text, "*"))
			break;
	}
	return line;
}

/* Documentation, attributes and header of an item. */
static void add_head(struct shower *w, const struct item *it)
{
	const struct lexer *lx = &w->s->lx;
	uint32_t attributes = lx->tok[it->lead].line;
	uint32_t end = it->open == OUTLINE_NONE ? it->last_line
						: lx->tok[it->open].line;

	if (it->lead_line < attributes)
		add_lines(w, it->lead_line, doc_end(w, it, attributes));
	add_lines(w, attributes, least(end, attributes + HEAD_LINES - 1));
}

static bool fields(const struct item *it)
{
	return it->kind == ITEM_STRUCT || it->kind == ITEM_ENUM ||
	       it->kind == ITEM_UNION;
}

static bool inside(const struct shower *w, uint32_t item, uint32_t parent)
{
	const struct item *it = &w->s->outline.item[item];

	return it->head > w->s->outline.item[parent].head &&
	       it->last <= w->s->outline.item[parent].last;
}

/* The declarations of the functions in an impl or trait. */
static void add_members(struct shower *w, uint32_t parent)
{
	const struct outline *o = &w->s->outline;
	uint32_t n = 0;

	for (uint32_t i = parent + 1;
	     i < o->count && inside(w, i, parent) && n < MEMBERS_MAX; i++) {
		const struct item *it = &o->item[i];

		if (it->flags & ITEM_LOCAL ||
		    (it->kind != ITEM_FN && it->kind != ITEM_TYPE &&
		     it->kind != ITEM_CONST))
			continue;
		add_lines(w, it->line,
			  it->open == OUTLINE_NONE
				  ? it->last_line
				  : w->s->lx.tok[it->open].line);
		n++;
	}
}

/* Is it an impl of that type, in this file? */
static bool impl_of(const struct item *it, struct span type)
{
	return it->kind == ITEM_IMPL && type.len && span_eq(it->name, type) &&
	       !(it->flags & (ITEM_IN_TEST | ITEM_LOCAL));
}

static uint32_t whole_lines(const struct shower *w, uint32_t item,
			    struct span type)
{
	const struct outline *o = &w->s->outline;
	uint32_t n = o->item[item].last_line - o->item[item].lead_line + 1;

	for (uint32_t i = 0; i < o->count; i++)
		if (i != item && impl_of(&o->item[i], type))
			n += o->item[i].last_line - o->item[i].lead_line + 1;
	return n;
}

static void add_whole(struct shower *w, uint32_t item, struct span type,
		      bool bodies)
{
	const struct outline *o = &w->s->outline;
	bool all = bodies && whole_lines(w, item, type) <= PAGES_WHOLE;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		if (i != item && !impl_of(it, type))
			continue;
		if (all) {
			add_lines(w, it->lead_line, it->last_line);
			continue;
		}
		add_head(w, it);
		if (fields(it))
			add_lines(w, it->line,
				  least(it->last_line,
					it->line + 2 * FIELD_LINES));
		add_members(w, i);
	}
}

static void add_declaration(struct shower *w, uint32_t item,
			    const struct survey_unit *u, const struct survey *s)
{
	const struct item *it = &w->s->outline.item[item];

	add_head(w, it);
	if (fields(it) && it->last_line - it->line < FIELD_LINES)
		add_lines(w, it->line, it->last_line);
	if (it->kind == ITEM_TRAIT)
		add_members(w, item);
	for (uint32_t i = 0; u && i < u->shown; i++) {
		uint32_t m = survey_outline(s, u->member[i]);

		if (u->member[i]->file == u->item->file && m != OUTLINE_NONE)
			add_head(w, &w->s->outline.item[m]);
	}
}

/* A module: its documentation and what it shows. */
static void add_module(struct shower *w)
{
	const struct outline *o = &w->s->outline;
	uint32_t n = 0;

	add_lines(w, 1, DOC_LINES);
	for (uint32_t i = 0; i < o->count && n < MEMBERS_MAX; i++) {
		const struct item *it = &o->item[i];

		if (it->vis == VIS_PRIVATE || it->kind == ITEM_USE ||
		    it->flags & (ITEM_LOCAL | ITEM_IN_TEST))
			continue;
		add_head(w, it);
		n++;
	}
}

static bool begin(struct shower *w, struct pages *out, const struct survey *s,
		  const struct survey_item *it)
{
	*w = (struct shower){ .out = out, .s = survey_source(s, it->file) };
	if (!w->s)
		return false;
	w->piece.page = page_of(out, w->s->path);
	w->start = line_starts(out->arena, &w->s->lx);
	return true;
}

void survey_show_unit(struct pages *out, const struct survey *s,
		      const struct survey_unit *u, enum page_part part)
{
	uint32_t item = survey_outline(s, u->item);
	struct shower w;

	if (!begin(&w, out, s, u->item))
		return;
	if (u->item->kind == ITEM_MOD) {
		if (part == PAGE_WHOLE && w.s->lx.lines <= PAGES_WHOLE)
			add_lines(&w, 1, w.s->lx.lines);
		else
			add_module(&w);
	} else if (item == OUTLINE_NONE) {
		return;
	} else if (part != PAGE_DECLARATION) {
		add_whole(&w, item,
			  u->item->kind == ITEM_FN ? (struct span){ 0 }
						   : u->item->name,
			  part == PAGE_WHOLE);
	} else {
		add_declaration(&w, item, u, s);
	}
	piece_take(out, &w.piece);
}

void survey_show_trait(struct pages *out, const struct survey *s,
		       const struct survey_item *trait)
{
	uint32_t item = survey_outline(s, trait);
	struct shower w;

	if (item == OUTLINE_NONE || !begin(&w, out, s, trait))
		return;
	add_declaration(&w, item, NULL, s);
	piece_take(out, &w.piece);
}
