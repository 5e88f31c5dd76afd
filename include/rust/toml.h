/*
 * toml - what a TOML file says, as a tree (TOML 1.0, toml.io/en/v1.0.0, and
 * of 1.1 the escapes \e \xHH and newlines in inline tables).
 *
 * Own code: no TOML library for C is packaged in Debian 12 that keeps lines
 * and what stands before an error.
 *
 * Total: any bytes; linear; no recursion. The first thing that cannot be read
 * ends the reading and is named with its line; what stands before it is kept,
 * and a value enters the tree only when it is whole, so that a cut file holds
 * nothing of its last, unfinished pair. A key given twice keeps its first
 * value; that too is named, and reading goes on. Bytes that are not UTF-8 and
 * control characters pass through, and so does CR LF in a string of several
 * lines: escape what is shown.
 */
#ifndef RUST_TOML_H
#define RUST_TOML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

#define TOML_BYTES_MAX (4u << 20)
#define TOML_NODES_MAX (1u << 18) /* keys, values, tables */
#define TOML_KEY_MAX 1024	  /* bytes of one part of a key */
#define TOML_DEPTH_MAX 64	  /* brackets, and parts of one dotted key */

enum toml_type {
	TOML_TABLE, /* also an inline one */
	TOML_ARRAY, /* also of tables */
	TOML_STRING,
	TOML_NUMBER, /* 1, -0x1f, 1e6, nan */
	TOML_BOOL,
	TOML_DATE, /* date, time or both */
};

/*
 * One value. Spans borrow from the source or live in the arena. The children
 * of a table and of an array stand in the order of the file.
 */
struct toml {
	enum toml_type type;
	unsigned line;	  /* from 1: of the key, header or array element */
	struct span key;  /* without quotes and escapes; none in an array */
	struct span text; /* STRING: decoded; others but tables, arrays: raw */
	struct toml *parent, *child, *next;
	/* toml_find.c and toml.c alone: */
	struct toml *last, *index, *side[2];
	size_t bit;
	bool defined, closed, tables;
};

struct toml_file {
	struct toml *root; /* a table, never NULL */
	unsigned lines;	   /* as text_count_lines() */
	unsigned bad_line; /* of the first complaint, 0: none */
	const char *bad;   /* its words, const; NULL: none */
	bool whole;	   /* read to the end */
};

/* src must live as long as the tree. More than TOML_BYTES_MAX is not read. */
void parse_toml(struct toml_file *out, struct arena *a, struct span src);

/*
 * The value at a path of plain keys parted by dots, or NULL. table may be
 * NULL or no table: NULL. Time linear in the path, whatever the table's size.
 */
const struct toml *find_toml(const struct toml *table, const char *path);
const struct toml *find_toml_key(const struct toml *table, struct span key);
/* The text of a string at a path; empty when there is none. */
struct span find_toml_text(const struct toml *table, const char *path);
/* Is a boolean there, and is it this one? */
bool has_toml_flag(const struct toml *table, const char *path, bool value);

#define toml_each(it, t) \
	for (const struct toml *it = (t) ? (t)->child : NULL; it; it = it->next)

/* For toml.c: put a keyed child into its table's index. It must be new. */
void index_toml(struct toml *table, struct toml *child);

#endif
