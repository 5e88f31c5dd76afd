/*
 * DataFusion: whole results that are collected only to be walked batch by
 * batch, as a stream would give them. Each look goes so far, and so many are
 * looked at, that the whole is linear.
 */
#include "rust/item.h"
#include "rust/param.h"
#include "rust/rule.h"
#include "rust/sql.h"

#define REACH 3000
#define COLLECTS_MAX 1000
#define STEPS_MAX 4 /* a variable made of another */

static uint32_t bounded_end(uint32_t from, uint32_t end)
{
	return end - from > REACH ? from + REACH : end;
}

/* Is the result small by what makes it, in [from, to): limited, aggregated,
 * described, or no rows of a table at all? */
static bool small(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		enum token_kind kind = look_kind(s, i);

		if (lexer_name(kind) &&
		    names_small_result(lexer_word(&s->lx, i)))
			return true;
		if ((kind == TOKEN_STR || kind == TOKEN_RAW_STR) &&
		    sql_small(lexer_text(&s->lx, i)))
			return true;
	}
	return false;
}

static bool makes_frame(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (lexer_name(look_kind(s, i)) &&
		    (names_data_frame(lexer_word(&s->lx, i)) ||
		     look_is(s, i, "DataFrame")))
			return true;
	return false;
}

/* The last `let name` or `name =` before token at in the fn: where its value
 * begins; *end is its `;`. LOOK_NONE: it is no such variable. */
static uint32_t value_before(const struct source *s, struct span name,
			     uint32_t at, uint32_t *end)
{
	uint32_t stop = at > REACH ? at - REACH : 0, i, eq;

	for (i = at; i-- > stop && look_kind(s, i) != KW_FN;) {
		if (look_kind(s, i) != TOKEN_EQ || !i)
			continue;
		eq = s->tree.first[i];
		eq += look_kind(s, eq) == KW_LET ? 1 : 0;
		eq += look_kind(s, eq) == KW_MUT ? 1 : 0;
		if (!span_eq(lexer_word(&s->lx, eq), name) ||
		    (eq + 1 != i && look_kind(s, eq + 1) != TOKEN_COLON))
			continue;
		for (*end = i; *end < at && look_kind(s, *end) != TOKEN_SEMI;)
			*end = item_skip(&s->tree, *end);
		return eq + 1;
	}
	return LOOK_NONE;
}

/* Is the variable, used at token at, a DataFrame by its parameter's type? */
static bool frame_param(const struct source *s, struct span name, uint32_t at)
{
	uint32_t fn = source_item(s, at, ITEM_FN), open, type;
	struct param p = { 0 };

	if (fn == OUTLINE_NONE)
		return false;
	open = param_open(s, &s->outline.item[fn]);
	while (open != LOOK_NONE &&
	       param_next(s, &p, open + 1, s->tree.mate[open])) {
		type = p.type == LOOK_NONE ? LOOK_NONE
					   : param_type_name(s, p.type, p.to);
		if (type != LOOK_NONE && look_is(s, type, "DataFrame") &&
		    span_eq(lexer_word(&s->lx, p.pattern), name))
			return true;
	}
	return false;
}

/* Is the expression in [from, to) a DataFrame whose rows nothing limits? Its
 * variables are followed to where they are bound. */
static bool whole_frame(const struct source *s, uint32_t from, uint32_t to)
{
	bool frame = false;

	for (unsigned step = 0; step < STEPS_MAX; step++) {
		struct span name = lexer_word(&s->lx, from);
		uint32_t at = s->tree.first[from];

		if (small(s, from, to))
			return false;
		frame |= makes_frame(s, from, to);
		if (!lexer_name(look_kind(s, from)) ||
		    look_kind(s, from + 1) == TOKEN_PATH_SEP)
			return frame;
		frame |= names_frame_variable(name) ||
			 frame_param(s, name, from);
		from = value_before(s, name, at, &to);
		if (from == LOOK_NONE)
			return frame;
		/* its type, if it has one, then its value */
		frame |= makes_frame(s, from, to);
		while (from < to && look_kind(s, from) != TOKEN_EQ)
			from++;
		from++;
	}
	return frame;
}

/* `df.collect().await`: behind the `.await`; *from is where df begins. Or
 * `collect(plan, ctx).await` of datafusion. */
static uint32_t read_collect(const struct source *s, struct arena *a,
			     uint32_t i, uint32_t *from)
{
	uint32_t open = look_method(s, i);

	if (!look_is(s, i, "collect"))
		return LOOK_NONE;
	if (open != LOOK_NONE) {
		if (look_match(s, i + 1, "( ) . await") == LOOK_NONE)
			return LOOK_NONE;
		*from = look_receiver(s, i - 1);
		return i + 5;
	}
	if (look_kind(s, i + 1) != TOKEN_OPEN_PAREN ||
	    look_arguments(s, i + 1) != 2 ||
	    !span_starts(look_path(s, a, i), "datafusion"))
		return LOOK_NONE;
	*from = LOOK_NONE;
	open = item_skip(&s->tree, i + 1);
	return look_match(s, open, ". await");
}

/* Where a `for` takes the value of the name at token i: the loop; else
 * LOOK_NONE. */
static uint32_t walked_by(const struct source *s, uint32_t i)
{
	uint32_t before = i, end = i + 1;

	while (before && (look_kind(s, before - 1) == TOKEN_AND ||
			  look_kind(s, before - 1) == KW_MUT))
		before--;
	if (!before || look_kind(s, before - 1) != KW_IN)
		return LOOK_NONE;
	if (look_match(s, end, ". $ ( )") != LOOK_NONE)
		end += 4;
	if (look_match(s, end, ". enumerate ( )") != LOOK_NONE)
		end += 4;
	return look_kind(s, end) == TOKEN_OPEN_BRACE ? before : LOOK_NONE;
}

/* Is there a loop between token i and the `{` of the block around it? */
static bool repeated(const struct source *s, uint32_t i, uint32_t block)
{
	uint32_t at;

	for (at = s->tree.parent[i]; at != block && at != TREE_NONE;
	     at = s->tree.parent[at]) {
		enum token_kind kind = look_kind(s, s->tree.first[at]);

		if (kind == KW_FOR || kind == KW_WHILE || kind == KW_LOOP ||
		    kind == TOKEN_LIFETIME)
			return true;
	}
	return false;
}

/* Is the name bound at `name` walked once, from token `from` to the end of its
 * block, and used for nothing that needs all of it? Gives the use. */
static uint32_t walked_once(const struct source *s, uint32_t name,
			    uint32_t from, uint32_t end)
{
	struct span word = lexer_word(&s->lx, name);
	uint32_t walk = LOOK_NONE;

	end = bounded_end(from, end);
	for (uint32_t i = from; i < end; i++) {
		uint32_t at;

		if (!lexer_name(look_kind(s, i)) ||
		    !span_eq(lexer_word(&s->lx, i), word) ||
		    look_kind(s, i - 1) == TOKEN_DOT)
			continue;
		if (look_match(s, i + 1, ". is_empty ( )") != LOOK_NONE ||
		    look_match(s, i + 1, ". len ( )") != LOOK_NONE)
			continue;
		at = walked_by(s, i);
		if (at == LOOK_NONE || walk != LOOK_NONE ||
		    repeated(s, at, s->tree.parent[name]))
			return LOOK_NONE;
		walk = at;
	}
	return walk;
}

/* What walks the collected batches: the loop's place, or LOOK_NONE. */
static uint32_t find_walk(const struct source *s, uint32_t i, uint32_t behind)
{
	uint32_t first = s->tree.first[i], name = first + 1, block, end;

	/* for batch in df.collect().await? { */
	if (look_kind(s, first) == KW_FOR)
		return s->tree.parent[i] == s->tree.parent[first] ? first
								  : LOOK_NONE;
	if (look_kind(s, first) != KW_LET ||
	    s->tree.parent[i] != s->tree.parent[first])
		return LOOK_NONE;
	name += look_kind(s, name) == KW_MUT ? 1 : 0;
	block = s->tree.parent[first];
	if (!lexer_name(look_kind(s, name)) || block == TREE_NONE)
		return LOOK_NONE;
	for (end = behind;
	     end < s->tree.mate[block] && look_kind(s, end) != TOKEN_SEMI;)
		end = item_skip(&s->tree, end);
	/* errors may be mapped on the way, nothing else */
	while (behind < end) {
		if (look_kind(s, behind) == TOKEN_QUESTION) {
			behind++;
			continue;
		}
		if (look_kind(s, behind) != TOKEN_DOT ||
		    look_method(s, behind + 1) == LOOK_NONE ||
		    !names_hands_on(lexer_word(&s->lx, behind + 1)))
			return LOOK_NONE;
		behind = item_skip(&s->tree, look_method(s, behind + 1));
	}
	return walked_once(s, name, end + 1, s->tree.mate[block]);
}

static void run(struct rule_run *r, const struct source *s)
{
	uint32_t n = 0;

	if (!look_names(s, "datafusion"))
		return;
	for (uint32_t i = 0; i < s->lx.count && n < COLLECTS_MAX; i++) {
		uint32_t from, behind, walk;

		behind = read_collect(s, rule_arena(r), i, &from);
		if (behind == LOOK_NONE)
			continue;
		n++;
		if (from != LOOK_NONE && !whole_frame(s, from, i))
			continue;
		walk = find_walk(s, i, behind);
		if (walk != LOOK_NONE)
			rule_found(r, i, walk,
				   "all batches are collected, and then walked "
				   "one after the other by the loop at line %u",
				   look_line(s, walk));
	}
}

const struct rule rule_datafusion_collect = {
	.id = "datafusion-collect",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "async-performance",
	.about = "a whole DataFusion result collected to be walked batch by "
		 "batch",
	.consequence = "every row of the result is in memory before the first "
		       "is used",
	.remedy = "can the result be large? `execute_stream()` gives the same "
		  "batches as they are made",
	.why = "collect() runs the plan to its end and keeps every "
	       "RecordBatch. "
	       "A loop that looks at one batch after the other needs one at a "
	       "time: execute_stream() bounds the memory, starts earlier, and "
	       "stops the plan when the loop ends early. Silent where the "
	       "result is small by its plan (a limit, an aggregate), or is "
	       "needed as a whole.",
	.bad = "use datafusion::prelude::*;\n"
	       "\n"
	       "async fn export(ctx: &SessionContext, out: &mut Writer) -> "
	       "Result<()> {\n"
	       "    let df = ctx.sql(\"SELECT * FROM events\").await?;\n"
	       "    let batches = df.collect().await?;\n"
	       "    for batch in &batches {\n"
	       "        out.write(batch)?;\n"
	       "    }\n"
	       "    Ok(())\n"
	       "}\n",
	.good = "use datafusion::prelude::*;\n"
		"\n"
		"async fn export(ctx: &SessionContext, out: &mut Writer) -> "
		"Result<()> {\n"
		"    let df = ctx.sql(\"SELECT * FROM events\").await?;\n"
		"    let mut batches = df.execute_stream().await?;\n"
		"    while let Some(batch) = batches.try_next().await? {\n"
		"        out.write(&batch)?;\n"
		"    }\n"
		"    Ok(())\n"
		"}\n",
	.run = run,
};
