/*
 * Panics: where what comes from outside decides, where another panic may be
 * under way, and how many there are.
 */
#include "base/buf.h"
#include "rust/fixed.h"
#include "rust/panics.h"
#include "rust/rule.h"
#include "rust/support.h"

/* Calls looked back over from an unwrap to what failed. */
#define CHAIN_MAX 16
/* Comments of one statement that are read. */
#define COMMENTS_MAX 16
/* A call's result unwrapped so often in the old file is its custom. */
#define CUSTOM 3
/* Of more places of a file it is not asked what was there before. */
#define LOOKS_MAX 64

/* One call in a chain: `name` of `receiver.name(…)` or `path::name(…)`. */
struct call {
	uint32_t name, open;
	bool method;
};

/* The call whose value the `.` at dot is asked of; false when it is none. */
static bool call_before(const struct source *s, uint32_t dot, struct call *out)
{
	uint32_t i = dot ? dot - 1 : 0;

	if (look_kind(s, i) == KW_AWAIT && i > 1 &&
	    look_kind(s, i - 1) == TOKEN_DOT)
		i -= 2;
	if (look_kind(s, i) != TOKEN_CLOSE_PAREN || !tree_paired(&s->tree, i))
		return false;
	out->open = s->tree.mate[i];
	if (!out->open)
		return false;
	i = out->open - 1;
	/* `parse::<u16>()`: back to its `::` */
	if (look_kind(s, i) == TOKEN_GREATER) {
		uint32_t n = 0;

		while (i && n++ < 64 &&
		       !(look_kind(s, i) == TOKEN_PATH_SEP &&
			 look_generics(s, i + 1) == out->open))
			i--;
		if (!i || look_kind(s, i) != TOKEN_PATH_SEP)
			return false;
		i--;
	}
	if (!lexer_name(look_kind(s, i)))
		return false;
	out->name = i;
	out->method = i && look_kind(s, i - 1) == TOKEN_DOT;
	return true;
}

/* The call that the unwrap at i is of, past what only hands its result on. */
static bool source_call(const struct source *s, uint32_t i, struct call *out)
{
	uint32_t dot = i - 1;

	for (unsigned n = 0; n < CHAIN_MAX; n++) {
		if (!call_before(s, dot, out))
			return false;
		if (!out->method ||
		    !names_passes_on(lexer_word(&s->lx, out->name)))
			return true;
		dot = out->name - 1;
	}
	return false;
}

static bool input(const struct source *s, const struct call *c)
{
	struct span name = lexer_word(&s->lx, c->name), of = { 0 };
	uint32_t end = s->tree.mate[c->open];
	uint32_t n = look_arguments(s, c->open);

	if (!c->method && look_kind(s, c->name - 1) == TOKEN_PATH_SEP)
		of = lexer_word(&s->lx, c->name - 2);
	/* a visitor's accept is another thing */
	if ((n || !c->method) && span_eqs(name, "accept"))
		return false;
	switch (names_input(of, name)) {
	case INPUT_OUTSIDE:
		return !(c->method && span_eqs(name, "write_all") &&
			 fixed_memory(s, c->name - 1));
	case INPUT_VALUE:
		return n ? !fixed_tokens(s, c->open + 1, end)
			 : c->method && !fixed_before(s, c->name - 1);
	case INPUT_NONE:
		break;
	}
	return false;
}

static struct span comment_text(const struct source *s, uint32_t c)
{
	const struct comment *at = &s->lx.comment[c];

	return (struct span){ s->lx.src.ptr + at->start, at->len };
}

/* Does the message of the expect at i, or a comment on its line or the one in
 * front of its statement, say why it cannot fail? */
static bool explained(const struct source *s, uint32_t i)
{
	uint32_t first = s->tree.first[i], c;

	if (look_kind(s, i + 2) == TOKEN_STR &&
	    names_claim(lexer_text(&s->lx, i + 2)))
		return true;
	c = lexer_comment_at(&s->lx, s->lx.tok[i].start);
	if (c < s->lx.comments && s->lx.comment[c].line == look_line(s, i) &&
	    names_claim(comment_text(s, c)))
		return true;
	for (unsigned n = 0; c-- && n < COMMENTS_MAX; n++) {
		const struct comment *at = &s->lx.comment[c];

		if (at->last_line + 1 < look_line(s, first))
			return false;
		if (names_claim(comment_text(s, c)))
			return true;
	}
	return false;
}

static bool in_main(const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN);

	return fn != OUTLINE_NONE && span_eqs(s->outline.item[fn].name, "main");
}

/* How often is the result of a call of that name unwrapped, but in tests? */
static uint32_t times(const struct source *s, struct span name)
{
	uint32_t n = 0;

	for (uint32_t i = 2; i < s->lx.count; i++) {
		struct call c;

		if (look_kind(s, i - 1) != TOKEN_DOT || source_test(s, i) ||
		    !(look_is(s, i, "unwrap") || look_is(s, i, "expect")))
			continue;
		n += source_call(s, i, &c) &&
		     span_eq(lexer_word(&s->lx, c.name), name);
	}
	return n;
}

/* Was it unwrapped as often before the change, or so often that the file has
 * made up its mind? */
static bool customary(struct rule_run *r, const struct source *s,
		      struct span name, unsigned *looks)
{
	const struct source *was = rule_file(r)->was;
	uint32_t before;

	if (!was || (*looks)++ >= LOOKS_MAX)
		return false;
	before = times(was, name);
	return before >= CUSTOM || before >= times(s, name);
}

static void run_input(struct rule_run *r, const struct source *s)
{
	unsigned looks = 0;

	if (look_program(s))
		return;
	for (uint32_t i = 2; i < s->lx.count; i++) {
		enum panic_kind kind;
		struct call c;

		if (look_kind(s, i - 1) != TOKEN_DOT)
			continue;
		kind = panic_at(s, i);
		if ((kind != PANIC_UNWRAP && kind != PANIC_EXPECT) ||
		    look_is(s, i, "unwrap_err") ||
		    look_is(s, i, "expect_err") || !source_call(s, i, &c) ||
		    !rule_asks(r, i) || !input(s, &c) || explained(s, i) ||
		    in_main(s, i) || support_code(s, i) ||
		    support_panics(s, i) ||
		    customary(r, s, lexer_word(&s->lx, c.name), &looks))
			continue;
		rule_found(r, i, LOOK_NONE, "`%s` on the result of `%.*s`",
			   panic_name(kind),
			   SPAN_ARG(lexer_word(&s->lx, c.name)));
	}
}

const struct rule rule_panic_on_input = {
	.id = "panic-on-input",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "idiomatic-rust",
	.about = "unwrap or expect on what comes from outside",
	.consequence = "an error there ends the task or thread with a panic",
	.remedy = "can it fail here: on what a user, a file, a peer or a "
		  "closed channel gives?",
	.why = "Input is wrong sooner or later, connections break, the other "
	       "end of a channel is dropped at shutdown. A panic then takes "
	       "down the task, poisons its locks and tells the caller nothing. "
	       "The rule asks about unwrap and expect right behind a call that "
	       "parses, reads, receives or sends, but not of literals and "
	       "constants or digits, nor of writes to a Vec, not in main, "
	       "build "
	       "scripts and command lines, nor in what is called or documented "
	       "as a mock's, a test's or an example's, and not where expect's "
	       "message, a comment or a \"# Panics\" section tells of it, nor "
	       "where the file did so three times before.",
	.bad = "fn port(&self, header: &str) -> u16 {\n"
	       "    header.parse().unwrap()\n"
	       "}\n",
	.good = "fn port(&self, header: &str) -> Result<u16, ParseIntError> {\n"
		"    header.parse()\n"
		"}\n",
	.run = run_input,
};

/* Is the function an impl's of Drop? */
static bool drop_fn(const struct source *s, uint32_t fn)
{
	const struct item *it = &s->outline.item[fn], *up;

	if (!span_eqs(it->name, "drop") || it->parent == OUTLINE_NONE)
		return false;
	up = &s->outline.item[it->parent];
	return up->kind == ITEM_IMPL && span_ends(up->trait_path, "Drop");
}

static void say_drop(struct rule_run *r, const struct source *s, uint32_t i,
		     uint32_t fn, unsigned *looks)
{
	enum panic_kind kind = panic_at(s, i);
	const struct item *it = &s->outline.item[fn];
	struct call c;

	if (kind == PANIC_NONE || kind == PANIC_UNREACHABLE ||
	    kind == PANIC_ASSERT || s->context.flags[i] & CONTEXT_ASYNC ||
	    !rule_asks(r, i) || explained(s, i) ||
	    (look_kind(s, i - 1) == TOKEN_DOT && source_call(s, i, &c) &&
	     customary(r, s, lexer_word(&s->lx, c.name), looks)))
		return;
	rule_found(r, i, LOOK_NONE, "`%s` in the `drop` of `%.*s`",
		   kind == PANIC_UNDONE
			   ? arena_cstr(rule_arena(r), lexer_text(&s->lx, i))
			   : panic_name(kind),
		   SPAN_ARG(s->outline.item[it->parent].name));
}

static void run_drop(struct rule_run *r, const struct source *s)
{
	/* of each function: does it ask whether a panic is under way? */
	bool *asks = arena_array(rule_arena(r), s->outline.count, 1);
	unsigned looks = 0;
	bool any = false;

	for (uint32_t i = 0; i < s->outline.count; i++)
		any |= s->outline.item[i].kind == ITEM_FN && drop_fn(s, i);
	if (!any)
		return;
	for (uint32_t i = 0; i < s->lx.count; i++) {
		uint32_t fn;

		if (!look_is(s, i, "panicking"))
			continue;
		fn = source_item(s, i, ITEM_FN);
		if (fn != OUTLINE_NONE)
			asks[fn] = true;
	}
	for (uint32_t i = 0; i < s->lx.count; i++) {
		uint32_t fn;

		if (panic_at(s, i) == PANIC_NONE)
			continue;
		fn = source_item(s, i, ITEM_FN);
		if (fn != OUTLINE_NONE && !asks[fn] && drop_fn(s, fn))
			say_drop(r, s, i, fn, &looks);
	}
}

const struct rule rule_panic_in_drop = {
	.id = "panic-in-drop",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "critical-issues",
	.about = "a panic in Drop::drop",
	.consequence = "when the value is dropped because of another panic, "
		       "this one aborts the process",
	.remedy = "can it happen while the stack unwinds, or should it be "
		  "logged instead?",
	.why = "Values are dropped while a panic unwinds. A second panic then "
	       "cannot be carried further, and the process aborts at once: no "
	       "other destructor runs, no catch_unwind helps. That is so for "
	       "lock().unwrap() too, whose lock the first panic may have "
	       "poisoned. A drop that asks std::thread::panicking() is not "
	       "spoken of, nor are assertions, which are meant to be seen.",
	.bad = "impl Drop for Writer {\n"
	       "    fn drop(&mut self) {\n"
	       "        self.file.flush().unwrap();\n"
	       "    }\n"
	       "}\n",
	.good = "impl Drop for Writer {\n"
		"    fn drop(&mut self) {\n"
		"        if let Err(e) = self.file.flush() {\n"
		"            tracing::warn!(%e, \"flush failed\");\n"
		"        }\n"
		"    }\n"
		"}\n",
	.run = run_drop,
};
