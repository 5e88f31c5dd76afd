/* Every value with its source, for people. */
#include "cli/options.h"

#include <stdio.h>

#include "base/buf.h"

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
