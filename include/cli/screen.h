/*
 * screen - text for people, fitted to the terminal it is shown in.
 */
#ifndef CLI_SCREEN_H
#define CLI_SCREEN_H

#include <stddef.h>

#include "base/text.h"

struct buf;

/* Columns of the terminal behind fd, as $COLUMNS says or else the terminal
 * itself; 0: it is none that tells. */
unsigned screen_columns(int fd);
/* Columns that help and tables on stdout keep to: the terminal's, at least 40
 * and at most 100; 80 where there is none. */
unsigned screen_width(void);
/*
 * Append the words of text, parted by single blanks, in lines of at most width
 * columns. The first line goes on at column `at`, the others begin with indent
 * blanks; a longer word stands alone. Without a newline at the end.
 */
void screen_wrap(struct buf *out, struct span text, size_t width, size_t at,
		 size_t indent);

#endif
