/*
 * wait - the four timers of a transfer: connect, first byte, idle, whole.
 */
#ifndef LLM_WAIT_H
#define LLM_WAIT_H

#include <stddef.h>
#include <stdint.h>

#include "llm/http.h"

enum wait_phase {
	WAIT_CONNECT,
	WAIT_ANSWER, /* the request is going or has gone out */
	WAIT_MORE    /* some of the answer came */
};

/* Times are clock_mono_ms(). */
struct wait {
	enum wait_phase phase;
	int64_t since;	  /* when this wait began anew */
	int64_t started;  /* when the transfer did */
	int64_t deadline; /* of the whole; 0: none */
};

/* The transfer is in this phase and something just happened. */
void wait_enter(struct wait *w, enum wait_phase phase);
/* When patience ends (INT64_MAX: never), and what the end is called. */
int64_t wait_due(const struct wait *w, const struct http_limits *lim,
		 enum http_end *end);
/* "nothing more came for 120.0 s" */
void wait_words(const struct wait *w, enum http_end end, char *out,
		size_t size);

#endif
