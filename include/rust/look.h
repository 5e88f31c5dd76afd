/*
 * look - questions about the tokens of a source that rules ask again and
 * again. Total; token arguments may be anything up to lx.count.
 */
#ifndef RUST_LOOK_H
#define RUST_LOOK_H

#include "rust/source.h"

#define LOOK_NONE UINT32_MAX

static inline enum token_kind look_kind(const struct source *s, uint32_t i)
{
	return i < s->lx.count ? (enum token_kind)s->lx.tok[i].kind : TOKEN_END;
}

static inline uint32_t look_line(const struct source *s, uint32_t i)
{
	return s->lx.tok[i < s->lx.count ? i : s->lx.count].line;
}

/* Is token i this word or punctuation, byte for byte? */
bool look_is(const struct source *s, uint32_t i, const char *text);
/* Does any name in the file read this word? Asks every token. */
bool look_names(const struct source *s, const char *word);
/*
 * Do the tokens from i on match a pattern? Its words stand apart by blanks:
 * a token's bytes; `$` any name; `$*` any word, keywords too; `#` any literal;
 * `()`, `[]`, `{}` a whole group that is closed; `<>` generic arguments, or
 * nothing. Gives the token behind the match, LOOK_NONE otherwise.
 */
uint32_t look_match(const struct source *s, uint32_t i, const char *pattern);
/* Behind the `>` that closes the `<` at i; i itself when it is none or never
 * closes in its group. Knows `->` and shifts. */
uint32_t look_generics(const struct source *s, uint32_t i);
/* The `<` that the `>` at i closes, or LOOK_NONE. */
uint32_t look_generics_start(const struct source *s, uint32_t i);

/*
 * Is the name at i called as a method: `.name(` or `.name::<T>(`? Gives its
 * `(`, or LOOK_NONE.
 */
uint32_t look_method(const struct source *s, uint32_t i);
/*
 * The path that ends in the name at i: its first token ("std" of
 * `std::fs::read`), i itself when nothing is in front.
 */
uint32_t look_path_start(const struct source *s, uint32_t i);
/*
 * The path that ends in the name at i, as the file's imports resolve its first
 * segment: `read(…)` after `use std::fs::read;` and `fs::read(…)` after
 * `use std::fs;` are both "std::fs::read". Without generics. A leading `::` is
 * dropped. Lives in the arena when it had to be put together.
 */
struct span look_path(const struct source *s, struct arena *a, uint32_t i);
/*
 * Where the postfix expression that ends before the `.` or `?` at dot begins:
 * `a.b(c)?[d].e()` is taken back to `a`.
 */
uint32_t look_receiver(const struct source *s, uint32_t dot);
/* How many arguments does the closed group at `(` hold, split by its top
 * commas? */
uint32_t look_arguments(const struct source *s, uint32_t open);
/*
 * The `#` of the attribute that allows or expects a lint at token i: an
 * attribute of the statement or item it is part of, of one around, or of the
 * file; LOOK_NONE. lint: "dead_code", "clippy::await_holding_lock"; at is its
 * last token, a few hundred behind the `#` at most.
 */
uint32_t look_allowed(const struct source *s, uint32_t i, const char *lint,
		      uint32_t *at);

/*
 * Is it the code of a program that a person starts, or that only tests and
 * builds use, by its role and the words in its path? There a message on stderr
 * is an answer.
 */
bool look_program(const struct source *s);

#endif
