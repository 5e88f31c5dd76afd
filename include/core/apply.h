/*
 * apply - make a file's new side from its old one and the hunks: exactly, with
 * no fuzz and no offset.
 */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include <stdbool.h>

#include "base/text.h"

struct buf;
struct file_change;

/* Append the new side. False when a line of the hunks is not the old side's, at
 * its number; what was appended is then of no use. Total, linear. */
bool hunks_apply(struct buf *out, const struct file_change *f, struct span old);

/* Append the lines of one sign, '+' or '-': the whole of a new or of a deleted
 * file. */
void hunks_side(struct buf *out, const struct file_change *f, char sign);

#endif
