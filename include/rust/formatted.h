/*
 * formatted - format strings that make SQL, and where the text goes.
 *
 * Total. A file is read once, each look for a use goes FORMATTED_REACH tokens
 * at most, so that the whole is linear.
 */
#ifndef RUST_FORMATTED_H
#define RUST_FORMATTED_H

#include "rust/sql.h"
#include "rust/source.h"

#define FORMATTED_ARGUMENTS 64
#define FORMATTED_REACH 3000

/* One `format!(…)`, `format_args!`, `write!`, `writeln!`. */
struct formatted {
	uint32_t name;	  /* `format` */
	uint32_t literal; /* the format string */
	uint32_t end;	  /* its `)` */
	/* what is behind the string, as far as there is room: tokens [from,
	 * to); `name = value` is value's, with its name */
	struct {
		uint32_t from, to;
		struct span name;
	} arg[FORMATTED_ARGUMENTS];
	uint32_t args;
};

/* Is the macro call whose name is token i one, with a literal? */
bool formatted_read(struct formatted *out, const struct source *s, uint32_t i);
/* The argument that fills a hole; args or more when it names a variable. */
uint32_t formatted_filled_by(const struct formatted *f,
			     const struct sql_hole *hole);
/*
 * What a hole is filled with, as written. Empty when it is nothing that can
 * carry foreign text: a literal, a constant, a number, what its name or a call
 * says is quoted; and of a bare value all but what is known to be text, for
 * what works there else is a number, or SQL of the program's own.
 */
struct span formatted_value(const struct formatted *f, const struct source *s,
			    const struct sql_hole *hole);
/*
 * The call of sqlx that the text is given to, directly or through a variable
 * of the same function: its name's token, or LOOK_NONE. builder: `.push()` is a
 * QueryBuilder's.
 */
uint32_t formatted_query(const struct formatted *f, const struct source *s,
			 struct arena *a, bool builder);

#endif
