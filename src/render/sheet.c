#include "render/sheet.h"

#include <stdio.h>
#include <string.h>

#include "base/columns.h"

void sheet_push(struct sheet *sh, unsigned ink, const char *mark,
		const char *rest)
{
	struct margin *m = &sh->margins[sh->depth++];
	size_t columns = columns_of(span_of(mark));

	*m = (struct margin){ .ink = ink };
	if (sh->width && sh->indent + columns + SHEET_LEAST > sh->width)
		return;
	snprintf(m->mark, sizeof(m->mark), "%s", mark);
	snprintf(m->rest, sizeof(m->rest), "%s", rest);
	m->columns = (unsigned)columns;
	sh->indent += columns;
}

void sheet_pop(struct sheet *sh)
{
	struct margin *m = &sh->margins[sh->depth - 1];

	if (!m->used && m->columns) {
		sheet_begin(sh);
		sheet_end(sh);
	}
	sh->indent -= m->columns;
	sh->depth--;
}

void sheet_gap(struct sheet *sh)
{
	sh->gap = sh->lines_begun > 0;
}

size_t sheet_room(const struct sheet *sh)
{
	return sh->width ? sh->width - sh->indent : 0;
}

size_t sheet_prose(const struct sheet *sh)
{
	size_t room = sheet_room(sh);

	return room > SHEET_PROSE ? SHEET_PROSE : room;
}

/* A blank line has the bars around it, and no blank behind them. */
static void blank_line(struct sheet *sh)
{
	unsigned n = 0, bars = 0, i;

	while (n < sh->depth && sh->margins[n].used)
		if (sh->margins[n++].rest[0] != ' ')
			bars = n;
	for (i = 0; i < bars; i++) {
		const struct margin *m = &sh->margins[i];
		struct span s = span_of(m->rest);

		paint_text(&sh->paint, m->ink, (struct span){ 0 },
			   i + 1 < bars ? s : span_trim(s));
	}
	paint_newline(&sh->paint);
}

struct paint *sheet_begin(struct sheet *sh)
{
	unsigned i;

	if (sh->gap)
		blank_line(sh);
	sh->gap = false;
	sh->lines_begun++;
	for (i = 0; i < sh->depth; i++) {
		struct margin *m = &sh->margins[i];

		paint_text(&sh->paint, m->ink, (struct span){ 0 },
			   span_of(m->used ? m->rest : m->mark));
		m->used = true;
	}
	return &sh->paint;
}

void sheet_end(struct sheet *sh)
{
	paint_newline(&sh->paint);
}

void sheet_flow(struct sheet *sh, const struct flow *f, size_t width)
{
	sh->lines.rows.len = 0;
	flow_wrap(&sh->lines, sh->a, f, width);
	vec_each (struct flow_line, line, &sh->lines.rows) {
		if (line->from == line->to) {
			sheet_gap(sh);
			continue;
		}
		flow_paint(sheet_begin(sh), f, line);
		sheet_end(sh);
	}
}

/* Are all margins but the innermost begun? Then one more blank line keeps what
 * is around it. */
static bool within(const struct sheet *sh)
{
	return sh->lines_begun &&
	       (sh->depth < 2 || sh->margins[sh->depth - 2].used);
}

void sheet_lines(struct sheet *sh, const struct flow *f)
{
	struct span text = buf_span(&f->text), rest = text, s;
	size_t from = 0;

	for (; text_line(&rest, &s); from += s.len + 1) {
		struct flow_line line = { .from = from, .to = from + s.len };

		if (!s.len && within(sh)) {
			if (sh->gap)
				blank_line(sh);
			sh->gap = false;
			blank_line(sh);
			continue;
		}
		flow_paint(sheet_begin(sh), f, &line);
		sheet_end(sh);
	}
}

void sheet_rule(struct sheet *sh, const char *title)
{
	size_t width = sheet_prose(sh) ? sheet_prose(sh) : 72, n = 0;
	struct flow f = { 0 };

	if (*title) {
		flow_adds(&f, INK_DIM, "\u2500\u2500 ");
		flow_adds(&f, INK_BOLD, title);
		n = columns_of(span_of(title)) + 4;
	}
	if (n && n < width)
		flow_adds(&f, INK_PLAIN, " ");
	for (; n < width; n++)
		flow_adds(&f, INK_DIM, "\u2500");
	sheet_flow(sh, &f, width);
	flow_release(&f);
}
