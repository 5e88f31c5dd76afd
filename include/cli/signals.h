/*
 * signals - SIGINT, SIGTERM and SIGHUP as a readable file descriptor.
 *
 * Outside signals_open() … signals_close() they end the program at once, with
 * nothing to restore. A second one during the clean-up does that too. A system
 * call that waits is interrupted (EINTR).
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include "base/error.h"

/* Start catching; *fd becomes readable when one came. ERR_INTERNAL. */
int signals_open(int *fd, struct error *err);
/* From now on they end the program at once again. */
void signals_close(void);
/* The number of the signal that came, or 0. */
int signals_caught(void);

#endif
