/*
 * grid - a table on a sheet: columns side by side where they fit, wrapped in
 * their cells; else row by row, each cell on lines of its own.
 */
#ifndef RENDER_GRID_H
#define RENDER_GRID_H

#include "render/md.h"
#include "render/sheet.h"

struct cell {
	struct flow flow;
	enum node_align align;
};

/* Zero-initialise. */
struct grid {
	unsigned columns;
	VEC(struct cell) cells; /* row by row, the header first */
};

/* The next cell of it; the flow becomes the grid's. */
void grid_add(struct grid *g, struct arena *a, const struct flow *f,
	      enum node_align align);
/* Write it, and release its cells. */
void grid_write(struct grid *g, struct sheet *sh);
/* Release its cells. */
void grid_release(struct grid *g);

#endif
