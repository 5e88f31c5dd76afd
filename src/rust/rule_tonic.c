/*
 * tonic: what a gRPC service tells its clients of its errors. Linear: each look
 * upwards or back is bounded.
 */
#include "rust/formatted.h"
#include "rust/item.h"
#include "rust/rule.h"

#define LEVELS_MAX 16
#define BACK_MAX 400

/* How a text shows an error. */
enum shown {
	SHOWN_NOT,
	SHOWN_IN_WORDS, /* "cannot open the index: …" */
	SHOWN_ALONE,	/* its text is all there is */
	SHOWN_DEBUG	/* {:?}: its fields, whatever they hold */
};

/* The variable that an `Err(e)` or `map_err(|e| …)` binds at this level: of the
 * statement or argument that begins at first, in the group of `open`. */
static uint32_t bound_error(const struct source *s, uint32_t first,
			    uint32_t open)
{
	static const char *const patterns[] = {
		"Err ( $ ) =>",	      "Err ( ref $ ) =>", "Err ( $ ) if",
		"if let Err ( $ ) =", "let Err ( $ ) =",
	};
	uint32_t i = open + 1;

	for (size_t k = 0; k < sizeof(patterns) / sizeof(*patterns); k++) {
		uint32_t end = look_match(s, first, patterns[k]);

		if (end != LOOK_NONE)
			return end - 3;
	}
	if (open == TREE_NONE || !open ||
	    look_kind(s, open) != TOKEN_OPEN_PAREN ||
	    !names_maps_error(lexer_word(&s->lx, open - 1)))
		return LOOK_NONE;
	i += look_kind(s, i) == KW_MOVE ? 1 : 0;
	return look_match(s, i, "| $ |") != LOOK_NONE ||
			       look_match(s, i, "| $ :") != LOOK_NONE
		       ? i + 1
		       : LOOK_NONE;
}

/* Are there words of its own beside the `{…}` of a format string? */
static bool has_words(struct span literal)
{
	bool in = false;

	for (size_t i = 1; i < literal.len; i++) {
		char c = literal.ptr[i];

		if (c == '{' || c == '}')
			in = c == '{';
		else if (!in &&
			 ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
			return true;
	}
	return false;
}

/* Is what fills the hole the variable alone, or its text? */
static bool fills(const struct formatted *f, const struct source *s,
		  const struct sql_hole *hole, struct span name)
{
	uint32_t n = formatted_filled_by(f, hole), i;

	if (n >= f->args)
		return span_eq(hole->arg, name);
	i = f->arg[n].from;
	i += look_kind(s, i) == TOKEN_AND ? 1 : 0;
	if (!span_eq(lexer_word(&s->lx, i), name))
		return false;
	return i + 1 == f->arg[n].to ||
	       look_match(s, i + 1, ". to_string ( )") == f->arg[n].to;
}

static enum shown shown_in_format(const struct source *s, uint32_t macro,
				  struct span name)
{
	struct formatted f;
	struct sql_walk w = { 0 };
	struct sql_hole hole;

	if (!formatted_read(&f, s, macro))
		return SHOWN_NOT;
	w.text = lexer_text(&s->lx, f.literal);
	while (sql_next(&w, &hole))
		if (fills(&f, s, &hole, name))
			return hole.debug	   ? SHOWN_DEBUG
			       : has_words(w.text) ? SHOWN_IN_WORDS
						   : SHOWN_ALONE;
	return SHOWN_NOT;
}

/* How the expression from token i on, before `end`, shows the error. */
static enum shown shown_by(const struct source *s, uint32_t i, uint32_t end,
			   struct span name)
{
	enum token_kind kind;

	i += look_kind(s, i) == TOKEN_AND ? 1 : 0;
	if (look_is(s, i, "format"))
		return shown_in_format(s, i, name);
	if (!span_eq(lexer_word(&s->lx, i), name))
		return SHOWN_NOT;
	kind = look_kind(s, i + 1);
	return kind == TOKEN_DOT && look_match(s, i + 2, "to_string ( )") == end
		       ? SHOWN_ALONE
		       : SHOWN_NOT;
}

/* `let text = …;` before token at, in the groups around: where its value
 * begins, or LOOK_NONE. */
static uint32_t value_of(const struct source *s, struct span text, uint32_t at)
{
	uint32_t stop = at > BACK_MAX ? at - BACK_MAX : 0;

	for (uint32_t i = at; i > stop; i--)
		if (look_kind(s, i) == KW_LET &&
		    span_eq(lexer_word(&s->lx, i + 1), text) &&
		    look_kind(s, i + 2) == TOKEN_EQ)
			return i + 3;
	return LOOK_NONE;
}

/* `Status::internal(text)` or `Status::new(Code::Internal, text)`. */
struct status {
	uint32_t name;	    /* `internal`, `unknown`, or `Internal` of Code */
	uint32_t text, end; /* tokens of the text */
};

static bool read_status(struct status *out, const struct source *s, uint32_t i)
{
	uint32_t open = i + 1, text = i + 2;

	if (i < 2 || look_kind(s, i - 1) != TOKEN_PATH_SEP ||
	    !look_is(s, i - 2, "Status") ||
	    look_kind(s, open) != TOKEN_OPEN_PAREN ||
	    !tree_paired(&s->tree, open))
		return false;
	out->name = i;
	if (look_is(s, i, "new")) {
		while (look_kind(s, text + 1) == TOKEN_PATH_SEP)
			text += 2;
		out->name = text++;
		if (look_kind(s, text++) != TOKEN_COMMA)
			return false;
	}
	if (!span_eqs_nocase(lexer_text(&s->lx, out->name), "internal") &&
	    !span_eqs_nocase(lexer_text(&s->lx, out->name), "unknown"))
		return false;
	out->text = text;
	out->end = s->tree.mate[open];
	if (out->end > text && look_kind(s, out->end - 1) == TOKEN_COMMA)
		out->end--;
	return out->end > text;
}

static enum shown shown_as_argument(const struct source *s,
				    const struct status *st, struct span name)
{
	uint32_t i = st->text, end = st->end;

	if (lexer_name(look_kind(s, i)) &&
	    (i + 1 == end || look_match(s, i + 1, ". clone ( )") == end)) {
		i = value_of(s, lexer_word(&s->lx, i), st->name);
		if (i == LOOK_NONE)
			return SHOWN_NOT;
		for (end = i; look_kind(s, end) != TOKEN_SEMI &&
			      !lexer_closes(look_kind(s, end)) &&
			      end < s->lx.count;)
			end = item_skip(&s->tree, end);
	}
	return shown_by(s, i, end, name);
}

/* Does `match` at the `{` look at that variable? */
static bool matches_on(const struct source *s, uint32_t open, struct span name)
{
	uint32_t stop = open > LEVELS_MAX ? open - LEVELS_MAX : 0;

	for (uint32_t i = open; i > stop && look_kind(s, i) != TOKEN_SEMI; i--)
		if (look_kind(s, i) == KW_MATCH) {
			i++;
			i += look_kind(s, i) == TOKEN_AND ||
					     look_kind(s, i) == TOKEN_STAR
				     ? 1
				     : 0;
			return span_eq(lexer_word(&s->lx, i), name);
		}
	return false;
}

/* Is the error told apart: by a match on it in the groups from token i up to
 * that of `group`, or by an arm for another error beside this one? */
static bool told_apart(const struct source *s, uint32_t i, uint32_t group,
		       uint32_t first, struct span name)
{
	uint32_t end;

	for (uint32_t at = s->tree.parent[i]; at != group && at != TREE_NONE;
	     at = s->tree.parent[at])
		if (look_kind(s, at) == TOKEN_OPEN_BRACE &&
		    matches_on(s, at, name))
			return true;
	if (group == TREE_NONE || look_kind(s, group) != TOKEN_OPEN_BRACE)
		return false;
	end = s->tree.mate[group];
	if (end > group + BACK_MAX * 4)
		end = group + BACK_MAX * 4;
	for (uint32_t at = group + 1; at < end; at = item_skip(&s->tree, at))
		if (look_is(s, at, "Err") && s->tree.first[at] == at &&
		    at != first && look_match(s, at, "Err ()") != LOOK_NONE)
			return true;
	return false;
}

/* Does what fails have no other code to give: a task that was joined, a
 * channel, a value of the service's own that is encoded? [from, to). */
static bool own_fault(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		struct span rest = lexer_text(&s->lx, i), word;

		/* serde_json::to_vec(…), but not from_slice() */
		if (look_kind(s, i + 1) == TOKEN_PATH_SEP &&
		    span_ends(rest, "json") &&
		    span_starts(lexer_text(&s->lx, i + 2), "to_"))
			return true;

		while (lexer_name(look_kind(s, i)) &&
		       text_field(&rest, '_', &word))
			if (names_own_fault(word))
				return true;
	}
	return false;
}

/* Where the part of a chain begins that its last error comes from: behind the
 * `map_err` before. */
static uint32_t last_part(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = to; i > from; i--)
		if (names_maps_error(lexer_text(&s->lx, i - 1)))
			return i;
	return from;
}

/* The same of the expression that gives the error bound at `error`. */
static bool from_own_fault(const struct source *s, uint32_t first,
			   uint32_t group, uint32_t error)
{
	uint32_t call, from;

	if (group == TREE_NONE)
		return false;
	/* .map_err(|e| …) */
	if (look_kind(s, group) == TOKEN_OPEN_PAREN && error > group &&
	    error < group + 4) {
		call = group - 1;
		if (look_method(s, call) == LOOK_NONE)
			return false;
		from = last_part(s, look_receiver(s, call - 1), call);
		return own_fault(s, from, call);
	}
	if (look_kind(s, first) == KW_IF || look_kind(s, first) == KW_LET) {
		from = error;
		call = from + 1;
		while (call < from + BACK_MAX &&
		       look_kind(s, call) != TOKEN_OPEN_BRACE &&
		       look_kind(s, call) != TOKEN_END)
			call = item_skip(&s->tree, call);
		return own_fault(s, from, call);
	}
	for (from = group; from && from + BACK_MAX > group; from--)
		if (look_kind(s, from) == KW_MATCH)
			return own_fault(s, from, group);
	return false;
}

static void check_status(struct rule_run *r, const struct source *s,
			 const struct status *st)
{
	uint32_t at = look_path_start(s, st->name), group, error, first;
	struct span name;
	enum shown how;

	for (unsigned level = 0; level < LEVELS_MAX; level++) {
		group = s->tree.parent[at];
		first = s->tree.first[at];
		error = bound_error(s, first, group);
		if (error != LOOK_NONE) {
			name = lexer_word(&s->lx, error);
			how = shown_as_argument(s, st, name);
			if (how >= SHOWN_ALONE &&
			    !told_apart(s, st->name, group, first, name) &&
			    !from_own_fault(s, first, group, error))
				rule_found(r, st->name, LOOK_NONE,
					   "the client is sent the %s of the "
					   "error `%.*s`, under the code %s",
					   how == SHOWN_DEBUG ? "debug output"
							      : "whole text",
					   SPAN_ARG(name),
					   look_is(s, st->name, "internal") ||
							   look_is(s, st->name,
								   "Internal")
						   ? "INTERNAL"
						   : "UNKNOWN");
			if (how != SHOWN_NOT)
				return;
		}
		if (group == TREE_NONE)
			return;
		at = group;
	}
}

static void run_status(struct rule_run *r, const struct source *s)
{
	struct status st;

	if (!look_names(s, "tonic"))
		return;
	for (uint32_t i = 0; i < s->lx.count; i++)
		if (look_kind(s, i) == TOKEN_IDENT && read_status(&st, s, i) &&
		    rule_asks(r, st.name))
			check_status(r, s, &st);
}

const struct rule rule_tonic_internal_error = {
	.id = "tonic-internal-error",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "architecture",
	.about = "Status::internal made of an error's own text",
	.consequence = "every kind of error has the same code, which no client "
		       "can act on, and what the text shows of the inside "
		       "(paths, queries, addresses) leaves the service",
	.remedy = "which of these errors are NotFound, InvalidArgument or "
		  "Unavailable to the caller? Give those their code, log the "
		  "rest and send a sentence of your own",
	.why = "A gRPC client decides by the code: whether to try again, to "
	       "correct its request, to give up. INTERNAL says that the "
	       "service "
	       "is broken. An error's Display or Debug is written for the "
	       "service's own log and changes with every refactoring. Silent "
	       "where a match tells the errors apart, where the text has words "
	       "of its own, and where nothing but the service can be at fault: "
	       "a joined task, a channel, an encoder.",
	.bad = "use tonic::{Request, Response, Status};\n"
	       "\n"
	       "async fn get(&self, req: Request<Key>) -> "
	       "Result<Response<Item>, Status> {\n"
	       "    let item = self.store.get(&req.get_ref().id).await\n"
	       "        .map_err(|e| Status::internal(e.to_string()))?;\n"
	       "    Ok(Response::new(item))\n"
	       "}\n",
	.good = "use tonic::{Request, Response, Status};\n"
		"\n"
		"async fn get(&self, req: Request<Key>) -> "
		"Result<Response<Item>, Status> {\n"
		"    let item = self.store.get(&req.get_ref().id).await"
		".map_err(|e| match e {\n"
		"        StoreError::NotFound => "
		"Status::not_found(\"no such item\"),\n"
		"        e => {\n"
		"            tracing::error!(error = %e, \"get\");\n"
		"            Status::internal(\"the store failed\")\n"
		"        }\n"
		"    })?;\n"
		"    Ok(Response::new(item))\n"
		"}\n",
	.run = run_status,
};
