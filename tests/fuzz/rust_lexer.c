/*
 * Tokens, comments and white space make up the input, on the lines they say;
 * brackets pair and nest.
 */
#include <assert.h>

#include "rust_invariants.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena a = { 0 };
	struct lexer lx;
	struct tree t;

	lexer_run(&lx, &a, (struct span){ (const char *)data, size });
	assert(!lexer_broken(&lx));
	tree_build(&t, &a, &lx);
	tree_statements(&t, &a);
	assert(!tree_broken(&t));
	arena_release(&a);
	return 0;
}
