/* A group in words. */
#include "base/buf.h"
#include "rust/rules.h"

static void write_places(struct buf *out, const struct rule_group *g)
{
	const struct rule_place *p = g->places.ptr;
	uint32_t more = g->total - (uint32_t)g->places.len;

	for (size_t i = 1; i < g->places.len; i++) {
		buf_adds(out, i == 1 ? " Also at `" : ", `");
		text_visible_line(out, g->path);
		buf_addf(out, ":%u`", p[i].line);
	}
	if (g->places.len > 1)
		buf_adds(out, more ? "" : ".");
	if (more)
		buf_addf(out, " and %u more in this file.", more);
	if (g->more)
		buf_addf(out, " There %s %u more of it in %u other file%s.",
			 g->more == 1 ? "is" : "are", g->more, g->more_files,
			 text_plural(g->more_files));
}

void rule_group_write(struct buf *out, const struct rule_group *g)
{
	const struct rule_place *p = &g->places.ptr[0];

	buf_addsp(out, p->fact);
	if (g->rule->consequence)
		buf_addf(out, "; %s", g->rule->consequence);
	if (g->rule->remedy)
		buf_addf(out, "; %s", g->rule->remedy);
	if (out->ptr[out->len - 1] != '?')
		buf_addc(out, '.');
	write_places(out, g);
	if (p->own_allow)
		buf_addf(out,
			 " The change itself adds what allows it%s"
			 "%.*s%s.",
			 p->reason.len ? ": \"" : "", SPAN_ARG(p->reason),
			 p->reason.len ? "\"" : "");
}
