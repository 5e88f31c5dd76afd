#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/text.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/option_hint.h"
#include "render/render.h"
#include "repo/repo.h"

void *option_field(const struct invocation *inv, const struct option_row *o)
{
	return (char *)(uintptr_t)inv + o->offset;
}

/* "12", "1.5" with a unit's factor; -1 when it is no such number. */
static double scaled(const char *text, const char *const *units,
		     const double *factors, size_t n)
{
	char *end;
	double v;
	size_t i;

	if (!isdigit((unsigned char)*text) && *text != '.')
		return -1;
	v = strtod(text, &end);
	if (end != text + strspn(text, "0123456789."))
		return -1; /* no 0x10, no 1e9 */
	for (i = 0; i < n; i++)
		if (!strcmp(end, units[i]))
			return v <= 1e15 ? v * factors[i] : -1;
	return -1;
}

static double read_number(enum option_type type, const char *text)
{
	static const char *const times[] = { "", "s", "ms", "m", "h" };
	static const double ms[] = { 1e3, 1e3, 1, 6e4, 3.6e6 };
	static const char *const sizes[] = { "", "K", "M", "G", "k" };
	static const double bytes[] = { 1, 1024, 1048576, 1073741824, 1024 };
	static const char *const plain[] = { "", "K", "M", "k" };
	static const double ones[] = { 1, 1e3, 1e6, 1e3 };

	switch (type) {
	case OPTION_TIME:
		return scaled(text, times, ms, 5);
	case OPTION_SIZE:
		return scaled(text, sizes, bytes, 5);
	case OPTION_MONEY:
		return scaled(*text == '$' ? text + 1 : text, plain, ones, 1);
	default:
		return scaled(text, plain, ones, 4);
	}
}

static const char *type_example(enum option_type type)
{
	switch (type) {
	case OPTION_TIME:
		return "a time such as 30, 1.5s, 200ms, 5m or 1h";
	case OPTION_SIZE:
		return "a size such as 65536, 64K or 4M";
	case OPTION_MONEY:
		return "dollars such as 0.25";
	default:
		return "a whole number";
	}
}

bool option_choice(const struct option_row *o, size_t i, struct span *word)
{
	struct span rest = span_of(o->choices);

	if (o->type == OPTION_FORMAT) {
		if (i < renderers_len)
			*word = span_of(renderers[i].name);
		return i < renderers_len;
	}
	while (text_field(&rest, '|', word))
		if (!i--)
			return true;
	return false;
}

static int check_choice(const struct option_row *o, const char *value,
			const char *what, struct error *err)
{
	struct span word;
	size_t i;

	for (i = 0; option_choice(o, i, &word); i++)
		if (span_eqs(word, value))
			return 0;
	return i ? option_no_choice(o, value, what, err) : 0;
}

/* git's own words for yes and no; -1 for any other. No value is yes. */
static int yes_or_no(const char *v)
{
	static const char *const yes[] = { "true", "yes", "on", "1" };
	static const char *const no[] = { "false", "no", "off", "0", "" };
	size_t i;

	if (!v)
		return 1;
	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (!strcasecmp(v, yes[i]))
			return 1;
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (!strcasecmp(v, no[i]))
			return 0;
	return -1;
}

static int assign_flag(bool *to, const char *value, const char *what,
		       struct error *err)
{
	int v = yes_or_no(value);

	if (v < 0)
		return error_set(err, ERR_USAGE,
				 "%s is '%s', but must be true or false", what,
				 value);
	*to = v;
	return 0;
}

static int assign_number(void *to, const struct option_row *o,
			 const char *value, const char *what, struct error *err)
{
	double v = read_number(o->type, value);
	int64_t whole = v > 9e15 ? -1 : (int64_t)v;

	if (v < 0 || whole < 0 ||
	    (o->type == OPTION_NUMBER && (double)whole < v))
		return error_set(err, ERR_USAGE, "%s is '%s', but must be %s",
				 what, value, type_example(o->type));
	if (v <= 0 && o->flags & OPTION_POSITIVE)
		return error_set(err, ERR_USAGE,
				 "%s is '%s': it must be more, or left out",
				 what, value);
	if (o->type == OPTION_MONEY)
		*(double *)to = v;
	else
		*(int64_t *)to = whole + ((double)whole < v);
	return 0;
}

/* Each of them, apart by commas, can match something. */
static int check_globs(struct span globs, const char *what, struct error *err)
{
	struct span one;

	while (text_field(&globs, ',', &one)) {
		const char *fault = text_glob_fault(span_trim(one));

		if (fault)
			return error_set(err, ERR_USAGE,
					 "%s: '%.*s' matches nothing: %s%s",
					 what, SPAN_ARG(one), fault,
					 globs.ptr ? " (a comma ends a glob)"
						   : "");
	}
	return 0;
}

static int assign_word(struct word_list *to, const char *value,
		       const char *what, struct error *err)
{
	if (!*value)
		return error_set(err, ERR_USAGE, "%s is empty", what);
	if (check_globs(span_of(value), what, err))
		return -1;
	if (to->len == WORD_LIST_MAX)
		return error_set(err, ERR_USAGE,
				 "%s was given more than %d times: one may "
				 "hold several, by commas",
				 what, WORD_LIST_MAX);
	to->word[to->len++] = value;
	return 0;
}

/* Put a written value into its field. `what` names it in the error. */
static int assign(struct invocation *inv, const struct option_row *o,
		  const char *value, const char *what, struct error *err)
{
	switch (o->type) {
	case OPTION_FLAG:
		return assign_flag(option_field(inv, o), value, what, err);
	case OPTION_COUNT:
		if (!value)
			++*(int64_t *)option_field(inv, o);
		else
			*(int64_t *)option_field(inv, o) =
				strtoll(value, NULL, 10);
		return 0;
	case OPTION_TEXT:
	case OPTION_FORMAT:
		if (!*value)
			return error_set(err, ERR_USAGE, "%s is empty", what);
		if (check_choice(o, value, what, err))
			return -1;
		*(const char **)option_field(inv, o) = value;
		return 0;
	case OPTION_LIST:
		return assign_word(option_field(inv, o), value, what, err);
	default:
		return assign_number(option_field(inv, o), o, value, what, err);
	}
}

void options_init(struct invocation *inv)
{
	size_t i;

	for (i = 0; i < option_table_len; i++)
		if (option_table[i].initial)
			assign(inv, &option_table[i], option_table[i].initial,
			       option_table[i].name, NULL);
}

static const struct option_row *find_long(struct span name)
{
	size_t i;

	for (i = 0; i < option_table_len; i++)
		if (span_eqs(name, option_table[i].name) &&
		    !(option_table[i].flags & OPTION_CONFIG))
			return &option_table[i];
	return NULL;
}

static const struct option_row *find_letter(char c)
{
	size_t i;

	for (i = 0; i < option_table_len; i++)
		if (option_table[i].letter == c)
			return &option_table[i];
	return NULL;
}

bool options_takes_value(const char *word)
{
	const struct option_row *o = NULL;

	if (!strncmp(word, "--", 2))
		o = find_long(span_of(word + 2));
	else if (word[0] == '-' && word[1] && !word[2])
		o = find_letter(word[1]);
	return o && o->arg;
}

static int take(struct invocation *inv, const struct option_row *o,
		const char *value, const char *word, struct error *err)
{
	if (!(o->groups & inv->command->group))
		return option_elsewhere(inv, o, word, err);
	inv->from[o - option_table] = "command line";
	if (assign(inv, o, value, word, err))
		return -1;
	if (!(o->flags & OPTION_ORDERED))
		return 0;
	return output_words_add(&inv->outputs, o->type == OPTION_FORMAT, value,
				err);
}

/* `--model --staged` forgot the model; --model=--staged would mean it. */
static bool names_option(const char *word)
{
	return !strncmp(word, "--", 2) && find_long(span_of(word + 2));
}

/* --name, --name=value, --name value. Returns words used, or -1. */
static int parse_long(struct invocation *inv, struct arena *a, const char *word,
		      const char *next, struct error *err)
{
	const char *eq = strchr(word, '=');
	struct span name = { word + 2,
			     eq ? (size_t)(eq - word - 2) : strlen(word + 2) };
	const struct option_row *o = find_long(name);
	const char *shown = arena_printf(a, "--%.*s", SPAN_ARG(name));

	if (!o)
		return option_unknown(inv, shown, name, a, err);
	if (!o->arg) {
		if (eq)
			return error_set(err, ERR_USAGE, "%s takes no value",
					 shown);
		return take(inv, o, NULL, shown, err) ? -1 : 1;
	}
	if (eq)
		return take(inv, o, eq + 1, shown, err) ? -1 : 1;
	if (!next || names_option(next))
		return error_set(err, ERR_USAGE, "%s needs a value: %s %s",
				 shown, shown, o->arg);
	return take(inv, o, next, shown, err) ? -1 : 2;
}

/* -q, -vv, -C DIR, -CDIR. Returns words used, or -1. */
static int parse_letters(struct invocation *inv, struct arena *a,
			 const char *word, const char *next, struct error *err)
{
	const char *c;

	for (c = word + 1; *c; c++) {
		const struct option_row *o = find_letter(*c);
		const char *shown = arena_printf(a, "-%c", *c);

		if (!o)
			return option_unknown(inv, shown, (struct span){ c, 1 },
					      a, err);
		if (!o->arg) {
			if (take(inv, o, NULL, shown, err))
				return -1;
			continue;
		}
		if (c[1])
			return take(inv, o, c + 1, shown, err) ? -1 : 1;
		if (!next || names_option(next))
			return error_set(err, ERR_USAGE,
					 "%s needs a value: %s %s", shown,
					 shown, o->arg);
		return take(inv, o, next, shown, err) ? -1 : 2;
	}
	return 1;
}

int options_parse(struct invocation *inv, struct arena *a, int argc,
		  char **argv, struct error *err)
{
	int i = 0, used;

	inv->words = arena_array(a, (size_t)argc + 1, sizeof(char *));
	inv->paths = arena_array(a, (size_t)argc + 1, sizeof(char *));
	while (i < argc) {
		const char *w = argv[i];
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;

		if (inv->dashdash) {
			inv->paths[inv->npaths++] = w;
			i++;
			continue;
		}
		if (!strcmp(w, "--")) {
			inv->dashdash = true;
			i++;
			continue;
		}
		if (w[0] != '-' || !w[1]) {
			inv->words[inv->nwords++] = w;
			i++;
			continue;
		}
		used = w[1] == '-' ? parse_long(inv, a, w, next, err)
				   : parse_letters(inv, a, w, next, err);
		if (used < 0)
			return -1;
		i += used;
	}
	return 0;
}

/* "max-cost" → "ARCHITECT_MAX_COST" */
static void env_name(char *to, size_t cap, const char *name)
{
	size_t n = (size_t)snprintf(to, cap, "ARCHITECT_%s", name), i;

	for (i = 0; i < n && i < cap; i++)
		to[i] = to[i] == '-' ? '_'
				     : (char)toupper((unsigned char)to[i]);
}

int options_environment(struct invocation *inv, struct arena *a,
			struct error *err)
{
	char name[64];
	size_t i;

	for (i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];
		const char *value;

		if (!(o->flags & OPTION_SETTING) || inv->from[i])
			continue;
		env_name(name, sizeof(name), o->name);
		value = getenv(name);
		if (!value || !*value)
			continue;
		if (assign(inv, o, value, name, err))
			return -1;
		inv->from[i] = arena_strdup(a, name);
	}
	return 0;
}

/* "max-cost" and "architect.maxcost" */
static bool same_key(const char *name, struct span key)
{
	size_t i = 0;

	if (!span_starts(key, "architect."))
		return false;
	key = span_from(key, strlen("architect."));
	for (; *name; name++) {
		if (*name == '-')
			continue;
		if (i == key.len || tolower((unsigned char)key.ptr[i]) != *name)
			return false;
		i++;
	}
	return i == key.len;
}

/* What the repository itself says may make a budget smaller, never larger. */
static int lower(struct invocation *inv, const struct option_row *o,
		 const char *value, const char *what, struct error *err)
{
	struct invocation asked = *inv;
	struct error wrong = { 0 };
	double old, new;

	if (assign(&asked, o, value, what, &wrong)) {
		log_note("ignored in this repository's git config: %s",
			 wrong.msg);
		return 0;
	}
	if (o->type == OPTION_MONEY) {
		old = *(double *)option_field(inv, o);
		new = *(double *)option_field(&asked, o);
	} else {
		old = (double)*(int64_t *)option_field(inv, o);
		new = (double)*(int64_t *)option_field(&asked, o);
	}
	if (new <= 0 || (old > 0 && new >= old))
		return 0;
	inv->from[o - option_table] = "git config (this repository, lowered)";
	return assign(inv, o, value, what, err);
}

static int from_config(struct invocation *inv, const struct option_row *o,
		       const struct config_entry *e, const char *value,
		       const char *what, struct error *err)
{
	const char **from = &inv->from[o - option_table];

	if (e->level == CONFIG_LOCAL)
		return o->flags & OPTION_LOWER ? lower(inv, o, value, what, err)
					       : 0;
	if (*from && strncmp(*from, "git", 3) != 0)
		return 0;
	*from = e->level == CONFIG_GLOBAL ? "git config (global)"
					  : "git config (system)";
	return assign(inv, o, value, what, err);
}

int options_config(struct invocation *inv, struct arena *a,
		   const struct config_list *list, struct error *err)
{
	size_t i;

	vec_each (struct config_entry, e, &list->entries) {
		bool known = false;

		if (span_eqs(e->name, "core.pager")) {
			if (e->level != CONFIG_LOCAL)
				inv->settings.pager = arena_cstr(a, e->value);
			continue;
		}
		for (i = 0; i < option_table_len; i++) {
			const struct option_row *o = &option_table[i];

			if (!(o->flags & (OPTION_SETTING | OPTION_CONFIG)) ||
			    !same_key(o->name, e->name))
				continue;
			known = true;
			if (e->level == CONFIG_LOCAL &&
			    !(o->flags & OPTION_LOWER))
				log_note(
					"%.*s of this repository's git config "
					"is ignored: it may only lower budgets",
					SPAN_ARG(e->name));
			if (from_config(inv, o, e, arena_cstr(a, e->value),
					arena_cstr(a, e->name), err))
				return -1;
		}
		if (!known && e->level != CONFIG_LOCAL)
			option_key_unknown(e->name, a);
	}
	return 0;
}

void options_set_log_level(const struct settings *s)
{
	log_set_level(s->quiet		? LOG_QUIET
		      : s->verbose > 1	? LOG_DEBUG
		      : s->verbose == 1 ? LOG_VERBOSE
					: LOG_NORMAL);
}
