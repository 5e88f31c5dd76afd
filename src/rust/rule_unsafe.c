/* Unsafe code, and what makes it sound. */
#include "rust/rule.h"
#include "rust/safety.h"

/* So far out of brackets does the stub go. */
#define OUT_MAX 16
/* Tokens around a call where `into_raw` is looked for. */
#define GIVEN_BACK 24
#define STUB "// SAFETY: state why this is sound"

static struct rule_place *speak(struct rule_run *r, const struct source *s,
				uint32_t i)
{
	uint32_t at = outline_at(&s->outline, s->lx.tok[i].start);
	const struct item *it;

	if (safety_block(s, i))
		return rule_found(r, i, LOOK_NONE,
				  "the `unsafe` block has no `SAFETY:` "
				  "comment above it or first inside");
	it = at == OUTLINE_NONE ? NULL : &s->outline.item[at];
	if (!it || it->kind != ITEM_IMPL)
		return rule_found(r, i, LOOK_NONE,
				  "the `unsafe impl` has no `SAFETY:` comment "
				  "above it");
	return rule_found(r, i, LOOK_NONE,
			  "`unsafe impl %.*s for %.*s` has no `SAFETY:` "
			  "comment above it",
			  SPAN_ARG(it->trait_path), SPAN_ARG(it->self_type));
}

/* Is the block all that an unsafe fn does? Then its callers have taken over
 * what it relies on, and lints want the block alone. */
static bool handed_on(const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN), behind;
	const struct item *it;

	if (fn == OUTLINE_NONE || !safety_block(s, i))
		return false;
	it = &s->outline.item[fn];
	behind = s->tree.mate[i + 1] + 1;
	if (look_kind(s, behind) == TOKEN_SEMI)
		behind++;
	return it->flags & ITEM_UNSAFE && it->open + 1 == i &&
	       it->last == behind;
}

/* Where the stub goes: above the argument when that has a line to itself, else
 * above what it is an argument of. */
static uint32_t stub_above(const struct source *s, uint32_t i)
{
	uint32_t first = s->tree.first[i], open;

	for (unsigned n = 0; n < OUT_MAX && first; n++) {
		if (look_line(s, first - 1) < look_line(s, first))
			break;
		open = s->tree.parent[first];
		if (open == TREE_NONE || look_kind(s, open) == TOKEN_OPEN_BRACE)
			break;
		first = s->tree.first[open];
	}
	return first;
}

static void run_comment(struct rule_run *r, const struct source *s)
{
	struct safety safety = { 0 };
	uint32_t stubbed = LOOK_NONE;

	for (uint32_t i = 0; i < s->lx.count; i++) {
		struct rule_place *p;

		if (!(safety_block(s, i) || safety_impl(s, i)) ||
		    !rule_asks(r, i))
			continue;
		if (!safety.s)
			safety_read(&safety, rule_arena(r), s, SAFETY_FORMAL);
		if (safety_stated(&safety, i))
			continue;
		p = speak(r, s, i);
		if (p && handed_on(s, i))
			p->level = LEVEL_NICE_TO_HAVE;
		/* one stub serves all of a statement */
		if (stub_above(s, i) == stubbed)
			continue;
		stubbed = stub_above(s, i);
		rule_edit_above(r, p, stubbed, STUB);
	}
}

const struct rule rule_unsafe_without_safety = {
	.id = "unsafe-without-safety",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "critical-issues",
	.about = "unsafe block or unsafe impl without a SAFETY comment",
	.consequence = "nobody can check the code against the invariant that "
		       "it relies on, or see when a later change breaks it",
	.remedy = "say in a `// SAFETY:` comment why it is sound",
	.why = "In an unsafe block the compiler no longer checks memory "
	       "safety: the author does, once, and the comment is where the "
	       "result of that check is kept. It names what must hold (the "
	       "index is in bounds, the pointer came from Box::into_raw) and "
	       "why it does here. Clippy has the same rule as "
	       "undocumented_unsafe_blocks; a comment first inside the block, "
	       "and one above several unsafe impls in a row, count here too. A "
	       "block that is the whole body of an unsafe fn is nice-to-have.",
	.bad = "fn first(bytes: &[u8]) -> u8 {\n"
	       "    unsafe { *bytes.get_unchecked(0) }\n"
	       "}\n",
	.good = "fn first(bytes: &Header) -> u8 {\n"
		"    // SAFETY: a Header is never empty, its constructor "
		"checks.\n"
		"    unsafe { *bytes.get_unchecked(0) }\n"
		"}\n",
	.run = run_comment,
};

/* The path segment in front of the name at i, or what was imported with it:
 * "mem" of `mem::forget` and of `use std::mem::forget;`. */
static struct span owner_of(struct rule_run *r, const struct source *s,
			    uint32_t i)
{
	struct span path = look_path(s, rule_arena(r), i), rest = path, part;
	struct span owner = { 0 }, last = { 0 };

	while (text_field(&rest, ':', &part)) {
		if (!part.len)
			continue;
		owner = last;
		last = part;
	}
	return owner;
}

static const struct names_trust *
trusting_call(struct rule_run *r, const struct source *s, uint32_t i)
{
	const struct names_trust *t;
	struct span owner = { 0 };
	uint32_t open = i + 1;

	if (!lexer_name(look_kind(s, i)) || look_kind(s, i - 1) == KW_FN)
		return NULL;
	if (look_kind(s, open) == TOKEN_PATH_SEP)
		open = look_generics(s, open + 1);
	if (look_kind(s, open) != TOKEN_OPEN_PAREN)
		return NULL;
	if (look_kind(s, i - 1) != TOKEN_DOT)
		owner = owner_of(r, s, i);
	t = names_trust(owner, lexer_word(&s->lx, i),
			look_kind(s, open + 1) != TOKEN_CLOSE_PAREN);
	if (!t || (!t->safe && !(s->context.flags[i] & CONTEXT_UNSAFE)))
		return NULL;
	return t;
}

/* Is what the call takes what another gave up just before: `into_raw()`? */
static bool given_up(const struct source *s, uint32_t i)
{
	uint32_t first = s->tree.first[i];

	first = first > GIVEN_BACK ? first - GIVEN_BACK : 0;
	for (uint32_t end = i + GIVEN_BACK; first < end; first++)
		if (lexer_name(look_kind(s, first)) &&
		    span_starts(lexer_text(&s->lx, first), "into_raw"))
			return true;
	return false;
}

/* Is this fn's purpose to let go: into_inner, disarm? */
static bool lets_go(const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN);
	struct span name;

	if (fn == OUTLINE_NONE)
		return false;
	name = s->outline.item[fn].name;
	return span_starts(name, "into_") || span_starts(name, "leak") ||
	       span_starts(name, "forget") || span_eqs(name, "disarm") ||
	       span_eqs(name, "defuse") || span_eqs(name, "release");
}

static bool answered(const struct source *s, const struct safety *safety,
		     const struct names_trust *t, uint32_t i)
{
	if (t->safe ? lets_go(s, i) : given_up(s, i))
		return true;
	return safety_stated_for(safety, i);
}

static void run_call(struct rule_run *r, const struct source *s)
{
	struct safety safety = { 0 };

	for (uint32_t i = 1; i < s->lx.count; i++) {
		const struct names_trust *t;

		if (look_kind(s, i) != TOKEN_IDENT || !rule_asks(r, i))
			continue;
		t = trusting_call(r, s, i);
		if (!t)
			continue;
		if (!safety.s)
			safety_read(&safety, rule_arena(r), s, SAFETY_ANY);
		if (!answered(s, &safety, t, i))
			rule_found(r, i, LOOK_NONE,
				   "`%.*s` trusts that %s, and no comment says "
				   "why",
				   SPAN_ARG(lexer_word(&s->lx, i)), t->needs);
	}
}

const struct rule rule_unsafe_call = {
	.id = "unsafe-call",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "critical-issues",
	.about = "transmute, set_len, from_raw_parts, *_unchecked and their "
		 "like, unexplained",
	.consequence = "nothing checks it",
	.remedy = "what makes sure of it here?",
	.why = "These functions leave out a check, or change a type or an "
	       "owner, and trust the caller with the rest; what each trusts "
	       "in stands in its documentation under \"Safety\". The question "
	       "names it. A SAFETY comment at the call, above its unsafe block "
	       "or in the documentation of its unsafe fn answers it.",
	.bad = "fn grow(buf: &mut Vec<u8>, n: usize) {\n"
	       "    buf.reserve(n);\n"
	       "    unsafe { buf.set_len(n) }\n"
	       "}\n",
	.good = "fn grow(buf: &mut Vec<u8>, n: usize) {\n"
		"    buf.resize(n, 0);\n"
		"}\n",
	.run = run_call,
};
