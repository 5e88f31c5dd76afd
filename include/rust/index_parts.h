/* index_parts - what the files of the index share; not for callers. */
#ifndef RUST_INDEX_PARTS_H
#define RUST_INDEX_PARTS_H

#include "rust/index.h"

/* What is wanted of one word. */
struct index_name {
	unsigned want;
	bool any_owner;
	VEC(struct span) owners; /* of a name that many types have */
	struct definition *first, *last;
	uint32_t kept, known;
	size_t seen; /* number of the last file that has the word */
	struct index_count *counts;
};

/* One file while it is added. */
struct index_file {
	struct index *ix;
	struct arena *scratch;
	struct span path, text;
	struct skim_hits hits;
	const struct source *source; /* tokens, brackets and items alone */
	enum source_role role;
	VEC(struct index_count *) counted; /* used in this file */
	/* copies in the index's arena, made when first needed */
	struct span kept_path, crate, module;
};

struct index_name *index_name(const struct index *ix, struct span word);
struct span index_crate_of(const struct index *ix, struct span path);
bool index_in_test(const struct index_file *f, uint32_t item);
/* The file's path in the index's arena. */
struct span index_keep_path(struct index_file *f);

/* Might a definition begin before the word at this byte, or an impl? */
bool index_defines(struct span text, struct skim_hit hit);
/* Take in what the file defines; count what it uses. */
void index_define(struct index_file *f);
void index_tally(struct index_file *f);
void index_tally_words(struct index_file *f);

#endif
