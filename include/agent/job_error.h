/*
 * job_error - a transfer's failure in words that say what to do.
 */
#ifndef AGENT_JOB_ERROR_H
#define AGENT_JOB_ERROR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct endpoint;
struct http_result;
struct settings;

/* res->end is not HTTP_OK or HTTP_STOPPED. ERR_MODEL, or ERR_BUDGET when it
 * was the whole run's time limit. */
void job_explain_end(struct error *err, const struct http_result *res,
		     const struct endpoint *ep, const struct settings *s);
/* The status is not 2xx: ERR_MODEL with the provider's own sentence. model is
 * the id that was asked for. */
void job_explain_status(struct error *err, const struct http_result *res,
			const struct endpoint *ep, const char *model);
/* The server asks to wait for so many seconds, longer than is waited. */
void job_explain_wait(struct error *err, const struct endpoint *ep,
		      int64_t seconds);
/* No try is left: put behind the words what the user can do about them. */
void job_advise(struct error *err, const struct http_result *res,
		const struct endpoint *ep);
/* Does the answer call itself an event stream (or nothing at all)? */
bool job_event_stream(const struct http_result *res);

#endif
