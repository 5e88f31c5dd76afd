/*
 * generated - does a text say that a program wrote it?
 *
 * By the words that prost, bindgen, protoc, diesel and others put at the top.
 * Total, linear in what is looked at.
 */
#ifndef BASE_GENERATED_H
#define BASE_GENERATED_H

#include <stdbool.h>

#include "base/text.h"

/* Where a generated file says so: its first bytes. */
#define GENERATED_BYTES 2048

/* Do the first bytes of a comment hold such words? */
bool generated_words(struct span comment);
/* Does a comment in front of everything else, in any language's form? */
bool generated_head(struct span text);

#endif
