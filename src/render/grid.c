#include "render/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/columns.h"

/* Between two columns. */
#define GAP 2
/* A column is made no narrower. */
#define LEAST 8

void grid_add(struct grid *g, struct arena *a, const struct flow *f,
	      enum node_align align)
{
	*vec_push(&g->cells, a) = (struct cell){ *f, align };
}

static size_t rows_of(const struct grid *g)
{
	return g->columns ? g->cells.len / g->columns : 0;
}

static const struct cell *cell_at(const struct grid *g, size_t row, size_t col)
{
	return &g->cells.ptr[row * g->columns + col];
}

/* What each column would like. */
static void natural_widths(const struct grid *g, size_t *widths)
{
	size_t row, col, n;

	for (row = 0; row < rows_of(g); row++)
		for (col = 0; col < g->columns; col++) {
			n = flow_columns(&cell_at(g, row, col)->flow);
			if (n > widths[col])
				widths[col] = n;
		}
}

static size_t total(const size_t *widths, size_t n, size_t most)
{
	size_t sum = (n - 1) * GAP, i;

	for (i = 0; i < n; i++)
		sum += widths[i] < most ? widths[i] : most;
	return sum;
}

/* Cut the widest columns down to one width, so that all fit. */
static bool fit_widths(size_t *widths, size_t n, size_t room)
{
	size_t lo = LEAST, hi = room, i;

	if (!room || total(widths, n, SIZE_MAX) <= room)
		return true;
	if (room < LEAST || total(widths, n, LEAST) > room)
		return false;
	while (lo < hi) {
		size_t mid = (lo + hi + 1) / 2;

		if (total(widths, n, mid) <= room)
			lo = mid;
		else
			hi = mid - 1;
	}
	for (i = 0; i < n; i++)
		if (widths[i] > lo)
			widths[i] = lo;
	return true;
}

static void add_blanks(struct paint *p, size_t n)
{
	while (n--)
		paint_plain(p, " ");
}

static size_t before(enum node_align align, size_t free)
{
	return align == ALIGN_RIGHT    ? free
	       : align == ALIGN_CENTER ? free / 2
				       : 0;
}

/* One line of a cell, behind the blanks that are owed; returns those that it
 * owes in turn, so that none stands at a line's end. */
static size_t write_cell(struct paint *p, const struct cell *c,
			 const struct flow_line *line, size_t width,
			 size_t owed)
{
	size_t free, lead;

	if (!line || !line->columns)
		return owed + width + GAP;
	free = width > line->columns ? width - line->columns : 0;
	lead = before(c->align, free);
	add_blanks(p, owed + lead);
	flow_paint(p, &c->flow, line);
	return free - lead + GAP;
}

/* One row, as many lines as its highest cell has. */
static void write_row(const struct grid *g, struct sheet *sh, size_t row,
		      const size_t *widths)
{
	struct flow_lines *lines =
		arena_array(sh->a, g->columns, sizeof(*lines));
	size_t height = 1, col, i;

	for (col = 0; col < g->columns; col++) {
		flow_wrap(&lines[col], sh->a, &cell_at(g, row, col)->flow,
			  widths[col]);
		if (lines[col].rows.len > height)
			height = lines[col].rows.len;
	}
	for (i = 0; i < height; i++) {
		struct paint *p = sheet_begin(sh);
		size_t owed = 0;

		for (col = 0; col < g->columns; col++)
			owed = write_cell(p, cell_at(g, row, col),
					  i < lines[col].rows.len
						  ? &lines[col].rows.ptr[i]
						  : NULL,
					  widths[col], owed);
		sheet_end(sh);
	}
}

static void write_rule(const struct grid *g, struct sheet *sh,
		       const size_t *widths)
{
	struct paint *p = sheet_begin(sh);
	size_t col, i;

	for (col = 0; col < g->columns; col++) {
		add_blanks(p, col ? GAP : 0);
		for (i = 0; i < widths[col]; i++)
			paint_text(p, INK_DIM, (struct span){ 0 },
				   SPAN("\u2500"));
	}
	sheet_end(sh);
}

/* Row by row: `header: cell`, a blank line between rows. */
static void write_list(struct grid *g, struct sheet *sh)
{
	size_t row, col;

	for (row = 1; row < rows_of(g); row++) {
		for (col = 0; col < g->columns; col++) {
			const struct flow *head = &cell_at(g, 0, col)->flow;
			const struct flow *cell = &cell_at(g, row, col)->flow;
			struct flow f = { 0 };

			if (!cell->text.len)
				continue;
			flow_append(&f, sh->a, head);
			flow_adds(&f, INK_PLAIN, head->text.len ? ": " : "");
			flow_append(&f, sh->a, cell);
			sheet_flow(sh, &f, sheet_prose(sh));
			flow_release(&f);
		}
		sheet_gap(sh);
	}
}

void grid_write(struct grid *g, struct sheet *sh)
{
	size_t *widths = arena_array(sh->a, g->columns, sizeof(*widths));
	size_t row, col;

	for (col = 0; col < g->columns && rows_of(g); col++)
		flow_tint(&g->cells.ptr[col].flow, 0,
			  g->cells.ptr[col].flow.text.len, INK_BOLD);
	natural_widths(g, widths);
	if (!fit_widths(widths, g->columns, sheet_room(sh))) {
		write_list(g, sh);
	} else {
		for (row = 0; row < rows_of(g); row++) {
			write_row(g, sh, row, widths);
			if (!row)
				write_rule(g, sh, widths);
		}
	}
	grid_release(g);
}

void grid_release(struct grid *g)
{
	vec_each (struct cell, c, &g->cells)
		flow_release(&c->flow);
	g->cells.len = 0;
}
