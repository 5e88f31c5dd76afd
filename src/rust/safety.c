#include "rust/safety.h"

#include "base/arena.h"
#include "base/buf.h"
#include "rust/look.h"

/* Impls or statements in a row that one comment is looked for above. */
#define ROW_MAX 16
/* Tokens of the statement above in which an unsafe block is looked for. */
#define STATEMENT_MAX 64
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

/* Does one of the words stand in the text? Not in the middle of another, as
 * in "unsafe". */
static bool has_one(struct span text, const struct span *words, size_t n)
{
	char before = ' ';

	for (; text.len; text = span_from(text, 1)) {
		for (size_t i = 0; i < n; i++)
			if (lower(*text.ptr) == *words[i].ptr &&
			    (lower(before) < 'a' || lower(before) > 'z') &&
			    starts_nocase(text, words[i]))
				return true;
		before = *text.ptr;
	}
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

	if (words == SAFETY_FORMAL)
		return has_one(text, formal, sizeof(formal) / sizeof(*formal));
	/* what silences a rule has its name in it */
	return span_find(text, SPAN("architect: allow")) < 0 &&
	       has_one(text, any, sizeof(any) / sizeof(*any));
}

/* What stands behind "safety:", when that is not all. */
static struct span behind_word(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		struct span rest = span_from(text, i);

		if (starts_nocase(rest, SPAN("safety:")))
			return span_trim(span_from(rest, 7));
		if (starts_nocase(rest, SPAN("# safety")))
			return span_trim(span_from(rest, 8));
	}
	return text;
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

/* The last comment of [from, to) that says so, or SAFETY_NONE. */
static uint32_t said_last(const struct safety *in, uint32_t from, uint32_t to)
{
	if (from >= to || in->said[to] == in->said[from])
		return SAFETY_NONE;
	while (in->said[to - 1] == in->said[to])
		to--;
	return to - 1;
}

/*
 * The comment between token i and the one before that says so. One that ends
 * the line of a statement before belongs to that.
 */
static uint32_t said_before(const struct safety *in, uint32_t i)
{
	const struct lexer *lx = &in->s->lx;
	uint32_t from = 0, to;

	if (i && lx->tok[i].start - lx->tok[i - 1].start - lx->tok[i - 1].len <
			 sizeof("//safety:"))
		return SAFETY_NONE;
	to = lexer_comment_at(lx, lx->tok[i].start);
	if (i) {
		const struct token *before = &lx->tok[i - 1];

		from = lexer_comment_at(lx, before->start + before->len);
		if (in->s->tree.first[i] == i &&
		    !lexer_opens((enum token_kind)before->kind))
			from = comment_below(lx, from,
					     lexer_last_line(lx, i - 1));
	}
	return said_last(in, from, to);
}

/* The same before each token from a statement's first to the first that is no
 * attribute's; *i becomes that. */
static uint32_t said_above(const struct safety *in, uint32_t *i)
{
	const struct source *s = in->s;
	uint32_t said;

	for (unsigned n = 0;; n++) {
		said = said_before(in, *i);
		if (said != SAFETY_NONE || n == ATTRIBUTES_MAX ||
		    look_kind(s, *i) != TOKEN_HASH ||
		    look_kind(s, *i + 1) != TOKEN_OPEN_BRACKET ||
		    !tree_paired(&s->tree, *i + 1))
			return said;
		*i = s->tree.mate[*i + 1] + 1;
	}
}

/* A field of a struct's literal begins here: no statement does so. */
static bool field(const struct source *s, uint32_t i)
{
	return lexer_name(look_kind(s, i)) &&
	       look_kind(s, i + 1) == TOKEN_COLON;
}

/* Above the statement, or what else the expression at i is part of: blocks
 * are stepped out of no more than match bodies, struct literals are. */
static uint32_t said_around(const struct safety *in, uint32_t i)
{
	const struct source *s = in->s;

	for (unsigned n = 0; n < OUT_MAX; n++) {
		uint32_t first = s->tree.first[i], open = s->tree.parent[i];
		uint32_t said = said_above(in, &first);

		if (said != SAFETY_NONE)
			return said;
		if (open == TREE_NONE ||
		    (look_kind(s, open) == TOKEN_OPEN_BRACE &&
		     !field(s, first)))
			break;
		i = open;
	}
	return SAFETY_NONE;
}

/* Above the line, or before what stands on it in front of the block. */
static uint32_t said_on_line(const struct safety *in, uint32_t i)
{
	const struct lexer *lx = &in->s->lx;
	uint32_t line = lx->tok[i].line, first = lexer_at_line(lx, line);
	uint32_t from = lexer_comment_at(lx, lx->tok[first].start);
	uint32_t to = lexer_comment_at(lx, lx->tok[i].start);
	uint32_t said = said_before(in, first);

	return said != SAFETY_NONE ? said : said_last(in, from, to);
}

/* Above an impl, or above those that stand on the lines before it. */
static uint32_t said_above_row(const struct safety *in, uint32_t i)
{
	const struct source *s = in->s;

	for (unsigned n = 0; n < ROW_MAX; n++) {
		uint32_t first = s->tree.first[i], head = first, end, said;

		said = said_above(in, &head);
		if (said != SAFETY_NONE)
			return said;
		end = first - 1;
		if (!first || look_kind(s, end) != TOKEN_CLOSE_BRACE ||
		    !tree_paired(&s->tree, end) ||
		    look_line(s, end) + 1 < look_line(s, first))
			break;
		i = s->tree.first[end];
		for (n++; n < ROW_MAX && look_kind(s, i) == TOKEN_HASH; n++)
			i = s->tree.mate[i + 1] + 1;
		if (!safety_impl(s, i))
			break;
	}
	return SAFETY_NONE;
}

uint32_t safety_comment(const struct safety *in, uint32_t unsafe)
{
	uint32_t said;

	if (safety_impl(in->s, unsafe))
		return said_above_row(in, unsafe);
	said = said_on_line(in, unsafe);
	if (said == SAFETY_NONE)
		said = said_around(in, unsafe);
	if (said == SAFETY_NONE)
		said = said_before(in, unsafe + 2);
	return said;
}

bool safety_stated(const struct safety *in, uint32_t unsafe)
{
	return safety_comment(in, unsafe) != SAFETY_NONE;
}

struct span safety_text(const struct safety *in, struct arena *a,
			uint32_t comment)
{
	const struct lexer *lx = &in->s->lx;
	struct buf b = { 0 };
	struct span said;

	for (uint32_t i = comment; i < lx->comments; i++) {
		const struct comment *c = &lx->comment[i];
		struct span text = { lx->src.ptr + c->start, c->len };

		if (c->token != lx->comment[comment].token ||
		    (i > comment && c->line > c[-1].last_line + 1))
			break;
		while (text.len && (*text.ptr == '/' || *text.ptr == '!' ||
				    *text.ptr == '*'))
			text = span_from(text, 1);
		if (span_ends(text, "*/"))
			text.len -= 2;
		if (b.len)
			buf_addc(&b, ' ');
		buf_addsp(&b, span_trim(text));
	}
	said = arena_span(a, buf_span(&b));
	buf_release(&b);
	return behind_word(said);
}

/* The unsafe block in the statement that ends on the line above the one of
 * token i, or LOOK_NONE. */
static uint32_t block_above(const struct source *s, uint32_t i)
{
	uint32_t first = s->tree.first[i], from;

	if (!first || look_kind(s, first - 1) != TOKEN_SEMI ||
	    look_line(s, first - 1) + 1 != look_line(s, first))
		return LOOK_NONE;
	from = s->tree.first[first - 1];
	if (first - from > STATEMENT_MAX)
		return LOOK_NONE;
	for (; from < first; from++)
		if (safety_block(s, from))
			return from;
	return LOOK_NONE;
}

bool safety_stated_row(const struct safety *in, uint32_t unsafe)
{
	for (unsigned n = 0; n < ROW_MAX && unsafe != LOOK_NONE; n++) {
		if (safety_stated(in, unsafe))
			return true;
		if (!safety_block(in->s, unsafe))
			break;
		unsafe = block_above(in->s, unsafe);
	}
	return false;
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

	if (said_on_line(in, i) != SAFETY_NONE ||
	    said_around(in, i) != SAFETY_NONE)
		return true;
	if (block != LOOK_NONE)
		return safety_stated_row(in, block);
	fn = source_item(s, i, ITEM_FN);
	return fn != OUTLINE_NONE && s->outline.item[fn].flags & ITEM_UNSAFE &&
	       said_before(in, s->outline.item[fn].lead) != SAFETY_NONE;
}
