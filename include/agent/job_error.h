/*
 * job_error - a transfer's failure in words that say what to do.
 */
#ifndef AGENT_JOB_ERROR_H
#define AGENT_JOB_ERROR_H

#include <stdbool.h>

#include "base/error.h"

struct http_result;
struct settings;

/* res->end is not HTTP_OK or HTTP_STOPPED. ERR_MODEL, or ERR_BUDGET when it
 * was the whole run's time limit. */
void job_explain_end(struct error *err, const struct http_result *res,
		     const char *host, const struct settings *s);
/* The status is not 2xx: ERR_MODEL with the provider's own sentence. */
void job_explain_status(struct error *err, const struct http_result *res,
			const char *host);
/* Does the answer call itself an event stream (or nothing at all)? */
bool job_event_stream(const struct http_result *res);

#endif
