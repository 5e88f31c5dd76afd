/*
 * keep - text that must not be lost: what the model wrote of a reply that
 * came to nothing, a report that could not be written.
 */
#ifndef CLI_KEEP_H
#define CLI_KEEP_H

#include "base/error.h"
#include "base/text.h"

struct arena;

/*
 * Put text into a new file of the state folder ($XDG_STATE_HOME/architect),
 * named by the prompt's id and the time. Returns its path, or NULL when it
 * could not be kept (said on stderr) or text is empty.
 */
const char *keep_text(struct arena *a, struct span text, const char *prompt_id);
/* The same of a report as a renderer made it, which shows nothing invisible but
 * what it wants: byte by byte. */
const char *keep_report(struct arena *a, struct span text,
			const char *prompt_id, const char *suffix);

#endif
