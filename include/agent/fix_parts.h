/* fix_parts - what the files of fix share; not for callers. */
#ifndef AGENT_FIX_PARTS_H
#define AGENT_FIX_PARTS_H

#include "base/vec.h"
#include "core/finding.h"
#include "rust/source.h"

struct arena;

/* A file's new side for code examples to be matched against. */
struct fix_file {
	struct span path, text;
	struct span *line; /* without LF */
	uint32_t lines;
	bool *shown; /* by number, from 1: sent, and nothing of it kept back */
	const struct source *now; /* NULL: it was not read as Rust */
};

/* A code example: its lines, and what it is to replace. */
struct example {
	struct span code;
	bool diff;	   /* lines with signs */
	uint32_t at;	   /* the line that it is about */
	struct span quote; /* what stands there, by lines; may be empty */
};

/*
 * Append to f->fix what the example does to the file; false, and nothing is
 * appended, when that is not sure: the lines that it leaves are not there, it
 * leaves something out, or it replaces lines that were not shown. Time: what it
 * takes to read the example, and some hundred lines of the file. keep is the
 * fix's arena, a of all else.
 */
bool fix_match(struct finding *f, struct arena *keep, struct arena *a,
	       const struct fix_file *file, const struct example *e);

#endif
