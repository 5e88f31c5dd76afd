#include "cli/man.h"

#include <ctype.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/screen.h"
#include "llm/provider.h"
#include "render/render.h"

/* Columns of the source. */
#define LINE 78

extern const char text_man_1[];

/* What roff takes for itself is escaped, `code` is bold, a hyphen stays one
 * that can be copied. */
static void add_text(struct buf *out, struct span text)
{
	bool bold = false;

	while (text.len) {
		int32_t c = text_utf8(&text);

		if (c == '`') {
			bold = !bold;
			buf_adds(out, bold ? "\\fB" : "\\fR");
		} else if (c == '-') {
			buf_adds(out, "\\-");
		} else if (c == '\\') {
			buf_adds(out, "\\e");
		} else if (c == 0x2026) {
			buf_adds(out, "\\&...");
		} else if (c >= ' ' && c < 0x7f) {
			buf_addc(out, (char)c);
		} else if (c > 0x7f) {
			buf_addf(out, "\\[u%04X]", (unsigned)c);
		}
	}
}

static void add_words(struct buf *out, const char *text)
{
	add_text(out, span_of(text));
}

/* A paragraph of roff in lines that are not too long for its readers. */
static void add_lines(struct buf *out, struct buf *text)
{
	screen_wrap(out, buf_span(text), LINE, 0, 0);
	buf_addc(out, '\n');
	buf_release(text);
}

static void add_synopsis(struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < commands_len; i++) {
		struct span rest = span_of(commands[i].synopsis), line, name;

		while (text_field(&rest, '\n', &line)) {
			text_field(&line, ' ', &name);
			buf_adds(out, first ? "\\fBarchitect "
					    : ".br\n\\fBarchitect ");
			add_text(out, name);
			buf_adds(out, line.len ? "\\fR " : "\\fR");
			add_text(out, line);
			buf_addc(out, '\n');
			first = false;
		}
	}
}

static void add_examples(struct buf *out, struct span rest)
{
	struct span line, typed;

	while (text_field(&rest, '\n', &line)) {
		text_field(&line, '\t', &typed);
		buf_adds(out, ".RS\n.TP\n\\fBarchitect ");
		add_text(out, typed);
		buf_adds(out, line.len ? "\\fR\n" : "\\fR\n\\&");
		add_text(out, line);
		buf_adds(out, "\n.RE\n");
	}
}

static void add_commands(struct buf *out)
{
	for (size_t i = 0; i < commands_len; i++) {
		buf_adds(out, ".TP\n.B ");
		add_words(out, commands[i].name);
		buf_addc(out, '\n');
		add_words(out, commands[i].about);
		buf_adds(out, ".\n");
		add_examples(out, span_of(commands[i].examples));
	}
}

/* "max-cost" as ARCHITECT_MAX_COST and architect.maxCost */
static void add_names(struct buf *out, const char *name, bool config_only)
{
	const char *c;

	if (!config_only)
		buf_adds(out, "ARCHITECT_");
	for (c = name; !config_only && *c; c++)
		buf_addc(out,
			 *c == '-' ? '_' : (char)toupper((unsigned char)*c));
	buf_adds(out, config_only ? "architect." : ", architect.");
	for (c = name; *c; c++)
		if (*c == '-' && c[1])
			buf_addc(out, (char)toupper((unsigned char)*++c));
		else
			buf_addc(out, *c);
}

static void add_takers(struct buf *out, const struct option_row *o)
{
	bool first = true;

	if (o->groups == GROUP_ALL) {
		buf_adds(out, "every command");
		return;
	}
	for (size_t i = 0; i < commands_len; i++) {
		if (!(commands[i].group & o->groups))
			continue;
		buf_addf(out, "%s%s", first ? "" : ", ", commands[i].name);
		first = false;
	}
}

static void add_option(struct buf *out, const struct option_row *o)
{
	bool config_only = o->flags & OPTION_CONFIG;
	struct buf text = { 0 };
	struct span word;

	buf_adds(out, ".TP\n");
	if (config_only) {
		buf_adds(out, ".B ");
		add_names(out, o->name, true);
	} else {
		if (o->letter)
			buf_addf(out, "\\fB\\-%c\\fR, ", o->letter);
		buf_adds(out, "\\fB\\-\\-");
		add_words(out, o->name);
		buf_adds(out, "\\fR");
	}
	if (o->arg && !config_only)
		buf_addf(out, " \\fI%s\\fR", o->arg);
	buf_addc(out, '\n');
	add_words(&text, o->help);
	for (size_t i = 0; option_choice(o, i, &word); i++) {
		buf_adds(&text, i ? ", \\fB" : ": \\fB");
		add_text(&text, word);
		buf_adds(&text, "\\fR");
	}
	if (o->initial) {
		buf_adds(&text, "; by default ");
		add_words(&text, o->initial);
	}
	buf_adds(&text, ". (");
	add_takers(&text, o);
	if (o->flags & OPTION_SETTING) {
		buf_adds(&text, "; ");
		add_names(&text, o->name, false);
	}
	buf_addc(&text, ')');
	add_lines(out, &text);
}

static void add_options(struct buf *out)
{
	for (int t = 0; t < OPTION_TOPICS; t++) {
		buf_addf(out, ".SS %s\n", option_topics[t]);
		for (size_t i = 0; i < option_table_len; i++)
			if (option_table[i].topic == (enum option_topic)t)
				add_option(out, &option_table[i]);
	}
}

static void add_formats(struct buf *out)
{
	for (size_t i = 0; i < renderers_len; i++) {
		struct span rest = span_of(renderers[i].suffix), one;
		const char *before = " (files named *.";
		struct buf text = { 0 };

		buf_addf(out, ".TP\n.B %s\n", renderers[i].name);
		add_words(&text, renderers[i].about);
		while (rest.len && text_field(&rest, '|', &one)) {
			buf_addf(&text, "%s%.*s", before, SPAN_ARG(one));
			before = ", *.";
		}
		buf_adds(&text, *renderers[i].suffix ? ")" : "");
		add_lines(out, &text);
	}
}

static void add_providers(struct buf *out)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < providers_len; i++) {
		const struct provider *p = &providers[i];
		struct buf text = { 0 };

		buf_adds(out, ".TP\n.B ");
		add_words(out, p->name);
		buf_addc(out, '\n');
		add_words(&text, p->title);
		if (p->base_url)
			buf_addf(&text, ", %s", p->base_url);
		if (provider_keys(p, &a))
			buf_addf(&text, "; key: %s", provider_keys(p, &a));
		add_lines(out, &text);
	}
	arena_release(&a);
}

static const struct {
	const char *name; /* of the line that it stands for */
	void (*add)(struct buf *out);
} parts[] = {
	{ ".\\\" @synopsis@", add_synopsis },
	{ ".\\\" @commands@", add_commands },
	{ ".\\\" @options@", add_options },
	{ ".\\\" @formats@", add_formats },
	{ ".\\\" @providers@", add_providers },
};

void man_write(struct buf *out)
{
	struct span rest = span_of(text_man_1), line;

	buf_adds(out, ".TH ARCHITECT 1 2026-11-26 \"architect " VERSION
		      "\" \"User Commands\"\n.ad l\n.nh\n.nr HY 0\n");
	while (text_line(&rest, &line)) {
		size_t i;

		for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
			if (span_eqs(line, parts[i].name))
				break;
		if (i < sizeof(parts) / sizeof(parts[0]))
			parts[i].add(out);
		else
			buf_addf(out, "%.*s\n", SPAN_ARG(line));
	}
}
