/*
 * reach - can other crates name what a file holds? By the chain of `mod`
 * declarations from the library's root down, and the `pub use` items on the
 * way (The Rust Reference, "Visibility and privacy", "Use declarations").
 *
 * Total. Reads, through the callbacks, one Cargo.toml, the files of the modules
 * around and a prelude; expands no macros, follows no #[path].
 */
#ifndef RUST_REACH_H
#define RUST_REACH_H

#include "base/vec.h"
#include "rust/source.h"

enum rule_reach { REACH_UNKNOWN, REACH_PUBLIC, REACH_PRIVATE };

/* Paths are from the top of the repository, with `/`. */
struct reach_tree {
	void *ctx;
	/* A Rust file, read; NULL when there is none. */
	const struct source *(*source)(void *ctx, struct span path);
	/* Any file's bytes; ptr is NULL when there is none. */
	struct span (*manifest)(void *ctx, struct span path);
};

struct reach {
	/* Of the module that the file is. Private: but for `names`. */
	enum rule_reach module;
	bool library; /* part of a library target, by its place and reach */
	/* The crate is made for others: it names those registries that may
	 * have it, or it has a description, a released version but 0.0.0 and,
	 * of its own, keywords, categories, documentation or publish = true.
	 * publish = false forbids it, and the crates of a repository whose own
	 * package is a program are its parts: nobody else is meant, nor by a
	 * crate whose description or docs say so (rust/internal.h). */
	bool published;
	bool stable; /* published, and its version is 1.0.0 or more */
	/* Of a private module's items, those that a `pub use` shows, below the
	 * module: "Pool", "inner::Pool"; "*" and "inner::*" are all of them. */
	VEC(struct span) names;
};

void reach_find(struct reach *out, struct arena *a,
		const struct reach_tree *tree, struct span path);
/*
 * Can other crates name an item of that path below the file's module, "Pool" or
 * "inner::Pool", supposed that it is pub there? NULL: nothing is known.
 */
enum rule_reach reach_item(const struct reach *r, struct span item);

#endif
