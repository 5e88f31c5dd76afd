/*
 * names - the crates' names that the Rust layer knows, in tables.
 */
#ifndef RUST_NAMES_H
#define RUST_NAMES_H

#include <stdbool.h>

#include "base/text.h"

/* Is this the last segment of a test's attribute: test, rstest, bench …? */
bool names_test(struct span attribute);
/*
 * Does a function of this name run the closure it is given where blocking is
 * allowed: spawn_blocking, block_in_place, or spawn when it is a thread's?
 * qualifier is the path segment before it, or empty.
 */
bool names_blocking(struct span qualifier, struct span name);
/* Is this a macro that makes tokens of its arguments, as quote! does? What
 * stands in there is code of elsewhere. */
bool names_quotes(struct span macro);

/*
 * A call that keeps its thread until it is done. Words stand apart by blanks.
 */
struct names_block {
	const char *path;    /* where its function is: "std::fs"; NULL: any */
	const char *words;   /* functions there */
	const char *methods; /* blocking are these, called on what the function
			      * gives; NULL: the function itself */
	const char *tokio;   /* where tokio has an async one of that name,
			      * arguments and result; or NULL */
	bool panics;	     /* in async code, tokio's own do */
};
/* The row of a function's path, "std::fs::read", or of a method called on what
 * a function of that path gives; method or path may be empty. NULL: none. */
const struct names_block *names_block(struct span path, struct span method);
/* Might a function or method of this name be in a row? */
bool names_may_block(struct span name);
/* Does a method of this name call the closure it is given there and then: map,
 * unwrap_or_else, for_each …? */
bool names_calls(struct span method);

/* A call that takes something on trust. */
struct names_trust {
	const char *owner; /* path segments in front, apart by blanks; NULL: any
			    * or none */
	const char *names; /* of functions and methods */
	const char *needs; /* what must hold, as a clause */
	bool safe;	   /* callable without unsafe */
	bool given;	   /* only with arguments */
};
/* The row of a function or method, or NULL. owner may be empty; given: the call
 * has arguments. */
const struct names_trust *names_trust(struct span owner, struct span name,
				      bool given);

/* Does a call of this path make a channel without a limit? */
bool names_unbounded(struct span path);
/* Is it the last segment of such a path? */
bool names_channel(struct span name);
/* Does a call of this path start a task, and give its handle: tokio::spawn? */
bool names_spawn(struct span path);

/* What an Axum handler's argument of this type takes of the request. */
enum names_extractor {
	EXTRACTOR_NONE,	     /* not known */
	EXTRACTOR_WRAP,	     /* what its first generic argument takes */
	EXTRACTOR_PARTS,     /* its head; http's types, of use elsewhere too */
	EXTRACTOR_AXUM,	     /* its head, or what axum itself keeps: State */
	EXTRACTOR_BODY,	     /* the body, from here on */
	EXTRACTOR_LIKE_BODY, /* by the custom of its name: AppJson<T> */
	EXTRACTOR_PLAIN_BODY /* a type of use elsewhere too: String */
};
enum names_extractor names_extractor(struct span type);
/* Is a function or method of this name given Axum's handlers: post, fallback,
 * routes, from_fn …? */
bool names_axum_route(struct span name);

/* Is it in scope everywhere: of std's prelude, a primitive type, a macro of
 * std's? */
bool names_prelude(struct span name);
/* Have so many types a function of this name (new, get, poll …) that alone it
 * says nothing? */
bool names_common(struct span name);
/* Is it a trait whose implementations have nothing in common but what std
 * says of it: Debug, From, Drop …? */
bool names_plain_trait(struct span name);
/* Does a path lie in std, core or alloc? */
bool names_std(struct span path);
/* Is it a type that stands for the one in it: Arc, Box, Option … ? */
bool names_wrapper(struct span name);
/* Does sqlx have a function of this name that takes SQL: query, raw_sql …; or
 * its Executor a method: execute, fetch_all …? */
bool names_sqlx_function(struct span name);
bool names_sqlx_method(struct span name);
/* Is it the word for a part of a schema: table, column, index …? */
bool names_schema_part(struct span word);
/* Does a method of this name begin a transaction; end one, by value; does one
 * of this name, by the verb it starts with, write: insert_user, save? */
bool names_begin(struct span method);
bool names_finish(struct span method);
bool names_write(struct span function);
/* Does a method of this name give an error to a closure: map_err …? */
bool names_maps_error(struct span method);
/* Does a word of a function's name say that what fails there is the program's
 * own: join, send, serialize? */
bool names_own_fault(struct span word);
/* Does an Arrow array have a method of this name that gives it its type:
 * downcast_ref, as_primitive, as_string …? */
bool names_arrow_cast(struct span method);
/* … one that takes a row's index: value, is_null …? */
bool names_arrow_row(struct span method);
/* DataFusion: does a method of this name give a DataFrame (sql, read_parquet),
 * is a variable of this name likely one (df), does a method of this name make
 * the result small (limit, aggregate)? */
bool names_data_frame(struct span method);
bool names_frame_variable(struct span name);
bool names_small_result(struct span method);
/* Does a Result's or Future's method of this name hand the value on as it is:
 * map_err, context, unwrap? */
bool names_hands_on(struct span method);
/* Does a value of this type print as digits, letters and signs that cannot
 * leave quotes: numbers, bool, Uuid, dates? Does a method of this name give
 * one: len, as_secs? */
bool names_plain_type(struct span type);
bool names_plain_method(struct span name);
/* Is this, by its name, a macro or function that asserts something in a test:
 * assert_eq, assert_debug_snapshot, expect_that? */
bool names_assertion(struct span name);
/* Is this a trait that other crates know and so may need: std's, serde's …?
 * The last segment. */
bool names_public_trait(struct span trait);

/* Is it a type that guards what threads or tasks share: Mutex, DashMap …? */
bool names_lock(struct span type);
/* What kind of channel a function of a module makes: "bounded", "unbounded",
 * "one value" …; NULL: none. The module is a path: "tokio::sync::mpsc". */
const char *names_channel_kind(struct span module, struct span name);
/* Does a function of this name start a task or a thread? */
bool names_task(struct span name);

enum lock_family {
	LOCK_UNKNOWN,
	LOCK_POISONING, /* lock() gives a Result of the guard */
	LOCK_PLAIN,	/* lock() gives the guard */
	LOCK_ASYNC	/* lock() gives a future */
};

/* Whose lock is the type, function or module at this resolved path? */
enum lock_family names_lock_family(struct span path);
/* Does a macro of this name await its arguments where it stands: select …? */
bool names_awaiting(struct span macro);
/* Are the macro's arguments the body of a future or stream: stream …? */
bool names_async_body(struct span macro);
/* Does the macro take its arguments by reference: println, info, assert …? */
bool names_borrowing(struct span macro);

/* What a call of this name depends on. qualifier is the path segment before
 * it, or empty. */
enum names_input {
	INPUT_NONE,
	INPUT_VALUE,  /* what it is given: parse, from_str */
	INPUT_OUTSIDE /* the world, whatever it is given: recv, env::var */
};
enum names_input names_input(struct span qualifier, struct span name);
/* Does a method of this name hand a result on: ok, map_err, context …? */
bool names_passes_on(struct span method);
/* Does this part of a value keep it what its author wrote: as_str, env …? */
bool names_fixed(struct span name);
/* Do the words of an expect's message say why it cannot fail? */
bool names_claim(struct span message);
/* Is a method of this name, with so many arguments, documented not to be cancel
 * safe: dropped half-way it has taken or written bytes that nobody knows of? */
bool names_cancel_unsafe(struct span method, uint32_t arguments);

/* What a call says of how code shares time and memory. */
enum names_effect {
	EFFECT_NONE,
	EFFECT_SPAWN,	 /* a task or a thread is begun, or waited for */
	EFFECT_JOIN,	 /* several futures at once: select!, join! … */
	EFFECT_CHANNEL,	 /* one is made */
	EFFECT_LOCK_NEW, /* a lock, semaphore or their like is made */
	EFFECT_LOCK,	 /* it is taken, or woken by */
	EFFECT_ATOMIC,	 /* read-modify-write, a fence */
	EFFECT_ORDERING, /* a memory ordering is named */
	EFFECT_TIMER,
	EFFECT_ALLOC, /* memory is asked for */
	EFFECT_COPY,  /* clone and its like */
	EFFECT_COLLECT,
	EFFECT_KINDS
};
enum names_call {
	CALL_PATH = 1,	 /* `a::name(`, or without a path in front */
	CALL_METHOD = 2, /* `.name(…)` */
	CALL_EMPTY = 4,	 /* `.name()` */
	CALL_MACRO = 8,	 /* `name!` */
	CALL_WORD = 16	 /* no call: a constant */
};
/* qualifier: the path segment in front, or empty. call: one of the bits. */
enum names_effect names_effect(struct span qualifier, struct span name,
			       unsigned call);

#endif
