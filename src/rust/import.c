/*
 * Each `use` is walked once; the path so far is kept in one buffer, and each
 * open brace remembers how long it was there.
 */
#include "rust/import.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

/* Longer ones are no paths: what follows in that `use` is left out. */
#define PATH_MAX_BYTES 1024
/* All paths together: a long prefix before many names is copied for each. */
#define PATHS_BYTES(src) (64u * 1024 + 8 * (src))
/* Of more imports of one name only the first are looked at. */
#define SCOPES_MAX 64

struct walk {
	const struct lexer *lx;
	struct arena *arena;
	struct buf path;
	VEC(size_t) prefixes; /* lengths of path at each open brace */
	VEC(struct import) rows;
	uint32_t token, item;
	size_t room;  /* bytes of paths left */
	bool pending; /* a segment came since the last row */
};

static size_t prefix(const struct walk *w)
{
	return w->prefixes.len ? w->prefixes.ptr[w->prefixes.len - 1] : 0;
}

/* False when the path is too long by now. */
static bool add_segment(struct walk *w, uint32_t token)
{
	struct span word = lexer_word(w->lx, token);

	w->pending = false;
	if (w->path.len + word.len > PATH_MAX_BYTES)
		return false;
	w->token = token;
	w->pending = true;
	/* `use a::{self}` brings a */
	if (w->lx->tok[token].kind == KW_SELF && w->path.len == prefix(w) &&
	    w->path.len)
		return true;
	if (w->path.len)
		buf_adds(&w->path, "::");
	buf_addsp(&w->path, word);
	return true;
}

static void end_row(struct walk *w, struct span name)
{
	struct import *row;

	if (w->pending && w->path.len && w->path.len <= w->room) {
		w->room -= w->path.len;
		row = vec_push(&w->rows, w->arena);
		row->path = arena_span(w->arena, buf_span(&w->path));
		row->name = name;
		row->token = w->token;
		row->item = w->item;
		if (!name.len) {
			size_t n = w->path.len;

			while (n && row->path.ptr[n - 1] != ':')
				n--;
			row->name = span_from(row->path, n);
		}
	}
	w->pending = false;
	w->path.len = prefix(w);
}

/* May it stand behind `as`? */
static bool called(enum token_kind kind)
{
	return lexer_name(kind) || kind == TOKEN_UNDERSCORE;
}

static void walk_use(struct walk *w, const struct item *it)
{
	struct span name = { 0 };

	for (uint32_t i = it->key + 1; i <= it->last; i++) {
		enum token_kind kind = w->lx->tok[i].kind;

		if (kind == KW_AS) {
			if (i < it->last && called(w->lx->tok[i + 1].kind))
				name = lexer_word(w->lx, ++i);
		} else if (lexer_any_word(kind)) {
			if (!add_segment(w, i))
				break;
		} else if (kind == TOKEN_STAR) {
			w->token = i;
			w->pending = true;
			name = SPAN("*");
		} else if (kind == TOKEN_PATH_SEP) {
			w->pending = false; /* what follows is meant */
		} else if (kind == TOKEN_OPEN_BRACE) {
			*vec_push(&w->prefixes, w->arena) = w->path.len;
			w->pending = false;
		} else if (kind == TOKEN_COMMA || kind == TOKEN_SEMI ||
			   kind == TOKEN_CLOSE_BRACE) {
			end_row(w, name);
			name = (struct span){ 0 };
			if (kind == TOKEN_CLOSE_BRACE && w->prefixes.len) {
				w->prefixes.len--;
				w->path.len = prefix(w);
			}
		}
	}
	end_row(w, name);
	buf_reset(&w->path);
	w->prefixes.len = 0;
}

static int order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int by_name(const void *x, const void *y)
{
	const struct import *a = x, *b = y;
	int c = order(a->name, b->name);

	return c ? c : (a->token > b->token) - (a->token < b->token);
}

void import_collect(struct imports *out, struct arena *a,
		    const struct outline *o)
{
	struct walk w = { .lx = o->lx,
			  .arena = a,
			  .room = PATHS_BYTES(o->lx->src.len) };

	for (uint32_t i = 0; i < o->count; i++) {
		w.item = i;
		if (o->item[i].kind == ITEM_USE)
			walk_use(&w, &o->item[i]);
	}
	buf_release(&w.path);
	if (w.rows.len)
		qsort(w.rows.ptr, w.rows.len, sizeof(*w.rows.ptr), by_name);
	*out = (struct imports){ w.rows.ptr, w.rows.len };
}

/* The first row of that name, or of what comes behind it. */
static size_t first_row(const struct imports *in, struct span name)
{
	size_t from = 0, to = in->len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (order(in->row[mid].name, name) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

struct span import_path(const struct imports *in, const struct outline *o,
			struct span name, uint32_t token)
{
	size_t i = first_row(in, name), end = i + SCOPES_MAX;
	struct span path = { 0 };
	uint32_t inmost = 0;

	for (; i < in->len && i < end && !order(in->row[i].name, name); i++) {
		uint32_t around = o->item[in->row[i].item].parent, from = 0;

		if (around != OUTLINE_NONE) {
			const struct item *it = &o->item[around];

			if (token < it->head || token > it->last)
				continue;
			from = it->head + 1;
		}
		if (path.len && from <= inmost)
			continue;
		path = in->row[i].path;
		inmost = from;
	}
	return path;
}
