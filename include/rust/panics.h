/*
 * panics - calls and macros that end the thread when something is not as
 * expected. Total; each question is linear in the call's own tokens and the
 * depth it stands in.
 */
#ifndef RUST_PANICS_H
#define RUST_PANICS_H

#include "rust/source.h"

enum panic_kind {
	PANIC_NONE,
	PANIC_UNWRAP, /* .unwrap(), .unwrap_err() */
	PANIC_EXPECT, /* .expect("…"), .expect_err("…") */
	PANIC_PANIC,  /* panic! */
	PANIC_UNREACHABLE,
	PANIC_UNDONE, /* todo!, unimplemented! */
	PANIC_ASSERT, /* assert!, assert_eq!, assert_ne! */
	PANIC_KINDS
};

/*
 * What panics at token i: the method's or macro's name. A call counts by its
 * shape, as no types are known: `unwrap` without arguments, `expect` with one
 * that reads as a message, so that a parser's `expect(Token::Comma)` is none.
 * PANIC_NONE too where nothing runs: in macro definitions, in the code that a
 * macro quotes, in the value of a const, which the compiler works out.
 */
enum panic_kind panic_at(const struct source *s, uint32_t i);
/* "unwrap", "panic!" …; "" for PANIC_NONE. */
const char *panic_name(enum panic_kind kind);

#endif
