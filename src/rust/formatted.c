#include "rust/formatted.h"

#include "rust/item.h"
#include "rust/look.h"
#include "rust/names.h"
#include "rust/param.h"

static bool text_literal(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == TOKEN_STR || look_kind(s, i) == TOKEN_RAW_STR;
}

static void read_arguments(struct formatted *f, const struct source *s,
			   uint32_t from)
{
	struct param p = { 0 };

	while (f->args < FORMATTED_ARGUMENTS &&
	       param_next(s, &p, from, f->end)) {
		bool named = lexer_name(look_kind(s, p.from)) &&
			     look_kind(s, p.from + 1) == TOKEN_EQ;

		f->arg[f->args].from = p.from + (named ? 2 : 0);
		f->arg[f->args].to = p.to;
		f->arg[f->args].name =
			named ? lexer_word(&s->lx, p.from) : (struct span){ 0 };
		f->args++;
	}
}

bool formatted_read(struct formatted *out, const struct source *s, uint32_t i)
{
	bool writes = look_is(s, i, "write") || look_is(s, i, "writeln");
	uint32_t open = i + 2, at = open + 1;

	if ((!writes && !look_is(s, i, "format") &&
	     !look_is(s, i, "format_args")) ||
	    look_kind(s, i + 1) != TOKEN_NOT ||
	    !lexer_opens(look_kind(s, open)) || !tree_paired(&s->tree, open))
		return false;
	*out = (struct formatted){ .name = i, .end = s->tree.mate[open] };
	if (writes) {
		struct param p = { 0 };

		param_next(s, &p, at, out->end);
		at = p.to + 1;
	}
	if (at >= out->end || !text_literal(s, at))
		return false;
	out->literal = at;
	if (look_kind(s, at + 1) == TOKEN_COMMA)
		read_arguments(out, s, at + 2);
	return true;
}

/* Does the text hold one of these words, whatever their case? */
static bool holds(struct span text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t at = 0; at < text.len; at++) {
			struct span part = span_first(span_from(text, at),
						      span_of(words[i]).len);

			if (span_eqs_nocase(part, words[i]))
				return true;
		}
	return false;
}

#define HOLDS(text, words) holds(text, words, sizeof(words) / sizeof(*words))

/* A name that says what is done to the value, or that it is SQL itself. */
static bool says_safe(struct span name, enum sql_place place)
{
	static const char *const quoted[] = { "escape", "quote", "sanitize" };
	static const char *const sql[] = {
		"placeholder", "param",	    "bind",	"clause", "cond",
		"filter",      "predicate", "column",	"expr",	  "sql",
		"ident",       "marks",	    "subquery", "cast",
	};

	return HOLDS(name, quoted) || (place == SQL_BARE && HOLDS(name, sql));
}

static bool upper(struct span name)
{
	bool letter = false;

	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
			return false;
		letter |= name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
	}
	return letter && name.len > 1;
}

/* `Kind::Open`, a value of an enum, as against a call or a variable. */
static bool variant(const struct source *s, uint32_t i)
{
	struct span word = lexer_text(&s->lx, i);

	return i && look_kind(s, i - 1) == TOKEN_PATH_SEP && *word.ptr >= 'A' &&
	       *word.ptr <= 'Z' && look_kind(s, i + 1) != TOKEN_OPEN_PAREN &&
	       look_kind(s, i + 1) != TOKEN_PATH_SEP;
}

/* Is there a call, of a function or a macro, in [from, to)? */
static bool calls(const struct source *s, uint32_t from, uint32_t to)
{
	for (uint32_t i = from + 1; i < to; i++)
		if (look_kind(s, i) == TOKEN_OPEN_PAREN &&
		    (lexer_name(look_kind(s, i - 1)) ||
		     look_kind(s, i - 1) == TOKEN_NOT))
			return true;
	return false;
}

/* `.replace('\'', "''")` at its name. */
static bool doubles_quotes(const struct source *s, uint32_t i)
{
	return look_is(s, i, "replace") &&
	       (look_is(s, i + 2, "'\\''") || look_is(s, i + 2, "\"'\""));
}

/* Does an expression in [from, to) say that its value is a number, or quoted?
 * Words of SQL count where a bare value stands. */
static bool says_plain(const struct source *s, uint32_t from, uint32_t to,
		       enum sql_place place)
{
	for (uint32_t i = from; i < to; i++) {
		enum token_kind kind = look_kind(s, i);

		if (lexer_name(kind) && says_safe(lexer_text(&s->lx, i), place))
			return true;
		/* Uuid::new_v4() */
		if (look_kind(s, i + 1) == TOKEN_PATH_SEP &&
		    names_plain_type(lexer_text(&s->lx, i)))
			return true;
		/* i + 1 */
		if (doubles_quotes(s, i) ||
		    (kind == TOKEN_INT && i > from &&
		     look_kind(s, i - 1) >= TOKEN_PLUS &&
		     look_kind(s, i - 1) <= TOKEN_PERCENT))
			return true;
		if (kind == KW_AS &&
		    names_plain_type(lexer_text(&s->lx, i + 1)))
			return true;
		if (look_method(s, i) != LOOK_NONE &&
		    names_plain_method(lexer_text(&s->lx, i)))
			return true;
	}
	return false;
}

/* Is it a constant, or made of literals alone, whichever is chosen? A method of
 * a constant gives one too, the text that a match chooses is one. */
static bool constant(const struct source *s, uint32_t from, uint32_t to)
{
	bool text = false, all = true;

	for (uint32_t i = from; i < to; i++) {
		enum token_kind kind = look_kind(s, i);
		bool literal = kind >= TOKEN_INT && kind <= TOKEN_RAW_C_STR;

		if (lexer_name(kind) &&
		    (upper(lexer_text(&s->lx, i)) || variant(s, i)))
			return true;
		text |= text_literal(s, i);
		all &= literal;
	}
	return text || (all && from < to);
}

/* Does the way in [from, to) leave, and give no value? */
static bool leaves(const struct source *s, uint32_t from, uint32_t to)
{
	static const char *const macros[] = { "unreachable", "panic", "bail",
					      "todo", "unimplemented" };

	for (uint32_t i = from; i < to; i++) {
		enum token_kind kind = look_kind(s, i);

		if (kind == KW_RETURN || kind == KW_CONTINUE ||
		    kind == KW_BREAK)
			return true;
		for (size_t k = 0; k < sizeof(macros) / sizeof(*macros); k++)
			if (look_kind(s, i + 1) == TOKEN_NOT &&
			    look_is(s, i, macros[k]))
				return true;
	}
	return false;
}

/* Behind the value that begins at i: an arm's, or a block. */
static uint32_t way_end(const struct source *s, uint32_t i, uint32_t end)
{
	while (i < end && look_kind(s, i) != TOKEN_COMMA)
		i = item_skip(&s->tree, i);
	return i;
}

/* Is the value in [from, to) constant whichever way is taken: each arm of a
 * match, each block of an if? */
static bool chosen(const struct source *s, uint32_t from, uint32_t to)
{
	bool arms = look_kind(s, from) == KW_MATCH;
	uint32_t i = from, end = to, behind;

	if (!arms && look_kind(s, from) != KW_IF)
		return !calls(s, from, to) && constant(s, from, to);
	while (i < to && look_kind(s, i) != TOKEN_OPEN_BRACE)
		i = item_skip(&s->tree, i);
	if (arms) {
		end = i < to ? s->tree.mate[i] : to;
		i++;
	}
	for (; i < end; i = item_skip(&s->tree, i)) {
		enum token_kind kind = look_kind(s, i);

		if (kind != (arms ? TOKEN_FAT_ARROW : TOKEN_OPEN_BRACE))
			continue;
		behind = arms ? way_end(s, i + 1, end) : s->tree.mate[i];
		if (!leaves(s, i + 1, behind) &&
		    (calls(s, i + 1, behind) || !constant(s, i + 1, behind)))
			return false;
	}
	return from < to;
}

static uint32_t statement_end(const struct source *s, uint32_t i)
{
	uint32_t end = i + FORMATTED_REACH;

	while (i < s->lx.count && i < end && look_kind(s, i) != TOKEN_SEMI &&
	       !lexer_closes(look_kind(s, i)))
		i = item_skip(&s->tree, i);
	return i;
}

enum printed { PRINTED_UNKNOWN, PRINTED_PLAIN, PRINTED_TEXT };

static enum printed printed_type(const struct source *s, uint32_t from,
				 uint32_t to)
{
	uint32_t name = param_type_name(s, from, to);
	struct span word;

	if (name == LOOK_NONE)
		return PRINTED_UNKNOWN;
	word = lexer_word(&s->lx, name);
	if (names_plain_type(word))
		return PRINTED_PLAIN;
	return span_eqs(word, "String") || span_eqs(word, "str") ||
			       span_eqs(word, "Cow")
		       ? PRINTED_TEXT
		       : PRINTED_UNKNOWN;
}

static enum printed printed_param(const struct source *s, const struct item *fn,
				  struct span name)
{
	uint32_t open = param_open(s, fn);
	struct param p = { 0 };

	while (open != LOOK_NONE &&
	       param_next(s, &p, open + 1, s->tree.mate[open])) {
		uint32_t at = p.pattern;

		at += look_kind(s, at) == KW_MUT;
		if (p.type != LOOK_NONE &&
		    span_eq(lexer_word(&s->lx, at), name))
			return printed_type(s, p.type, p.to);
	}
	return PRINTED_UNKNOWN;
}

/* What `let name …` or `for name …` says of the value; word is the name. */
static enum printed printed_binding(const struct source *s, uint32_t word,
				    bool loop, enum sql_place place)
{
	uint32_t end = statement_end(s, word);
	enum printed type = PRINTED_UNKNOWN;

	/* for name in [A, B] { or in 0..9 { */
	if (loop)
		return look_kind(s, word + 1) == KW_IN &&
				       (look_kind(s, word + 2) == TOKEN_INT ||
					look_kind(s, word + 2) ==
						TOKEN_OPEN_BRACKET ||
					look_kind(s, word + 3) ==
						TOKEN_OPEN_BRACKET)
			       ? PRINTED_PLAIN
			       : PRINTED_UNKNOWN;
	if (look_kind(s, word + 1) == TOKEN_COLON)
		type = printed_type(s, word + 2, end);
	while (word < end && look_kind(s, word) != TOKEN_EQ)
		word++;
	if (says_plain(s, word, end, place) || chosen(s, word + 1, end))
		return PRINTED_PLAIN;
	return type;
}

/* How a variable prints where token `at` uses it: text may be anything. */
static enum printed printed_variable(const struct source *s, struct span name,
				     uint32_t at, enum sql_place place)
{
	uint32_t item = source_item(s, at, ITEM_FN), i = at, stop;
	const struct item *fn;

	if (says_safe(name, place) || upper(name))
		return PRINTED_PLAIN;
	if (item == OUTLINE_NONE)
		return PRINTED_UNKNOWN;
	fn = &s->outline.item[item];
	stop = at > FORMATTED_REACH ? at - FORMATTED_REACH : 0;
	if (fn->open != OUTLINE_NONE && fn->open > stop)
		stop = fn->open;
	while (i-- > stop) {
		enum token_kind kind = look_kind(s, i);
		uint32_t word;

		if (kind != KW_FOR && kind != KW_LET)
			continue;
		word = i + 1 + (look_kind(s, i + 1) == KW_MUT);
		if (span_eq(lexer_word(&s->lx, word), name))
			return printed_binding(s, word, kind == KW_FOR, place);
	}
	return printed_param(s, fn, name);
}

/* Between quotes anything may stand that is not known to be harmless; a bare
 * value that works is a number or SQL, unless it is known to be text. */
static bool foreign(enum printed p, enum sql_place place)
{
	return place == SQL_QUOTED ? p != PRINTED_PLAIN : p == PRINTED_TEXT;
}

static bool digits(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len;
}

uint32_t formatted_filled_by(const struct formatted *f,
			     const struct sql_hole *h)
{
	uint32_t n = 0;

	if (!h->arg.len)
		return h->next;
	if (digits(h->arg)) {
		for (size_t i = 0; i < h->arg.len && n < f->args; i++)
			n = n * 10 + (uint32_t)(h->arg.ptr[i] - '0');
		return n;
	}
	while (n < f->args && !span_eq(f->arg[n].name, h->arg))
		n++;
	return n;
}

/* Does the value's last word name a table, a column or the like? Catalogues are
 * asked for those, and it is the program that names them. */
static bool schema_part(struct span value)
{
	struct span part, name = { 0 };

	while (text_field(&value, '.', &part))
		name = part;
	if (span_ends(name, "_name"))
		name.len -= 5;
	while (text_field(&name, '_', &part))
		if (!name.len)
			break;
	return names_schema_part(part);
}

/* As written, in [from, to); empty when nothing foreign can come of it. */
static struct span foreign_expression(const struct formatted *f,
				      const struct source *s, uint32_t from,
				      uint32_t to, enum sql_place place)
{
	enum printed how = PRINTED_UNKNOWN;

	while (from < to && (look_kind(s, from) == TOKEN_AND ||
			     look_kind(s, from) == TOKEN_STAR))
		from++;
	if (from == to || says_plain(s, from, to, place) ||
	    constant(s, from, to))
		return (struct span){ 0 };
	/* a variable, or what a method makes of it */
	if (lexer_name(look_kind(s, from)) &&
	    (from + 1 == to || (look_kind(s, from + 1) == TOKEN_DOT &&
				look_kind(s, from + 3) == TOKEN_OPEN_PAREN)))
		how = printed_variable(s, lexer_word(&s->lx, from), f->name,
				       place);
	return foreign(how, place) ? lexer_range(&s->lx, from, to - 1)
				   : (struct span){ 0 };
}

struct span formatted_value(const struct formatted *f, const struct source *s,
			    const struct sql_hole *hole)
{
	uint32_t n = formatted_filled_by(f, hole);
	struct span none = { 0 }, value;

	if (hole->number || hole->place == SQL_OTHER)
		return none;
	if (n < f->args) {
		value = foreign_expression(f, s, f->arg[n].from, f->arg[n].to,
					   hole->place);
	} else {
		if (!hole->arg.len || digits(hole->arg))
			return none;
		value = foreign(printed_variable(s, hole->arg, f->name,
						 hole->place),
				hole->place)
				? hole->arg
				: none;
	}
	return schema_part(value) ? none : value;
}
