/* Unsafe code, and what makes it sound. */
#include "rust/rule.h"
#include "rust/safety.h"

/* So far out of brackets does the stub go. */
#define OUT_MAX 16
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
			safety_read(&safety, rule_arena(r), s);
		if (safety_stated(&safety, i))
			continue;
		p = speak(r, s, i);
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
	       "and one above several unsafe impls in a row, count here too.",
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
