/* Signatures, and visibility, that changed. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/look.h"

#define SIGNATURES 5u
#define NAMES 6u	/* of one line */
#define ALIKE_TOKENS 6u /* of a difference that others may have, too */

/* Tokens of one side's header that differ from the other's. */
struct cut {
	uint32_t from, to;
};

static bool same(const struct source *s, uint32_t i, const struct source *t,
		 uint32_t k)
{
	return span_eq(lexer_text(&s->lx, i), lexer_text(&t->lx, k));
}

static bool divides(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i);

	return kind == TOKEN_COMMA || kind == TOKEN_OPEN_PAREN ||
	       kind == TOKEN_CLOSE_PAREN || kind == TOKEN_ARROW ||
	       kind == KW_WHERE;
}

static uint32_t angles(const struct source *s, uint32_t i, uint32_t depth)
{
	enum token_kind kind = look_kind(s, i);

	if (kind == TOKEN_LESS)
		return depth + 1;
	return kind == TOKEN_GREATER && depth ? depth - 1 : depth;
}

/* Tokens that both begin with, as far as the last parameter or type that both
 * have whole. */
static uint32_t common_start(const struct source *s, const struct cut *a,
			     const struct source *t, const struct cut *b)
{
	uint32_t whole = 0, depth = 0;

	for (uint32_t n = 0; a->from + n < a->to && b->from + n < b->to; n++) {
		if (!same(s, a->from + n, t, b->from + n))
			break;
		depth = angles(s, a->from + n, depth);
		if (!depth && divides(s, a->from + n))
			whole = n + 1;
	}
	return whole;
}

/* The same of what both end with. */
static uint32_t common_end(const struct source *s, const struct cut *a,
			   const struct source *t, const struct cut *b)
{
	uint32_t n = 0, depth = 0;

	while (a->to - n > a->from && b->to - n > b->from &&
	       same(s, a->to - n - 1, t, b->to - n - 1))
		n++;
	for (uint32_t i = a->from; i < a->to; i++) {
		if (!depth && i >= a->to - n && divides(s, i))
			return a->to - i;
		depth = angles(s, i, depth);
	}
	return 0;
}

/* What says no more than that a parameter or an item ends. */
static bool ends(const struct source *s, uint32_t i)
{
	enum token_kind kind = look_kind(s, i);

	return kind == TOKEN_COMMA || kind == TOKEN_SEMI || kind == TOKEN_EQ;
}

/* The headers without what both sides begin and end with, in whole parameters.
 */
static void cut_headers(const struct source *s, struct cut *a,
			const struct source *t, struct cut *b)
{
	uint32_t n = common_start(s, a, t, b);

	a->from += n;
	b->from += n;
	n = common_end(s, a, t, b);
	a->to -= n;
	b->to -= n;
	while (a->to > a->from && ends(s, a->to - 1))
		a->to--;
	while (b->to > b->from && ends(t, b->to - 1))
		b->to--;
}

static void add_signature(struct offline *o, const struct touched *t)
{
	const struct item *old = &t->was->outline.item[t->change->was];
	struct cut now = { t->item->head, item_body_start(t->now, t->item) };
	struct cut was = { old->head, item_body_start(t->was, old) };

	cut_headers(t->now, &now, t->was, &was);
	buf_adds(o->out, t->item->kind == ITEM_IMPL ? "header of impl "
						    : "signature of ");
	edited_code_path(o, t);
	if (now.from == now.to) {
		buf_adds(o->out, " loses ");
		quote_tokens(o->out, t->was, was.from, was.to);
	} else if (was.from == was.to) {
		buf_adds(o->out, " gains ");
		quote_tokens(o->out, t->now, now.from, now.to);
	} else {
		buf_adds(o->out, ": ");
		quote_became(o->out, t->was, was.from, was.to, t->now, now.from,
			     now.to);
	}
}

/* ---- visibility alone */

/* Behind an item's visibility. */
static uint32_t behind_vis(const struct source *s, const struct item *it)
{
	uint32_t i = it->head;

	if (look_kind(s, i) != KW_PUB)
		return i;
	i++;
	return look_kind(s, i) == TOKEN_OPEN_PAREN ? s->tree.mate[i] + 1 : i;
}

static const struct item *old_item(const struct touched *t)
{
	return &t->was->outline.item[t->change->was];
}

/* Is an item's visibility all that differs in its header? */
static bool only_vis(const struct touched *t)
{
	const struct item *old = old_item(t);
	uint32_t i = behind_vis(t->now, t->item), k = behind_vis(t->was, old);
	uint32_t end = item_body_start(t->now, t->item);

	if (end - i != item_body_start(t->was, old) - k)
		return false;
	for (; i < end; i++, k++)
		if (!same(t->now, i, t->was, k))
			return false;
	return true;
}

static void add_vis(struct buf *out, const struct source *s,
		    const struct item *it)
{
	if (behind_vis(s, it) == it->head)
		buf_adds(out, "private");
	else
		quote_tokens(out, s, it->head, behind_vis(s, it));
}

static void add_vis_change(struct buf *out, const struct touched *t)
{
	add_vis(out, t->was, old_item(t));
	buf_adds(out, " → ");
	add_vis(out, t->now, t->item);
}

/* Do they go from the same visibility to the same? */
static bool same_vis(const struct touched *a, const struct touched *b)
{
	struct buf x = { 0 }, y = { 0 };
	bool yes;

	add_vis_change(&x, a);
	add_vis_change(&y, b);
	yes = span_eq(buf_span(&x), buf_span(&y));
	buf_release(&x);
	buf_release(&y);
	return yes;
}

static bool signed_anew(const struct touched *t)
{
	return !t->aside && t->now && t->was &&
	       t->change->parts & PART_HEADER && t->change->op != OP_RENAMED &&
	       t->item->kind != ITEM_CALL &&
	       !(t->item->kind == ITEM_IMPL && !t->item->trait_path.len);
}

/* Items of one file whose visibility changed alike, from t on, in a line. */
static void add_same_vis(struct offline *o, const struct touched *t, bool *said)
{
	const struct touched *end = o->touched.ptr + o->touched.len;
	const struct touched *first = t;
	uint32_t n = 0;

	buf_adds(o->out, "visibility ");
	add_vis_change(o->out, t);
	buf_adds(o->out, ": ");
	for (; t < end && t->file == first->file; t++) {
		if (!signed_anew(t) || !only_vis(t) || !same_vis(first, t))
			continue;
		said[t - o->touched.ptr] = true;
		if (n++ >= NAMES)
			continue;
		add_comma(o->out, n - 1);
		edited_code_path(o, t);
		if (n > 1)
			buf_addf(o->out, " (:%u)", edited_line(t));
	}
	if (n > NAMES)
		buf_addf(o->out, " and %u more", n - NAMES);
}

/* The tokens that differ, and no more. */
static void least_cut(const struct touched *t, struct cut *now, struct cut *was)
{
	const struct item *old = old_item(t);

	*now = (struct cut){ t->item->head, item_body_start(t->now, t->item) };
	*was = (struct cut){ old->head, item_body_start(t->was, old) };
	while (now->from < now->to && was->from < was->to &&
	       same(t->now, now->from, t->was, was->from)) {
		now->from++;
		was->from++;
	}
	while (now->to > now->from && was->to > was->from &&
	       same(t->now, now->to - 1, t->was, was->to - 1)) {
		now->to--;
		was->to--;
	}
}

static bool same_cut(const struct source *s, struct cut a,
		     const struct source *t, struct cut b)
{
	if (a.to - a.from != b.to - b.from)
		return false;
	for (; a.from < a.to; a.from++, b.from++)
		if (!same(s, a.from, t, b.from))
			return false;
	return true;
}

/* Others whose signature changed by the same few tokens. */
static void add_likewise(struct offline *o, const struct touched *t, bool *said)
{
	const struct touched *end = o->touched.ptr + o->touched.len;
	const struct touched *first = t;
	struct span last = t->s->path;
	struct cut now, was;
	uint32_t n = 0;

	least_cut(first, &now, &was);
	if (now.to - now.from > ALIKE_TOKENS ||
	    was.to - was.from > ALIKE_TOKENS)
		return;
	for (t++; t < end; t++) {
		struct cut a, b;

		if (!signed_anew(t) || said[t - o->touched.ptr])
			continue;
		least_cut(t, &a, &b);
		if (!same_cut(first->now, now, t->now, a) ||
		    !same_cut(first->was, was, t->was, b))
			continue;
		said[t - o->touched.ptr] = true;
		if (n++ >= NAMES)
			continue;
		buf_adds(o->out, n > 1 ? ", " : "; likewise ");
		edited_code_path(o, t);
		buf_adds(o->out, " (");
		add_place_in(o->out, last, t->s->path, edited_line(t));
		buf_addc(o->out, ')');
		last = t->s->path;
	}
	if (n > NAMES)
		buf_addf(o->out, " and %u more", n - NAMES);
}

void offline_signatures(struct offline *o)
{
	struct facts f = { .o = o, .most = SIGNATURES };
	bool *said = arena_alloc(o->arena, o->touched.len + 1);

	vec_each (struct touched, t, &o->touched) {
		if (!signed_anew(t) || said[t - o->touched.ptr] ||
		    !edited_fact(&f, t))
			continue;
		if (only_vis(t)) {
			add_same_vis(o, t, said);
		} else {
			add_signature(o, t);
			add_likewise(o, t, said);
		}
		fact_end(&f);
	}
	facts_close(&f, "signature that changed", "signatures that changed");
}
