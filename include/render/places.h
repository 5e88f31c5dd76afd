/*
 * places - which words of a report are places of the work tree.
 */
#ifndef RENDER_PLACES_H
#define RENDER_PLACES_H

#include <stdint.h>

#include "render/flow.h"

struct report;

/* Zero-initialised it knows no path. */
struct places {
	VEC(struct span) paths; /* sorted */
	const char *root;
};

/* The files that the ledger lists or a verified or own finding stands in.
 * Borrows report and root. */
void places_init(struct places *p, struct arena *a, const struct report *r,
		 const char *root);
/* A URL of the line (0: none) of a path that is known; empty: it is not. */
struct span places_url(const struct places *p, struct arena *a,
		       struct span path, uint32_t line);
/* Make a link of each `path:line` behind the links it has. */
void places_link(const struct places *p, struct arena *a, struct flow *f);

#endif
