/* mask_rows - the kinds of secret that base/mask looks for; not for callers. */
#ifndef BASE_MASK_ROWS_H
#define BASE_MASK_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define HINTS_MAX 8

enum row_flag {
	ROW_WORD = 1, /* begins where no letter, digit, - or _ stands before */
	ROW_NOCASE = 2,
	ROW_BLOCK = 4, /* up to its END line, or to the end */
	ROW_AROUND = 8 /* gives way to a row that knows its secret better */
};

/* A shape: where one of the hints stands, the pattern matches, or find() finds
 * (one of the two is there); real() then says that it is no placeholder. */
struct mask_row {
	const char *kind;
	const char *hints[HINTS_MAX];
	unsigned flags;
	bool (*real)(struct span s);
	/* Group 1 is the secret when there is one, otherwise the match. */
	const char *pattern;
	bool (*find)(struct span s, size_t hint, struct span *secret);
};

extern const struct mask_row mask_rows[];
extern const size_t mask_rows_len;

#endif
