/*
 * sse - the server-sent events format (WHATWG HTML, 9.2.6 "Interpreting an
 * event stream"), fed in any split.
 *
 * Two differences, asked for by real servers: at the end of the stream an
 * event whose final blank line is missing is dispatched by sse_end() (the
 * standard drops it); the caller decides whether its data is whole. And a line
 * `error: {…}`, which older llama-servers send, is data of an event "error".
 */
#ifndef LLM_SSE_H
#define LLM_SSE_H

#include "base/buf.h"
#include "base/error.h"

/* Borrowed for the call only. event is "message" when none was named. */
struct sse_event {
	struct span event;
	struct span data;
};

typedef int sse_fn(void *ctx, const struct sse_event *ev, struct error *err);

/* Zero-initialise, set sink, ctx and max_event; sse_release() when done. */
struct sse {
	sse_fn *sink;
	void *ctx;
	size_t max_event; /* bytes of one line or of one event's data; 0: none
			   */
	/* private: event and data are borrowed from the bytes being fed where
	 * they can be, and copied only when they must outlive them */
	struct buf line, event_copy, data_copy;
	struct span event, data;
	bool started, after_cr, has_data;
	unsigned bom; /* bytes of a byte order mark seen */
};

/* Returns 0, or -1: the sink's error, or ERR_MODEL over max_event. Linear. */
int sse_feed(struct sse *s, struct span bytes, struct error *err);
/* The stream ended. Dispatches what is pending. */
int sse_end(struct sse *s, struct error *err);
void sse_release(struct sse *s);

#endif
