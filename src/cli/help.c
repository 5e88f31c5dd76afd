#include "cli/help.h"

#include <string.h>

#include "base/buf.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/pager.h"
#include "cli/screen.h"

/* Where what an option does begins. */
#define OPTION_COLUMN 30
/* What is typed may be this long to have its purpose beside it. */
#define EXAMPLE_MOST 40

/* What of the examples of a command fits into the overview. */
static const char *const overview[] = {
	"review\twhat is not committed yet",
	"review main...HEAD\twhat this branch adds",
	"review HEAD~1..HEAD -o report.html\tthe last commit, as a page",
	"design \"add a TTL cache\"\tbefore anything is written",
	"doctor\twhat works, what is missing",
};

/* A line "what to type, a tab, what it does", the second part at column. */
static void add_example(struct buf *out, struct span line, size_t column)
{
	struct span typed;
	size_t n;

	text_field(&line, '\t', &typed);
	n = typed.len + strlen("  architect ");
	buf_addf(out, "  architect %.*s", SPAN_ARG(typed));
	if (line.len)
		buf_addf(out, "%*s%.*s", n < column ? (int)(column - n) : 2, "",
			 SPAN_ARG(line));
	buf_addc(out, '\n');
}

/* Behind the longest of what is typed. */
static size_t example_column(struct span rest)
{
	struct span line, typed;
	size_t most = 0;

	while (text_field(&rest, '\n', &line)) {
		text_field(&line, '\t', &typed);
		if (typed.len > most && line.len && typed.len < EXAMPLE_MOST)
			most = typed.len;
	}
	return most + strlen("  architect ") + 2;
}

static void add_examples(struct buf *out, const char *lines)
{
	size_t column = example_column(span_of(lines));
	struct span rest = span_of(lines), line;

	while (text_field(&rest, '\n', &line))
		add_example(out, line, column);
}

void help_all(struct buf *out, size_t width)
{
	size_t i;

	buf_adds(out, "architect " VERSION ": reviews and designs Rust code\n\n"
		      "Examples:\n");
	for (i = 0; i < sizeof(overview) / sizeof(overview[0]); i++)
		add_example(out, span_of(overview[i]), 48);
	buf_adds(out, "\nCommands:\n");
	for (i = 0; i < commands_len; i++) {
		buf_addf(out, "  %-11s ", commands[i].name);
		screen_wrap(out, span_of(commands[i].about), width, 14, 14);
		buf_addc(out, '\n');
	}
	buf_addc(out, '\n');
	screen_wrap(out,
		    SPAN("`architect help COMMAND` shows its options. Without "
			 "a key the program reviews by its own rules; with "
			 "ANTHROPIC_API_KEY, OPENAI_API_KEY, OPENAI_BASE_URL "
			 "or OLLAMA_HOST set, a model is asked."),
		    width, 0, 0);
	buf_addc(out, '\n');
}

static void add_choices(struct buf *out, const struct option_row *o)
{
	struct span word;
	size_t i;

	for (i = 0; option_choice(o, i, &word); i++)
		buf_addf(out, "%s%.*s", i ? ", " : " (", SPAN_ARG(word));
	buf_adds(out, i ? ")" : "");
}

static void add_option(struct buf *out, const struct option_row *o,
		       size_t width)
{
	struct buf left = { 0 }, text = { 0 };

	if (o->letter)
		buf_addf(&left, "  -%c, --%s", o->letter, o->name);
	else
		buf_addf(&left, "      --%s", o->name);
	if (o->arg)
		buf_addf(&left, " %s", o->arg);
	buf_adds(&text, o->help);
	add_choices(&text, o);
	if (o->initial)
		buf_addf(&text, " [%s]", o->initial);
	buf_addsp(out, buf_span(&left));
	if (left.len + 1 > OPTION_COLUMN)
		buf_addf(out, "\n%*s", OPTION_COLUMN, "");
	else
		buf_addf(out, "%*s", (int)(OPTION_COLUMN - left.len), "");
	screen_wrap(out, buf_span(&text), width, OPTION_COLUMN, OPTION_COLUMN);
	buf_addc(out, '\n');
	buf_release(&left);
	buf_release(&text);
}

static void add_topic(struct buf *out, enum option_topic topic, unsigned group,
		      size_t width)
{
	bool titled = false;

	for (size_t i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];

		if (o->topic != topic || !(o->groups & group) ||
		    o->flags & OPTION_CONFIG)
			continue;
		if (!titled)
			buf_addf(out, "\n%s:\n", option_topics[topic]);
		titled = true;
		add_option(out, o, width);
	}
}

void help_command(struct buf *out, const struct command *c, size_t width)
{
	struct span rest = span_of(c->synopsis), line;

	buf_addf(out, "architect %s: %s\n\nExamples:\n", c->name, c->about);
	add_examples(out, c->examples);
	buf_adds(out, "\nUsage:\n");
	while (text_field(&rest, '\n', &line))
		buf_addf(out, "  architect %.*s\n", SPAN_ARG(line));
	for (int t = 0; t < OPTION_TOPICS; t++)
		add_topic(out, (enum option_topic)t, c->group, width);
	if (!(c->group & GROUP_MODEL))
		return;
	buf_addc(out, '\n');
	screen_wrap(out,
		    SPAN("TIME is seconds, or 200ms, 5m, 1h; BYTES may be "
			 "64K, 4M, 1G. Settings are also read from ARCHITECT_… "
			 "in the environment and architect.… in the user's git "
			 "config; `architect context --settings` shows them."),
		    width, 0, 0);
	buf_addc(out, '\n');
}

int help_print(const struct command *c, const struct settings *s,
	       struct error *err)
{
	struct buf out = { 0 };
	int rc;

	if (c)
		help_command(&out, c, screen_width());
	else
		help_all(&out, screen_width());
	rc = pager_write(pager_command(s), buf_span(&out), NULL, err);
	buf_release(&out);
	return rc;
}
