/*
 * What holds of any bytes read as Rust: shared by the unit tests and the fuzz
 * targets. Each function gives what is broken, or NULL.
 */
#ifndef RUST_INVARIANTS_H
#define RUST_INVARIANTS_H

#include <string.h>

#include "base/arena.h"
#include "rust/context.h"
#include "rust/lexer.h"
#include "rust/outline.h"
#include "rust/tree.h"

#define HOLDS(what)                   \
	do {                          \
		if (!(what))          \
			return #what; \
	} while (0)

static inline bool blank_bytes(struct span s)
{
	static const char *const wide[] = {
		"\xef\xbb\xbf", "\xc2\x85",	"\xe2\x80\x8e",
		"\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xa9",
	};

	while (s.len) {
		size_t n = strchr(" \t\n\v\f\r", *s.ptr) && *s.ptr;

		for (size_t i = 0; i < 6 && !n; i++)
			if (span_starts(s, wide[i]))
				n = strlen(wide[i]);
		if (!n)
			return false;
		s = span_from(s, n);
	}
	return true;
}

static inline const char *lexer_broken(const struct lexer *lx)
{
	struct lexer_piece it = { 0 };
	size_t at = 0;
	uint32_t line = 1;

	HOLDS(lx->end == lx->src.len || lx->flags & LEXER_LIMIT);
	HOLDS(lx->tok[lx->count].kind == TOKEN_END);
	HOLDS(lx->tok[lx->count].start == lx->end);
	while (lexer_piece(&it, lx)) {
		HOLDS(it.text.len > 0);
		HOLDS(it.text.ptr == lx->src.ptr + at);
		HOLDS(!it.token || it.token->line == line);
		HOLDS(!it.comment || it.comment->line == line);
		HOLDS(it.token || it.comment || blank_bytes(it.text));
		at += it.text.len;
		for (size_t i = 0; i < it.text.len; i++)
			line += it.text.ptr[i] == '\n';
		HOLDS(!it.comment || it.comment->last_line == line);
		HOLDS(!it.comment || it.comment->token == it.next_token);
		HOLDS(!it.token ||
		      lexer_last_line(lx, it.next_token - 1) == line);
	}
	HOLDS(at == lx->end);
	HOLDS(it.next_token == lx->count && it.next_comment == lx->comments);
	HOLDS(lx->lines == text_count_lines(span_first(lx->src, lx->end)));
	return NULL;
}

static inline const char *tree_broken(const struct tree *t)
{
	const struct lexer *lx = t->lx;

	for (uint32_t i = 0; i <= lx->count; i++) {
		uint32_t m = t->mate[i], up = t->parent[i];
		enum token_kind kind = lx->tok[i].kind;

		HOLDS(m < lx->count || (i == lx->count && m == i));
		HOLDS(m == i || lexer_opens(kind) || lexer_closes(kind));
		HOLDS(!lexer_opens(kind) || m >= i);
		HOLDS(!lexer_closes(kind) ||
		      (m <= i && (m == i || t->mate[m] == i)));
		HOLDS(!tree_paired(t, i) || t->parent[m] == up);
		HOLDS(up == TREE_NONE ||
		      (up < i && lexer_opens(lx->tok[up].kind) &&
		       t->mate[up] >= m));
		HOLDS(t->first[i] <= i);
		HOLDS(i == lx->count || t->parent[t->first[i]] == up);
		HOLDS(up == TREE_NONE || t->first[i] > up);
	}
	return NULL;
}

static inline const char *item_broken(const struct outline *o, uint32_t i)
{
	const struct item *it = &o->item[i], *up;

	HOLDS(it->lead <= it->head && it->head <= it->key);
	HOLDS(it->key <= it->last && it->last < o->lx->count);
	HOLDS(it->open == OUTLINE_NONE ||
	      (it->head < it->open && it->open <= it->last));
	HOLDS(it->lead_line <= it->line && it->line <= it->last_line);
	HOLDS(it->start <= o->lx->tok[it->lead].start);
	HOLDS(!i || it[-1].head < it->head);
	HOLDS(!i || it[-1].start < it->start);
	HOLDS(it->parent == OUTLINE_NONE || it->parent < i);
	if (it->parent == OUTLINE_NONE)
		return NULL;
	up = &o->item[it->parent];
	HOLDS(up->key < it->lead && it->last <= up->last);
	HOLDS(up->open == OUTLINE_NONE || up->open < it->lead);
	HOLDS(up->start < it->start);
	return NULL;
}

static inline const char *outline_broken(const struct outline *o)
{
	const char *broken = NULL;
	uint32_t end = 0;

	for (uint32_t i = 0; i < o->count && !broken; i++) {
		const struct item *it = &o->item[i];

		broken = item_broken(o, i);
		/* what does not hold the next one ends before it */
		for (uint32_t k = i ? i - 1 : OUTLINE_NONE;
		     k != it->parent && !broken; k = o->item[k].parent) {
			HOLDS(k != OUTLINE_NONE);
			HOLDS(o->item[k].last < it->lead);
		}
		HOLDS(outline_at(o, it->start) == i);
		HOLDS(outline_at_line(o, it->lead_line) >= i);
		end = it->start;
	}
	HOLDS(!o->count || end < o->lx->end);
	for (uint32_t i = 0; i < o->file_mods && !broken; i++) {
		const struct item *it = &o->item[o->file_mod[i].item];

		HOLDS(it->kind == ITEM_MOD && it->open == OUTLINE_NONE);
	}
	return broken;
}

static inline const char *context_broken(const struct context *c)
{
	const struct lexer *lx = c->outline->lx;

	for (uint32_t i = 0; i < lx->count; i++) {
		uint32_t body = c->body[i];
		uint8_t flags = c->flags[i];

		HOLDS(body == TREE_NONE || body <= i);
		HOLDS(body == TREE_NONE ||
		      lx->tok[body].kind == TOKEN_OPEN_BRACE ||
		      lx->tok[body].kind == TOKEN_OR);
		HOLDS(!(flags & CONTEXT_MACRO_DEF) ||
		      flags == CONTEXT_MACRO_DEF);
		HOLDS(!(flags & CONTEXT_BLOCKING) || !(flags & CONTEXT_ASYNC));
	}
	return NULL;
}

/* A file read by every room; zero-initialise. */
struct reading {
	struct arena arena;
	struct lexer lx;
	struct tree tree;
	struct outline outline;
	struct context context;
};

static inline void reading_run(struct reading *r, struct span src)
{
	lexer_run(&r->lx, &r->arena, src);
	tree_build(&r->tree, &r->arena, &r->lx);
	tree_statements(&r->tree, &r->arena);
	outline_build(&r->outline, &r->arena, &r->tree);
	context_build(&r->context, &r->arena, &r->outline);
}

/* What is broken in any room. */
static inline const char *reading_broken(const struct reading *r)
{
	const char *broken = lexer_broken(&r->lx);

	if (!broken)
		broken = tree_broken(&r->tree);
	if (!broken)
		broken = outline_broken(&r->outline);
	return broken ? broken : context_broken(&r->context);
}

/* The same of the text and of what is left of it when cut at each byte. */
static inline const char *reading_broken_cut(struct span src)
{
	const char *broken = NULL;

	for (size_t n = 0; n <= src.len && !broken; n++) {
		struct reading r = { 0 };

		reading_run(&r, span_first(src, n));
		broken = reading_broken(&r);
		arena_release(&r.arena);
	}
	return broken;
}

#endif
