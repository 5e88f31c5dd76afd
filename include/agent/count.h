/*
 * count - a prompt's tokens, as the provider counts them.
 */
#ifndef AGENT_COUNT_H
#define AGENT_COUNT_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct buf;
struct http;
struct http_request;
struct job;
struct settings;

#define COUNT_MS 15000	      /* that its answer may take */
#define COUNT_MAX (64 * 1024) /* bytes of it */

/*
 * Fill rq (its callbacks are the caller's) for the job's prompt, at an endpoint
 * that counts; body holds what it borrows.
 */
void count_request(struct http_request *rq, struct buf *body,
		   const struct job *job);
/* The answer's count; 0 when it says none. Total. */
int64_t count_read(struct span answer);
/* From now on the job's prompt takes so many tokens. */
void count_take(struct job *job, int64_t tokens);
/*
 * Ask in a pool; done is called from http_run() when an answer came
 * (job->counted) or did not. By then the reply's size is fitted, the request
 * encoded anew, and job->err set if it does not fit. The job asks once. -1: see
 * http_start().
 */
int count_start(struct job *job, struct http *h, const struct settings *s,
		void (*done)(struct job *job), struct error *err);
void count_release(struct job *job);

#endif
