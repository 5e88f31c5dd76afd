#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "cli/options.h"
#include "cli/output.h"

const struct command commands[] = {
	{ "review",
	  "review [<rev> | <a>..<b> | <a>...<b>] [--] [<path>...]\n"
	  "review --staged | --commit REV | --merge-base REF [--] [<path>...]\n"
	  "review --all [<rev>] -- <path>...",
	  "review a change; without a revision, the work tree against HEAD",
	  GROUP_REVIEW, cmd_review },
	{ "design", "design \"<request>\" | -f FILE [-- <path>...]",
	  "design a change before it is written", GROUP_DESIGN, cmd_design },
	{ "batch", "batch <a>..<b> | -i FILE|-",
	  "many reviews or designs: jobs in, one JSON record a line out",
	  GROUP_BATCH, cmd_batch },
	{ "check", "check [FILE|-]",
	  "is this Markdown a complete reply? exit 0 or 5", GROUP_CHECK,
	  cmd_check },
	{ "context", "context [review arguments]\ncontext design \"<request>\"",
	  "what would be sent, and why; nothing is sent", GROUP_CONTEXT,
	  cmd_context },
	{ "rules", "rules [--explain ID]",
	  "what the program finds by itself, without a model", GROUP_RULES,
	  cmd_rules },
	{ "models", "models", "known providers, models and prices",
	  GROUP_MODELS, cmd_models },
	{ "doctor", "doctor", "what works here, and what to do", GROUP_DOCTOR,
	  cmd_doctor },
};

const size_t commands_len = sizeof(commands) / sizeof(commands[0]);

static const struct command *find(const char *name)
{
	size_t i;

	for (i = 0; i < commands_len; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static void add_synopsis(struct buf *out, const struct command *c)
{
	struct span rest = span_of(c->synopsis), line;

	while (text_field(&rest, '\n', &line))
		buf_addf(out, "  architect %.*s\n", SPAN_ARG(line));
}

static int help_all(struct error *err)
{
	struct buf out = { 0 };
	size_t i;
	int rc;

	buf_adds(&out,
		 "architect " VERSION ": a review agent for Rust code\n\n");
	for (i = 0; i < commands_len; i++)
		add_synopsis(&out, &commands[i]);
	buf_adds(&out, "\n");
	for (i = 0; i < commands_len; i++)
		buf_addf(&out, "  %-8s %s\n", commands[i].name,
			 commands[i].about);
	buf_adds(&out,
		 "\n`architect COMMAND --help` lists a command's options.\n"
		 "Set ANTHROPIC_API_KEY, OPENAI_API_KEY, OPENAI_BASE_URL or "
		 "OLLAMA_HOST\nto say which model is asked; `architect doctor` "
		 "checks it.\n");
	rc = output_write(buf_span(&out), err);
	buf_release(&out);
	return rc;
}

static int help_one(const struct command *c, struct error *err)
{
	struct buf out = { 0 };
	int rc;

	buf_addf(&out, "%s\n\n", c->about);
	add_synopsis(&out, c);
	buf_addc(&out, '\n');
	options_help(&out, c->group);
	if (c->group & GROUP_REPO)
		buf_adds(&out, "\nSettings are also read from ARCHITECT_… in "
			       "the environment and architect.…\nin the user's "
			       "git config; `architect context --settings` "
			       "shows them.\n");
	rc = output_write(buf_span(&out), err);
	buf_release(&out);
	return rc;
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
			 "'%s' is not a command; `architect --help` lists them "
			 "(to review a revision: `architect review %s`)",
			 word, word);
}

static int help(const char *word, struct error *err)
{
	if (!word)
		return help_all(err);
	return find(word) ? help_one(find(word), err) : unknown(word, err);
}

static int run(const struct command *c, int argc, char **argv,
	       struct error *err)
{
	struct invocation inv = { .command = c };
	struct arena a = { 0 };
	int rc;

	options_init(&inv);
	rc = options_parse(&inv, &a, argc, argv, err);
	if (!rc && inv.help) {
		rc = help_one(c, err);
		goto out;
	}
	if (!rc)
		rc = options_environment(&inv, &a, err);
	if (rc)
		goto out;
	options_set_log_level(&inv.settings);
	rc = c->run(&inv, err);
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
	if (argc < 2)
		return error_set(err, ERR_USAGE,
				 "name a command, such as `architect review`; "
				 "`architect --help` lists them");
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help"))
		return help(argc > 2 ? argv[2] : NULL, err);
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V") ||
	    !strcmp(argv[1], "version"))
		return output_write(SPAN("architect " VERSION "\n"), err);
	at = command_word(argc, argv);
	if (at == argc)
		return error_set(err, ERR_USAGE, "name a command");
	c = find(argv[at]);
	if (!c)
		return unknown(argv[at], err);
	/* options before the command go in front of those behind it */
	memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
	return run(c, argc - 2, argv + 2, err);
}
