/*
 * prose - Markdown that others wrote, put onto a sheet: headings, lists,
 * quotations, tables, code, and findings with their levels and places.
 */
#ifndef RENDER_PROSE_H
#define RENDER_PROSE_H

#include "core/finding.h"
#include "render/places.h"
#include "render/render.h"
#include "render/sheet.h"

/* The ink a level is spelled in. */
unsigned prose_level_ink(enum finding_level level);

/*
 * Write text (any bytes), which begins and ends a block of its own. What is too
 * long or grows out of proportion (see render/md) is written as it stands, line
 * by line. Total.
 */
void prose_write(struct sheet *sh, const struct places *places,
		 highlight_fn highlight, struct span text);

#endif
