/*
 * child - a program of the user's own, run beside this one: a pager, a key
 * command. It is run without a shell, and without the keys of the environment.
 */
#ifndef CLI_CHILD_H
#define CLI_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

struct child_env {
	const char *name, *value;
};

/* What is run, and how. */
struct child_plan {
	char **argv; /* argv[0] is found by PATH */
	/* Its stdin is written by us; or else its stdout is read by us, and it
	 * has nothing to read. */
	bool fed;
	bool keyboard;		     /* ^C and ^\ are for it */
	const struct child_env *env; /* set where unset, up to a NULL name; or
				      * NULL */
};

struct child {
	pid_t pid;
	int fd;	    /* ours, does not block; -1: closed */
	int unread; /* of one that is fed: the other end of fd */
	int life;   /* ends with it, unless it closes what it inherits or leaves
		     * a helper behind; -1: has ended */
	int status; /* of waitpid(), once it has ended */
};

enum child_event { CHILD_ENDED = 1, CHILD_READY = 2, CHILD_WOKEN = 4 };

/* Returns 1 when the program cannot be executed; -1 with ERR_INTERNAL. Only of
 * what was started there is more to do. */
int child_start(struct child *c, const struct child_plan *plan,
		struct error *err);
/*
 * Wait until it has ended, fd can be used, or wake (-1: none) can be read, for
 * ms at most. Returns the child_events that came; after CHILD_ENDED it is not
 * asked again.
 */
unsigned child_wait(struct child *c, int wake, int ms);
/* There is no more to write, or to read. */
void child_hang_up(struct child *c);
/* Bytes that were written to it and that nobody has read. */
size_t child_unread(const struct child *c);
/* Once it has ended: close what is open. */
void child_close(struct child *c);

#endif
