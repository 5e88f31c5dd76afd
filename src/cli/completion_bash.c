/* The tables as functions of the shell that set $kind and $words. */
#include "base/buf.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/options.h"

static const char *const kinds[] = {
	[VALUE_ANY] = "any",	[VALUE_FILE] = "files",
	[VALUE_DIR] = "dirs",	[VALUE_REVISION] = "revisions",
	[VALUE_WORD] = "words",
};

static void add_commands(struct buf *out)
{
	buf_adds(out, "_architect_commands='");
	for (size_t i = 0; i < commands_len; i++)
		buf_addf(out, "%s%s", i ? " " : "", commands[i].name);
	buf_adds(out, "'\n\n");
}

/* Before a command is named: -C and its like may stand there. */
static void add_options_of(struct buf *out, const char *name, unsigned group)
{
	bool first = true;

	buf_addf(out, "\t%s) words='", name);
	for (size_t i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];

		if (!(o->groups & group) || o->flags & OPTION_CONFIG)
			continue;
		buf_addf(out, "%s--%s", first ? "" : " ", o->name);
		first = false;
	}
	buf_adds(out, "' ;;\n");
}

static void add_options(struct buf *out)
{
	buf_adds(out, "_architect_options()\n{\n\twords=\n\tcase $1 in\n");
	for (size_t i = 0; i < commands_len; i++)
		add_options_of(out, commands[i].name, commands[i].group);
	buf_adds(out, "\t'') words='--help --version' ;;\n\tesac\n}\n\n");
}

static void add_values(struct buf *out)
{
	buf_adds(out, "# False: that is no option with a value.\n"
		      "_architect_value()\n{\n\twords=\n\tcase $1 in\n");
	for (size_t i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];

		if (!o->arg || o->flags & OPTION_CONFIG)
			continue;
		buf_adds(out, "\t");
		if (o->letter)
			buf_addf(out, "-%c | ", o->letter);
		buf_addf(out, "--%s) kind=%s", o->name,
			 kinds[completion_value(o)]);
		if (completion_value(o) == VALUE_WORD) {
			buf_adds(out, " words='");
			completion_words(out, o);
			buf_addc(out, '\'');
		}
		buf_adds(out, " ;;\n");
	}
	buf_adds(out, "\t*) return 1 ;;\n\tesac\n}\n\n");
}

static void add_operands(struct buf *out)
{
	buf_adds(out, "_architect_operand()\n{\n\tkind=any words=\n"
		      "\tcase $1 in\n");
	for (size_t i = 0; i < commands_len; i++) {
		const struct command *c = &commands[i];

		if (completion_operand(c) == VALUE_ANY)
			continue;
		buf_addf(out, "\t%s) kind=%s", c->name,
			 kinds[completion_operand(c)]);
		if (completion_operand(c) == VALUE_WORD) {
			buf_adds(out, " words='");
			completion_operands(out, c);
			buf_addc(out, '\'');
		}
		buf_adds(out, " ;;\n");
	}
	buf_adds(out, "\tesac\n}\n");
}

void completion_bash(struct buf *out)
{
	add_commands(out);
	add_options(out);
	add_values(out);
	add_operands(out);
}
