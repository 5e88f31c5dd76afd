#include "cli/completion.h"

#include <string.h>

#include "agent/notices.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/options.h"
#include "llm/models.h"
#include "llm/provider.h"
#include "rust/rules.h"

extern const char text_completion_bash[], text_completion_zsh[],
	text_completion_fish[];

const struct shell shells[] = {
	{ "bash", text_completion_bash, completion_bash },
	{ "zsh", text_completion_zsh, completion_zsh },
	{ "fish", text_completion_fish, completion_fish },
};

const size_t shells_len = sizeof(shells) / sizeof(shells[0]);

void completion_write(struct buf *out, const struct shell *sh)
{
	static const struct span mark = SPAN("# @tables@\n");
	struct span script = span_of(sh->script);
	ptrdiff_t at = span_find(script, mark);

	buf_addsp(out, span_first(script, (size_t)at));
	sh->tables(out);
	buf_addsp(out, span_from(script, (size_t)at + mark.len));
}

static void add_word(struct buf *out, const char *word)
{
	if (out->len)
		buf_addc(out, ' ');
	buf_adds(out, word);
}

static void add_providers(struct buf *out)
{
	for (size_t i = 0; i < providers_len; i++)
		add_word(out, providers[i].name);
}

static void add_models(struct buf *out)
{
	const struct model *m;

	for (size_t i = 0; (m = model_at(i)); i++) {
		if (m->alias)
			add_word(out, m->alias);
		add_word(out, m->id);
	}
}

static void add_rules(struct buf *out)
{
	for (size_t i = 0; i < rule_count; i++)
		add_word(out, rule_table[i]->id);
	for (size_t i = 0; i < notice_count; i++)
		add_word(out, notice_table[i].id);
}

/* What an option's argument is called tells what it is. */
static const struct {
	const char *arg;
	enum value_kind kind;
	void (*words)(struct buf *out);
} arguments[] = {
	{ "FILE", VALUE_FILE, NULL },
	{ "FILE|NAME", VALUE_FILE, NULL },
	{ "DIR", VALUE_DIR, NULL },
	{ "REV", VALUE_REVISION, NULL },
	{ "REF", VALUE_REVISION, NULL },
	{ "PROVIDER", VALUE_WORD, add_providers },
	{ "MODEL", VALUE_WORD, add_models },
	{ "ID", VALUE_WORD, add_rules },
};

enum value_kind completion_value(const struct option_row *o)
{
	struct span word;

	if (option_choice(o, 0, &word))
		return VALUE_WORD;
	for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++)
		if (!strcmp(arguments[i].arg, o->arg))
			return arguments[i].kind;
	return VALUE_ANY;
}

void completion_words(struct buf *out, const struct option_row *o)
{
	struct span word;
	struct buf list = { 0 };

	for (size_t i = 0; option_choice(o, i, &word); i++)
		buf_addf(&list, "%s%.*s", i ? " " : "", SPAN_ARG(word));
	for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++)
		if (!list.len && arguments[i].words &&
		    !strcmp(arguments[i].arg, o->arg))
			arguments[i].words(&list);
	buf_addsp(out, buf_span(&list));
	buf_release(&list);
}

enum value_kind completion_operand(const struct command *c)
{
	static const enum value_kind kinds[] = {
		[OPERAND_NONE] = VALUE_ANY,
		[OPERAND_REVISIONS] = VALUE_REVISION,
		[OPERAND_FILES] = VALUE_FILE,
		[OPERAND_COMMANDS] = VALUE_WORD,
		[OPERAND_SHELLS] = VALUE_WORD,
	};

	return kinds[c->operand];
}

void completion_operands(struct buf *out, const struct command *c)
{
	struct buf list = { 0 };

	for (size_t i = 0; c->operand == OPERAND_COMMANDS && i < commands_len;
	     i++)
		add_word(&list, commands[i].name);
	for (size_t i = 0; c->operand == OPERAND_SHELLS && i < shells_len; i++)
		add_word(&list, shells[i].name);
	buf_addsp(out, buf_span(&list));
	buf_release(&list);
}
