/*
 * places - which words of a report are places, and which of them are in the
 * work tree.
 */
#ifndef RENDER_PLACES_H
#define RENDER_PLACES_H

#include <stdint.h>

#include "render/flow.h"

struct report;

/* A `path:line` among words. */
struct place {
	size_t begin, end; /* bytes of the words */
	struct span path;
	uint32_t line;
};

/* The first one from a byte on, whatever its path is; false: none. Linear. */
bool place_find(struct place *p, struct span words, size_t from);
/* Do the words behind a place say that it is one before the change? */
bool place_before(struct span behind);

struct path_list {
	VEC(struct span) rows; /* sorted */
};

/* Zero-initialised it knows no path. */
struct places {
	struct path_list paths, gone;
	const char *root;
};

/* The files that the ledger lists or a verified or own finding stands in, but
 * those that the change removes. Borrows report and root. */
void places_init(struct places *p, struct arena *a, const struct report *r,
		 const char *root);
/* A URL of the line (0: none) of a path that is known; empty: it is not. */
struct span places_url(const struct places *p, struct arena *a,
		       struct span path, uint32_t line);
/* Make a link of each `path:line` behind the links it has, unless it is of the
 * old side. */
void places_link(const struct places *p, struct arena *a, struct flow *f);

#endif
