/*
 * converse - one conversation from the command line to its report: what
 * review and design share.
 */
#ifndef CLI_CONVERSE_H
#define CLI_CONVERSE_H

#include "base/error.h"

struct invocation;
struct task;

/* Run the task and print its report. The error is the exit code's. */
int converse(struct invocation *inv, const struct task *task,
	     struct error *err);

#endif
