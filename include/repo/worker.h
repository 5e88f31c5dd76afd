/*
 * worker - the process in which a repository is read.
 *
 * Private to this floor. It answers the questions of repo/wire from one
 * descriptor, one at a time, until it closes; libgit2 starts here and nowhere
 * else. It may spin, crash or run out of memory: repo.c tells that apart.
 */
#ifndef REPO_WORKER_H
#define REPO_WORKER_H

/* Serve fd until its other end closes. */
void worker_main(int fd);

#endif
