/*
 * sheet - the page of a terminal: lines between margins that nest.
 *
 * A margin stands before each line: once its mark (a bullet, a number), then
 * what keeps the lines below it in place (blanks, a bar). Margins that would
 * leave fewer than SHEET_LEAST columns are left out.
 */
#ifndef RENDER_SHEET_H
#define RENDER_SHEET_H

#include "render/flow.h"
#include "render/md.h"
#include "render/paint.h"

#define SHEET_LEAST 16
/* Lines of prose are no wider, whatever the terminal is. */
#define SHEET_PROSE 100
#define SHEET_MARGINS (MD_NODES_MAX + 2)

struct margin {
	char mark[16], rest[16]; /* of as many columns */
	unsigned columns;	 /* 0: left out */
	unsigned ink;
	bool used; /* the mark was written */
};

/* Zero-initialise all but what is named first. */
struct sheet {
	struct paint paint;
	struct arena *a;
	size_t width;	    /* columns; 0: no line is broken */
	size_t lines_begun; /* blank ones aside */
	/* private */
	struct margin margins[SHEET_MARGINS];
	unsigned depth;
	size_t indent;
	bool gap;
	struct flow_lines lines;
};

/* `rest` is as wide as `mark`. */
void sheet_push(struct sheet *sh, unsigned ink, const char *mark,
		const char *rest);
/* A mark that nothing stands behind is written all the same. */
void sheet_pop(struct sheet *sh);
/* A blank line before the next one, unless that is the first of all. */
void sheet_gap(struct sheet *sh);
/* Columns between the margins; 0: no limit. */
size_t sheet_room(const struct sheet *sh);
/* The same for prose. */
size_t sheet_prose(const struct sheet *sh);
/* Write a flow in lines of so many columns; 0: no line is broken. Blank lines
 * become one, blanks at a line's end are dropped. */
void sheet_flow(struct sheet *sh, const struct flow *f, size_t width);
/* Write each of its lines as it is. */
void sheet_lines(struct sheet *sh, const struct flow *f);
/* One line by its parts: begin, paint, end. */
struct paint *sheet_begin(struct sheet *sh);
void sheet_end(struct sheet *sh);
/* A rule across the prose, behind a title if there is one. */
void sheet_rule(struct sheet *sh, const char *title);

#endif
