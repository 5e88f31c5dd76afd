/*
 * skim - where words of a set stand in a text: one pass over its bytes, no
 * lexing, so that most files of a large tree need not be read any further.
 *
 * Total, linear: any bytes. A word is a run of ASCII letters, digits, `_` and
 * bytes from 0x80 on, as in Rust's identifiers; words in comments and strings
 * count like any other.
 */
#ifndef RUST_SKIM_H
#define RUST_SKIM_H

#include "base/text.h"
#include "base/vec.h"

#define SKIM_WORDS_MAX 8192u
#define SKIM_NONE UINT32_MAX

bool skim_word_byte(unsigned char c);

/* Zero-initialise; everything lives in one arena. */
struct skim {
	VEC(struct span) words; /* by number, from 0 */
	uint32_t *slot;		/* number + 1, or 0 */
	size_t slots;
	uint64_t *filter; /* which hashes occur: most words stop here */
};

/*
 * Put a word into the set and give its number; the same one when it is there
 * already. SKIM_NONE: it is no word, or the set is full. Borrows the word.
 */
uint32_t skim_add(struct skim *s, struct arena *a, struct span word);
/* The number of a word, or SKIM_NONE. */
uint32_t skim_find(const struct skim *s, struct span word);

/* Where in the text a word of the set stands. */
struct skim_hit {
	uint32_t word;
	uint32_t at; /* byte */
};

struct skim_hits {
	VEC(struct skim_hit) rows; /* by place */
};

/* Append every hit. Of a text over 4 GiB the first ones are read. */
void skim_run(const struct skim *s, struct arena *a, struct span text,
	      struct skim_hits *out);

#endif
