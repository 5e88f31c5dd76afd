#include "cli/option_hint.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/options.h"
#include "llm/provider.h"

#define NAMES 96

extern char **environ; /* no header of POSIX declares it */

/* What other tools call it, or what people expect. An option is asked about,
 * a sentence is said. */
static const struct {
	const char *typed, *meant;
} others[] = {
	{ "cached", "--staged" },
	{ "index", "--staged" },
	{ "base", "--merge-base REF" },
	{ "out", "-o FILE" },
	{ "no-color", "--color never" },
	{ "no-colour", "--color never" },
	{ "colour", "--color" },
	{ "threads", "--jobs N" },
	{ "parallel", "--jobs N" },
	{ "budget", "--max-cost DOLLARS" },
	{ "prompt", "--agent FILE" },
	{ "system-prompt", "--agent FILE" },
	{ "url", "--base-url URL" },
	{ "api-base", "--base-url URL" },
	{ "cwd", "-C DIR" },
	{ "no-model", "--provider offline" },
	{ "local", "--provider offline" },
	{ "dry-run", "`architect context` shows what would be sent" },
	{ "diff", "name what to review, as in `architect review A..B`" },
	{ "since", "name a range, as in `architect review REV..HEAD`" },
	{ "from", "name a range, as in `architect review REV..HEAD`" },
	{ "rev", "a revision is a plain word: `architect review REV`" },
	{ "path", "paths stand behind `--`: `architect review -- PATH`" },
	{ "config", "settings are git's: `git config --global "
		    "architect.NAME VALUE`" },
	{ "key-command", "it is set in git's configuration only: `git config "
			 "--global architect.keyCommand …`" },
	{ "api-key", "a key stands in the environment (ANTHROPIC_API_KEY, "
		     "OPENAI_API_KEY …) or comes of architect.keyCommand" },
	{ "key", "a key stands in the environment (ANTHROPIC_API_KEY, "
		 "OPENAI_API_KEY …) or comes of architect.keyCommand" },
	{ "token", "a key stands in the environment (ANTHROPIC_API_KEY, "
		   "OPENAI_API_KEY …) or comes of architect.keyCommand" },
};

/* The same of values. */
static const struct {
	const char *typed, *meant;
} words[] = {
	{ "critical", "must-fix" },  { "error", "must-fix" },
	{ "blocker", "must-fix" },   { "high", "must-fix" },
	{ "warning", "should-fix" }, { "medium", "should-fix" },
	{ "low", "nice-to-have" },   { "info", "nice-to-have" },
	{ "note", "nice-to-have" },  { "md", "markdown" },
	{ "txt", "text" },	     { "terminal", "text" },
	{ "plain", "text" },	     { "htm", "html" },
	{ "actions", "github" },     { "reviewdog", "rdjson" },
	{ "diff", "patch" },	     { "true", "always" },
	{ "yes", "always" },	     { "no", "never" },
	{ "false", "never" },	     { "index", "worktree" },
	{ "redact", "mask" },	     { "abort", "fail" },
};

static bool takes(const struct invocation *inv, const struct option_row *o)
{
	return o->groups & inv->command->group && !(o->flags & OPTION_CONFIG);
}

/* Is the option that a hint names one of this command's? */
static bool named_here(const struct invocation *inv, const char *hint)
{
	struct span rest = span_of(hint), first;

	text_field(&rest, ' ', &first);
	for (size_t i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];

		if (!takes(inv, o))
			continue;
		if (span_starts(first, "--")
			    ? span_eqs(span_from(first, 2), o->name)
			    : first.len == 2 && first.ptr[1] == o->letter)
			return true;
	}
	return false;
}

/* What was meant: "--format json" of --json, "--staged" of --stagd; NULL. */
static const char *meant(const struct invocation *inv, struct span name,
			 struct arena *a)
{
	const char *names[NAMES], *near;
	struct span word;
	size_t i, k, n = 0;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (span_eqs(name, others[i].typed) &&
		    (others[i].meant[0] != '-' ||
		     named_here(inv, others[i].meant)))
			return others[i].meant;
	for (i = 0; i < option_table_len && n < NAMES; i++) {
		const struct option_row *o = &option_table[i];

		if (!takes(inv, o))
			continue;
		names[n++] = o->name;
		for (k = 0; option_choice(o, k, &word); k++)
			if (span_eq(word, name))
				return arena_printf(a, "--%s %.*s", o->name,
						    SPAN_ARG(name));
	}
	near = arena_cstr(a, name);
	if (provider_find(near) && named_here(inv, "--provider"))
		return arena_printf(a, "--provider %s", near);
	near = text_nearest(near, names, n);
	return near ? arena_printf(a, "--%s", near) : NULL;
}

int option_unknown(const struct invocation *inv, const char *shown,
		   struct span name, struct arena *a, struct error *err)
{
	const char *hint = meant(inv, name, a);
	const char *command = inv->command->name;

	if (!hint)
		return error_set(err, ERR_USAGE,
				 "`architect %s` has no option %s; `architect "
				 "help %s` lists them",
				 command, shown, command);
	if (*hint == '-')
		return error_set(err, ERR_USAGE,
				 "`architect %s` has no option %s: did you "
				 "mean %s?",
				 command, shown, hint);
	return error_set(err, ERR_USAGE, "`architect %s` has no option %s: %s",
			 command, shown, hint);
}

int option_elsewhere(const struct invocation *inv, const struct option_row *o,
		     const char *shown, struct error *err)
{
	size_t i = 0;

	while (i + 1 < commands_len && !(commands[i].group & o->groups))
		i++;
	return error_set(err, ERR_USAGE,
			 "`architect %s` takes no %s, `architect %s` does; "
			 "`architect help %s` lists its options",
			 inv->command->name, shown, commands[i].name,
			 inv->command->name);
}

/* What of the choices was meant: by another tool's word, or the nearest. */
static const char *meant_choice(const struct option_row *o, const char *value,
				struct arena *a)
{
	const char *names[NAMES];
	struct span word;
	size_t n = 0;

	while (n < NAMES && option_choice(o, n, &word))
		names[n++] = arena_cstr(a, word);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (size_t k = 0; !strcmp(value, words[i].typed) && k < n; k++)
			if (!strcmp(words[i].meant, names[k]))
				return names[k];
	return text_nearest(value, names, n);
}

int option_no_choice(const struct option_row *o, const char *value,
		     const char *what, struct error *err)
{
	struct buf all = { 0 };
	struct arena a = { 0 };
	const char *near = meant_choice(o, value, &a);
	struct span word;

	for (size_t i = 0; option_choice(o, i, &word); i++)
		buf_addf(&all, "%s%.*s", i ? ", " : "", SPAN_ARG(word));
	if (near)
		error_set(err, ERR_USAGE,
			  "%s is '%s': did you mean %s? (one of %s)", what,
			  value, near, buf_cstr(&all));
	else
		error_set(err, ERR_USAGE, "%s is '%s', but must be one of %s",
			  what, value, buf_cstr(&all));
	buf_release(&all);
	arena_release(&a);
	return -1;
}

/* Is that what the repository said of this word? It may also be one's name. */
static bool nothing_here(const struct error *err, const char *word)
{
	struct buf b = { 0 };
	bool so;

	buf_addf(&b, "'%s' is neither ", word);
	so = !strncmp(err->msg, buf_cstr(&b), b.len);
	buf_release(&b);
	return so;
}

void option_without_dashes(const struct invocation *inv, struct error *err)
{
	for (size_t i = 0; i < inv->nwords; i++)
		for (size_t k = 0; k < option_table_len; k++)
			if (takes(inv, &option_table[k]) &&
			    !strcmp(inv->words[i], option_table[k].name) &&
			    nothing_here(err, inv->words[i]))
				error_set(err, err->kind,
					  "'%s' is neither a revision nor a "
					  "path here: did you mean --%s?",
					  inv->words[i], inv->words[i]);
}

/* Those that may be set outside the command line, at most NAMES. */
static size_t setting_names(const char **names)
{
	size_t n = 0;

	for (size_t i = 0; i < option_table_len && n < NAMES; i++)
		if (option_table[i].flags & (OPTION_SETTING | OPTION_CONFIG))
			names[n++] = option_table[i].name;
	return n;
}

void option_environment_unknown(struct arena *a)
{
	const char *names[NAMES], *near;
	size_t n = setting_names(names);

	for (char **e = environ; *e; e++) {
		struct span rest = span_of(*e), name;
		char *key;

		text_field(&rest, '=', &name);
		if (!span_starts(name, "ARCHITECT_"))
			continue;
		key = arena_cstr(a, span_from(name, strlen("ARCHITECT_")));
		for (char *c = key; *c; c++)
			*c = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
		near = text_nearest(key, names, n);
		if (near && strcmp(near, key) != 0)
			log_note("%.*s in the environment is no setting: did "
				 "you mean the one of --%s?",
				 SPAN_ARG(name), near);
	}
}

void option_key_unknown(struct span name, struct arena *a)
{
	struct span key = span_from(name, strlen("architect."));
	const char *names[NAMES], *near;

	if (!span_starts(name, "architect."))
		return;
	near = text_nearest(arena_cstr(a, key), names, setting_names(names));
	log_note("git config %.*s is no setting%s%s%s", SPAN_ARG(name),
		 near ? ": did you mean " : "", near ? near : "",
		 near ? " (without dashes)?" : "");
}
