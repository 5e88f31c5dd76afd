/* apidiff_parts - what the files of the room `apidiff` share. */
#ifndef RUST_APIDIFF_PARTS_H
#define RUST_APIDIFF_PARTS_H

#include "base/buf.h"
#include "base/hashes.h"
#include "rust/apidiff.h"
#include "rust/look.h"

/* The tokens [from, to), byte for byte, as one number. */
uint64_t hash_tokens(const struct source *s, uint32_t from, uint32_t to);

/* One item of one side. */
struct api_entry {
	uint64_t key;	 /* kind of name and name: what makes it the same */
	uint64_t scope;	 /* file and modules */
	uint64_t tokens; /* of all that is compared */
	uint64_t rest;	 /* the same without the name */
	uint64_t owner;	 /* key of the type or trait it is part of, or 0 */
	struct span name;
	enum item_kind kind;
	uint32_t file, item, token;
	uint32_t size; /* tokens behind the name */
	bool now;      /* of the new side */
	bool open;     /* other crates can name it */
	bool test;
	bool top;	 /* a name of its module: no member, no impl */
	uint32_t mate;	 /* entry of the other side, or OUTLINE_NONE */
	bool other_name; /* the mate is called otherwise */
};

struct api_entries {
	VEC(struct api_entry) rows;
};

/* Add a side's items of a file. */
void api_collect(struct api_entries *out, struct arena *a,
		 const struct rule_file *file, uint32_t index, bool now);

/* `type Name = …;` without parameters, of a module: what it stands for, in
 * tokens of s. */
struct api_alias {
	uint64_t name; /* its hash */
	const struct source *s;
	uint32_t from, to; /* equal: more than one has the name */
};

struct api_aliases {
	VEC(struct api_alias) rows; /* by name */
};

/* Those of one side of a change. */
void api_aliases_read(struct api_aliases *out, struct arena *a,
		      const struct rule_file *file, size_t files, bool now);
/* The one of that name, or NULL; of no aliases, NULL. */
const struct api_alias *api_alias_find(const struct api_aliases *aliases,
				       uint64_t name);

/* One side of a comparison. */
struct api_side {
	const struct source *s;
	uint32_t item;
	uint32_t names[16]; /* tokens of generic parameters, by position */
	uint32_t count;
	struct span self;		   /* the name that `Self` stands for */
	const struct api_aliases *aliases; /* to follow; NULL: none */
	struct arena *arena;
};

/* Set names and self of a side whose s, item and arena are set. */
void api_side_read(struct api_side *side);
/* The type in tokens [from, to), without what makes no difference. */
uint64_t api_type(const struct api_side *side, uint32_t from, uint32_t to);
/*
 * The next piece of a list split by `sep` at its top level, [*from, end); the
 * piece without attributes in *piece_from; behind it in *piece_to. False at the
 * end. *from moves on.
 */
bool api_piece(const struct source *s, uint32_t *from, uint32_t end,
	       enum token_kind sep, uint32_t *piece_from, uint32_t *piece_to);
/* The first token of a kind in [from, to) outside of groups and generics, else
 * to. */
uint32_t api_find(const struct source *s, uint32_t from, uint32_t to,
		  enum token_kind kind);
/* Behind a visibility at i; *open: is it plain `pub`? */
uint32_t api_visibility(const struct source *s, uint32_t i, bool *open);

/* Words of a comparison: appended to a row. */
struct api_words {
	struct api_row *row;
	struct buf text;
	uint32_t was_at, now_at; /* tokens of what is compared, LOOK_NONE */
};

/* A difference: its part, whether it breaks, and words. It is where w says. */
void api_differ(struct api_words *w, enum api_part part,
		enum api_break breaking, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* Compare what a struct, union or enum holds. */
void api_compare_fields(struct api_words *w, const struct api_side *was,
			const struct api_side *now);
/* The aliases of both sides. */
struct api_known {
	struct api_aliases was, now;
};

/* Fill in parts, breaking and what of a row that has both sides. Aliases are
 * followed to find sides the same, never to find them different. */
void api_compare(struct api_row *row, struct arena *a,
		 const struct rule_file *file, const struct api_known *known);

/* Has an item an attribute of that name: non_exhaustive? */
bool api_attribute(const struct source *s, uint32_t item, const char *name);
/* Find mates for tests without one, by what their bodies have in common. */
void api_match_tests(struct api_entries *e, struct arena *a,
		     const struct rule_file *file);

#endif
