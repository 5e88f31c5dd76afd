/*
 * Whatever a report is made of, each form of it is well-formed, leads nowhere
 * out of the tree, gives a CI system no command and a terminal nothing to act
 * on.
 */
#include "format_invariants.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena a = { 0 };
	struct report r;
	const char *broken, *form;

	report_of(&r, &a, (struct span){ (const char *)data, size });
	broken = forms_invariant(&r, &a, &form);
	if (broken) {
		fprintf(stderr, "%s: not so: %s\n", form, broken);
		abort();
	}
	arena_release(&a);
	return 0;
}
