/* Every value with its source, for people. */
#include "cli/options.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/columns.h"

/* Columns that a value takes before where it came from. */
#define VALUE 26

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

/* As it would be typed: 4M. */
static void show_size(struct buf *out, int64_t n)
{
	static const char units[] = { 'G', 'M', 'K' };

	for (size_t i = 0; i < sizeof(units); i++) {
		int64_t unit = (int64_t)1 << (10 * (sizeof(units) - i));

		if (n >= unit && n % unit == 0) {
			buf_addf(out, "%lld%c", (long long)(n / unit),
				 units[i]);
			return;
		}
	}
	buf_addf(out, "%lld", (long long)n);
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
	case OPTION_SIZE:
		show_size(out, *(int64_t *)option_field(inv, o));
		break;
	default:
		buf_addf(out, "%lld",
			 (long long)*(int64_t *)option_field(inv, o));
	}
}

/* Does the row hold a setting, and not what only one call can say? */
static bool setting(const struct option_row *o)
{
	return o->flags & (OPTION_SETTING | OPTION_CONFIG);
}

static void show_row(struct buf *out, const struct invocation *inv, size_t i)
{
	const struct option_row *o = &option_table[i];
	struct buf v = { 0 };

	show_value(&v, inv, o);
	options_show_line(out, o->name, buf_cstr(&v),
			  inv->from[i] ? inv->from[i] : "default");
	buf_release(&v);
}

void options_show_line(struct buf *out, const char *name, const char *value,
		       const char *from)
{
	size_t width = columns_of(span_of(value));

	buf_addf(out, "  %-22s %s%*s %s\n", name, value,
		 width < VALUE ? (int)(VALUE - width) : 0, "", from);
}

void options_show(struct buf *out, const struct invocation *inv)
{
	for (int t = 0; t < OPTION_TOPICS; t++) {
		buf_addf(out, "%s%s:\n", t ? "\n" : "", option_topics[t]);
		for (size_t i = 0; i < option_table_len; i++)
			if (setting(&option_table[i]) &&
			    option_table[i].topic == (enum option_topic)t)
				show_row(out, inv, i);
	}
}
