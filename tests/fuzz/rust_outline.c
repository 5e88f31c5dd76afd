/*
 * Items are sorted and nest, parents precede their children, each is found
 * again at its place; contexts begin before what stands in them.
 */
#include <assert.h>

#include "rust_invariants.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct reading r = { 0 };

	reading_run(&r, (struct span){ (const char *)data, size });
	assert(!outline_broken(&r.outline));
	assert(!context_broken(&r.context));
	arena_release(&r.arena);
	return 0;
}
