/*
 * From the hint to both ends of its name, over what parts name and value in
 * the usual languages, to a value in quotes; or, where the line is one of a
 * configuration file or shell, to a bare one.
 */
#include "base/assigned.h"

#include <ctype.h>
#include <string.h>

#include "base/placeholder.h"

#define NAME_MAX 64
#define GAP_MAX 24  /* blanks and line ends between a name and a quote */
#define TYPE_MAX 64 /* `&'static str` */
#define CALL_MAX 48 /* `SecretString::from(` */
#define VALUE_MAX 512
#define LEAD_MAX 16 /* `export ` before a name */

struct names {
	const char *const *ends;   /* of a name that counts */
	const char *const *beside; /* and of one that does not */
};

static const char *const password_ends[] = {
	"password", "passwd", "passphrase", "pwd", NULL,
};

static const char *const secret_ends[] = {
	"token",	 "secret",     "apikey",      "accesskey",
	"secretkey",	 "privatekey", "signingkey",  "encryptionkey",
	"masterkey",	 "authkey",    "accountkey",  "licensekey",
	"sharedkey",	 "sessionkey", "servicekey",  "adminkey",
	"secretkeybase", "credential", "credentials", "bearer",
	"bearerauth",	 NULL,
};

/* Names of what is handed around in the open. */
static const char *const open_ends[] = {
	"pagetoken",	     "nexttoken", "continuationtoken", "canceltoken",
	"cancellationtoken", "synctoken", "publictoken",       "cursortoken",
	"idempotencytoken",  NULL,
};

static const char *const none[] = { NULL };

/* What stands behind the telling word. */
static const char *const suffixes[] = {
	"value", "string",  "str",     "production", "prod", "live",
	"dev",	 "staging", "default", "env",	     NULL,
};

static bool name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* The identifier around `at`; one without end is none. */
static bool name_around(struct span s, size_t at, struct span *name)
{
	size_t from = at, to = at;

	while (from > 0 && at - from < NAME_MAX && name_byte(s.ptr[from - 1]))
		from--;
	while (to < s.len && to - at < NAME_MAX && name_byte(s.ptr[to]))
		to++;
	/* `--password`, and the margin of a diff */
	while (from < at && s.ptr[from] == '-')
		from++;
	*name = (struct span){ s.ptr + from, to - from };
	return at - from < NAME_MAX && to - at < NAME_MAX;
}

static const char *ends_with_any(struct span s, const char *const *ends)
{
	for (; *ends; ends++)
		if (span_ends(s, *ends))
			return *ends;
	return NULL;
}

/* Letters and digits of the name in lower case, without what follows the
 * telling word. */
static struct span telling(char *low, struct span name)
{
	struct span s = { low, 0 };
	const char *end;
	size_t i;

	for (i = 0; i < name.len; i++)
		if (isalnum((unsigned char)name.ptr[i]))
			low[s.len++] =
				(char)tolower((unsigned char)name.ptr[i]);
	for (i = 0; i < 2; i++) {
		while (s.len && isdigit((unsigned char)s.ptr[s.len - 1]))
			s.len--;
		end = ends_with_any(s, suffixes);
		s.len -= end ? strlen(end) : 0;
	}
	return s;
}

static bool named(struct span name, const struct names *names)
{
	char low[2 * NAME_MAX + 2];
	struct span s = telling(low, name);

	return ends_with_any(s, names->ends) &&
	       !ends_with_any(s, names->beside);
}

/* ---- the way to the value */

/* A cursor over the bytes behind the name. */
struct way {
	struct span s;
	size_t at;
};

static char here(const struct way *w)
{
	return w->at < w->s.len ? w->s.ptr[w->at] : '\0';
}

static bool takes(struct way *w, const char *word)
{
	if (!span_starts(span_from(w->s, w->at), word))
		return false;
	w->at += strlen(word);
	return true;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct way *w)
{
	size_t from = w->at;

	while (w->at - from < GAP_MAX && blank(here(w)))
		w->at++;
	return w->at - from;
}

static void skip_space(struct way *w)
{
	size_t from = w->at;

	while (w->at - from < GAP_MAX && here(w) &&
	       isspace((unsigned char)here(w)))
		w->at++;
}

static bool quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

/* `Some(`, `String::from(`, `SecretString::new(`: calls that keep the text. */
static bool take_call(struct way *w)
{
	static const char *const keep[] = { "from",	   "new",  "from_str",
					    "from_static", "Some", "Ok",
					    "Borrowed",	   NULL };
	struct span s = span_from(w->s, w->at);
	size_t n = 0;

	while (n < s.len && n < CALL_MAX &&
	       (isalnum((unsigned char)s.ptr[n]) || s.ptr[n] == '_' ||
		s.ptr[n] == ':'))
		n++;
	if (!n || n == s.len || s.ptr[n] != '(' ||
	    !ends_with_any(span_first(s, n), keep))
		return false;
	w->at += n + 1;
	return true;
}

/* `: &'static str` of a const or a let, up to the sign behind it. */
static bool take_type(struct way *w)
{
	struct way at = *w;

	while (at.at - w->at < TYPE_MAX &&
	       (isalnum((unsigned char)here(&at)) || blank(here(&at)) ||
		(here(&at) && strchr("_&'<>:;[]()", here(&at)))))
		at.at++;
	if (at.at == w->at || here(&at) != '=')
		return false;
	*w = at;
	return true;
}

/* The text between quotes that begin here, if it ends on its line. */
static bool take_quoted(struct way *w, struct span *value)
{
	bool escaped;
	size_t from;
	char q;

	takes(w, "&");
	skip_space(w);
	while (take_call(w))
		skip_space(w);
	if (here(w) && strchr("brc", here(w)))
		w->at++;
	while (here(w) == '#')
		w->at++;
	escaped = takes(w, "\\");
	q = here(w);
	if (!quote(q))
		return false;
	from = ++w->at;
	for (; w->at < w->s.len && w->at - from < VALUE_MAX; w->at++) {
		char c = w->s.ptr[w->at];

		if (c == '\n' || c == '\r')
			return false;
		if (c == '\\' && !escaped) {
			w->at++;
			continue;
		}
		if (c != q && !(escaped && c == '\\'))
			continue;
		*value = (struct span){ w->s.ptr + from, w->at - from };
		return true;
	}
	return false;
}

/* ---- values without quotes */

/* Does the name stand first on its line, behind no more than what shells,
 * compose files and diffs write there? */
static bool first_on_line(struct span s, struct span name)
{
	static const char *const leads[] = { "export", "ENV", "ARG", "set",
					     "-x",     "-e",  NULL };
	size_t at = (size_t)(name.ptr - s.ptr), from = at, k;
	struct span lead;

	while (from && at - from < LEAD_MAX && s.ptr[from - 1] != '\n')
		from--;
	lead = span_trim((struct span){ s.ptr + from, at - from });
	while (lead.len && strchr("+-#/\"'", lead.ptr[0]) && lead.ptr[0])
		lead = span_trim(span_from(lead, 1));
	if (at - from >= LEAD_MAX)
		return false;
	for (k = 0; leads[k]; k++)
		if (span_eqs(lead, leads[k]))
			return true;
	return !lead.len;
}

/* Letters, digits, _ and dots with digits only at the end: a name of code. */
static bool identifier(struct span s)
{
	size_t n = s.len, i;

	while (n && isdigit((unsigned char)s.ptr[n - 1]))
		n--;
	for (i = 0; i < n; i++)
		if (!isalpha((unsigned char)s.ptr[i]) && s.ptr[i] != '_' &&
		    s.ptr[i] != '.')
			return false;
	return true;
}

/* Up to white space or what ends a word of a connection string or query. */
static struct span bare_word(const struct way *w)
{
	struct span s = span_first(span_from(w->s, w->at), VALUE_MAX);
	size_t n = 0;

	while (n < s.len && !isspace((unsigned char)s.ptr[n]) &&
	       !quote(s.ptr[n]) && s.ptr[n] != ';' && s.ptr[n] != '&' &&
	       s.ptr[n] != '\\')
		n++;
	return span_first(s, n);
}

/* Blanks and a comment at most follow on the line. */
static bool last_on_line(struct span s, struct span value)
{
	struct span rest =
		span_from(s, (size_t)(value.ptr - s.ptr) + value.len);

	while (rest.len && (blank(rest.ptr[0]) || rest.ptr[0] == '\r'))
		rest = span_from(rest, 1);
	return !rest.len || rest.ptr[0] == '\n' || rest.ptr[0] == '#';
}

static bool code(struct span s)
{
	static const char signs[] = "(){}[]<>,|";
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.ptr[i] && strchr(signs, s.ptr[i]))
			return true;
	return !s.len || strchr("$%!*&@/.~", s.ptr[0]) ||
	       span_find(s, SPAN("::")) >= 0;
}

/* sign: what parts name and value; w stands behind it. */
static bool take_bare(struct way *w, struct span name, char sign,
		      struct span *value)
{
	size_t behind = (size_t)(name.ptr - w->s.ptr) + name.len;
	bool first = first_on_line(w->s, name);
	bool tight = sign == '=' && w->at == behind + 1 && !blank(here(w));
	char before = behind > name.len ? name.ptr[-1] : '\n';

	if (!tight && (!first || !skip_blanks(w)))
		return false;
	if (tight && !first && !strchr(" ;\"'&?-", before))
		return false;
	*value = bare_word(w);
	if (code(*value))
		return false;
	return tight ? first || !identifier(*value)
		     : last_on_line(w->s, *value) && !identifier(*value);
}

/* The value given to the name; false when none is. */
static bool value_of(struct span s, struct span name, struct span *value)
{
	struct way w = { s, (size_t)(name.ptr - s.ptr) + name.len }, again;
	bool inner = name.ptr > s.ptr && quote(name.ptr[-1]);
	char sign;

	takes(&w, "\\");
	if (inner && here(&w) == name.ptr[-1])
		w.at++;
	else
		inner = false;
	if (skip_blanks(&w) && here(&w) == '\'')
		return take_quoted(&w, value); /* SQL: password '…' */
	if (takes(&w, "::")) {
		skip_blanks(&w);
		return take_call(&w) && take_quoted(&w, value);
	}
	if (!takes(&w, ":=") && !takes(&w, "=>") && !takes(&w, "==") &&
	    !takes(&w, "!=") && !takes(&w, "=") && !takes(&w, ":") &&
	    !takes(&w, "(") && !(inner && takes(&w, ",")))
		return false;
	sign = s.ptr[w.at - 1];
	again = w;
	if (take_quoted(&w, value))
		return true;
	w = again;
	if (sign == ':' && take_type(&w) && takes(&w, "=") &&
	    take_quoted(&w, value))
		return true;
	return (sign == '=' || sign == ':') &&
	       take_bare(&again, name, sign, value);
}

static bool find(struct span s, size_t hint, const struct names *names,
		 struct span *name, struct span *value)
{
	return name_around(s, hint, name) && named(*name, names) &&
	       value_of(s, *name, value);
}

bool assigned_password(struct span s, size_t hint, struct span *secret)
{
	static const struct names names = { password_ends, none };
	struct span name;

	return find(s, hint, &names, &name, secret) && secret_chosen(*secret);
}

bool assigned_secret(struct span s, size_t hint, struct span *secret)
{
	static const struct names names = { secret_ends, open_ends };
	struct span name;

	return find(s, hint, &names, &name, secret) && secret_drawn(*secret);
}
