/*
 * Items looked up, and their texts.
 */
#include "rust/outline.h"

static uint32_t token_end(const struct lexer *lx, uint32_t i)
{
	return lx->tok[i].start + lx->tok[i].len;
}

struct span outline_header(const struct outline *o, uint32_t item)
{
	const struct item *it = &o->item[item];

	return lexer_range(o->lx, it->head,
			   it->open == OUTLINE_NONE ? it->last : it->open - 1);
}

struct span outline_body(const struct outline *o, uint32_t item)
{
	const struct item *it = &o->item[item];

	if (it->open == OUTLINE_NONE)
		return (struct span){ 0 };
	return lexer_range(o->lx, it->open, it->last);
}

static uint32_t comment_lines(struct span text)
{
	uint32_t n = 1;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

uint32_t outline_doc_lines(const struct outline *o, uint32_t item)
{
	const struct item *it = &o->item[item];
	const struct lexer *lx = o->lx;
	uint32_t n = 0;

	for (uint32_t i = lexer_comment_at(lx, it->start);
	     i < lx->comments && lx->comment[i].token <= it->head; i++) {
		const struct comment *c = &lx->comment[i];

		if (c->kind == COMMENT_OUTER_LINE ||
		    c->kind == COMMENT_OUTER_BLOCK)
			n += comment_lines((struct span){
				lx->src.ptr + c->start, c->len });
	}
	return n;
}

struct span outline_whole(const struct outline *o, uint32_t item)
{
	const struct item *it = &o->item[item];

	return (struct span){ o->lx->src.ptr + it->start,
			      token_end(o->lx, it->last) - it->start };
}

uint32_t outline_owner(const struct outline *o, uint32_t item)
{
	uint32_t i = o->item[item].parent;

	while (i != OUTLINE_NONE && o->item[i].kind == ITEM_CALL)
		i = o->item[i].parent;
	if (i == OUTLINE_NONE ||
	    (o->item[i].kind != ITEM_IMPL && o->item[i].kind != ITEM_TRAIT))
		return OUTLINE_NONE;
	return i;
}

/* Items nest, so what holds a place is the last item that begins before it,
 * or an ancestor of that one. */
uint32_t outline_at(const struct outline *o, uint32_t byte)
{
	uint32_t low = 0, high = o->count;

	while (low < high) {
		uint32_t i = low + (high - low) / 2;

		if (o->item[i].start <= byte)
			low = i + 1;
		else
			high = i;
	}
	for (low--; low != OUTLINE_NONE; low = o->item[low].parent)
		if (byte < token_end(o->lx, o->item[low].last))
			break;
	return low;
}

uint32_t outline_at_line(const struct outline *o, uint32_t line)
{
	uint32_t low = 0, high = o->count;

	while (low < high) {
		uint32_t i = low + (high - low) / 2;

		if (o->item[i].lead_line <= line)
			low = i + 1;
		else
			high = i;
	}
	for (low--; low != OUTLINE_NONE; low = o->item[low].parent)
		if (line <= o->item[low].last_line)
			break;
	return low;
}

const char *outline_kind_name(enum item_kind kind)
{
	static const char *const names[ITEM_KINDS] = {
		[ITEM_FN] = "fn",
		[ITEM_STRUCT] = "struct",
		[ITEM_ENUM] = "enum",
		[ITEM_UNION] = "union",
		[ITEM_TRAIT] = "trait",
		[ITEM_IMPL] = "impl",
		[ITEM_MOD] = "mod",
		[ITEM_USE] = "use",
		[ITEM_CONST] = "const",
		[ITEM_STATIC] = "static",
		[ITEM_TYPE] = "type",
		[ITEM_MACRO] = "macro",
		[ITEM_EXTERN_CRATE] = "extern_crate",
		[ITEM_EXTERN_BLOCK] = "extern_block",
		[ITEM_CALL] = "call",
	};

	return kind < ITEM_KINDS ? names[kind] : "unknown";
}
