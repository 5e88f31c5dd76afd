/*
 * apidiff - what a change does to the items of its files: which are new, gone,
 * renamed or different, what of it other crates see (The Cargo Book, "SemVer
 * Compatibility"), and which tests are weaker.
 *
 * Files are compared as one change, so an item that moved from one to another
 * is no removed and no added one. White space, comments, attributes but for
 * the ones named here, names of parameters, of generic parameters and of
 * lifetimes, `Self` for the type's own name, paths in front of a type's name
 * and parentheses around one type make no difference; nor does an alias in
 * place of what it stands for, when a file of the change has it. No other types
 * are known: of an alias that changes only the alias is said to. Total; linear
 * but for sorting.
 */
#ifndef RUST_APIDIFF_H
#define RUST_APIDIFF_H

#include "rust/rules.h"

enum api_op {
	API_ADDED,
	API_REMOVED,
	API_CHANGED, /* its tokens differ, or what its attributes promise */
	API_RENAMED  /* the same but for its name; a test's: alike */
};

/* What becomes of another crate's code that uses the item. */
enum api_break {
	API_COMPATIBLE,
	/* Breaks where a struct is written out or matched, or an enum matched,
	 * with nothing left open: a field or variant more. */
	API_ADDITIVE,
	API_BREAKING
};

/* What of a signature differs. */
enum api_part {
	API_KIND = 1 << 0, /* an enum that was a struct … */
	API_VISIBILITY = 1 << 1,
	API_QUALIFIERS = 1 << 2, /* async, unsafe, const, extern */
	API_GENERICS = 1 << 3,
	API_BOUNDS = 1 << 4, /* where clauses and supertraits too */
	API_PARAMETERS = 1 << 5,
	API_RESULT = 1 << 6,
	API_TYPE = 1 << 7,   /* of a const, static, alias */
	API_FIELDS = 1 << 8, /* those that others see */
	API_VARIANTS = 1 << 9,
	API_DEFAULT = 1 << 10,	     /* a trait's item has one or has not */
	API_NON_EXHAUSTIVE = 1 << 11 /* the attribute */
};

/*
 * One item: functions, types, traits, consts, statics, macros, modules and
 * impls of traits (derived ones too), wherever they stand but in bodies; and
 * of `pub use` items each name. Impls, traits and modules are compared by
 * their headers, what they hold has rows of its own; of a trait or an impl
 * that is gone or new as a whole it has not.
 */
struct api_row {
	enum api_op op;
	enum item_kind kind;
	struct span name; /* "get", "Pool::get", "Clone for Pool"; what it
			   * was called, when it is renamed */
	struct span new_name;
	/* Indexes of files, and of items in their outlines; OUTLINE_NONE. Of a
	 * derived impl the type's. */
	uint32_t was_file, now_file;
	uint32_t was, now;
	uint32_t was_token, now_token; /* their keywords */
	/* Where the first breaking difference is, on each side; else the
	 * keyword. */
	uint32_t was_at, now_at;
	bool moved; /* to another file or module */
	/* What other crates can name, as far as its file and reach tell. */
	bool was_public, now_public;
	enum api_break breaking; /* if it was public */
	unsigned parts;	  /* of enum api_part, where both sides are there */
	struct span what; /* the difference in words, for a sentence:
			   * "no longer `async`, 3 parameters instead of 2" */
	bool test;	  /* a test function */
	bool ignored;	  /* newly #[ignore]d */
	uint32_t was_asserts, now_asserts; /* of tests, see api_asserts() */
};

/* Sorted by file and line, of the new side where there is one. */
struct api_diff {
	VEC(struct api_row) rows;
};

void api_diff(struct api_diff *out, struct arena *a,
	      const struct rule_file *file, size_t files);

/* How many times does an item assert something: macros and calls whose names
 * say so, #[should_panic], snapshots? */
uint32_t api_asserts(const struct source *s, uint32_t item);

#endif
