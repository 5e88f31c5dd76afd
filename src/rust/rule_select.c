/*
 * A branch of a select! in a loop that loses bytes when another branch wins.
 */
#include "rust/rule.h"

/* One branch of a select!: `pattern = future, if condition => handler`. */
struct branch {
	uint32_t future, future_end; /* LOOK_NONE: `else`, `default` … */
	uint32_t handler, end;
};

/* The first token of a kind in [i, end) of one level, or end. */
static uint32_t next_of(const struct source *s, uint32_t i, uint32_t end,
			enum token_kind kind)
{
	while (i < end && look_kind(s, i) != kind)
		i = s->tree.mate[i] + 1;
	return i < end ? i : end;
}

/* The branch at i; false when none is left before end. */
static bool branch_at(struct branch *b, const struct source *s, uint32_t i,
		      uint32_t end)
{
	uint32_t arrow, eq;

	if (look_is(s, i, "biased") && look_kind(s, i + 1) == TOKEN_SEMI)
		i += 2;
	arrow = next_of(s, i, end, TOKEN_FAT_ARROW);
	if (arrow >= end)
		return false;
	eq = next_of(s, i, arrow, TOKEN_EQ);
	b->future = eq < arrow ? eq + 1 : LOOK_NONE;
	b->future_end = next_of(s, eq, arrow, TOKEN_COMMA);
	b->handler = arrow + 1;
	b->end = look_kind(s, arrow + 1) == TOKEN_OPEN_BRACE
			 ? s->tree.mate[arrow + 1] + 1
			 : next_of(s, arrow + 1, end, TOKEN_COMMA);
	if (b->end < end && look_kind(s, b->end) == TOKEN_COMMA)
		b->end++;
	return true;
}

/* Does the handler leave the loop whatever happens: with a last statement that
 * is a break or return? */
static bool leaves(const struct source *s, const struct branch *b)
{
	uint32_t i = b->handler, last;
	enum token_kind kind;

	if (look_kind(s, i) == TOKEN_OPEN_BRACE) {
		last = s->tree.mate[i] - 1;
		if (last > i && look_kind(s, last) == TOKEN_SEMI)
			last--;
		i = last > i && s->tree.parent[last] == i ? s->tree.first[last]
							  : i;
	}
	kind = look_kind(s, i);
	return kind == KW_BREAK || kind == KW_RETURN;
}

/* The method called last in the expression that ends before `end`, behind
 * adaptors, inside of timeout(…). LOOK_NONE: no method. */
static uint32_t method_of(const struct source *s, uint32_t from, uint32_t end)
{
	static const char *const adaptors[] = { "fuse",	       "boxed",
						"boxed_local", "map",
						"map_ok",      "map_err",
						"instrument" };

	while (end > from + 2) {
		uint32_t open = s->tree.mate[end - 1], name = open - 1;
		bool adapts = false;

		if (look_kind(s, end - 1) != TOKEN_CLOSE_PAREN ||
		    open <= from || !lexer_name(look_kind(s, name)))
			return LOOK_NONE;
		for (size_t k = 0; k < sizeof(adaptors) / sizeof(*adaptors);
		     k++)
			adapts |= look_is(s, name, adaptors[k]);
		if (look_is(s, name, "timeout")) {
			from = open;
			end--;
			end -= look_kind(s, end - 1) == TOKEN_COMMA;
		} else if (look_kind(s, name - 1) != TOKEN_DOT) {
			return LOOK_NONE;
		} else if (!adapts) {
			return name;
		} else {
			end = name - 1;
		}
	}
	return LOOK_NONE;
}

/* Of the branch, the call that is not cancel safe, or LOOK_NONE. */
static uint32_t unsafe_call(const struct source *s, const struct branch *b)
{
	uint32_t name;

	if (b->future == LOOK_NONE)
		return LOOK_NONE;
	name = method_of(s, b->future, b->future_end);
	if (name == LOOK_NONE ||
	    !names_cancel_unsafe(lexer_text(&s->lx, name),
				 look_arguments(s, name + 1)))
		return LOOK_NONE;
	return name;
}

static void select_at(struct rule_run *r, const struct source *s,
		      uint32_t macro)
{
	uint32_t open = macro + 2, end = s->tree.mate[open], i;
	unsigned staying = 0;
	struct branch b;

	for (i = open + 1; branch_at(&b, s, i, end); i = b.end)
		staying += !leaves(s, &b);
	for (i = open + 1; branch_at(&b, s, i, end); i = b.end) {
		uint32_t name = unsafe_call(s, &b);

		/* does the loop go on after another branch? */
		if (name == LOOK_NONE || staying == !leaves(s, &b))
			continue;
		rule_found(
			r, name, macro,
			"`.%.*s()` is a branch of the `%.*s!` on line %u, in "
			"a loop, and is not cancel safe",
			SPAN_ARG(lexer_text(&s->lx, name)),
			SPAN_ARG(lexer_text(&s->lx, macro)),
			look_line(s, macro));
	}
}

static void run(struct rule_run *r, const struct source *s)
{
	for (uint32_t i = 0; i < s->lx.count; i++)
		if ((look_is(s, i, "select") ||
		     look_is(s, i, "select_biased")) &&
		    look_kind(s, i + 1) == TOKEN_NOT &&
		    lexer_opens(look_kind(s, i + 2)) &&
		    s->context.flags[i] & CONTEXT_LOOP)
			select_at(r, s, i);
}

const struct rule rule_select_cancel_unsafe = {
	.id = "select-cancel-unsafe",
	.tier = TIER_A,
	.level = LEVEL_SHOULD_FIX,
	.section = "async-performance",
	.about = "select! in a loop over a call that is not cancel safe",
	.consequence = "when another branch is ready first its future is "
		       "dropped, and what it had read or written by then is "
		       "lost to the next turn",
	.remedy = "make the future once, before the loop, and poll `&mut "
		  "future`, or use a cancel safe call (`read`, `read_buf`, "
		  "`Lines::next_line`, `write_all_buf`)",
	.why = "select! drops the futures of the branches that did not win. In "
	       "a loop the call is made anew in the next turn: read_exact() "
	       "then waits for bytes that were taken already, write_all() "
	       "starts again at the buffer's first byte. Tokio's "
	       "documentation says of each method, under \"Cancel safety\", "
	       "whether it may be dropped so.",
	.bad = "async fn pump(&mut self) -> io::Result<()> {\n"
	       "    let mut head = [0; 8];\n"
	       "    loop {\n"
	       "        tokio::select! {\n"
	       "            n = self.socket.read_exact(&mut head) => {\n"
	       "                n?;\n"
	       "                self.handle(head);\n"
	       "            }\n"
	       "            _ = self.tick.tick() => self.report(),\n"
	       "        }\n"
	       "    }\n"
	       "}\n",
	.good = "async fn pump(&mut self) -> io::Result<()> {\n"
		"    loop {\n"
		"        tokio::select! {\n"
		"            n = self.socket.read_buf(&mut self.buf) => {\n"
		"                n?;\n"
		"                self.handle_whole_messages();\n"
		"            }\n"
		"            _ = self.tick.tick() => self.report(),\n"
		"        }\n"
		"    }\n"
		"}\n",
	.run = run,
};
