/*
 * fold - lines of code without the white space that formatting chooses.
 *
 * What is left between two characters of words is one blank; else there is
 * none. A comma that white space parts from a closing bracket goes too, and
 * so do the slashes before a line of comment. So the same code folds to the
 * same bytes however its lines are broken. Total, linear.
 */
#ifndef AGENT_FOLD_H
#define AGENT_FOLD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"

/* Between lines that do not follow each other; in no folded line. */
#define FOLD_GAP '\n'

/* Zero-initialise but for the arena. */
struct fold {
	struct arena *arena;
	struct buf text;
	VEC(size_t) lines;  /* where each begins; empty ones share it */
	VEC(size_t) commas; /* where one was left out */
};

/* Another line, without its LF; a CR at its end, also one made visible, is
 * white space. */
void fold_add(struct fold *f, struct span line);
/* What follows does not follow. */
void fold_gap(struct fold *f);
/* All lines of a text, without what says which is which. */
void fold_text(struct buf *out, struct span text);
void fold_release(struct fold *f);

/* Is it a character of a word: letter, digit, underscore, beyond ASCII? */
bool fold_word(char c);
/* The line, from 0, that the byte at this place of f->text is of. */
size_t fold_line(const struct fold *f, size_t at);
/* Was a comma left out before that place? */
bool fold_comma(const struct fold *f, size_t at);

#endif
