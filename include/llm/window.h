/*
 * window - what a server says of its models: how many tokens one takes, how
 * many it writes, and what they cost.
 *
 * A model of the table is never asked about. Otherwise the questions of the
 * provider's row are put, in order, until a window is known, once for each
 * model of a run.
 */
#ifndef LLM_WINDOW_H
#define LLM_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct arena;
struct endpoint;
struct http_limits;
struct json;
struct model;
struct window;

/* The questions, bits of a provider's row. They are put in this order. */
enum window_question {
	ASK_MODEL = 1,	 /* GET …/models/ID: Anthropic */
	ASK_MODELS = 2,	 /* GET …/models */
	ASK_LOADED = 4,	 /* GET /api/v0/models: LM Studio */
	ASK_PROPS = 8,	 /* GET /props: llama-server */
	ASK_RUNNING = 16 /* GET /api/ps, POST /api/show, and when the model is
			    not running POST /api/generate, which loads it, and
			    /api/ps again: Ollama */
};

/* Tokens; 0: not said. */
struct window_facts {
	int64_t window;	    /* of the model as it runs there */
	int64_t possible;   /* that the model could be run with */
	int64_t max_output; /* of one reply */
	/* $ a million tokens of prompt and reply; 0: not said */
	double input, output;
};

/*
 * Ask at the endpoint, by a pool of its own that is opened when it is needed.
 * load: a model that is not running may be loaded, which the conversation
 * would do next anyway. wake_fd: readable when the program is to end (-1:
 * never). Endpoint and limits are kept by reference. For one thread.
 */
void window_open(struct window **out, const struct endpoint *ep,
		 const struct http_limits *limits, bool load, int wake_fd);
void window_close(struct window *w); /* NULL is fine */
/*
 * The row of a model (id as it is sent; known is its row of the table, or
 * NULL), with what the server says where the table says nothing. Lives until
 * window_close(). What fails is said under -v: then it is known itself.
 */
const struct model *window_model(struct window *w, const struct model *known,
				 const char *id);

/*
 * What answers say of the model id; total. What they do not say stays as it
 * is. The arena holds decoded strings.
 */
/* One row of a list of models, or the object of one. */
void window_read_model(struct window_facts *out, const struct json *row,
		       struct arena *a);
/* {"data":[…]}: the row of that id, or the only row there is. */
void window_read_models(struct window_facts *out, const struct json *root,
			const char *id, struct arena *a);
/* LM Studio's list: a model that is not loaded has no window yet. */
void window_read_loaded(struct window_facts *out, const struct json *root,
			const char *id, struct arena *a);
void window_read_props(struct window_facts *out, const struct json *root);
/* {"models":[…]} of those that run. */
void window_read_ps(struct window_facts *out, const struct json *root,
		    const char *id, struct arena *a);
void window_read_show(struct window_facts *out, const struct json *root,
		      struct arena *a);

#endif
