/*
 * patch - edits of a file as a unified diff that `git apply` takes.
 *
 * Line ends are written as LF: a patch for a file whose lines end in CRLF is
 * taken by `git -c core.autocrlf=true apply`. Total; linear.
 */
#ifndef AGENT_PATCH_H
#define AGENT_PATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct buf;
struct finding;
struct finding_edit;
struct rule_edit;

#define PATCH_CONTEXT 3u

/*
 * Append the diff that makes the edits (sorted, apart from each other, within
 * the text) to the file at path. False, and nothing is appended: they change
 * nothing.
 */
bool patch_write(struct buf *out, struct span path, struct span text,
		 const struct rule_edit *edit, size_t edits);
/* The same, behind git's own header, of edits of whole lines: sorted, apart
 * from each other, within the text's lines. */
bool patch_write_lines(struct buf *out, struct span path, struct span text,
		       const struct finding_edit *edit, size_t edits);
/*
 * Append to f->fix what edits as above come to, line by line; the texts live in
 * the arena. False, and f->fix is as it was: they change nothing, or the last
 * line, which has no end.
 */
bool patch_lines(struct finding *f, struct arena *a, struct span text,
		 const struct rule_edit *edit, size_t edits);
/* Do most of the text's lines end in CRLF? */
bool patch_crlf(struct span text);

#endif
