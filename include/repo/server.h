/*
 * server - the small process that forks the workers.
 *
 * Private to this floor. It is forked before any library or thread starts and
 * forgets the secrets, so every worker, early or late, is a copy of a process
 * that never had either. It is told what to do over a socket pair and ends,
 * with all workers, when the other end closes. Its state is the one set of
 * statics this floor has, behind a lock.
 */
#ifndef REPO_SERVER_H
#define REPO_SERVER_H

#include <sys/types.h>

#include "base/error.h"

/* Fork a worker that serves `fd` (the caller still closes its own copy). */
int server_spawn(pid_t *pid, int fd, struct error *err);
/* Kill a worker and give its wait status; -1 when that is not known. */
int server_kill(pid_t pid);

#endif
