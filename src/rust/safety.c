#include "rust/safety.h"

#include "base/arena.h"
#include "rust/look.h"

/* Impls in a row that one comment is looked for above. */
#define ROW_MAX 16
/* Brackets around a call within which its unsafe block is looked for. */
#define BLOCKS_MAX 64
/* So far out of brackets, and over so many attributes, is a comment seen. */
#define OUT_MAX 16
#define ATTRIBUTES_MAX 32

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Does the text begin with the word, which is in small letters? */
static bool starts_nocase(struct span text, struct span word)
{
	size_t i = 0;

	if (text.len < word.len)
		return false;
	while (i < word.len && lower(text.ptr[i]) == word.ptr[i])
		i++;
	return i == word.len;
}

static bool has_one(struct span text, const struct span *words, size_t n)
{
	for (; text.len; text = span_from(text, 1))
		for (size_t i = 0; i < n; i++)
			if (lower(*text.ptr) == *words[i].ptr &&
			    starts_nocase(text, words[i]))
				return true;
	return false;
}

static bool says(struct span text, enum safety_words words)
{
	static const struct span formal[] = {
		{ "safety:", 7 },
		{ "# safety", 8 },
	};
	static const struct span any[] = {
		{ "safe", 4 },	       { "sound", 5 },	{ "valid", 5 },
		{ "guarant", 7 },      { "ensure", 6 }, { "invariant", 9 },
		{ "because", 7 },      { "since", 5 },	{ "bound", 5 },
		{ "initialized", 11 }, { "owner", 5 },	{ "never", 5 },
		{ "always", 6 },       { "null", 4 },	{ "checked", 7 },
	};

	return words == SAFETY_FORMAL
		       ? has_one(text, formal, sizeof(formal) / sizeof(*formal))
		       : has_one(text, any, sizeof(any) / sizeof(*any));
}

void safety_read(struct safety *out, struct arena *a, const struct source *s,
		 enum safety_words words)
{
	const struct lexer *lx = &s->lx;

	out->s = s;
	out->said = arena_array(a, (size_t)lx->comments + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < lx->comments; i++) {
		struct span text = { lx->src.ptr + lx->comment[i].start,
				     lx->comment[i].len };

		out->said[i + 1] = out->said[i] + says(text, words);
	}
}

bool safety_block(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == KW_UNSAFE &&
	       look_kind(s, i + 1) == TOKEN_OPEN_BRACE;
}

bool safety_impl(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == KW_UNSAFE && look_kind(s, i + 1) == KW_IMPL;
}

/* The first comment on a line after this one, from `at` on. */
static uint32_t comment_below(const struct lexer *lx, uint32_t at,
			      uint32_t line)
{
	uint32_t to = lx->comments;

	while (at < to) {
		uint32_t mid = at + (to - at) / 2;

		if (lx->comment[mid].line > line)
			to = mid;
		else
			at = mid + 1;
	}
	return at;
}

/*
 * Does a comment between token i and the one before say so? One that ends the
 * line of a statement before belongs to that.
 */
static bool said_before(const struct safety *in, uint32_t i)
{
	const struct lexer *lx = &in->s->lx;
	uint32_t from = 0, to;

	if (i && lx->tok[i].start - lx->tok[i - 1].start - lx->tok[i - 1].len <
			 sizeof("//safety:"))
		return false;
	to = lexer_comment_at(lx, lx->tok[i].start);
	if (i) {
		const struct token *before = &lx->tok[i - 1];

		from = lexer_comment_at(lx, before->start + before->len);
		if (in->s->tree.first[i] == i &&
		    !lexer_opens((enum token_kind)before->kind))
			from = comment_below(lx, from,
					     lexer_last_line(lx, i - 1));
	}
	return from < to && in->said[to] > in->said[from];
}

/* The same before each token from a statement's first to the first that is no
 * attribute's; *i becomes that. */
static bool said_above(const struct safety *in, uint32_t *i)
{
	const struct source *s = in->s;

	for (unsigned n = 0; !said_before(in, *i); n++) {
		if (n == ATTRIBUTES_MAX || look_kind(s, *i) != TOKEN_HASH ||
		    look_kind(s, *i + 1) != TOKEN_OPEN_BRACKET ||
		    !tree_paired(&s->tree, *i + 1))
			return false;
		*i = s->tree.mate[*i + 1] + 1;
	}
	return true;
}

/* A field of a struct's literal begins here: no statement does so. */
static bool field(const struct source *s, uint32_t i)
{
	return lexer_name(look_kind(s, i)) &&
	       look_kind(s, i + 1) == TOKEN_COLON;
}

/* Above the statement, or what else the expression at i is part of: blocks
 * are stepped out of no more than match bodies, struct literals are. */
static bool said_around(const struct safety *in, uint32_t i)
{
	const struct source *s = in->s;

	for (unsigned n = 0; n < OUT_MAX; n++) {
		uint32_t first = s->tree.first[i], open = s->tree.parent[i];

		if (said_above(in, &first))
			return true;
		if (open == TREE_NONE ||
		    (look_kind(s, open) == TOKEN_OPEN_BRACE &&
		     !field(s, s->tree.first[i])))
			break;
		i = open;
	}
	return false;
}

/* Above the line, or before what stands on it in front of the block. */
static bool said_on_line(const struct safety *in, uint32_t i)
{
	const struct lexer *lx = &in->s->lx;
	uint32_t line = lx->tok[i].line, first = lexer_at_line(lx, line);
	uint32_t from = lexer_comment_at(lx, lx->tok[first].start);
	uint32_t to = lexer_comment_at(lx, lx->tok[i].start);

	return said_before(in, first) ||
	       (from < to && in->said[to] > in->said[from]);
}

/* Above an impl, or above those that stand on the lines before it. */
static bool said_above_row(const struct safety *in, uint32_t i)
{
	const struct source *s = in->s;

	for (unsigned n = 0; n < ROW_MAX; n++) {
		uint32_t first = s->tree.first[i], head = first, end;

		if (said_above(in, &head))
			return true;
		end = first - 1;
		if (!first || look_kind(s, end) != TOKEN_CLOSE_BRACE ||
		    !tree_paired(&s->tree, end) ||
		    look_line(s, end) + 1 < look_line(s, first))
			return false;
		i = s->tree.first[end];
		for (n++; n < ROW_MAX && look_kind(s, i) == TOKEN_HASH; n++)
			i = s->tree.mate[i + 1] + 1;
		if (!safety_impl(s, i))
			return false;
	}
	return false;
}

bool safety_stated(const struct safety *in, uint32_t unsafe)
{
	if (safety_impl(in->s, unsafe))
		return said_above_row(in, unsafe);
	return said_on_line(in, unsafe) || said_around(in, unsafe) ||
	       said_before(in, unsafe + 2);
}

/* The `unsafe` of the block around token i, within its fn; or LOOK_NONE. */
static uint32_t block_around(const struct source *s, uint32_t i)
{
	for (unsigned n = 0; n < BLOCKS_MAX; n++) {
		if (!(s->context.flags[i] & CONTEXT_UNSAFE))
			break;
		i = s->tree.parent[i];
		if (i == TREE_NONE || !i)
			break;
		if (safety_block(s, i - 1))
			return i - 1;
	}
	return LOOK_NONE;
}

bool safety_stated_for(const struct safety *in, uint32_t i)
{
	const struct source *s = in->s;
	uint32_t block = block_around(s, i), fn;

	if (said_on_line(in, i) || said_around(in, i))
		return true;
	if (block != LOOK_NONE)
		return safety_stated(in, block);
	fn = source_item(s, i, ITEM_FN);
	return fn != OUTLINE_NONE && s->outline.item[fn].flags & ITEM_UNSAFE &&
	       said_before(in, s->outline.item[fn].lead);
}
