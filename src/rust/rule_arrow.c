/*
 * Arrow: loops over rows that find out a column's type again for each of them.
 * What depends on the row is followed from the loop's variable through what the
 * body binds. So many loops are looked at, each so far, that it is linear.
 */
#include "rust/item.h"
#include "rust/rule.h"

#define LOOP_TOKENS 3000
#define LOOPS_MAX 2000
#define NAMES_MAX 32

struct row_loop {
	const struct source *s;
	uint32_t from, to;	     /* the body, without its braces */
	struct span name[NAMES_MAX]; /* what depends on the row */
	size_t names;
};

static bool depends(const struct row_loop *l, uint32_t i)
{
	struct span word;

	if (!lexer_name(look_kind(l->s, i)))
		return false;
	word = lexer_word(&l->s->lx, i);
	for (size_t k = 0; k < l->names; k++)
		if (span_eq(l->name[k], word))
			return true;
	return false;
}

static bool any_depends(const struct row_loop *l, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		/* a field or method of that name is another */
		if (depends(l, i) &&
		    (i == 0 || look_kind(l->s, i - 1) != TOKEN_DOT))
			return true;
	return false;
}

/* The names that a pattern in [from, to) binds now depend on the row. */
static void add_names(struct row_loop *l, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to && l->names < NAMES_MAX; i++) {
		struct span word = lexer_word(&l->s->lx, i);

		if (lexer_name(look_kind(l->s, i)) && word.len &&
		    *word.ptr >= '_')
			l->name[l->names++] = word;
	}
}

/* Where `let`, `for` and `if let` stop to name and begin to compute. */
static uint32_t pattern_end(const struct row_loop *l, uint32_t i)
{
	const struct source *s = l->s;

	while (i < l->to && look_kind(s, i) != TOKEN_EQ &&
	       look_kind(s, i) != KW_IN && look_kind(s, i) != TOKEN_SEMI)
		i = item_skip(&s->tree, i);
	return i;
}

/* The computed part: up to `;`, or the block it opens. */
static uint32_t value_end(const struct row_loop *l, uint32_t i)
{
	const struct source *s = l->s;

	while (i < l->to && look_kind(s, i) != TOKEN_SEMI &&
	       look_kind(s, i) != TOKEN_OPEN_BRACE &&
	       look_kind(s, i) != TOKEN_FAT_ARROW)
		i = item_skip(&s->tree, i);
	return i;
}

/* At a `let`, `for`, `match` or closure: what it binds of the row's. */
static void follow(struct row_loop *l, uint32_t i)
{
	const struct source *s = l->s;
	enum token_kind kind = look_kind(s, i);
	uint32_t mid, end;

	if (kind == KW_LET || kind == KW_FOR) {
		mid = pattern_end(l, i + 1);
		end = value_end(l, mid);
		if (any_depends(l, mid, end))
			add_names(l, i + 1, mid);
	} else if (kind == KW_MATCH) {
		end = value_end(l, i);
		if (!any_depends(l, i, end) || !tree_paired(&s->tree, end))
			return;
		for (mid = end + 1; mid < s->tree.mate[end];
		     mid = item_skip(&s->tree, mid))
			if (look_kind(s, mid) == TOKEN_FAT_ARROW)
				add_names(l, s->tree.first[mid], mid);
	} else if (kind == TOKEN_OR) {
		/* .map(|v| …), .map(move |v| …) */
		mid = i - (look_kind(s, i - 1) == KW_MOVE ? 2 : 1);
		if (look_kind(s, mid) != TOKEN_OPEN_PAREN ||
		    look_method(s, mid - 1) == LOOK_NONE)
			return;
		for (end = i + 1; end < l->to && look_kind(s, end) != TOKEN_OR;)
			end++;
		if (any_depends(l, look_receiver(s, mid - 2), mid))
			add_names(l, i + 1, end);
	}
}

/* `.downcast_ref::<Int32Array>()`, `.as_primitive::<T>()`: where the expression
 * that is asked for its type begins, or LOOK_NONE. */
static uint32_t asked_for_type(const struct source *s, uint32_t i)
{
	struct span type;
	uint32_t open = look_method(s, i), at;

	if (open == LOOK_NONE)
		return LOOK_NONE;
	if (!names_arrow_cast(lexer_word(&s->lx, i)))
		return LOOK_NONE;
	if (look_is(s, i, "downcast_ref")) {
		/* of an array, not of an error or a plan */
		for (at = i + 1; at < open; at++) {
			type = lexer_text(&s->lx, at);
			if (lexer_name(look_kind(s, at)) &&
			    (span_ends(type, "Array") ||
			     span_ends(type, "Vector")))
				return look_receiver(s, i - 1);
		}
		return LOOK_NONE;
	}
	if (s->tree.mate[open] != open + 1)
		return LOOK_NONE;
	return look_receiver(s, i - 1);
}

/* Once for each loop: one remedy serves all that it asks. */
static void check_body(struct rule_run *r, struct row_loop *l, uint32_t line)
{
	const struct source *s = l->s;

	for (uint32_t i = l->from; i < l->to; i++) {
		uint32_t from = asked_for_type(s, i);

		if (from != LOOK_NONE && from >= l->from &&
		    !any_depends(l, from, i) &&
		    rule_found(
			    r, i, LOOK_NONE,
			    "`%.*s` is asked for its type by `%.*s` in each "
			    "turn of the loop over rows at line %u",
			    SPAN_ARG(text_clip(lexer_text(&s->lx, from), 60)),
			    SPAN_ARG(lexer_word(&s->lx, i)), line))
			return;
		follow(l, i);
	}
}

/* Does the range end in a number of rows: `batch.num_rows()`, `array.len()`? */
static bool counts_rows(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		struct span word = lexer_text(&s->lx, i);

		if (lexer_name(look_kind(s, i)) &&
		    (span_eqs(word, "len") || span_ends(word, "rows") ||
		     span_eqs(word, "row_count") || span_ends(word, "_len")))
			return true;
	}
	return false;
}

/* `for i in 0..batch.num_rows() {`: its body. */
static bool read_for(struct row_loop *out, const struct source *s, uint32_t i)
{
	uint32_t range = look_match(s, i, "for $ in 0 .."), open;

	if (range == LOOK_NONE)
		return false;
	for (open = range; open < s->lx.count &&
			   look_kind(s, open) != TOKEN_OPEN_BRACE &&
			   look_kind(s, open) != TOKEN_SEMI;)
		open = item_skip(&s->tree, open);
	if (look_kind(s, open) != TOKEN_OPEN_BRACE ||
	    !tree_paired(&s->tree, open) || !counts_rows(s, range, open))
		return false;
	out->from = open + 1;
	out->to = s->tree.mate[open];
	out->name[0] = lexer_word(&s->lx, i + 1);
	return true;
}

/* `(0..batch.num_rows()).map(|i| …)`: the closure's body. */
static bool read_map(struct row_loop *out, const struct source *s, uint32_t i)
{
	uint32_t range = look_match(s, i, "( 0 .."), close, open;

	if (range == LOOK_NONE || !tree_paired(&s->tree, i))
		return false;
	close = s->tree.mate[i];
	open = look_method(s, close + 2);
	if (open == LOOK_NONE || !tree_paired(&s->tree, open) ||
	    !counts_rows(s, range, close))
		return false;
	i = open + 1;
	i += look_kind(s, i) == KW_MOVE ? 1 : 0;
	if (look_match(s, i, "| $ |") == LOOK_NONE)
		return false;
	out->from = i + 3;
	out->to = s->tree.mate[open];
	out->name[0] = lexer_word(&s->lx, i + 1);
	return true;
}

/* Does the body ask for a row by the loop's variable: `values.value(i)`? */
static bool takes_rows(const struct row_loop *l)
{
	for (uint32_t i = l->from; i + 3 < l->to; i++) {
		uint32_t open = look_method(l->s, i), at = open + 1;

		if (open == LOOK_NONE ||
		    !names_arrow_row(lexer_word(&l->s->lx, i)))
			continue;
		at += look_kind(l->s, at) == TOKEN_STAR ? 1 : 0;
		if (span_eq(lexer_word(&l->s->lx, at), l->name[0]) &&
		    look_kind(l->s, at + 1) == TOKEN_CLOSE_PAREN)
			return true;
	}
	return false;
}

static bool read_loop(struct row_loop *out, const struct source *s, uint32_t i)
{
	*out = (struct row_loop){ .s = s, .names = 1 };
	if (look_kind(s, i) == KW_FOR ? !read_for(out, s, i)
				      : !read_map(out, s, i))
		return false;
	return out->to - out->from <= LOOP_TOKENS && takes_rows(out);
}

static void run(struct rule_run *r, const struct source *s)
{
	struct row_loop l;
	uint32_t n = 0;

	if (!look_names(s, "arrow") && !look_names(s, "arrow_array") &&
	    !look_names(s, "datafusion"))
		return;
	for (uint32_t i = 0; i < s->lx.count && n < LOOPS_MAX; i++) {
		if ((look_kind(s, i) != KW_FOR &&
		     look_kind(s, i) != TOKEN_OPEN_PAREN) ||
		    !read_loop(&l, s, i))
			continue;
		check_body(r, &l, look_line(s, i));
		n++;
	}
}

const struct rule rule_arrow_row_loop = {
	.id = "arrow-row-loop",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "async-performance",
	.about = "a loop over an Arrow array's rows that asks for the type in "
		 "each turn",
	.consequence = "the check and the virtual call are paid for each row, "
		       "and keep the compiler from seeing a plain loop over "
		       "values",
	.remedy =
		"can the array be downcast once before the loop, or a compute "
		"kernel take the whole column?",
	.why = "Arrow keeps a column's values side by side in one buffer so "
	       "that "
	       "they are read in a plain loop. as_any().downcast_ref() or "
	       "as_primitive() in the loop's body compares type ids and, with "
	       "an unwrap, adds a branch that panics, for each row and column; "
	       "the type is the same for all of them. Silent where what is "
	       "asked depends on the row: a list's own values, say.",
	.bad = "use arrow::array::{Array, ArrayRef, Int64Array};\n"
	       "\n"
	       "fn sum(column: &ArrayRef) -> i64 {\n"
	       "    let mut sum = 0;\n"
	       "    for row in 0..column.len() {\n"
	       "        let values = "
	       "column.as_any().downcast_ref::<Int64Array>().unwrap();\n"
	       "        sum += values.value(row);\n"
	       "    }\n"
	       "    sum\n"
	       "}\n",
	.good = "use arrow::array::{Array, ArrayRef, AsArray};\n"
		"use arrow::datatypes::Int64Type;\n"
		"\n"
		"fn sum(column: &ArrayRef) -> i64 {\n"
		"    let values = column.as_primitive::<Int64Type>();\n"
		"    arrow::compute::sum(values).unwrap_or(0)\n"
		"}\n",
	.run = run,
};
