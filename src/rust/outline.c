/*
 * The walk that finds items. Total and linear: it goes forward only, a failed
 * attempt reads a few tokens or what then is stepped over, and the frames of
 * groups still open are kept on a stack.
 */
#include "rust/outline.h"

#include "base/vec.h"
#include "rust/attribute.h"
#include "rust/item.h"

/* A stretch of tokens in which one meaning holds. */
struct frame {
	uint32_t end;	/* its last token */
	uint32_t item;	/* whose items these are */
	unsigned flags; /* what they inherit */
	bool code;	/* statements, not items */
};

struct walk {
	const struct lexer *lx;
	const struct tree *tree;
	struct outline *out;
	struct arena *arena;
	VEC(struct frame) frames;
	VEC(struct item) items;
	VEC(struct outline_file_mod) mods;
	/* the attributes read last: they begin at lead, and what they are on
	 * begins at lead_end */
	uint32_t lead, lead_end;
	uint32_t read; /* tokens before this one belong to items already */
};

enum act {
	ACT_NONE,
	ACT_ITEM,	   /* may begin an item */
	ACT_ITEM_ANYWHERE, /* in macros behind any token */
	ACT_ATTRIBUTE,
	ACT_CALL
};

static const uint8_t acts[TOKEN_KINDS] = {
	[KW_PUB] = ACT_ITEM_ANYWHERE,
	[KW_FN] = ACT_ITEM_ANYWHERE,
	[KW_STRUCT] = ACT_ITEM_ANYWHERE,
	[KW_ENUM] = ACT_ITEM_ANYWHERE,
	[KW_TRAIT] = ACT_ITEM_ANYWHERE,
	[KW_UNION] = ACT_ITEM,
	[KW_IMPL] = ACT_ITEM,
	[KW_MOD] = ACT_ITEM,
	[KW_USE] = ACT_ITEM,
	[KW_CONST] = ACT_ITEM,
	[KW_STATIC] = ACT_ITEM,
	[KW_TYPE] = ACT_ITEM,
	[KW_MACRO_RULES] = ACT_ITEM,
	[KW_MACRO] = ACT_ITEM,
	[KW_EXTERN] = ACT_ITEM,
	[KW_UNSAFE] = ACT_ITEM,
	[KW_ASYNC] = ACT_ITEM,
	[KW_DEFAULT] = ACT_ITEM,
	[KW_AUTO] = ACT_ITEM,
	[KW_SAFE] = ACT_ITEM,
	[KW_GEN] = ACT_ITEM,
	[TOKEN_HASH] = ACT_ATTRIBUTE,
	[TOKEN_NOT] = ACT_CALL,
};

static struct frame *top(struct walk *w)
{
	return &w->frames.ptr[w->frames.len - 1];
}

static void push_frame(struct walk *w, uint32_t end, uint32_t item,
		       unsigned flags, bool code)
{
	*vec_push(&w->frames, w->arena) =
		(struct frame){ end, item, flags, code };
}

/* May an item begin at token i? */
static bool boundary(struct walk *w, uint32_t i)
{
	const struct frame *f = top(w);
	bool macro = f->flags & ITEM_IN_MACRO;

	if (!i || i == w->lead_end || (!f->code && !macro))
		return true;
	switch (w->lx->tok[i - 1].kind) {
	case TOKEN_SEMI:
	case TOKEN_OPEN_BRACE:
	case TOKEN_CLOSE_BRACE:
		return true;
	case TOKEN_OPEN_PAREN:
	case TOKEN_CLOSE_PAREN:
	case TOKEN_OPEN_BRACKET:
	case TOKEN_CLOSE_BRACKET:
	case TOKEN_COMMA:
	case TOKEN_FAT_ARROW:
		return macro;
	default:
		return macro && acts[w->lx->tok[i].kind] == ACT_ITEM_ANYWHERE;
	}
}

/* Where the item with its outer doc comments begins. */
static void find_start(struct walk *w, struct item *it)
{
	const struct lexer *lx = w->lx;
	const struct token *lead = &lx->tok[it->lead];
	uint32_t from = it->lead ? lead[-1].start + lead[-1].len : 0;

	it->start = lead->start;
	it->lead_line = lead->line;
	for (uint32_t c = lexer_comment_at(lx, from);
	     c < lx->comments && lx->comment[c].start < lead->start; c++) {
		if (lx->comment[c].kind != COMMENT_OUTER_LINE &&
		    lx->comment[c].kind != COMMENT_OUTER_BLOCK)
			continue;
		/* `foo(); /// what?` documents nothing, but rustc says so */
		it->start = lx->comment[c].start;
		it->lead_line = lx->comment[c].line;
		break;
	}
}

/* Take in an item that was parsed; its index. */
static uint32_t add(struct walk *w, struct item *it)
{
	const struct frame *f = top(w);
	struct attribute attr = { 0 };
	uint32_t index = (uint32_t)w->items.len;

	it->lead = it->head == w->lead_end ? w->lead : it->head;
	it->parent = f->item;
	if (it->lead < it->head)
		attribute_read(&attr, w->tree, it->lead, it->head);
	it->flags |= attr.flags | f->flags;
	if (it->flags & (ITEM_TEST | ITEM_CFG_TEST))
		it->flags |= ITEM_IN_TEST;
	find_start(w, it);
	*vec_push(&w->items, w->arena) = *it;
	if (it->kind == ITEM_MOD && it->open == OUTLINE_NONE)
		*vec_push(&w->mods, w->arena) = (struct outline_file_mod){
			.item = index,
			.path = attr.path,
			.test = it->flags & ITEM_IN_TEST,
		};
	return index;
}

static bool holds_items(const struct item *it)
{
	return it->open != OUTLINE_NONE &&
	       (it->kind == ITEM_MOD || it->kind == ITEM_IMPL ||
		it->kind == ITEM_TRAIT || it->kind == ITEM_EXTERN_BLOCK);
}

/* Where the walk goes on. */
static uint32_t try_item(struct walk *w, uint32_t i)
{
	const struct frame *f = top(w);
	struct item_place in = { w->tree, f->end, f->flags & ITEM_IN_MACRO };
	unsigned inherit = ITEM_IN_TEST | ITEM_IN_MACRO | ITEM_LOCAL;
	struct item it;
	uint32_t next, index;

	if (!boundary(w, i))
		return i + 1;
	if (!item_parse(&it, &next, &in, i))
		return next;
	index = add(w, &it);
	w->read = next;
	inherit &= it.flags;
	if (holds_items(&it))
		push_frame(w, it.last, index, inherit, false);
	else if (next <= it.last)
		push_frame(w, it.last, index, inherit | ITEM_LOCAL, true);
	return next;
}

/* `#[…]` before an item, or `#![…]` in what it is about. */
static uint32_t attribute(struct walk *w, uint32_t i)
{
	const struct token *tok = w->lx->tok;
	bool inner = tok[i + 1].kind == TOKEN_NOT;
	uint32_t open = i + 1 + inner, end;
	struct attribute attr = { 0 };

	if (tok[open].kind != TOKEN_OPEN_BRACKET || !tree_paired(w->tree, open))
		return i + 1;
	end = w->tree->mate[open] + 1;
	if (!inner) {
		if (i != w->lead_end)
			w->lead = i;
		w->lead_end = end;
		return end;
	}
	w->lead = w->lead_end = end;
	attribute_read(&attr, w->tree, i, end);
	if (!(attr.flags & ITEM_CFG_TEST))
		return end;
	top(w)->flags |= ITEM_IN_TEST;
	if (top(w)->item == OUTLINE_NONE)
		w->out->test = true;
	else
		w->items.ptr[top(w)->item].flags |=
			ITEM_CFG_TEST | ITEM_IN_TEST;
	return end;
}

/* First token of the path that ends at token i, a word. */
static uint32_t path_start(const struct lexer *lx, uint32_t i)
{
	while (i > 1 && lx->tok[i - 1].kind == TOKEN_PATH_SEP &&
	       lexer_any_word(lx->tok[i - 2].kind))
		i -= 2;
	if (i && (lx->tok[i - 1].kind == TOKEN_PATH_SEP ||
		  lx->tok[i - 1].kind == TOKEN_DOLLAR))
		i--;
	return i;
}

static void add_call(struct walk *w, uint32_t bang, uint32_t open)
{
	struct item it = { .kind = ITEM_CALL, .key = bang, .open = open };
	const struct token *tok = w->lx->tok;
	uint32_t index;

	it.head = path_start(w->lx, bang - 1);
	it.last = w->tree->mate[open];
	if (tok[open].kind != TOKEN_OPEN_BRACE) {
		it.open = OUTLINE_NONE;
		if (it.last < top(w)->end &&
		    tok[it.last + 1].kind == TOKEN_SEMI)
			it.last++;
	}
	it.name = lexer_range(w->lx, it.head, bang - 1);
	it.line = tok[it.head].line;
	it.last_line = tok[it.last].line;
	index = add(w, &it);
	w->read = open + 1;
	push_frame(w, it.last, index,
		   (w->items.ptr[index].flags & (ITEM_IN_TEST | ITEM_LOCAL)) |
			   ITEM_IN_MACRO,
		   false);
}

/* `name!(…)`, `name! ident {…}`: what is in there may be items. */
static uint32_t call(struct walk *w, uint32_t i)
{
	const struct token *tok = w->lx->tok;
	uint32_t open = i + 1;

	if (!i || !lexer_name(tok[i - 1].kind))
		return i + 1;
	open += lexer_any_word(tok[open].kind) &&
		lexer_opens(tok[open + 1].kind);
	if (!lexer_opens(tok[open].kind) || !tree_paired(w->tree, open))
		return i + 1;
	if (!top(w)->code && path_start(w->lx, i - 1) >= w->read &&
	    boundary(w, path_start(w->lx, i - 1)))
		add_call(w, i, open);
	else
		push_frame(w, w->tree->mate[open], top(w)->item,
			   top(w)->flags | ITEM_IN_MACRO, true);
	return open + 1;
}

static void leave(struct walk *w, uint32_t i)
{
	for (; i > top(w)->end; w->frames.len--)
		/* attributes at a torn end are not the next item's */
		if (w->lead <= top(w)->end)
			w->lead_end = OUTLINE_NONE;
}

static void walk(struct walk *w)
{
	const struct token *tok = w->lx->tok;

	for (uint32_t i = 0; i < w->lx->count;) {
		uint8_t act = acts[tok[i].kind];

		if (act == ACT_NONE) {
			i++;
			continue;
		}
		leave(w, i);
		if (act == ACT_ATTRIBUTE)
			i = attribute(w, i);
		else if (act == ACT_CALL)
			i = call(w, i);
		else
			i = try_item(w, i);
	}
}

void outline_build(struct outline *out, struct arena *a, const struct tree *t)
{
	struct walk w = { .lx = t->lx, .tree = t, .out = out, .arena = a };

	*out = (struct outline){ .lx = t->lx, .tree = t };
	push_frame(&w, t->lx->count - (t->lx->count > 0), OUTLINE_NONE, 0,
		   false);
	w.lead_end = OUTLINE_NONE;
	walk(&w);
	out->item = w.items.ptr;
	out->count = (uint32_t)w.items.len;
	out->file_mod = w.mods.ptr;
	out->file_mods = (uint32_t)w.mods.len;
}
