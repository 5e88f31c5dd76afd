/*
 * style - how a report may be shaped for where it goes.
 */
#ifndef CLI_STYLE_H
#define CLI_STYLE_H

#include <stdbool.h>

#include "render/render.h"

struct settings;

/*
 * For stdout (screen), or for a file. Colours as --color says; where that is
 * auto, none for a file, and on the screen NO_COLOR and CLICOLOR=0 forbid them,
 * CLICOLOR_FORCE wants them, and else a terminal has them that is not "dumb".
 * Hyperlinks as --hyperlinks says; where that is auto, with colours, on a
 * terminal of this machine that is known to open them at a line, and with no
 * pager but less. Lines are as wide as the terminal, or 80 columns.
 * Root is the work tree's (NULL: none) and borrowed.
 */
void style_init(struct render_style *out, const struct settings *s, bool screen,
		const char *root);

#endif
