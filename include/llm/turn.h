/*
 * turn - fold a stream's events into one assistant message and a stop reason.
 */
#ifndef LLM_TURN_H
#define LLM_TURN_H

#include "base/buf.h"
#include "core/chat.h"
#include "llm/event.h"

struct turn_part {
	enum part_kind kind;
	unsigned index;
	size_t from, len; /* text: where it is in the turn's */
	struct buf raw;	  /* a call's arguments, an opaque block */
	struct span id, name;
};

/* Zero-initialise; turn_release() when done. */
struct turn {
	struct buf text; /* all text of the message so far */
	struct usage usage;
	enum stop_reason stop;
	char stop_word[64]; /* the provider's own word, visible, clipped */
	size_t said;	    /* bytes of text, reasoning and calls: billed */
	bool ended;	    /* the end mark came */
	bool begun;	    /* anything came */
	bool thought;	    /* reasoning came */
	int error_status;   /* an error event: its HTTP equivalent */
	char error_text[320];
	/* private */
	struct arena arena;
	VEC(struct turn_part) parts;
	VEC(size_t) calls; /* which parts are, in order */
};

/* An event_fn: ctx is the struct turn. A second EVENT_START starts anew.
 * ERR_MODEL beyond 1,024 tool calls a message. */
int turn_event(void *ctx, const struct event *ev, struct error *err);
/* Whole: an end mark, or a stop reason without one. */
bool turn_whole(const struct turn *t);
/*
 * Append the assistant message, in order, to the chat (copies into the
 * arena). Empty text parts are left out; nothing is added when all are.
 */
void turn_to_chat(const struct turn *t, struct chat *c, struct arena *a);
void turn_reset(struct turn *t);
void turn_release(struct turn *t);

#endif
