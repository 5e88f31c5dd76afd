/*
 * change - a diff as plain data: files, hunks, lines.
 *
 * Everything lives in one arena. Nothing here is escaped or masked: it is the
 * bytes of the repository. Line numbers count from 1, 0 means none.
 */
#ifndef CORE_CHANGE_H
#define CORE_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"

enum file_status {
	FILE_MODIFIED,
	FILE_ADDED,
	FILE_DELETED,
	FILE_RENAMED, /* with or without edits: see hunks */
	FILE_COPIED,
	FILE_TYPE_CHANGED, /* file to symlink and the like */
	FILE_CONFLICTED	   /* unmerged in the index; no hunks */
};

/* What the base's .gitattributes say. */
enum file_says { SAYS_NOTHING, SAYS_YES, SAYS_NO };

struct diff_line {
	char origin;	  /* ' ', '+' or '-' */
	bool no_newline;  /* "\ No newline at end of file" follows */
	uint32_t old_no;  /* 0 on '+' */
	uint32_t new_no;  /* 0 on '-' */
	struct span text; /* without its LF; a CR stays */
};

struct hunk {
	uint32_t old_start, old_lines, new_start, new_lines;
	struct span heading; /* what git prints after the second @@ */
	VEC(struct diff_line) lines;
};

struct file_change {
	struct span path;     /* on the new side; the old one when deleted */
	struct span old_path; /* differs from path on renames and copies */
	enum file_status status;
	uint32_t old_mode, new_mode; /* 0 when absent on that side */
	char old_id[41], new_id[41]; /* blob ids, hex; "" when absent */
	unsigned similarity;	     /* percent, renames and copies */
	bool binary;		     /* no hunks shown */
	bool submodule;		     /* ids are commits */
	bool too_large; /* over the file ceiling: no hunks, not binary */
	/* of the base's: linguist-generated, linguist-vendored */
	enum file_says generated, vendored;
	bool old_marked, new_marked; /* its first lines name a generator */
	uint32_t added, removed;     /* lines */
	VEC(struct hunk) hunks;
	/* Both sides whole, when the range asked for texts; else empty */
	struct span old_text, new_text;
};

struct change {
	VEC(struct file_change) files;
	uint32_t added, removed;
	/* Untracked .rs files left out (paths), when the work tree is a side */
	VEC(struct span) untracked;
	/* Guides edited in the work tree or index but not in the base tree */
	VEC(struct span) guides_edited;
};

/* The file whose new path is given (or old path, deleted), or NULL. */
const struct file_change *change_file(const struct change *c, struct span path);
/* Is this line of the new side an added one? */
bool change_touches(const struct file_change *f, uint32_t new_no);
/* Is a file of that path read as more than lines, so that its sides are wanted
 * whole: *.rs, *.toml, *.sql, *.proto, Cargo.lock? */
bool change_reads(struct span path);
/* One word for people: "modified", "renamed" … */
const char *file_status_name(enum file_status s);

#endif
