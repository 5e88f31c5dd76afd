/*
 * redact - which paths and values never leave this machine.
 *
 * The shapes are base/mask's; this is the policy: what is sent passes through
 * redact_text(), redact_line() or agent/margin, once, and files that hold
 * credentials are not sent at all.
 */
#ifndef AGENT_REDACT_H
#define AGENT_REDACT_H

#include <stdbool.h>

#include "base/text.h"

struct buf;
struct mask_counts;

/* Is this file's content kept back because of its path? */
bool redact_path(struct span path);
/*
 * Append text with secrets masked (same length, lines kept) and invisible or
 * invalid bytes made visible. What was masked is added to *masked (or NULL).
 */
void redact_text(struct buf *out, struct span text, struct mask_counts *masked);
/* The same for a path or a name within a line: always one line. */
void redact_line(struct buf *out, struct span text, struct mask_counts *masked);

#endif
