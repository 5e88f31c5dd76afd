/*
 * guide - a CLAUDE.md (or AGENTS.md) of the repository, or something one of
 * them imports, with what became of it.
 */
#ifndef CORE_GUIDE_H
#define CORE_GUIDE_H

#include "base/text.h"
#include "base/vec.h"

enum guide_status {
	GUIDE_USED,
	GUIDE_MISSING,	  /* an import that is not in the tree */
	GUIDE_REFUSED,	  /* outside the tree, a submodule, a symlink out */
	GUIDE_CYCLE,	  /* imported by itself */
	GUIDE_TOO_DEEP,	  /* import depth over its ceiling */
	GUIDE_TOO_LARGE,  /* file or all together over the ceiling */
	GUIDE_BINARY,	  /* holds NUL bytes */
	GUIDE_CREDENTIAL, /* a credential file by its name: never sent */
	GUIDE_CHANGED	  /* by a diff that was given, and HEAD's is not its old
			   * side: it may be what the diff makes of it */
};

struct guide {
	enum guide_status status;
	struct span path;	 /* in the tree; as written when refused */
	struct span imported_by; /* empty for a chain member */
	struct span folder;	 /* applies to files below; "" is the root */
	char id[41];		 /* blob id; "" unless used */
	struct span text;	 /* HTML comments dropped; empty unless used */
};

struct guide_list {
	VEC(struct guide) guides; /* chain order, imports after importer */
	struct span source;	  /* "base tree 1a2b3c…", "work tree" … */
	size_t bytes;
};

/* "used", "missing" … */
const char *guide_status_name(enum guide_status s);

#endif
