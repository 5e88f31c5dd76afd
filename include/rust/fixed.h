/*
 * fixed - values that are the same whenever the program runs, or vary in digits
 * alone: what reads them cannot be surprised.
 *
 * By words, as no types are known: literals, constants, what turns one into
 * another form, `format!` of numbers. Total; linear in the tokens given, and in
 * those of a local variable's function near it.
 */
#ifndef RUST_FIXED_H
#define RUST_FIXED_H

#include "rust/source.h"

/* Is every word of tokens [from, to) the author's, or a number? */
bool fixed_tokens(const struct source *s, uint32_t from, uint32_t to);
/* Is what stands before the `.` at dot a literal, a constant, a macro that
 * makes one, a local variable set to one, or an `if` between literals? */
bool fixed_before(const struct source *s, uint32_t dot);
/* Is it a local variable around a new Vec, to which a write cannot fail? */
bool fixed_memory(const struct source *s, uint32_t dot);

#endif
