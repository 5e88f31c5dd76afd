/* guard_parts - what the files of the room `guard` share; not for callers. */
#ifndef RUST_GUARD_PARTS_H
#define RUST_GUARD_PARTS_H

#include "rust/guard.h"
#include "rust/look.h"
#include "rust/names.h"

/* What types a file names: bits. The first six by family and sort of lock. */
enum guard_named {
	NAMED_STD_MUTEX = 1 << 0,
	NAMED_STD_RWLOCK = 1 << 1,
	NAMED_PLAIN_MUTEX = 1 << 2, /* parking_lot: lock() gives the guard */
	NAMED_PLAIN_RWLOCK = 1 << 3,
	NAMED_ASYNC_MUTEX = 1 << 4, /* tokio: lock() gives a future */
	NAMED_ASYNC_RWLOCK = 1 << 5,
	NAMED_REFCELL = 1 << 6,
	NAMED_OTHER_BORROW = 1 << 7, /* Borrow's, BorrowMut's methods */
	NAMED_WATCH = 1 << 8,	     /* whose receivers have borrow() too */
	NAMED_TRACING = 1 << 9,
	NAMED_CONDVAR = 1 << 10
};

/* A fn of the file that returns a guard. */
struct guard_giver {
	struct span name;
	uint32_t type; /* token of the guard's type; GUARD_NONE: a fn that
			* returns something else */
};

/* A field, variable or static of the file that is declared as a lock. */
struct guard_lock {
	struct span name;
	enum lock_family family;
};

struct guard_file {
	const struct source *s;
	struct arena *arena;
	unsigned named, kinds;
	VEC(struct guard_giver) givers; /* by name; empty when none is one */
	VEC(struct guard_lock) locks;	/* by name */
	struct guards *out;
	/* ends of the guards alive around the token looked at */
	uint32_t alive[GUARD_NESTED];
};

void guard_file_read(struct guard_file *f);
/* Fill f->locks. */
void guard_declared_read(struct guard_file *f);
/* The family of the lock that is named before the `.` at token dot, when all
 * that the file declares by that name are of it. */
enum lock_family guard_declared_family(const struct guard_file *f,
				       uint32_t dot);
/* The family of the lock whose guard or type is named at token i. */
enum lock_family guard_family(const struct guard_file *f, uint32_t i);
/* The kind of guard that the type named at token i is, or -1. `of` is set. */
int guard_type(const struct guard_file *f, uint32_t i, const char **of);

/* The kind of guard that a fn of the file returns, or -1. `of` is set. */
int guard_returned(const struct guard_file *f, const struct item *it,
		   const char **of);
/* The same of the fn of another file that is called at token i. */
int guard_given(const struct source *s, uint32_t i, const char **of);

/* An expression that gives a guard. */
struct guard_taken {
	struct guard g; /* kind, of, evidence, call, first, last */
	bool open;	/* still in its Result or Option */
};

/* Is a guard taken by the call, or declared by the type, named at token i? */
bool guard_taken_at(struct guard_taken *out, const struct guard_file *f,
		    uint32_t i);
/* The same of a call of a fn that returns a guard: where its name is that of a
 * lock's own, and nothing unwraps what that would give. */
bool guard_helped_at(struct guard_taken *out, const struct guard_file *f,
		     uint32_t i);
bool guard_declared_at(struct guard *g, const struct guard_file *f, uint32_t i);

/* Where does the guard live: hold, name, body, from, end. False: it is moved
 * on at once, or nothing can be said. */
bool guard_place(struct guard *g, const struct guard_file *f,
		 const struct guard_taken *t);
/* The end of a temporary's life whose expression is the tokens [first, last],
 * both of one level. */
uint32_t guard_temporary_end(const struct source *s, uint32_t first,
			     uint32_t last);

/* Follow the guard through its life: gone, used, await, awaits. A guard that
 * is renamed is added to the rows. */
void guard_live(struct guard_file *f, size_t row);

/* Small questions. */

/* Is the `&` or `|` at i the first of a lazy `&&`, `||` between operands? */
bool guard_lazy(const struct source *s, uint32_t i);
/* May an operand end at token i, so that an operator behind it is binary? */
bool guard_operand(const struct source *s, uint32_t i);
/* Is the `=` at i an assignment's or let's, and no part of `+=`? */
bool guard_plain_eq(const struct source *s, uint32_t i);
/* Is the `{` at i the body of the `if`, `match` … before it at its level, not
 * that of an unsafe or async block, or of a macro? */
bool guard_body_brace(const struct source *s, uint32_t i);
/* Does the `(`, `[` or `{` at i hold a macro's arguments? */
bool guard_macro_group(const struct source *s, uint32_t i);

#endif
