/*
 * stated - what a change says of itself in people's words: its commits'
 * messages, an intent, what it adds to a change log. Rules whose remedy is to
 * say something ask here whether it is said.
 *
 * Total; linear but for sorting. Of a text longer than STATED_MAX bytes the
 * first are read.
 */
#ifndef RUST_STATED_H
#define RUST_STATED_H

#include <stdbool.h>

#include "base/hashes.h"
#include "base/text.h"

#define STATED_MAX ((size_t)64 << 10)

struct stated {
	/* Hashes, sorted: of the words up to the first empty line, and of those
	 * below it, in small letters; of all that read as code, by a `_`, a
	 * capital, or what stands around them. */
	struct hashes head, body, code;
	bool breaking; /* it says so: "breaking", "feat!:" */
	bool reverts;  /* it takes back an earlier one: "Revert …" */
};

void stated_read(struct stated *out, struct arena *a, struct span text);
/* Is one of these words in its head? In small letters, NULL at the end. */
bool stated_says(const struct stated *st, const char *const *words);
/* The same of all of it, the body too. */
bool stated_mentions(const struct stated *st, const char *const *words);
/* Does it name this item: as code, byte for byte? */
bool stated_names(const struct stated *st, struct span name);

#endif
