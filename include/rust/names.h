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

#endif
