/*
 * highlight - Rust told apart by the program's own lexer, for whoever colours
 * it: render may not see rust/.
 */
#ifndef CLI_HIGHLIGHT_H
#define CLI_HIGHLIGHT_H

#include "render/render.h"

/* A highlight_fn. */
void highlight_rust(struct span code, code_fn each, void *ctx);

#endif
