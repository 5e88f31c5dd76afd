/*
 * event - what a model's stream says, normalised over providers.
 */
#ifndef LLM_EVENT_H
#define LLM_EVENT_H

#include "base/text.h"
#include "core/usage.h"

enum event_type {
	EVENT_START,	 /* a message begins; a second one starts it anew */
	EVENT_TEXT,	 /* text: more of the reply */
	EVENT_THINKING,	 /* text: reasoning shown by the model */
	EVENT_TOOL_CALL, /* index, id, name (parts may be empty), text: more
			    of the arguments */
	EVENT_OPAQUE,	 /* text: a whole block of the provider's, JSON */
	EVENT_USAGE,	 /* usage: counts so far, replacing earlier ones */
	EVENT_STOP,	 /* stop, text: the provider's own word */
	EVENT_ERROR,	 /* text: message; status: its HTTP equivalent */
	EVENT_END	 /* the stream's own end mark */
};

enum stop_reason {
	STOP_NONE,    /* none was given */
	STOP_END,     /* done: end_turn, stop, stop_sequence, unknown */
	STOP_LENGTH,  /* max_tokens, length */
	STOP_WINDOW,  /* model_context_window_exceeded */
	STOP_TOOLS,   /* tool_use, tool_calls */
	STOP_REFUSAL, /* refusal, content_filter */
	STOP_PAUSE    /* pause_turn: send back and go on */
};

/* Spans are borrowed for the call only. */
struct event {
	enum event_type type;
	struct span text;
	unsigned index; /* of a tool call or block */
	struct span id, name;
	struct usage usage;
	enum stop_reason stop;
	int status;
};

/* Returns 0, or -1 to stop the stream (err set by the sink). */
struct error;
typedef int event_fn(void *ctx, const struct event *ev, struct error *err);

/* "end_turn"-like names for logs and reports. */
const char *stop_reason_name(enum stop_reason s);

#endif
