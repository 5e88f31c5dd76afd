/* Unsafe code, and what makes it sound. */
#include "rust/rule.h"
#include "rust/stated.h"
#include "rust/unsafe_past.h"

/* So far out of brackets does the stub go. */
#define OUT_MAX 16
/* Tokens around a call where `into_raw` is looked for. */
#define GIVEN_BACK 24
/* Of more calls it is not asked whether they were there before. */
#define LOOKS_MAX 64
/* Comments above one statement that are read. */
#define COMMENTS_MAX 32
#define STUB "// SAFETY: state why this is sound"

/* What was there before, read when it is first asked for. */
struct look_back {
	const struct rule_input *in;
	struct unsafe_past past;
	bool read;
	unsigned looks;
};

static const struct unsafe_past *past(struct look_back *back,
				      struct rule_run *r)
{
	if (!back->read)
		unsafe_past_read(&back->past, rule_arena(r), back->in);
	back->read = true;
	return &back->past;
}

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

static bool news(struct look_back *back, struct rule_run *r, uint32_t i)
{
	const struct rule_file *f = rule_file(r);

	return back->in->existing ||
	       (!unsafe_custom(past(back, r), f, safety_impl(f->now, i)) &&
		!unsafe_known(past(back, r), f, i));
}

static void comment_file(struct rule_run *r, const struct source *s,
			 struct look_back *back)
{
	struct safety safety = { 0 };
	uint32_t stubbed = LOOK_NONE;

	for (uint32_t i = 0; i < s->lx.count; i++) {
		struct rule_place *p;

		if (!(safety_block(s, i) || safety_impl(s, i)) ||
		    !rule_asks(r, i))
			continue;
		if (!safety.s)
			safety_read(&safety, rule_arena(r), s, SAFETY_ANY);
		if (!unsafe_bare(&safety, i) || !news(back, r, i))
			continue;
		p = speak(r, s, i);
		/* one stub serves all of a statement */
		if (stub_above(s, i) == stubbed)
			continue;
		stubbed = stub_above(s, i);
		rule_edit_above(r, p, stubbed, STUB);
	}
}

static void run_comment(struct rule_run *r, const struct rule_input *in)
{
	struct look_back back = { .in = in };

	if (in->said->reverts)
		return;
	for (size_t i = 0; i < in->files; i++) {
		rule_turn_to(r, &in->file[i]);
		if (in->file[i].now)
			comment_file(r, in->file[i].now, &back);
	}
}

const struct rule rule_unsafe_without_safety = {
	.id = "unsafe-without-safety",
	.tier = TIER_A,
	.draft = true,
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
	       "one above several unsafe impls in a row, and a reason in other "
	       "words count here too. Of a change it speaks where such code is "
	       "new: not of blocks that it moves or, in the same item, touches "
	       "in part, nor in an unsafe fn, whose callers have taken over "
	       "the duty, nor in files most of whose unsafe code says nothing.",
	.bad = "fn first(bytes: &[u8]) -> u8 {\n"
	       "    unsafe { *bytes.get_unchecked(0) }\n"
	       "}\n",
	.good = "fn first(bytes: &Header) -> u8 {\n"
		"    // SAFETY: a Header is never empty, its constructor "
		"checks.\n"
		"    unsafe { *bytes.get_unchecked(0) }\n"
		"}\n",
	.few = 2,
	.run_change = run_comment,
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

/* Is a value made of a literal that holds by itself: `new_unchecked(8)`? */
static bool of_literal(const struct source *s, uint32_t i)
{
	return look_is(s, i, "new_unchecked") &&
	       look_match(s, i + 1, "( # )") != LOOK_NONE &&
	       !look_is(s, i + 2, "0");
}

/* Does the comment right above the statement of token i tell that something is
 * left alive? */
static bool tells_of_leak(const struct source *s, uint32_t i)
{
	static const char *const words[] = { "forget", "leak", "drop",
					     "Forget", "Leak", "Drop" };
	uint32_t first = s->tree.first[i];
	uint32_t c = lexer_comment_at(&s->lx, s->lx.tok[first].start);
	uint32_t line = look_line(s, first);

	for (unsigned n = 0; c-- && n < COMMENTS_MAX; n++) {
		const struct comment *at = &s->lx.comment[c];
		struct span text = { s->lx.src.ptr + at->start, at->len };

		if (at->last_line + 1 != line)
			return false;
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (span_find(text, span_of(words[k])) >= 0)
				return true;
		line = at->line;
	}
	return false;
}

/* The same above the `let` right before, of the value that is given away. */
static bool said_of_leak(const struct source *s, uint32_t i)
{
	uint32_t first = s->tree.first[i], let;

	if (tells_of_leak(s, i))
		return true;
	if (first < 2 || look_kind(s, first - 1) != TOKEN_SEMI)
		return false;
	let = s->tree.first[first - 1];
	return look_kind(s, let) == KW_LET &&
	       look_kind(s, i + 2) == TOKEN_IDENT &&
	       (span_eq(lexer_word(&s->lx, let + 1),
			lexer_word(&s->lx, i + 2)) ||
		span_eq(lexer_word(&s->lx, let + 2),
			lexer_word(&s->lx, i + 2))) &&
	       tells_of_leak(s, let);
}

static bool answered(const struct source *s, const struct safety *safety,
		     const struct names_trust *t, uint32_t i)
{
	if (t->safe ? lets_go(s, i) || said_of_leak(s, i)
		    : given_up(s, i) || of_literal(s, i))
		return true;
	return safety_stated_for(safety, i);
}

/* How often does an item's code read this word? */
static uint32_t times(const struct source *s, const struct item *it,
		      struct span word)
{
	uint32_t n = 0;

	for (uint32_t i = it->key; i <= it->last && i < s->lx.count; i++)
		n += look_kind(s, i) == TOKEN_IDENT &&
		     span_eq(lexer_word(&s->lx, i), word);
	return n;
}

/* The fn of that name and type in another source, or NULL. */
static const struct item *
same_fn(const struct source *s, const struct outline *of, const struct item *fn)
{
	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];
		bool outer = it->parent == OUTLINE_NONE;

		if (it->kind != ITEM_FN || !span_eq(it->name, fn->name) ||
		    outer != (fn->parent == OUTLINE_NONE))
			continue;
		if (outer || span_eq(s->outline.item[it->parent].self_type,
				     of->item[fn->parent].self_type))
			return it;
	}
	return NULL;
}

/* Did the fn make the call as often before the change? */
static bool called_before(struct look_back *back, struct rule_run *r,
			  const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN);
	const struct source *was = rule_file(r)->was;
	const struct item *now, *old;

	if (!was || fn == OUTLINE_NONE || back->looks++ >= LOOKS_MAX)
		return false;
	now = &s->outline.item[fn];
	old = same_fn(was, &s->outline, now);
	return old && times(was, old, lexer_word(&s->lx, i)) >=
			      times(s, now, lexer_word(&s->lx, i));
}

static void call_file(struct rule_run *r, const struct source *s,
		      struct look_back *back)
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
		if (answered(s, &safety, t, i) || called_before(back, r, s, i))
			continue;
		if (!back->in->existing &&
		    unsafe_custom(past(back, r), rule_file(r), false))
			return;
		rule_found(r, i, LOOK_NONE,
			   "`%.*s` trusts that %s, and no comment says "
			   "why",
			   SPAN_ARG(lexer_word(&s->lx, i)), t->needs);
	}
}

static void run_call(struct rule_run *r, const struct rule_input *in)
{
	struct look_back back = { .in = in };

	if (in->said->reverts)
		return;
	for (size_t i = 0; i < in->files; i++) {
		rule_turn_to(r, &in->file[i]);
		if (in->file[i].now)
			call_file(r, in->file[i].now, &back);
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
	       "or in the documentation of its unsafe fn answers it; above a "
	       "forget or leak, or above the let of what it takes, any that "
	       "speaks of that. It is not asked of new_unchecked(8), nor of "
	       "calls "
	       "that their function made before the change, nor in files most "
	       "of whose unsafe code says nothing.",
	.bad = "fn grow(buf: &mut Vec<u8>, n: usize) {\n"
	       "    buf.reserve(n);\n"
	       "    unsafe { buf.set_len(n) }\n"
	       "}\n",
	.good = "fn grow(buf: &mut Vec<u8>, n: usize) {\n"
		"    buf.resize(n, 0);\n"
		"}\n",
	.few = 2,
	.run_change = run_call,
};
