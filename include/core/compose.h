/*
 * compose - two changes of one file, one after the other, as one.
 *
 * Of the file only the hunks' lines are known; what lies between stays a gap of
 * so many lines. Total, linear in both.
 */
#ifndef CORE_COMPOSE_H
#define CORE_COMPOSE_H

#include <stdbool.h>

struct arena;
struct file_change;

/*
 * f, then `later`, as f. False: later is of another text than f makes, or the
 * two are of kinds that have no sum; f is then of no use. The result may change
 * nothing: no hunks, and FILE_MODIFIED or, of a file that came and went,
 * FILE_DELETED of no old mode.
 */
bool change_compose(struct file_change *f, struct arena *a,
		    const struct file_change *later);

#endif
