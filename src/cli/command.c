#include "cli/command.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/option_hint.h"
#include "cli/options.h"
#include "cli/output.h"

static const struct command *find(const char *name)
{
	size_t i;

	for (i = 0; i < commands_len; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int unknown(const char *word, struct error *err)
{
	const char *names[16], *near;
	size_t i;

	for (i = 0; i < commands_len && i < 16; i++)
		names[i] = commands[i].name;
	near = text_nearest(word, names, i);
	if (near)
		return error_set(err, ERR_USAGE,
				 "'%s' is not a command: did you mean "
				 "`architect %s`?",
				 word, near);
	return error_set(err, ERR_USAGE,
			 "'%s' is not a command; `architect help` lists them "
			 "(to review a revision: `architect review %s`)",
			 word, word);
}

int command_named(const struct command **out, const char *name,
		  struct error *err)
{
	*out = find(name);
	return *out ? 0 : unknown(name, err);
}

static int run(const struct command *c, int argc, char **argv,
	       struct error *err)
{
	struct invocation inv = { .command = c };
	struct arena a = { 0 };
	int rc;

	options_init(&inv);
	rc = options_parse(&inv, &a, argc, argv, err);
	if (rc)
		goto out;
	rc = options_environment(&inv, &a, err);
	if (inv.help) {
		/* whatever is wrong there: help is what is needed */
		*err = (struct error){ 0 };
		rc = help_print(c, &inv.settings, err);
	}
	if (rc || inv.help)
		goto out;
	options_set_log_level(&inv.settings);
	option_environment_unknown(&a);
	rc = c->run(&inv, err);
	if (rc && err->kind == ERR_REPO)
		option_without_dashes(&inv, err);
out:
	arena_release(&a);
	return rc;
}

/* Where the command stands: `architect -C DIR review` is `review -C DIR`. */
static int command_word(int argc, char **argv)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-')
		i += options_takes_value(argv[i]) ? 2 : 1;
	return i < argc ? i : argc;
}

/* No word is a command's name: is it one's option? */
static int no_command(int argc, char **argv, struct error *err)
{
	const struct settings none = { .no_pager = true };

	if (argc > 1)
		return error_set(err, ERR_USAGE,
				 "%s stands behind no command: did you mean "
				 "`architect review %s`?",
				 argv[1], argv[1]);
	if (help_print(NULL, &none, err))
		return -1;
	return error_set(err, ERR_USAGE,
			 "name a command, such as `architect review`");
}

int command_run(int argc, char **argv, struct error *err)
{
	const char *base = strrchr(argv[0], '/');
	const struct command *c;
	int at;

	/* `cargo architect review` runs `cargo-architect architect review` */
	base = base ? base + 1 : argv[0];
	if (!strcmp(base, "cargo-architect") && argc > 1 &&
	    !strcmp(argv[1], "architect")) {
		argc--;
		argv++;
	}
	if (argc > 1 && (!strcmp(argv[1], "--version") ||
			 !strcmp(argv[1], "-V") || !strcmp(argv[1], "version")))
		return output_write(SPAN("architect " VERSION "\n"), err);
	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
		argv[1] = "help";
	at = command_word(argc, argv);
	if (at == argc)
		return no_command(argc, argv, err);
	if (command_named(&c, argv[at], err))
		return -1;
	/* options before the command go in front of those behind it */
	memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
	return run(c, argc - 2, argv + 2, err);
}
