/*
 * md - Markdown that others wrote, walked as a tree of blocks and spans: what
 * the forms of a report for people's eyes are made from. The only user of md4c.
 *
 * CommonMark with tables and task lists. Safe by what is handed on: raw HTML
 * comes as text, so do definitions of links' targets (which define nothing), of
 * images only their words come, character references are decoded, every
 * control, invisible or bidirectional character is a visible escape already
 * (base/text), and a link has a target that may be linked to.
 */
#ifndef RENDER_MD_H
#define RENDER_MD_H

#include <stdbool.h>

#include "base/text.h"

struct buf;

/* Longer texts are not taken. */
#define MD_BYTES_MAX (256u * 1024)
/* Nodes are nested no deeper, so a stack of them may be an array. */
#define MD_NODES_MAX 100

enum node_kind {
	/* blocks */
	NODE_PARAGRAPH, /* not around what stands in a tight list's item */
	NODE_HEADING,	/* level */
	NODE_QUOTE,
	NODE_BULLETS, /* holds items */
	NODE_NUMBERS, /* holds items; start */
	NODE_ITEM,    /* task */
	NODE_RULE,    /* holds nothing */
	NODE_CODE,    /* lang; its text comes at once, lines with their LF */
	NODE_TABLE,   /* columns; holds rows */
	NODE_ROW,     /* header; holds cells, as many as there are columns */
	NODE_CELL,    /* align, header */
	/* within a paragraph, heading, item or cell */
	NODE_EMPHASIS,
	NODE_STRONG,
	NODE_CODE_SPAN,
	NODE_LINK,  /* href, local */
	NODE_BREAK, /* a line's end that was meant; holds nothing */
	NODE_KINDS
};

enum node_align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* Borrowed for the call. What a kind does not name is zero. */
struct md_node {
	enum node_kind kind;
	unsigned level;	  /* 1 to 6 */
	unsigned start;	  /* the first item's number */
	unsigned columns; /* of a table */
	bool header;
	enum node_align align;
	char task;	  /* 0: none; ' ' or 'x': a box to tick, ticked */
	struct span lang; /* an info string's first word, visible; "" */
	struct span href; /* as written, decoded and visible, to be escaped
			   * for where it goes; nothing in it is a control */
	bool local; /* href is a relative path; false: http, https, mailto */
};

/*
 * enter and leave come in pairs but for a walk that is stopped. Text is UTF-8,
 * not escaped for any form; a newline in it is a blank, but in code.
 */
struct md_visitor {
	void (*enter)(void *to, const struct md_node *node);
	void (*leave)(void *to, const struct md_node *node);
	void (*text)(void *to, struct span text);
	void *to;
	struct buf *out; /* what they write to: watched */
};

/*
 * Walk text (any bytes). -1, and out is as it was before, when it cannot be
 * shown so: it is longer than MD_BYTES_MAX, nested deeper than MD_NODES_MAX, or
 * makes more than 8 times its length and 64 KiB of output. The visitor then
 * forgets what it knows, and shows the text as it is.
 */
int md_walk(const struct md_visitor *v, struct span text);

#endif
