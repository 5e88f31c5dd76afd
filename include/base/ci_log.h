/*
 * ci_log - text in the log of a CI system that takes lines of it for commands:
 * GitHub's runner those that begin, white space aside, with `::`, and `##[`
 * wherever it stands; Azure's `##vso[`.
 */
#ifndef BASE_CI_LOG_H
#define BASE_CI_LOG_H

#include "base/text.h"

struct buf;

/* Append Markdown (visible, see base/text) so that none of its lines is a
 * command: a backslash stands before what would begin one, and Markdown shows
 * it as it was. */
void ci_log_text(struct buf *out, struct span text);
/* Append JSON, in none of whose strings `##[` then stands: it is written with
 * an escape, and means the same. */
void ci_log_json(struct buf *out, struct span json);
/* Append words (visible) as the data of a command, or (property) as the value
 * of one of its properties. */
void ci_log_words(struct buf *out, struct span words, bool property);

#endif
