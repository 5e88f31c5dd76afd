/*
 * internal - does a crate say of itself that it is not made for others, though
 * it stands in a registry? "Internal dependency of …", "this crate is not
 * intended for general use".
 *
 * Total, linear. Of a text INTERNAL_MAX bytes are read.
 */
#ifndef RUST_INTERNAL_H
#define RUST_INTERNAL_H

#include "base/text.h"

#define INTERNAL_MAX ((size_t)4 << 10)

/* A text, such as a manifest's description. */
bool internal_text(struct span text);
/* The `//!` lines that a lib.rs begins with. */
bool internal_docs(struct span source);

#endif
