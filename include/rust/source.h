/*
 * source - one Rust file, read through every layer: tokens, brackets,
 * statements, items, contexts, imports.
 *
 * Total: any bytes. Costs about 40 bytes of arena for each token, so keep only
 * what a review shows and read the rest into an arena that is reset.
 */
#ifndef RUST_SOURCE_H
#define RUST_SOURCE_H

#include "rust/context.h"
#include "rust/import.h"

struct guard_givers;

/* What Cargo builds of a file, by its path's names (The Cargo Book, "Package
 * Layout", and custom). */
enum source_role {
	ROLE_LIBRARY, /* below src/, or anywhere else */
	ROLE_BINARY,  /* main.rs, src/bin/ */
	ROLE_TEST,    /* tests/, also foo_test.rs, foo-testing/ */
	ROLE_BENCH,   /* benches/, also benchmarks/ */
	ROLE_EXAMPLE, /* examples/ */
	ROLE_BUILD    /* build.rs, not below src/ */
};

/* Borrows path and text; the rest lives in the arena. */
struct source {
	struct span path;
	enum source_role role;
	bool generated; /* says so in its first lines, or its name does */
	struct lexer lx;
	struct tree tree;
	struct outline outline;
	struct context context;
	struct imports imports;
	/* What the files read along with this one have; NULL: not asked for. */
	const struct guard_givers *givers;
};

void source_read(struct source *out, struct arena *a, struct span path,
		 struct span text);
/* The same without statements and contexts, in little more than half the
 * time. */
void source_skim(struct source *out, struct arena *a, struct span path,
		 struct span text);
/* By the path alone. */
enum source_role source_role(struct span path);
/* Was all of it read: within the lexer's bounds, and does it balance? */
bool source_understood(const struct source *s);
/* Is this token test code: in a test item, a test's or bench's file? */
bool source_test(const struct source *s, uint32_t token);
/* The innermost item of a kind around a token, or OUTLINE_NONE. */
uint32_t source_item(const struct source *s, uint32_t token,
		     enum item_kind kind);
/* The bytes of a line on which a token begins, without its end and the white
 * space around it; of a long one a part around its first token. */
struct span source_line(const struct source *s, uint32_t line);

#endif
