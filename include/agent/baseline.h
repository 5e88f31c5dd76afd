/*
 * baseline - the file of findings that are known: who they are, and what people
 * say of them.
 *
 *	{
 *	  "version": 1,
 *	  "tool": "architect 1.0",
 *	  "findings": [
 *	    {
 *	      "path": "src/pool.rs",
 *	      "line": 88,
 *	      …
 *	      "fingerprint": "05f1e2d3c4b5a697",
 *	      "reason": "rewritten in June",
 *	      "expires": "2027-01-31"
 *	    }
 *	  ]
 *	}
 *
 * Sorted by place and one field a line, so that it diffs well. People fill in
 * `reason` and `expires`, the last day that the entry counts.
 */
#ifndef AGENT_BASELINE_H
#define AGENT_BASELINE_H

#include "base/error.h"
#include "base/text.h"
#include "base/vec.h"
#include "core/report.h"

struct arena;
struct buf;

#define BASELINE_BYTES (32u * 1024 * 1024)
#define BASELINE_ENTRIES 20000u
/* Bytes of a text or quote that are written; what is read may be longer. */
#define BASELINE_TEXT 240u
#define BASELINE_TEXT_READ 4096u

struct baseline {
	const char *name;    /* as the user calls it */
	struct span path;    /* in the repository; empty: outside */
	struct span from;    /* "the base tree 2da2f86e10b5"; empty: as
			      * it is on the disk */
	const char *warning; /* for people, or NULL */
	/* by fingerprint, none twice */
	VEC(struct known_finding) entries;
	uint32_t *seen; /* of each, places that were found; known_spot()'s */
};

/*
 * Read a file's text; out->name is set. ERR_USAGE tells the line and what to
 * do: no JSON, another version, an unknown field, a value out of its bounds, a
 * fingerprint twice. Total; the arena holds it, paths with one line each and
 * nothing invisible.
 */
int baseline_parse(struct baseline *out, struct arena *a, struct span text,
		   struct error *err);
/* The entry of that fingerprint, or NULL. */
const struct known_finding *baseline_find(const struct baseline *b,
					  const char *fingerprint);
/* The file of these n entries, which are put in their order: of more than
 * baseline_parse() reads the gravest. Returns how many are left out. */
size_t baseline_write(struct buf *out, struct known_finding *entries, size_t n);

#endif
