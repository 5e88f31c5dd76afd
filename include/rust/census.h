/*
 * census - what a file of Rust uses that new code beside it must fit: locks,
 * channels, tasks and the runtime, error types, crate attributes, tests.
 *
 * By the tokens and the file's imports; nothing in macro definitions. Total,
 * linear. Needs a source's tokens, brackets, items and imports, not its
 * contexts.
 */
#ifndef RUST_CENSUS_H
#define RUST_CENSUS_H

#include "base/vec.h"
#include "rust/source.h"

enum census_kind {
	CENSUS_ATTRIBUTE, /* of the file: `#![forbid(unsafe_code)]` */
	CENSUS_RUNTIME,	  /* `#[tokio::main]`, a runtime that is built */
	CENSUS_LOCK,	  /* a type as it is written: "tokio::sync::Mutex" */
	CENSUS_CHANNEL,	  /* made there; detail: bounded or not, the bound */
	CENSUS_TASK,	  /* spawned there: "tokio::spawn" */
	CENSUS_ERROR,	  /* an error type; detail: how it becomes one */
	CENSUS_RESULT,	  /* an alias: `type Result<T> = …` */
	CENSUS_ERASED,	  /* anyhow, eyre, Box<dyn Error>: once a file */
	CENSUS_TEST,	  /* a test function */
	CENSUS_KINDS
};

struct census_row {
	enum census_kind kind;
	struct span name;   /* what rows are counted by */
	struct span detail; /* or empty */
	uint32_t token;
	bool test; /* in test code */
};

/* Zero-initialise. Spans borrow from the source, the arena, or are const. */
struct census {
	VEC(struct census_row) rows; /* by kind of walk, then by place */
};

void census_take(struct census *out, struct arena *a, const struct source *s);

#endif
