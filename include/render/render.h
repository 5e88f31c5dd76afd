/*
 * render - a report in the forms people and machines read: one row a format.
 *
 * No byte of model text, path or server word passes unfiltered: control,
 * invisible and bidi characters come out as visible escapes (base/text).
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stddef.h>

struct buf;
struct report;
struct usage;

struct renderer {
	const char *name;  /* --format NAME */
	const char *about; /* one line for --help */
	/* Append the whole report, ending in a newline. */
	void (*render)(struct buf *out, const struct report *r);
};

extern const struct renderer renderers[];
extern const size_t renderers_len;

/* The row of that name, or NULL. */
const struct renderer *renderer_find(const char *name);

/* The rows' functions. */
void render_markdown(struct buf *out, const struct report *r);
void render_json(struct buf *out, const struct report *r);
/* The JSON object on one line without the final newline, for batch records. */
void render_json_line(struct buf *out, const struct report *r);

/* The JSON object of a report's "usage", on one line. */
void render_usage_json(struct buf *out, const struct usage *u);

#endif
