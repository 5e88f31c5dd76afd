/* What is known of the code, against what a finding says of it: a closed table.
 * What a row cannot be sure of it leaves alone. */
#include "agent/facts_parts.h"

#include "agent/gather.h"
#include "agent/quote.h"
#include "agent/task.h"
#include "rust/panics.h"
#include "rust/safety.h"

/* Tokens of quoted lines that are looked at. */
#define TOKENS_MAX 4096u

static const struct {
	enum claim claim, but;
	bool (*look)(struct fact_look *l, struct buf *fact);
} rows[] = {
	{ CLAIM_NO_SAFETY, CLAIM_BUT_SAFETY, fact_safety },
	{ CLAIM_PRODUCTION, CLAIM_BUT_PANIC, fact_test },
	{ CLAIM_NOT_DEPENDENCY, CLAIM_BUT_CRATE, fact_dependency },
	{ CLAIM_UNUSED_CRATE, CLAIM_BUT_CRATE, fact_used },
	{ CLAIM_NEW_DEPENDENCY, CLAIM_BUT_CRATE, fact_no_dependency },
	{ CLAIM_EDITION, CLAIM_BUT_VERSION, fact_edition },
	{ CLAIM_MSRV, CLAIM_BUT_VERSION, fact_msrv },
	{ CLAIM_NO_MSRV, CLAIM_BUT_VERSION, fact_has_msrv },
};

/* The Rust of the quoted lines, when they are of the new side. */
static const struct source *quoted(const struct fact_look *l, uint32_t *from,
				   uint32_t *to)
{
	const struct look *at = l->look;
	const struct source *s = at->file ? at->file->now : NULL;

	if (at->f->check != FINDING_VERIFIED || at->at.old || !s ||
	    !source_understood(s))
		return NULL;
	*from = lexer_at_line(&s->lx, at->at.first);
	*to = lexer_at_line(&s->lx, at->at.last + 1);
	if (*to > *from + TOKENS_MAX)
		*to = *from + TOKENS_MAX;
	return s;
}

/* Its own comment: not that of an impl above it, which holds for both. */
static uint32_t own_comment(const struct safety *safety, uint32_t i)
{
	const struct source *s = safety->s;
	uint32_t said = safety_comment(safety, i);

	if (said == SAFETY_NONE || !safety_impl(s, i))
		return said;
	for (uint32_t k = s->lx.comment[said].token; k < i; k++)
		if (safety_impl(s, k))
			return SAFETY_NONE;
	return said;
}

/* Every unsafe block or impl that is quoted has its comment. */
bool fact_safety(struct fact_look *l, struct buf *fact)
{
	uint32_t from, to, said = SAFETY_NONE;
	const struct source *s = quoted(l, &from, &to);
	struct safety safety;

	if (!s)
		return false;
	safety_read(&safety, &l->ground->scratch, s, SAFETY_FORMAL);
	for (uint32_t i = from; i < to; i++) {
		if (!safety_block(s, i) && !safety_impl(s, i))
			continue;
		said = own_comment(&safety, i);
		if (said == SAFETY_NONE)
			return false;
	}
	if (said == SAFETY_NONE)
		return false;
	buf_adds(fact, "its SAFETY comment stands at ");
	quote_place(fact, s->path, s->lx.comment[said].line);
	return true;
}

/* The outermost item of tests around a token, or OUTLINE_NONE. */
static uint32_t test_item(const struct source *s, uint32_t token)
{
	uint32_t i = outline_at(&s->outline, s->lx.tok[token].start);
	uint32_t found = OUTLINE_NONE;

	for (; i != OUTLINE_NONE; i = s->outline.item[i].parent)
		if (s->outline.item[i].flags & (ITEM_TEST | ITEM_CFG_TEST))
			found = i;
	return found;
}

static bool test_file(const struct fact_look *l, const struct source *s)
{
	vec_each (const struct rule_file, f, &l->ground->in->code.rule_files)
		if (f->now == s)
			return f->test;
	return false;
}

/* What panics there is compiled for tests alone. */
bool fact_test(struct fact_look *l, struct buf *fact)
{
	uint32_t from, to, item = OUTLINE_NONE;
	const struct source *s = quoted(l, &from, &to);
	bool any = false;

	if (!s)
		return false;
	for (uint32_t i = from; i < to; i++) {
		if (panic_at(s, i) == PANIC_NONE)
			continue;
		if (!source_test(s, i) && !test_file(l, s))
			return false;
		item = test_item(s, i);
		any = true;
	}
	if (!any)
		return false;
	buf_adds(fact, "it is test code");
	if (item != OUTLINE_NONE) {
		buf_adds(fact, ": see ");
		quote_place(fact, s->path, s->outline.item[item].line);
	}
	return true;
}

/* The words of a finding without emphasis. */
static struct span plain_words(struct arena *a, struct span text)
{
	char *p = arena_alloc(a, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '*')
			p[n++] = text.ptr[i];
	return (struct span){ p, n };
}

bool facts_contradict(struct ground *g, struct look *l)
{
	struct fact_look fl = { .ground = g, .look = l };
	struct span text = plain_words(&g->scratch, l->f->text), groups[2];
	struct buf fact = { 0 };
	bool found = false;

	if (g->in->task == &task_design)
		return false;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && !found; i++) {
		groups[1] = (struct span){ 0 };
		if (!claims_say(&g->claims, rows[i].claim, text, groups, 2) ||
		    claims_say(&g->claims, rows[i].but, text, NULL, 0))
			continue;
		fl.word = groups[1];
		buf_reset(&fact);
		found = rows[i].look(&fl, &fact);
	}
	if (found)
		l->f->fact = arena_span(g->arena, buf_span(&fact));
	buf_release(&fact);
	return found;
}
