/*
 * code - the Rust of a change: both sides of every changed .rs file read, which
 * lines are new, what the rules find.
 */
#ifndef AGENT_CODE_H
#define AGENT_CODE_H

#include "agent/side.h"
#include "core/change.h"
#include "rust/item_diff.h"
#include "rust/guard.h"
#include "rust/rules.h"

struct repo;
struct settings;
struct task_input;

/* Bytes of both sides that are read as Rust; files beyond are named. */
#define CODE_BYTES_MAX (64u << 20)
#define CODE_FILES_MAX 10000u

/* One changed .rs file. */
struct code_file {
	size_t index;		  /* in change.files and covers */
	const struct source *now; /* NULL: deleted, or not read */
	const struct source *was; /* NULL: added, or not read */
	const uint8_t *line;	  /* of now, see rule_file */
	bool understood;	  /* rules and facts may speak of it */
};

/* Lives in the arena; borrows the change's texts. */
struct code {
	VEC(struct code_file) files;	  /* in the order of the change */
	VEC(struct rule_file) rule_files; /* of those understood */
	struct rule_report rules;
	struct item_changes items;  /* of rule_files */
	struct guard_givers givers; /* of all new sides */
	struct side side;	    /* the files around */
};

/*
 * Read in->change, whose texts were asked for, into in->code and run the
 * rules. Files that are beyond the Rust layer's bounds, or that do not balance,
 * get a note in their row of in->covers, and are unread there. Never fails:
 * what the tree lacks is not known.
 */
void code_read(struct task_input *in, struct arena *a, struct repo *r,
	       const struct settings *s);

/*
 * For each line of the new side (from 1; an array of lines + 2): is it added,
 * and was the same text, white space aside, taken away elsewhere in the change?
 * index is the file's in the change.
 */
struct moved_lines;
struct moved_lines *moved_lines(struct arena *a, const struct change *c);
uint8_t *code_lines(struct arena *a, struct moved_lines *moved,
		    const struct file_change *f, uint32_t lines);

#endif
