/* A terminal on stdout, for suites that may change their process. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "test.h"

/* stdout becomes a terminal of this size; returns its other side. */
static inline int terminal_open(unsigned short rows, unsigned short columns)
{
	struct winsize size = { .ws_row = rows, .ws_col = columns };
	int master = posix_openpt(O_RDWR | O_NOCTTY), terminal;

	ck_assert_int_ge(master, 0);
	ck_assert_int_eq(grantpt(master), 0);
	ck_assert_int_eq(unlockpt(master), 0);
	terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
	ck_assert_int_ge(terminal, 0);
	ck_assert_int_eq(ioctl(terminal, TIOCSWINSZ, &size), 0);
	dup2(terminal, STDOUT_FILENO);
	return master;
}

#endif
