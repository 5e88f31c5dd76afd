/*
 * guard - values that hold something for as long as they live: std and
 * parking_lot lock guards, RefCell borrows, tracing's entered spans; how long
 * each lives, and the `.await`s it is alive at (The Rust Reference,
 * "Destructors": scopes of variables and temporaries).
 *
 * Total, linear. Tokens alone are judged, so a guard is one by evidence only:
 * by the calls around it, by the types that the file names, by what a helper
 * of the file returns, or one of source.givers. Where the editions differ in
 * how long a temporary lives the shorter life is taken. Of guards that are
 * alive at once in one place the first GUARD_NESTED are seen.
 */
#ifndef RUST_GUARD_H
#define RUST_GUARD_H

#include "base/vec.h"
#include "rust/source.h"

#define GUARD_NESTED 16
#define GUARD_NONE UINT32_MAX

enum guard_kind { GUARD_LOCK, GUARD_REFCELL, GUARD_SPAN, GUARD_KINDS };

enum guard_hold {
	GUARD_BOUND,	 /* by a `let`, or renamed by another */
	GUARD_PATTERN,	 /* by `if let`, `while let` or a match arm */
	GUARD_PARAMETER, /* of an async fn */
	GUARD_EXTENDED,	 /* `let x = &*m.lock().unwrap();`: x is a borrow */
	GUARD_TEMPORARY
};

struct guard {
	enum guard_kind kind;
	enum guard_hold hold;
	const char *of;	      /* "std", "parking_lot", "RefCell", "tracing" */
	struct span evidence; /* ".lock().unwrap()", ": MutexGuard" */
	uint32_t call;	      /* `lock`, or the type that is named */
	uint32_t first, last; /* the expression that gives it, or the type */
	uint32_t name;	      /* or GUARD_NONE: a temporary */
	uint32_t body;	      /* as context.body */
	uint32_t from, end;   /* may live from here to before there */
	uint32_t gone;	      /* where it first is dropped or moved away, maybe
			       * on one of several ways; or GUARD_NONE */
	uint32_t used;	      /* where its name stands last, or GUARD_NONE */
	uint32_t await, awaits; /* guards.await.ptr[await .. await + awaits) */
};

struct guards {
	VEC(struct guard) row; /* by call, then by name */
	/* the `await`s, and the names of macros that await by themselves:
	 * select!, join! … */
	VEC(uint32_t) await;
};

/* A fn of a file that has some which return guards. */
struct guard_given {
	struct span name, owner; /* owner: its impl's type, or empty */
	int kind;		 /* of the guard it returns; -1: of none */
	const char *of;
};

/* By name. */
struct guard_givers {
	VEC(struct guard_given) row;
};

/*
 * The fns of n files that return guards: what `source.givers` of each of them
 * may point to, so that a guard is known also where another file's fn takes it.
 */
void guard_givers_find(struct guard_givers *out, struct arena *a,
		       const struct source *const *s, size_t n);

/* kinds: bits 1 << enum guard_kind of what is looked for. Macro definitions
 * are left out. */
void guards_find(struct guards *out, struct arena *a, const struct source *s,
		 unsigned kinds);

/* Does the fn around it wait at this token: the `await` of `.await`, the name
 * of a macro that awaits? */
bool guard_awaits(const struct source *s, uint32_t token);

#endif
