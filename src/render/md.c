/*
 * md4c's callbacks in the words of md.h. What md4c would have cost too much is
 * stopped by a callback that returns non-zero: quadratic inputs (long link
 * references, wide tables, towers of `>`) show as output or as text handed on.
 */
#include "render/md.h"

#include <ctype.h>
#include <md4c.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "render/defuse.h"
#include "render/entity.h"

/* Struck-out text is left as it stands: `HEAD~2..HEAD~1` is no deletion. */
#define FLAGS (MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_NOHTML)

#define OUTPUT_FACTOR 8
#define OUTPUT_SPARE (64u * 1024)
/* A node costs output of its own, at least. */
#define NODE_COST 8

struct walk {
	const struct md_visitor *v;
	size_t begin, limit;
	size_t handed;	 /* bytes of text, and NODE_COST a node */
	unsigned depth;	 /* nodes entered */
	unsigned images; /* around the place; no node is entered there */
	bool in_code, in_head;
	bool stopped;	 /* md4c returns 0 all the same, here and there */
	struct buf code; /* of a block */
	struct buf text, href, lang;
};

/* What a callback returns. */
static int over(struct walk *w)
{
	w->stopped |=
		w->handed > w->limit || w->v->out->len - w->begin > w->limit;
	return w->stopped;
}

static int enter(struct walk *w, const struct md_node *n)
{
	w->handed += NODE_COST;
	w->stopped |= ++w->depth > MD_NODES_MAX;
	if (!w->stopped)
		w->v->enter(w->v->to, n);
	return over(w);
}

static int leave(struct walk *w, const struct md_node *n)
{
	w->depth--;
	if (!w->stopped)
		w->v->leave(w->v->to, n);
	return over(w);
}

static int hand_on(struct walk *w, struct span s)
{
	w->handed += s.len;
	if (s.len && !w->stopped)
		w->v->text(w->v->to, s);
	return over(w);
}

static void add_entity(struct buf *out, struct span s)
{
	int32_t cp = entity_find(s);

	if (cp < 0)
		buf_addsp(out, s);
	else
		text_add_utf8(out, (uint32_t)cp);
}

/* An attribute, decoded and visible, on one line. */
static struct span attribute(struct buf *b, const MD_ATTRIBUTE *at)
{
	struct buf raw = { 0 };
	MD_SIZE i;

	buf_reset(b);
	for (i = 0; at->size && at->substr_offsets[i] < at->size; i++) {
		struct span part = { at->text + at->substr_offsets[i],
				     at->substr_offsets[i + 1] -
					     at->substr_offsets[i] };

		if (at->substr_types[i] == MD_TEXT_ENTITY)
			add_entity(&raw, part);
		else
			buf_addsp(&raw, part);
	}
	text_visible_line(b, buf_span(&raw));
	buf_release(&raw);
	return buf_span(b);
}

/* Is it a path below where it stands, not an address? */
static bool local(struct span href)
{
	struct span rest = href, part;
	size_t i;

	if (!href.len || href.ptr[0] == '/')
		return false;
	for (i = 0; i < href.len; i++)
		if (!isalnum((unsigned char)href.ptr[i]) &&
		    !strchr("_./#-+", href.ptr[i]))
			return false;
	while (text_field(&rest, '/', &part))
		if (span_eqs(part, ".."))
			return false;
	return true;
}

static bool web(struct span href)
{
	static const char *const schemes[] = { "http://", "https://",
					       "mailto:" };
	size_t i, n;

	for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		n = strlen(schemes[i]);
		if (href.len > n && !strncasecmp(href.ptr, schemes[i], n))
			return true;
	}
	return false;
}

static const struct md_node block_nodes[] = {
	[MD_BLOCK_QUOTE] = { .kind = NODE_QUOTE },
	[MD_BLOCK_UL] = { .kind = NODE_BULLETS },
	[MD_BLOCK_OL] = { .kind = NODE_NUMBERS },
	[MD_BLOCK_LI] = { .kind = NODE_ITEM },
	[MD_BLOCK_HR] = { .kind = NODE_RULE },
	[MD_BLOCK_H] = { .kind = NODE_HEADING },
	[MD_BLOCK_CODE] = { .kind = NODE_CODE },
	[MD_BLOCK_P] = { .kind = NODE_PARAGRAPH },
	[MD_BLOCK_TABLE] = { .kind = NODE_TABLE },
	[MD_BLOCK_TR] = { .kind = NODE_ROW },
	[MD_BLOCK_TH] = { .kind = NODE_CELL, .header = true },
	[MD_BLOCK_TD] = { .kind = NODE_CELL },
};

static enum node_align align_of(MD_ALIGN a)
{
	static const enum node_align of[] = {
		[MD_ALIGN_DEFAULT] = ALIGN_NONE,
		[MD_ALIGN_LEFT] = ALIGN_LEFT,
		[MD_ALIGN_CENTER] = ALIGN_CENTER,
		[MD_ALIGN_RIGHT] = ALIGN_RIGHT,
	};

	return of[a];
}

/* False: the block is none of ours, only what it holds counts. */
static bool block(struct walk *w, struct md_node *n, MD_BLOCKTYPE type,
		  const void *detail)
{
	const MD_BLOCK_LI_DETAIL *li = detail;

	/* a document, a table's two halves; and no HTML block comes */
	if (type == MD_BLOCK_DOC || type == MD_BLOCK_THEAD ||
	    type == MD_BLOCK_TBODY || type == MD_BLOCK_HTML)
		return false;
	*n = block_nodes[type];
	switch (n->kind) {
	case NODE_HEADING:
		n->level = ((const MD_BLOCK_H_DETAIL *)detail)->level;
		break;
	case NODE_NUMBERS:
		n->start = ((const MD_BLOCK_OL_DETAIL *)detail)->start;
		break;
	case NODE_ITEM:
		if (li->is_task)
			n->task = li->task_mark == ' ' ? ' ' : 'x';
		break;
	case NODE_CODE:
		n->lang = attribute(
			&w->lang,
			&((const MD_BLOCK_CODE_DETAIL *)detail)->lang);
		break;
	case NODE_TABLE:
		n->columns = ((const MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
		break;
	case NODE_ROW:
		n->header = w->in_head;
		break;
	case NODE_CELL:
		n->align =
			align_of(((const MD_BLOCK_TD_DETAIL *)detail)->align);
		break;
	default:
		break;
	}
	return true;
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct walk *w = ctx;
	struct md_node n;

	if (type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY)
		w->in_head = type == MD_BLOCK_THEAD;
	if (!block(w, &n, type, detail))
		return 0;
	w->in_code = n.kind == NODE_CODE;
	buf_reset(&w->code);
	return enter(w, &n);
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct walk *w = ctx;
	struct md_node n;

	if (!block(w, &n, type, detail))
		return 0;
	if (w->in_code) {
		w->in_code = false;
		buf_reset(&w->text);
		text_visible(&w->text, buf_span(&w->code));
		if (hand_on(w, buf_span(&w->text)))
			return 1;
	}
	return leave(w, &n);
}

/* False: no node. */
static bool span(struct walk *w, struct md_node *n, MD_SPANTYPE type,
		 const void *detail)
{
	*n = (struct md_node){ 0 };
	if (w->images)
		return false;
	switch (type) {
	case MD_SPAN_EM:
		n->kind = NODE_EMPHASIS;
		return true;
	case MD_SPAN_STRONG:
		n->kind = NODE_STRONG;
		return true;
	case MD_SPAN_CODE:
		n->kind = NODE_CODE_SPAN;
		return true;
	case MD_SPAN_A:
		n->kind = NODE_LINK;
		n->href = attribute(&w->href,
				    &((const MD_SPAN_A_DETAIL *)detail)->href);
		n->local = local(n->href);
		return n->local || web(n->href);
	default:
		return false;
	}
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct walk *w = ctx;
	struct md_node n;

	if (type == MD_SPAN_IMG) {
		w->images++;
		return 0;
	}
	return span(w, &n, type, detail) ? enter(w, &n) : 0;
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct walk *w = ctx;
	struct md_node n;

	if (type == MD_SPAN_IMG) {
		w->images--;
		return 0;
	}
	return span(w, &n, type, detail) ? leave(w, &n) : 0;
}

static int line_break(struct walk *w)
{
	const struct md_node n = { .kind = NODE_BREAK };

	if (w->images)
		return hand_on(w, SPAN("\n"));
	return enter(w, &n) || leave(w, &n);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size,
		   void *ctx)
{
	struct walk *w = ctx;
	struct span s = { text, size };
	struct buf decoded = { 0 };

	if (w->in_code) {
		w->handed += size;
		buf_addsp(&w->code, s);
		return over(w);
	}
	if (type == MD_TEXT_BR)
		return line_break(w);
	if (type == MD_TEXT_SOFTBR)
		return hand_on(w, SPAN("\n"));
	buf_reset(&w->text);
	if (type == MD_TEXT_ENTITY) {
		add_entity(&decoded, s);
		s = buf_span(&decoded);
	}
	text_visible(&w->text, s);
	buf_release(&decoded);
	return hand_on(w, buf_span(&w->text));
}

int md_walk(const struct md_visitor *v, struct span text)
{
	const MD_PARSER parser = {
		.flags = FLAGS,
		.enter_block = on_enter_block,
		.leave_block = on_leave_block,
		.enter_span = on_enter_span,
		.leave_span = on_leave_span,
		.text = on_text,
	};
	struct walk w = {
		.v = v,
		.begin = v->out->len,
		.limit = OUTPUT_FACTOR * text.len + OUTPUT_SPARE,
	};
	struct buf in = { 0 };
	int rc = -1;

	if (text.len > MD_BYTES_MAX)
		return -1;
	/* md4c reads the byte behind the end, which a buf has */
	buf_reserve(&in, text.len);
	defuse_definitions(&in, text);
	if (!md_parse(in.ptr, (MD_SIZE)in.len, &parser, &w) && !w.stopped)
		rc = 0;
	else
		buf_cut(v->out, w.begin);
	buf_release(&in);
	buf_release(&w.code);
	buf_release(&w.text);
	buf_release(&w.href);
	buf_release(&w.lang);
	return rc;
}
