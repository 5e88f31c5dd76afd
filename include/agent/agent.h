/*
 * agent - the conversation as a state machine, without any I/O of its own.
 *
 *	agent_request() → bytes to post; agent_feed() the answer's bytes, in any
 *	split; agent_finish_turn() says what comes next.
 *
 * The history is append-only, and users' and assistants' turns alternate. A
 * reply that lacks sections is asked for exactly those, at most twice; one cut
 * by its length is asked to go on, at most three times in all; a refusal ends
 * it.
 */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include "base/buf.h"
#include "base/error.h"
#include "core/chat.h"
#include "core/report.h"
#include "llm/provider.h"
#include "llm/sse.h"
#include "llm/turn.h"

#define AGENT_MAX_REPAIRS 2
#define AGENT_MAX_CONTINUES 3

struct model;

enum agent_next {
	AGENT_REQUEST, /* ask agent_request() again: the history grew */
	AGENT_RETRY,   /* the stream broke or reported an error: the same
			  request again, if the budget for tries allows */
	AGENT_DONE,    /* agent->report is complete */
	AGENT_FAILED   /* err is set; agent_text() has what came */
};

struct agent_config {
	const struct provider *provider;
	const struct model *model; /* NULL: not in the table */
	struct llm_params params;
	struct section_list sections;
	size_t max_event; /* bytes of one SSE event */
};

enum agent_mode { MODE_REPLY, MODE_REPAIR };

/* Fill config and chat's first turn, then agent_init(). */
struct agent {
	struct agent_config config;
	struct chat chat;
	struct arena *arena;
	struct report report; /* sections and findings once AGENT_DONE */
	struct usage usage;   /* of all turns, broken ones included */
	/* the same with what the provider did not say estimated */
	struct usage spent;
	/* tokens of the prompt of the turn under way, or the next: estimated,
	 * or as the provider counts it; see agent_count() */
	int64_t prompt_tokens;
	/* of the turn under way */
	struct turn turn;
	/* private */
	struct sse sse;
	struct decoder decoder;
	enum agent_mode mode;
	unsigned repairs, continues;
	size_t counted; /* messages of the chat in prompt_tokens */
	size_t weighed; /* bytes of the turn's text in said_tokens */
	int64_t said_tokens;
	bool under_way;	  /* a turn that is not in usage and spent yet */
	bool continuing;  /* the turn under way goes on with the reply */
	struct buf reply; /* text of the reply so far, over continuations */
	struct buf text;  /* of all turns so far; see finished */
	size_t finished;  /* up to here of turns that ended; behind it the
			     longest broken try since */
};

/* ag is zeroed but for config and chat. The arena must outlive it. */
void agent_init(struct agent *ag, struct arena *a);
/* Bring prompt_tokens up to what the chat holds by now. agent_request() does
 * it; before agent_init() it says what the first request would take. */
void agent_count(struct agent *ag);
/* Append the next request's body to out and begin its turn. */
void agent_request(struct agent *ag, struct buf *out);
/* Bytes of the answer. -1: not an event stream, over a ceiling. */
int agent_feed(struct agent *ag, struct span bytes, struct error *err);
/*
 * The answer ended as HTTP sees it. On AGENT_RETRY and AGENT_FAILED err says
 * why; after an error event agent->turn.error_status is its HTTP equivalent.
 */
enum agent_next agent_finish_turn(struct agent *ag, struct error *err);
/* The transfer failed: keep what came for agent_text(), count its usage. */
void agent_abandon_turn(struct agent *ag);
/* Usage of the turn under way so far; what the provider has not said yet is
 * estimated: the prompt, and the output by its text. */
struct usage agent_running(const struct agent *ag);
/*
 * Everything the model wrote that is worth keeping, in order: the reply, the
 * repairs, and what came of a turn that never ended. "" when nothing came.
 */
struct span agent_text(const struct agent *ag);
/*
 * Parse what has come so far, the running turn included, into out: for
 * progress only. Lives in the arena.
 */
void agent_peek(const struct agent *ag, struct arena *a, struct report *out);
void agent_release(struct agent *ag);

#endif
