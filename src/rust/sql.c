/*
 * One byte after the other, with the quote and the brackets it stands in.
 */
#include "rust/sql.h"

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* Without its prefix, hashes and quotes. */
static struct span inside(struct span literal)
{
	ptrdiff_t open = span_chr(literal, '"');
	size_t hashes = 0;

	if (open < 0)
		return (struct span){ 0 };
	for (ptrdiff_t i = 0; i < open; i++)
		hashes += literal.ptr[i] == '#';
	literal = span_from(literal, (size_t)open + 1);
	literal.len -= literal.len < hashes + 1 ? literal.len : hashes + 1;
	return literal;
}

/* White space, `\n` and the like, and a line's continuing `\`. */
static struct span skip_blank(struct span s)
{
	while (s.len) {
		if (*s.ptr == '\\' && s.len > 1 &&
		    (s.ptr[1] == 'n' || s.ptr[1] == 't' || blank(s.ptr[1])))
			s = span_from(s, 2);
		else if (blank(*s.ptr) || *s.ptr == '(')
			s = span_from(s, 1);
		else
			break;
	}
	return s;
}

static struct span take_word(struct span *rest)
{
	struct span word = { rest->ptr, 0 };

	while (word.len < rest->len && word_byte(rest->ptr[word.len]))
		word.len++;
	*rest = span_from(*rest, word.len);
	return word;
}

static bool any_of(struct span word, const char *const *words, size_t n)
{
	for (size_t i = 0; word.len && i < n; i++)
		if (span_eqs_nocase(word, words[i]))
			return true;
	return false;
}

#define ANY_OF(word, words) any_of(word, words, sizeof(words) / sizeof(*words))

/* Does this word stand anywhere in the rest? */
static bool goes_on(struct span rest, const char *want)
{
	while (rest.len) {
		struct span word = take_word(&rest);

		if (span_eqs_nocase(word, want))
			return true;
		if (!word.len)
			rest = span_from(rest, 1);
	}
	return false;
}

bool sql_statement(struct span literal)
{
	static const struct {
		const char *verb, *then;
		bool next; /* it follows at once */
	} verbs[] = {
		{ "SELECT", "FROM", false }, { "INSERT", "INTO", false },
		{ "REPLACE", "INTO", true }, { "UPDATE", "SET", false },
		{ "DELETE", "FROM", true },  { "WITH", "SELECT", false },
		{ "MERGE", "USING", false },
	};
	struct span rest = skip_blank(inside(literal));
	struct span verb = take_word(&rest);

	/* "Select '{x}' from the list" is prose */
	if (verb.len < 2 || (verb.ptr[0] < 'a') != (verb.ptr[1] < 'a'))
		return false;
	rest = skip_blank(rest);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (span_eqs_nocase(verb, verbs[i].verb))
			return verbs[i].next ? span_eqs_nocase(take_word(&rest),
							       verbs[i].then)
					     : goes_on(rest, verbs[i].then);
	return false;
}

bool sql_writes(struct span literal)
{
	static const char *const verbs[] = {
		"INSERT", "UPDATE", "DELETE", "REPLACE",  "MERGE",
		"CREATE", "ALTER",  "DROP",   "TRUNCATE", "COPY",
	};
	struct span rest = skip_blank(inside(literal));
	struct span verb = take_word(&rest);

	if (ANY_OF(verb, verbs))
		return rest.len > 0;
	return span_eqs_nocase(verb, "WITH") &&
	       (goes_on(rest, "INSERT") || goes_on(rest, "UPDATE") ||
		goes_on(rest, "DELETE"));
}

bool sql_small(struct span literal)
{
	static const char *const verbs[] = {
		"SHOW", "DESCRIBE", "EXPLAIN", "INSERT", "CREATE",
		"DROP", "COPY",	    "SET",     "UPDATE", "DELETE",
	};
	struct span all = skip_blank(inside(literal)), rest = all;

	return ANY_OF(take_word(&rest), verbs) || goes_on(all, "LIMIT") ||
	       goes_on(all, "COUNT") || goes_on(all, "MAX") ||
	       goes_on(all, "MIN") || goes_on(all, "SUM");
}

bool sql_utility(struct span literal)
{
	static const char *const verbs[] = {
		"ALTER",   "ANALYZE",	"ATTACH",    "BEGIN",  "CALL",
		"COMMENT", "COPY",	"CREATE",    "DO",     "DROP",
		"GRANT",   "KILL",	"LISTEN",    "LOCK",   "NOTIFY",
		"PRAGMA",  "REFRESH",	"REVOKE",    "SET",    "SHOW",
		"USE",	   "SAVEPOINT", "TRUNCATE",  "VACUUM", "RESET",
		"DETACH",  "DESCRIBE",	"TERMINATE",
	};
	struct span rest = skip_blank(inside(literal));

	return ANY_OF(take_word(&rest), verbs);
}

/* Behind the placeholder's `{` at w->at - 1: its name and format. */
static void read_hole(struct sql_walk *w, struct sql_hole *out, struct span s)
{
	size_t end = w->at, colon;

	while (end < s.len && s.ptr[end] != '}')
		end++;
	for (colon = w->at; colon < end && s.ptr[colon] != ':';)
		colon++;
	out->arg = span_trim((struct span){ s.ptr + w->at, colon - w->at });
	out->next = out->arg.len ? 0 : w->next++;
	out->number = out->debug = false;
	for (size_t i = colon + 1; i < end; i++) {
		char c = s.ptr[i];

		out->number |= (c >= '0' && c <= '9') || c == 'x' || c == 'X' ||
			       c == 'b' || c == 'o' || c == 'e';
		out->debug |= c == '?';
	}
	w->at = end < s.len ? end + 1 : end;
}

static enum sql_place place(const struct sql_walk *w, struct span s,
			    size_t open, size_t behind)
{
	static const char *const compare[] = { "LIKE", "ILIKE", "BETWEEN" };
	char prev = open ? s.ptr[open - 1] : 0;
	char next = behind < s.len ? s.ptr[behind] : 0;
	char group = 'o';

	/* a length of time; a table's name, where SQLite wants a value */
	if (w->quote == '\'')
		return span_eqs_nocase(w->word, "INTERVAL") ||
				       span_starts(w->word, "pragma_")
			       ? SQL_OTHER
			       : SQL_QUOTED;
	/* part of a name, a bind, a cast, `table.column`, a call */
	if (w->quote || word_byte(prev) || word_byte(next) || prev == '$' ||
	    prev == '?' || prev == ':' || prev == '@' || prev == '.' ||
	    next == '.' || next == '(' || next == '{')
		return SQL_OTHER;
	if (w->depth && w->depth <= SQL_DEPTH)
		group = w->group[w->depth - 1];
	if (group != 'o' && (w->before == '(' || w->before == ','))
		return SQL_BARE;
	if (w->before == '=' || w->before == '<' || w->before == '>')
		return SQL_BARE;
	return word_byte(w->before) && ANY_OF(w->word, compare) ? SQL_BARE
								: SQL_OTHER;
}

static bool in_values(const struct sql_walk *w)
{
	return w->depth && w->depth <= SQL_DEPTH &&
	       w->group[w->depth - 1] == 'v';
}

static void open_group(struct sql_walk *w)
{
	bool called = word_byte(w->before);
	char kind = 'o';

	if (called ? span_eqs_nocase(w->word, "VALUES")
		   : w->values && w->before == ',' && !in_values(w))
		kind = 'v';
	else if (called && span_eqs_nocase(w->word, "IN"))
		kind = 'i';
	if (w->depth < SQL_DEPTH)
		w->group[w->depth] = kind;
	w->depth++;
}

/* One step that is no placeholder. */
static void step(struct sql_walk *w, struct span s)
{
	char c = s.ptr[w->at];

	if (w->quote) {
		if (c == w->quote || (w->quote == '[' && c == ']')) {
			w->before = w->quote;
			w->quote = 0;
		}
	} else if (word_byte(c)) {
		struct span rest = span_from(s, w->at);

		w->word = take_word(&rest);
		w->at += w->word.len;
		if (!in_values(w))
			w->values = span_eqs_nocase(w->word, "VALUES");
		w->before = w->word.ptr[w->word.len - 1];
		return;
	} else if (c == '\'' || c == '"' || c == '`') {
		w->quote = c;
	} else if (!blank(c)) {
		if (c == '(')
			open_group(w);
		else if (c == ')' && w->depth)
			w->depth--;
		/* no comparison: `->`, `->>` */
		if (c != '>' || w->before != '-')
			w->before = c;
	}
	w->at++;
}

bool sql_next(struct sql_walk *w, struct sql_hole *out)
{
	struct span s = inside(w->text);

	while (w->at < s.len) {
		char c = s.ptr[w->at], next = 0;

		if (w->at + 1 < s.len)
			next = s.ptr[w->at + 1];
		if (c == '\\' && next) {
			/* `\'` is a quote, `\n` a blank */
			w->at += next == '\'' || next == '"' ? 1 : 2;
			if (next == '\'' || next == '"')
				step(w, s);
		} else if ((c == '{' || c == '}') && next == c) {
			w->at += 2;
			w->before = c;
		} else if (c == '{') {
			size_t open = w->at++;

			read_hole(w, out, s);
			out->place = place(w, s, open, w->at);
			if (!w->quote)
				w->before = '}';
			return true;
		} else {
			step(w, s);
		}
	}
	return false;
}
