/*
 * signals - SIGINT, SIGTERM and SIGHUP as a readable file descriptor.
 *
 * Until signals_open() they end the program at once, with nothing to restore.
 * A second one during the clean-up does that too.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include "base/error.h"

/* Start catching; *fd becomes readable when one came. ERR_INTERNAL. */
int signals_open(int *fd, struct error *err);
/* The number of the signal that came, or 0. */
int signals_caught(void);

#endif
