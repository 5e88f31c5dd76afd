/*
 * support - code that no user of a program reaches: it serves tests and
 * examples, or stands in for something. Told by the names around it and by what
 * their documentation says, where no attribute and no folder does.
 *
 * Total; a question takes bounded time: SUPPORT_DEPTH items around the token,
 * of each the last SUPPORT_BYTES in front of it, and of an impl a look at
 * SUPPORT_ITEMS items before for its type.
 */
#ifndef RUST_SUPPORT_H
#define RUST_SUPPORT_H

#include "rust/source.h"

#define SUPPORT_DEPTH 16
#define SUPPORT_BYTES 4096
#define SUPPORT_ITEMS 256

/*
 * Is token i in a type's, an impl's or a module's code that is called a mock,
 * stub, test's or example's, in a function that makes one, or in anything
 * documented to be a placeholder or meant for tests?
 */
bool support_code(const struct source *s, uint32_t i);
/* Does the function around token i say under "# Panics" when it does? */
bool support_panics(const struct source *s, uint32_t i);

#endif
