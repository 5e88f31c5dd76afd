/* The tables as specifications of _arguments (zshcompsys). */
#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/options.h"

/* Within single quotes, where a description ends at `]` or a colon. */
static void add_text(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '\'')
			buf_adds(out, "'\\''");
		else if (*text == ']' || *text == '[' || *text == ':')
			buf_addf(out, "\\%c", *text);
		else
			buf_addc(out, *text);
}

static void add_action(struct buf *out, enum value_kind kind)
{
	static const char *const actions[] = {
		[VALUE_ANY] = " ",
		[VALUE_FILE] = "_files",
		[VALUE_DIR] = "_files -/",
		[VALUE_REVISION] = "_architect_revisions",
		[VALUE_WORD] = "",
	};

	buf_adds(out, actions[kind]);
}

static void add_option(struct buf *out, const struct option_row *o)
{
	enum value_kind kind = o->arg ? completion_value(o) : VALUE_ANY;
	bool again = o->type == OPTION_LIST || o->type == OPTION_COUNT ||
		     o->flags & OPTION_ORDERED;

	buf_adds(out, "\t\t\t");
	if (o->letter && !again)
		buf_addf(out, "'(-%c --%s)'", o->letter, o->name);
	if (again)
		buf_adds(out, "'*'");
	if (o->letter)
		buf_addf(out, "{-%c%s,--%s%s}'[", o->letter, o->arg ? "+" : "",
			 o->name, o->arg ? "=" : "");
	else
		buf_addf(out, "'--%s%s[", o->name, o->arg ? "=" : "");
	add_text(out, o->help);
	buf_addc(out, ']');
	if (o->arg) {
		buf_addc(out, ':');
		add_text(out, o->arg);
		buf_addc(out, ':');
		add_action(out, kind);
	}
	if (o->arg && kind == VALUE_WORD) {
		buf_addc(out, '(');
		completion_words(out, o);
		buf_addc(out, ')');
	}
	buf_adds(out, "'\n");
}

static void add_operand(struct buf *out, const struct command *c)
{
	switch (completion_operand(c)) {
	case VALUE_REVISION:
		buf_adds(out, "\t\t\t'*: :_architect_changes'\n");
		break;
	case VALUE_FILE:
		buf_adds(out, "\t\t\t'*:file:_files'\n");
		break;
	case VALUE_WORD:
		buf_adds(out, "\t\t\t':word:(");
		completion_operands(out, c);
		buf_adds(out, ")'\n");
		break;
	default:
		break;
	}
}

static void add_command(struct buf *out, const struct command *c)
{
	buf_addf(out, "\t\t%s) options=(\n", c->name);
	for (size_t i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];

		if (o->groups & c->group && !(o->flags & OPTION_CONFIG))
			add_option(out, o);
	}
	add_operand(out, c);
	buf_adds(out, "\t\t\t) ;;\n");
}

void completion_zsh(struct buf *out)
{
	buf_adds(out, "commands=(\n");
	for (size_t i = 0; i < commands_len; i++) {
		buf_addf(out, "\t\t'%s:", commands[i].name);
		add_text(out, commands[i].about);
		buf_adds(out, "'\n");
	}
	buf_adds(out, "\t)\n\toptions=('--help[what there is]' "
		      "'--version[which one this is]')\n\n"
		      "\t_architect_options()\n\t{\n\t\tcase $1 in\n");
	for (size_t i = 0; i < commands_len; i++)
		add_command(out, &commands[i]);
	buf_adds(out, "\t\t*) options=() ;;\n\t\tesac\n\t}\n");
}
