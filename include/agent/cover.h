/*
 * cover - how much of each changed file is shown, and why not all of it.
 *
 * Decided by the path, by what the base says of it and by what the user
 * excludes or includes; never by what the side under review says alone.
 */
#ifndef AGENT_COVER_H
#define AGENT_COVER_H

#include <stdbool.h>

#include "core/change.h"
#include "core/report.h"

struct arena;
struct settings;
struct task_input;

/*
 * Fill the ledger's row of a changed file. existing: code as it stands, whose
 * own marks are all there is. --include wins over --exclude and over what a
 * file is, but not over what can never be shown.
 */
void cover_file(struct cover *c, const struct file_change *f,
		const struct settings *s, bool existing);
/*
 * Say of each Rust file that is shown as a summary which items the change adds,
 * changes and removes. Files of whose text nothing is known stay as they are.
 */
void cover_summaries(struct task_input *in, struct arena *a);

/* Without a model a Rust file that is unread was looked at by nobody: it is
 * skipped, and does not count. */
void cover_unread(struct task_input *in);

/* Is it a list of versions that a tool writes? */
bool cover_lock(struct span path);
/* A folder of other people's code in the tree: vendor/, third_party/ … that
 * no src/ is around. */
bool cover_vendored(struct span path);

#endif
