/*
 * sql - where a format string puts values into SQL.
 *
 * Total: any bytes; linear. Reads the literal as it stands in the source, its
 * Rust escapes too. Knows no dialect: what stands in single quotes is a value,
 * in double quotes, brackets or back-ticks a name.
 */
#ifndef RUST_SQL_H
#define RUST_SQL_H

#include <stdbool.h>

#include "base/text.h"

enum sql_place {
	SQL_OTHER,  /* a table, a column, a fragment, a bind's number */
	SQL_QUOTED, /* in '…' */
	SQL_BARE    /* behind `=`, `<`, LIKE, in VALUES (…) or IN (…) */
};

/* One `{…}` of a format string. */
struct sql_hole {
	enum sql_place place;
	struct span arg; /* "name", "0", or empty: the next one */
	uint32_t next;	 /* which one that is, from 0 */
	bool number;	 /* its format shows: {:02}, {:x} */
	bool debug;	 /* {:?} */
};

#define SQL_DEPTH 16

/* A walk; zero but for text, the literal with its quotes. */
struct sql_walk {
	struct span text;
	/* private */
	size_t at;
	char quote;	       /* within, or 0 */
	struct span word;      /* the last one outside quotes, the string's */
	char before;	       /* the last byte that is no space */
	bool values;	       /* behind VALUES, and what follows it */
	char group[SQL_DEPTH]; /* each `(`: 'v' VALUES, 'i' IN, 'o' other */
	unsigned depth;
	uint32_t next;
};

bool sql_next(struct sql_walk *w, struct sql_hole *out);

/* Does it begin as a statement that takes bound values: SELECT … FROM, INSERT
 * INTO, UPDATE … SET, DELETE FROM, WITH … SELECT? */
bool sql_statement(struct span literal);
/* Does it change what is stored, data or schema? */
bool sql_writes(struct span literal);
/* Does it give few rows by its form: SHOW, EXPLAIN, a LIMIT, COUNT(…)? */
bool sql_small(struct span literal);
/* Does it begin as one that takes none: CREATE, SET, PRAGMA …? */
bool sql_utility(struct span literal);

#endif
