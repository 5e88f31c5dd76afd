/*
 * feed - the source's thread: it asks for reviews, makes jobs of them while
 * there is room, and hands them over.
 *
 * Between the two threads stand a list of jobs that are ready and a count of
 * those under way; no more than settings->jobs exist at a time.
 */
#ifndef AGENT_FEED_H
#define AGENT_FEED_H

#include <pthread.h>

#include "agent/job.h"

/* Set source, http and settings; the rest is private. */
struct feed {
	const struct job_source *source;
	struct http *http; /* woken when there is a job */
	const struct settings *settings;
	pthread_t thread;
	/* under the lock */
	pthread_mutex_t lock;
	pthread_cond_t room;
	struct job *ready, **ready_tail;
	size_t under_way; /* jobs handed over and not closed yet */
	bool stop, exhausted;
};

int feed_start(struct feed *f, struct error *err);
/* The jobs that are ready, oldest first, by their next. */
struct job *feed_take(struct feed *f);
/* Is there nothing more, neither ready nor to come? */
bool feed_exhausted(struct feed *f);
/* Free a job that was taken, its review when it held it last; n of them then
 * make room for as many. */
void feed_close_job(struct feed *f, struct job *job);
void feed_make_room(struct feed *f, size_t n);
/* End the thread, once the source's next() returns (now: which is made to);
 * jobs not taken are closed. */
void feed_stop(struct feed *f, bool now);

#endif
