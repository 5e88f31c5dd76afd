/*
 * outline - the items of a Rust file: what they are, where, inside of what.
 *
 * Total, iterative, linear; code that does not compile gives what items are
 * still to be seen. Items are functions, types, traits, impls, modules, uses,
 * consts, statics, macro definitions, extern blocks and crates, and at item
 * level also macro calls: wherever they stand, in function bodies
 * (ITEM_LOCAL) and in macro arguments (ITEM_IN_MACRO) too, but not in the
 * bodies of macro definitions. Fields, variants and parameters are none: read
 * them from the tokens of the item.
 *
 * Promises:
 *
 *   - items are sorted by where they start, and nest: a child lies within its
 *     parent's body (a const's or static's: within it), and parents precede
 *     their children
 *   - lead <= head <= key <= last, and head < open < last when there is a
 *     body (open == last only when a file ends there)
 *   - no two items share a head
 */
#ifndef RUST_OUTLINE_H
#define RUST_OUTLINE_H

#include "rust/tree.h"

#define OUTLINE_NONE UINT32_MAX

enum item_kind {
	ITEM_FN,
	ITEM_STRUCT,
	ITEM_ENUM,
	ITEM_UNION,
	ITEM_TRAIT, /* aliases too */
	ITEM_IMPL,
	ITEM_MOD,
	ITEM_USE,
	ITEM_CONST,
	ITEM_STATIC,
	ITEM_TYPE,
	ITEM_MACRO, /* macro_rules! and `macro` */
	ITEM_EXTERN_CRATE,
	ITEM_EXTERN_BLOCK,
	ITEM_CALL, /* of a macro, where items stand */
	ITEM_KINDS
};

enum item_vis {
	VIS_PRIVATE,
	VIS_PUB,
	VIS_CRATE,     /* pub(crate) */
	VIS_RESTRICTED /* pub(super), pub(self), pub(in …) */
};

enum item_flag {
	ITEM_ASYNC = 1 << 0,
	ITEM_UNSAFE = 1 << 1,
	ITEM_CONST_FN = 1 << 2, /* const fn, const trait */
	ITEM_EXTERN = 1 << 3,	/* extern fn, with or without its ABI */
	ITEM_DEFAULT = 1 << 4,
	ITEM_SAFE = 1 << 5,
	ITEM_GEN = 1 << 6,
	ITEM_AUTO = 1 << 7,	/* auto trait */
	ITEM_MUT = 1 << 8,	/* static mut */
	ITEM_NEGATIVE = 1 << 9, /* impl !Trait for … */
	/* by their attributes */
	ITEM_TEST = 1 << 10,	 /* #[test] and its like, also #[bench] */
	ITEM_CFG_TEST = 1 << 11, /* #[cfg(…)] that holds in tests alone */
	ITEM_IGNORED = 1 << 12,	 /* #[ignore] */
	ITEM_HIDDEN = 1 << 13,	 /* #[doc(hidden)] */
	ITEM_EXPORTED = 1 << 14, /* #[macro_export], #[no_mangle] */
	ITEM_DEPRECATED = 1 << 15,
	/* by where they stand */
	ITEM_IN_TEST = 1 << 16, /* itself, an ancestor or the file is test */
	ITEM_IN_MACRO = 1 << 17,
	ITEM_LOCAL = 1 << 18, /* in a body: of a fn, a const, a static */
	ITEM_CUT = 1 << 19    /* ends without its `;` or `}` */
};

/* lead to last are token indexes; open is OUTLINE_NONE without a body. */
struct item {
	enum item_kind kind;
	enum item_vis vis;
	unsigned flags;
	uint32_t parent; /* index, or OUTLINE_NONE */
	uint32_t lead;	 /* first attribute's `#`, else head */
	uint32_t head;	 /* first of visibility, qualifiers, keyword */
	uint32_t key;	 /* the keyword; a macro call's `!` */
	uint32_t open;	 /* `{` of the body */
	uint32_t last;	 /* `}`, `;` or what else it ends with */
	/* without `r#`. A use's path, a call's path; an impl's: the last
	 * segment of its self type, empty for `[T]`, `(A, B)` and the like */
	struct span name;
	struct span self_type;	/* an impl's, generics included */
	struct span trait_path; /* an impl's, generics included, or empty */
	uint32_t start;		/* byte: first outer doc comment, or lead */
	uint32_t lead_line;	/* line of start */
	uint32_t line, last_line;
};

/* `mod name;`: another file's name. */
struct outline_file_mod {
	uint32_t item;
	struct span path; /* of #[path = "…"], without quotes, or empty */
	bool test;	  /* the file named is compiled for tests alone */
};

/* Borrows lx and tree; the rest lives in the arena. */
struct outline {
	const struct lexer *lx;
	const struct tree *tree;
	struct item *item;
	struct outline_file_mod *file_mod;
	uint32_t count, file_mods;
	bool test; /* `#![cfg(test)]` at the top */
};

void outline_build(struct outline *out, struct arena *a, const struct tree *t);

/* From visibility to before the body's `{`, or to the `;`. */
struct span outline_header(const struct outline *o, uint32_t item);
/* `{` to `}`; empty without a body. */
struct span outline_body(const struct outline *o, uint32_t item);
/* Lines of its outer doc comments, before and between its attributes. */
uint32_t outline_doc_lines(const struct outline *o, uint32_t item);
/* With outer doc comments and attributes. */
struct span outline_whole(const struct outline *o, uint32_t item);

/*
 * The innermost item around this byte, or on this line (doc comments and
 * attributes count); OUTLINE_NONE when there is none. A binary search and a
 * climb. Of items that share a line the last to start is taken.
 */
uint32_t outline_at(const struct outline *o, uint32_t byte);
uint32_t outline_at_line(const struct outline *o, uint32_t line);

/* The impl or trait that an item is one of, OUTLINE_NONE when it is of none;
 * macro calls around it are looked through. */
uint32_t outline_owner(const struct outline *o, uint32_t item);

const char *outline_kind_name(enum item_kind kind);

#endif
