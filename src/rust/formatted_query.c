/*
 * Where the text of a format string goes: up through the calls around it, or
 * on to the uses of the variable that holds it.
 */
#include "rust/formatted.h"
#include "rust/item.h"
#include "rust/look.h"
#include "rust/names.h"

/* Blocks and arms that a value passes through on its way to its `let`. */
#define BLOCKS_MAX 4

struct flow {
	const struct source *s;
	struct arena *arena;
	bool builder;
};

/* `query.push(…)` of a QueryBuilder, or a list of conditions that is joined: is
 * it one, at `push`? */
static bool pushes_sql(const struct flow *w, uint32_t i)
{
	const struct source *s = w->s;
	uint32_t item = source_item(s, i, ITEM_FN), at, end;
	struct span name;

	if (item == OUTLINE_NONE || i < 2 || !lexer_name(look_kind(s, i - 2)))
		return false;
	name = lexer_word(&s->lx, i - 2);
	at = s->outline.item[item].head;
	at = i - at > FORMATTED_REACH ? i - FORMATTED_REACH : at;
	end = s->outline.item[item].last;
	end = end - i > FORMATTED_REACH ? i + FORMATTED_REACH : end;
	for (; at < end; at++) {
		uint32_t first = s->tree.first[at];

		/* let mut query = QueryBuilder::new(…), query: &mut … */
		if (at < i && w->builder && look_is(s, at, "QueryBuilder"))
			for (; first < at; first++)
				if (span_eq(lexer_word(&s->lx, first), name))
					return true;
		if (at > i && span_eq(lexer_word(&s->lx, at), name) &&
		    look_match(s, at + 1, ". join (") != LOOK_NONE)
			return true;
	}
	return false;
}

/* Is the name at i, before its arguments at `open`, sqlx's to run SQL? */
static bool runs_sql(const struct flow *w, uint32_t i, uint32_t open)
{
	const struct source *s = w->s;
	struct span name = lexer_word(&s->lx, i);

	if (i && look_kind(s, i - 1) == TOKEN_DOT) {
		if (look_is(s, i, "push"))
			return pushes_sql(w, i);
		return names_sqlx_method(name) && look_arguments(s, open) == 1;
	}
	if (look_is(s, i, "AssertSqlSafe"))
		return true;
	if (look_is(s, i, "new"))
		return i > 1 && look_kind(s, i - 1) == TOKEN_PATH_SEP &&
		       span_find(look_path(s, w->arena, i),
				 SPAN("QueryBuilder")) >= 0;
	return names_sqlx_function(name) &&
	       span_starts(look_path(s, w->arena, i), "sqlx");
}

/* Does the call hand its argument on as it is: String::from, Cow::Owned? */
static bool transparent(const struct source *s, uint32_t i)
{
	return look_is(s, i, "from") || look_is(s, i, "Owned") ||
	       look_is(s, i, "Some") || look_is(s, i, "SqlStr");
}

/* The sqlx call that has token i in its first argument. */
static uint32_t call_around(const struct flow *w, uint32_t i)
{
	const struct source *s = w->s;
	uint32_t open = s->tree.parent[i];

	while (open != TREE_NONE && open &&
	       look_kind(s, open) == TOKEN_OPEN_PAREN) {
		uint32_t name = open - 1;

		/* query_as::<_, User>( */
		if (look_kind(s, name) == TOKEN_GREATER) {
			name = look_generics_start(s, name);
			if (name == LOOK_NONE || name < 2)
				return LOOK_NONE;
			name -= 2;
		}
		if (!lexer_name(look_kind(s, name)) ||
		    s->tree.first[i] != s->tree.first[open + 1])
			return LOOK_NONE;
		if (runs_sql(w, name, open))
			return name;
		if (!transparent(s, name))
			return LOOK_NONE;
		i = open;
		open = s->tree.parent[open];
	}
	return LOOK_NONE;
}

/* The name that `let` or an assignment at the statement's start gives. */
static uint32_t assigned(const struct source *s, uint32_t first)
{
	uint32_t i = first;

	if (look_kind(s, i) == KW_LET) {
		i++;
		i += look_kind(s, i) == KW_MUT;
		return lexer_name(look_kind(s, i)) ? i : LOOK_NONE;
	}
	if (!lexer_name(look_kind(s, i)))
		return LOOK_NONE;
	if (look_kind(s, i + 1) == TOKEN_EQ ||
	    (look_kind(s, i + 1) == TOKEN_PLUS &&
	     look_kind(s, i + 2) == TOKEN_EQ) ||
	    look_match(s, i + 1, ". push_str (") != LOOK_NONE)
		return i;
	return LOOK_NONE;
}

/* The variable that the text becomes, or part of; LOOK_NONE. */
static uint32_t variable(const struct formatted *f, const struct source *s)
{
	uint32_t at = look_path_start(s, f->name), n = BLOCKS_MAX, first, name;

	if (look_is(s, f->name, "write") || look_is(s, f->name, "writeln")) {
		at = f->name + 3;
		at += look_kind(s, at) == TOKEN_AND;
		at += look_kind(s, at) == KW_MUT;
		return lexer_name(look_kind(s, at)) &&
				       look_kind(s, at + 1) == TOKEN_COMMA
			       ? at
			       : LOOK_NONE;
	}
	while (n--) {
		uint32_t before = at ? at - 1 : 0;

		first = s->tree.first[at];
		while (before && look_kind(s, before) == TOKEN_AND)
			before--;
		if (look_kind(s, before) == TOKEN_EQ && before > first)
			return assigned(s, first);
		if (look_kind(s, before) == TOKEN_OPEN_PAREN) {
			/* sql.push_str(&format!(…)) */
			first = s->tree.first[before];
			name = assigned(s, first);
			return name != LOOK_NONE && name + 3 == before
				       ? name
				       : LOOK_NONE;
		}
		if ((first != at && look_kind(s, before) != TOKEN_FAT_ARROW) ||
		    s->tree.parent[at] == TREE_NONE)
			return LOOK_NONE;
		at = s->tree.parent[at];
		first = s->tree.first[at];
		if (look_kind(s, first) == KW_LET)
			return assigned(s, first);
	}
	return LOOK_NONE;
}

uint32_t formatted_query(const struct formatted *f, const struct source *s,
			 struct arena *a, bool builder)
{
	struct flow w = { s, a, builder };
	uint32_t call = call_around(&w, look_path_start(s, f->name));
	uint32_t name, item, end = f->end + FORMATTED_REACH;
	struct span word;

	if (call != LOOK_NONE)
		return call;
	name = variable(f, s);
	item = source_item(s, f->name, ITEM_FN);
	if (name == LOOK_NONE || item == OUTLINE_NONE)
		return LOOK_NONE;
	if (s->outline.item[item].last < end)
		end = s->outline.item[item].last;
	word = lexer_word(&s->lx, name);
	for (uint32_t i = f->end + 1; i < end; i++) {
		if (!lexer_name(look_kind(s, i)) ||
		    !span_eq(lexer_word(&s->lx, i), word))
			continue;
		if (look_kind(s, i - 1) == KW_LET ||
		    (look_kind(s, i - 1) == KW_MUT &&
		     look_kind(s, i - 2) == KW_LET))
			return LOOK_NONE;
		if (look_kind(s, i - 1) == TOKEN_DOT)
			continue;
		call = call_around(&w, i);
		if (call != LOOK_NONE)
			return call;
	}
	return LOOK_NONE;
}
