/* The option table for people: help, and every value with its source. */
#include "cli/options.h"

#include <stdio.h>

#include "base/buf.h"

static void help_row(struct buf *out, const struct option_row *o)
{
	struct span word;
	char left[64];
	size_t i;
	int n = snprintf(left, sizeof(left), "%c%c%s--%s%s%s",
			 o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
			 o->letter ? ", " : "  ", o->name, o->arg ? " " : "",
			 o->arg ? o->arg : "");

	buf_addf(out, "  %-30s%s%s", left, n >= 30 ? " " : "", o->help);
	if (o->type == OPTION_FORMAT)
		for (i = 0; option_choice(o, i, &word); i++)
			buf_addf(out, "%s%.*s", i ? ", " : ": ",
				 SPAN_ARG(word));
	if (o->initial)
		buf_addf(out, " [%s]", o->initial);
	buf_addc(out, '\n');
}

void options_help(struct buf *out, unsigned group)
{
	static const char *const titles[] = {
		[TOPIC_WHAT] = "What is looked at",
		[TOPIC_WHO] = "Who is asked",
		[TOPIC_LIMIT] = "Limits",
		[TOPIC_OUTPUT] = "What comes out",
	};
	size_t i, t;

	for (t = 0; t < sizeof(titles) / sizeof(titles[0]); t++) {
		bool titled = false;

		for (i = 0; i < option_table_len; i++) {
			const struct option_row *o = &option_table[i];

			if (o->topic != t || !(o->groups & group) ||
			    o->flags & OPTION_CONFIG)
				continue;
			if (!titled)
				buf_addf(out, "%s%s:\n", t ? "\n" : "",
					 titles[t]);
			titled = true;
			help_row(out, o);
		}
	}
	buf_adds(out, "\nTIME is seconds, or 200ms, 5m, 1h; BYTES may be 64K, "
		      "4M, 1G.\n");
}

/* What stands for "not set" in a number that has no default. */
static bool unset(const struct invocation *inv, const struct option_row *o)
{
	if (o->initial)
		return false;
	if (o->type == OPTION_MONEY)
		return *(double *)option_field(inv, o) <= 0;
	if (o->type == OPTION_TEXT || o->type == OPTION_FORMAT)
		return !*(const char **)option_field(inv, o);
	if (o->type == OPTION_LIST)
		return !((struct word_list *)option_field(inv, o))->len;
	return o->type != OPTION_FLAG && o->type != OPTION_COUNT &&
	       *(int64_t *)option_field(inv, o) == 0;
}

static void show_list(struct buf *out, const struct word_list *l)
{
	for (unsigned i = 0; i < l->len; i++) {
		buf_adds(out, i ? "," : "");
		text_visible_line(out, span_of(l->word[i]));
	}
}

static void show_value(struct buf *out, const struct invocation *inv,
		       const struct option_row *o)
{
	if (unset(inv, o)) {
		buf_adds(out, "-");
		return;
	}
	switch (o->type) {
	case OPTION_FLAG:
		buf_adds(out, *(bool *)option_field(inv, o) ? "yes" : "no");
		break;
	case OPTION_TEXT:
	case OPTION_FORMAT:
		text_visible_line(
			out, span_of(*(const char **)option_field(inv, o)));
		break;
	case OPTION_LIST:
		show_list(out, option_field(inv, o));
		break;
	case OPTION_MONEY:
		buf_addf(out, "%g", *(double *)option_field(inv, o));
		break;
	case OPTION_TIME:
		buf_addf(out, "%g s",
			 (double)*(int64_t *)option_field(inv, o) / 1000);
		break;
	default:
		buf_addf(out, "%lld",
			 (long long)*(int64_t *)option_field(inv, o));
	}
}

void options_show(struct buf *out, const struct invocation *inv)
{
	size_t i;

	for (i = 0; i < option_table_len; i++) {
		const struct option_row *o = &option_table[i];
		struct buf v = { 0 };

		if (!(o->flags & (OPTION_SETTING | OPTION_CONFIG)))
			continue;
		show_value(&v, inv, o);
		buf_addf(out, "%-20s %-24s %s\n", o->name, buf_cstr(&v),
			 inv->from[i] ? inv->from[i] : "default");
		buf_release(&v);
	}
}
