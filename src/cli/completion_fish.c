/* The tables as calls of complete. */
#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/options.h"

/* Within single quotes only a quote and a backslash need one before them. */
static void add_text(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

static void add_value(struct buf *out, const struct option_row *o)
{
	switch (completion_value(o)) {
	case VALUE_FILE:
		buf_adds(out, " -r -F");
		break;
	case VALUE_DIR:
		buf_adds(out, " -x -a '(__fish_complete_directories)'");
		break;
	case VALUE_REVISION:
		buf_adds(out, " -x -a '(__architect_revisions)'");
		break;
	case VALUE_WORD:
		buf_adds(out, " -x -a '");
		completion_words(out, o);
		buf_addc(out, '\'');
		break;
	case VALUE_ANY:
		buf_adds(out, " -x");
		break;
	}
}

static void add_option(struct buf *out, const struct option_row *o)
{
	buf_adds(out, "complete -c architect -n '__architect_command");
	for (size_t i = 0; i < commands_len; i++)
		if (commands[i].group & o->groups)
			buf_addf(out, " %s", commands[i].name);
	buf_addf(out, "' -l %s", o->name);
	if (o->letter)
		buf_addf(out, " -s %c", o->letter);
	if (o->arg)
		add_value(out, o);
	buf_adds(out, " -d '");
	add_text(out, o->help);
	buf_adds(out, "'\n");
}

static void add_operand(struct buf *out, const struct command *c)
{
	buf_addf(out, "complete -c architect -n '__architect_command %s'",
		 c->name);
	switch (completion_operand(c)) {
	case VALUE_REVISION:
		buf_adds(out, " -a '(__architect_revisions)'");
		break;
	case VALUE_WORD:
		buf_adds(out, " -f -a '");
		completion_operands(out, c);
		buf_addc(out, '\'');
		break;
	case VALUE_FILE:
		buf_adds(out, " -F");
		break;
	default:
		buf_adds(out, " -f");
		break;
	}
	buf_addc(out, '\n');
}

void completion_fish(struct buf *out)
{
	buf_adds(out, "set -g __architect_commands");
	for (size_t i = 0; i < commands_len; i++)
		buf_addf(out, " %s", commands[i].name);
	buf_adds(out, "\n\n");
	for (size_t i = 0; i < commands_len; i++) {
		buf_addf(out,
			 "complete -c architect -n __architect_command -f "
			 "-a %s -d '",
			 commands[i].name);
		add_text(out, commands[i].about);
		buf_adds(out, "'\n");
	}
	for (size_t i = 0; i < commands_len; i++)
		add_operand(out, &commands[i]);
	for (size_t i = 0; i < option_table_len; i++)
		if (!(option_table[i].flags & OPTION_CONFIG))
			add_option(out, &option_table[i]);
}
