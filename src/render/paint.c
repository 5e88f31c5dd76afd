#include "render/paint.h"

#include "base/buf.h"

static void set_link(struct paint *p, struct span link)
{
	if (!p->links || (link.ptr == p->link.ptr && link.len == p->link.len))
		return;
	buf_adds(p->out, "\x1b]8;;");
	buf_addsp(p->out, link);
	buf_adds(p->out, "\x1b\\");
	p->link = link;
}

static void set_ink(struct paint *p, unsigned ink)
{
	static const struct {
		unsigned ink;
		const char *code;
	} rows[] = {
		{ INK_BOLD, ";1" },
		{ INK_DIM, ";2" },
		{ INK_ITALIC, ";3" },
		{ INK_UNDERLINE, ";4" },
	};
	size_t i;

	if (!p->color || ink == p->ink)
		return;
	p->ink = ink;
	/* from nothing each time: what was on is off */
	buf_adds(p->out, "\x1b[");
	if (ink)
		buf_addc(p->out, '0');
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (ink & rows[i].ink)
			buf_adds(p->out, rows[i].code);
	if (ink & INK_COLOR)
		buf_addf(p->out, ";3%u", ink & INK_COLOR);
	buf_addc(p->out, 'm');
}

void paint_text(struct paint *p, unsigned ink, struct span link,
		struct span text)
{
	if (!text.len)
		return;
	set_link(p, link);
	set_ink(p, ink);
	buf_addsp(p->out, text);
}

void paint_plain(struct paint *p, const char *text)
{
	paint_text(p, INK_PLAIN, (struct span){ 0 }, span_of(text));
}

void paint_newline(struct paint *p)
{
	set_ink(p, INK_PLAIN);
	set_link(p, (struct span){ 0 });
	buf_addc(p->out, '\n');
}
