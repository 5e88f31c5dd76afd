/* How many panics a change adds: one line for all of it. */
#include "base/buf.h"
#include "rust/panics.h"
#include "rust/rule.h"
#include "rust/support.h"

/* Worth a word: so many, or so many more, and half as many again as before. */
#define WORTH 2
#define WORTH_MORE 5

struct count {
	uint32_t added[PANIC_KINDS];
	uint32_t files;		/* with added ones */
	uint32_t before, after; /* in the files of the change */
	uint32_t most;		/* added in one file … */
	const struct rule_file *file;
	uint32_t token; /* … whose first it is */
};

/* Calls that are unwrapped because nothing better is to be done: a lock that a
 * panic poisoned. */
static bool lock(const struct source *s, uint32_t i)
{
	return look_match(s, i - 3, "( ) .") != LOOK_NONE &&
	       (look_is(s, i - 4, "lock") || look_is(s, i - 4, "read") ||
		look_is(s, i - 4, "write"));
}

/* What makes a static's value runs once, and nobody is there to be told. */
static bool in_static(const struct source *s, uint32_t i)
{
	uint32_t held = source_item(s, i, ITEM_STATIC);
	uint32_t fn = source_item(s, i, ITEM_FN);

	return held != OUTLINE_NONE && (fn == OUTLINE_NONE || held > fn);
}

/* A macro whose result is unwrapped by custom: write! to a String, and what
 * registers a metric, which fails only where two have one name. */
static bool customary_macro(const struct source *s, uint32_t i)
{
	return look_is(s, i, "write") || look_is(s, i, "writeln") ||
	       span_starts(lexer_text(&s->lx, i), "register_");
}

/* `write!(…).unwrap()` to a String, a literal read as something. */
static bool harmless(const struct source *s, uint32_t i)
{
	uint32_t close = i - 2, open;

	if (look_kind(s, i - 1) != TOKEN_DOT || i < 4)
		return false;
	if (lock(s, i))
		return true;
	if (look_kind(s, close) != TOKEN_CLOSE_PAREN)
		return false;
	open = s->tree.mate[close];
	if (open > 1 && look_kind(s, open - 1) == TOKEN_NOT &&
	    customary_macro(s, open - 2))
		return true;
	/* Regex::new("…"), "…".parse() */
	if (open + 1 == close)
		return open > 2 && look_kind(s, open - 3) == TOKEN_STR;
	return open + 2 == close && (look_kind(s, open + 1) == TOKEN_STR ||
				     look_kind(s, open + 1) == TOKEN_RAW_STR);
}

/* Does it end the thread and say nothing, in code that users reach? */
static bool counts(const struct source *s, uint32_t i, enum panic_kind *kind)
{
	*kind = panic_at(s, i);
	return (*kind == PANIC_UNWRAP ||
		(*kind == PANIC_PANIC && look_kind(s, i + 3) != TOKEN_END &&
		 lexer_closes(look_kind(s, i + 3)))) &&
	       s->role != ROLE_BUILD && s->role != ROLE_EXAMPLE &&
	       !source_test(s, i) && !harmless(s, i) && !in_static(s, i) &&
	       !support_code(s, i) && !support_panics(s, i);
}

static uint32_t count_all(const struct source *s)
{
	enum panic_kind kind;
	uint32_t n = 0;

	for (uint32_t i = 0; s && i < s->lx.count; i++)
		n += counts(s, i, &kind);
	return n;
}

static void count_file(struct count *c, struct rule_run *r,
		       const struct rule_file *f)
{
	uint32_t added = 0, first = 0;
	enum panic_kind kind;

	rule_turn_to(r, f);
	c->before += count_all(f->was);
	for (uint32_t i = 0; f->now && i < f->now->lx.count; i++) {
		if (!counts(f->now, i, &kind))
			continue;
		c->after++;
		if (!rule_asks(r, i))
			continue;
		c->added[kind]++;
		if (!added++)
			first = i;
	}
	c->files += added > 0;
	if (added > c->most) {
		c->most = added;
		c->file = f;
		c->token = first;
	}
}

/* A program's own, or what only tests and builds use? */
static bool beside(const struct rule_file *f)
{
	const struct source *s = f->now ? f->now : f->was;

	return !s || look_program(s);
}

static bool many_more(const struct count *c)
{
	return c->after >= c->before + WORTH_MORE &&
	       (c->after - c->before) * 2 >= c->before;
}

static void run_change(struct rule_run *r, const struct rule_input *in)
{
	struct count c = { 0 };
	struct buf b = { 0 };

	for (size_t i = 0; i < in->files; i++)
		if (!in->file[i].test && !beside(&in->file[i]))
			count_file(&c, r, &in->file[i]);
	if (!c.file || !(in->existing ? c.after >= WORTH : many_more(&c)))
		return;
	for (size_t k = 0; k < PANIC_KINDS; k++)
		if (c.added[k])
			buf_addf(&b, "%s%u `%s`", b.len ? ", " : "", c.added[k],
				 panic_name((enum panic_kind)k));
	rule_turn_to(r, c.file);
	if (in->existing)
		rule_found(r, c.token, LOOK_NONE, "%s in %u file%s",
			   buf_cstr(&b), c.files, text_plural(c.files));
	else
		rule_found(r, c.token, LOOK_NONE,
			   "%s added in %u file%s (%u before, %u after in the "
			   "files of the change)",
			   buf_cstr(&b), c.files, text_plural(c.files),
			   c.before, c.after);
	buf_release(&b);
}

const struct rule rule_plain_panic = {
	.id = "plain-panic",
	.tier = TIER_C,
	.level = LEVEL_NICE_TO_HAVE,
	.section = "idiomatic-rust",
	.about = "how many unwrap() and panic!() a change adds",
	.consequence = "each ends its thread or task when it is wrong",
	.remedy = "prefer an error where the caller can act on it, and a "
		  "message that says why it cannot happen where it cannot",
	.why = "One unwrap more is seldom worth a word, and whether it is "
	       "right is rarely seen in its line. That a change adds a dozen "
	       "is worth knowing. Told where there are five more, and half as "
	       "many again as the files had. Counted are those that say "
	       "nothing, outside of tests, mocks, examples, programs' own "
	       "files and build scripts; not counted are an expect and a "
	       "panic! with a message, locks, write! to a String, literals, "
	       "statics' values, macros that register a metric, and functions "
	       "with a \"# Panics\" section.",
	.bad = "+    let first = rows.first().unwrap();\n"
	       "+    let last = rows.last().unwrap();\n",
	.good = "+    let (Some(first), Some(last)) = (rows.first(), "
		"rows.last()) else {\n"
		"+        return Ok(None);\n"
		"+    };\n",
	.run_change = run_change,
};
