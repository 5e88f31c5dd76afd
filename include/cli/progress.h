/*
 * progress - one line on stderr, when that is a terminal: the phase, the
 * sections filling up, the newest headline (marked unchecked), tokens,
 * seconds, money. Cleared before anything else is written.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct job;

/* Zero-initialise. */
struct progress {
	bool on;
	int64_t begun_ms, drawn_ms;
	char phase[160];
	/* of the one job, or of a batch */
	const struct job *job;
	bool batch;
	unsigned done, failed;
};

/* Starts drawing when stderr is a terminal and quiet is false. */
void progress_open(struct progress *p, bool quiet, bool batch);
/* A job got further; what is a phase in words, or NULL. */
void progress_job(struct progress *p, const struct job *job, const char *what);
/* Time has passed. */
void progress_tick(struct progress *p);
/* Forget the job (it is about to be freed) and clear the line. */
void progress_done(struct progress *p);
void progress_close(struct progress *p);

#endif
