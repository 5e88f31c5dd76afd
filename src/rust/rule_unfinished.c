/* Macros that say that the code is not done. */
#include "rust/rule.h"

/* Does `unimplemented!` say what is not supported, and not that it will be?
 * Then it is an answer. */
static bool refuses(const struct source *s, uint32_t message)
{
	static const struct span later[] = { { "yet", 3 },
					     { "to do", 5 },
					     { "implement", 9 },
					     { "later", 5 },
					     { "for now", 7 } };
	struct span text = lexer_text(&s->lx, message);

	if (look_kind(s, message) != TOKEN_STR &&
	    look_kind(s, message) != TOKEN_RAW_STR)
		return false;
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		if (span_find(text, later[i]) >= 0)
			return false;
	return true;
}

static void run(struct rule_run *r, const struct source *s)
{
	static const char *const names[] = { "todo", "unimplemented", "dbg" };

	for (uint32_t i = 0; i < s->lx.count; i++) {
		if (look_kind(s, i) != TOKEN_IDENT ||
		    look_kind(s, i + 1) != TOKEN_NOT ||
		    !lexer_opens(look_kind(s, i + 2)))
			continue;
		for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
			if (look_is(s, i, names[k]) &&
			    !(k == 1 && refuses(s, i + 3)))
				rule_found(r, i, LOOK_NONE,
					   k == 2 ? "`%s!` is left in"
						  : "`%s!` stands for code "
						    "that is not written",
					   names[k]);
	}
}

const struct rule rule_unfinished = {
	.id = "unfinished",
	.tier = TIER_A,
	.level = LEVEL_MUST_FIX,
	.section = "critical-issues",
	.about = "todo!, unimplemented! or dbg! added",
	.consequence = "`todo!` and `unimplemented!` panic when they are "
		       "reached, `dbg!` writes to stderr",
	.remedy = "finish the code, return an error, or remove the macro",
	.why = "todo!() and unimplemented!() compile and type-check anywhere, "
	       "so nothing but a reader stops them from being merged; the "
	       "caller meets a panic. dbg!() is a tool for the desk: it "
	       "prints file, line and value to stderr, and moves its argument. "
	       "An unimplemented!(\"…\") that says what is not supported, and "
	       "not that it is not done yet, is an answer.",
	.bad = "fn evict(&mut self) {\n"
	       "    todo!()\n"
	       "}\n",
	.good = "fn evict(&mut self) {\n"
		"    let now = self.clock.now();\n"
		"    self.entries.retain(|_, e| e.expires > now);\n"
		"}\n",
	.run = run,
};
