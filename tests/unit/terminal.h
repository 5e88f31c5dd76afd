/* A terminal on stdout or stderr, for suites that may change their process. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "test.h"

/* Is one to be had? Not in a root folder without /dev/pts. */
static inline bool terminal_there(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	if (master < 0)
		puts("no terminal is to be had here: what needs one is "
		     "passed over");
	else
		close(master);
	return master >= 0;
}

/* fd becomes a terminal of this size; returns its other side. */
static inline int terminal_open(int fd, unsigned short rows,
				unsigned short columns)
{
	struct winsize size = { .ws_row = rows, .ws_col = columns };
	int master = posix_openpt(O_RDWR | O_NOCTTY), terminal;

	ck_assert_int_ge(master, 0);
	ck_assert_int_eq(grantpt(master), 0);
	ck_assert_int_eq(unlockpt(master), 0);
	terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
	ck_assert_int_ge(terminal, 0);
	ck_assert_int_eq(ioctl(terminal, TIOCSWINSZ, &size), 0);
	dup2(terminal, fd);
	return master;
}

/* All that came to it. */
static inline void terminal_read(struct buf *out, int master)
{
	struct pollfd p = { master, POLLIN, 0 };
	ssize_t n = 1;

	while (n > 0 && poll(&p, 1, 100) > 0) {
		n = read(master, buf_reserve(out, 4096), 4096);
		if (n > 0)
			out->len += (size_t)n;
	}
	buf_add(out, "", 0);
}

#endif
