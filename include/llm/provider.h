/*
 * provider - a model API as a row of two pure functions, and the dialects of
 * the compatible servers as one quirks row each.
 *
 * Source of every wire fact: the vendors' published references as of November
 * 2026 and recorded streams; each encoder and decoder names its pages.
 */
#ifndef LLM_PROVIDER_H
#define LLM_PROVIDER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "core/chat.h"
#include "llm/event.h"
#include "llm/sse.h"

struct arena;
struct model;

/* One request's parameters besides the conversation. */
struct llm_params {
	const char *model;
	int64_t max_output; /* tokens; 0 leaves it out where that is allowed */
	bool count; /* for count_path: neither max_output nor a stream */
};

/* State a decoder keeps within one stream; zero-initialise. */
struct decoder {
	const struct provider *provider;
	event_fn *sink;
	void *ctx;
	bool started, ended; /* after the end nothing counts */
	/* private to the protocol */
	struct arena scratch, keep;   /* of one event; of the stream */
	struct usage usage;	      /* so far */
	struct decoder_block *blocks; /* anthropic: those begun, not ended */
	struct decoder_block *spare;  /* to be used again */
	struct decoder_call *calls;   /* openai: newest first */
	unsigned ncalls;
	bool refused;
};

/* A protocol: how a chat becomes a request body and a stream events. */
struct protocol {
	const char *name; /* "anthropic", "openai-chat" */
	const char *path; /* appended to the base URL */
	/* Append the JSON body. The same input gives the same bytes. */
	void (*encode)(struct buf *out, const struct provider *p,
		       const struct llm_params *params,
		       const struct chat *chat);
	/* One SSE event → zero or more events. Unknown ones are ignored; data
	 * that is not JSON is ERR_MODEL. */
	int (*decode)(struct decoder *d, const struct sse_event *ev,
		      struct error *err);
};

/* How the key travels. */
enum auth_kind { AUTH_NONE, AUTH_X_API_KEY, AUTH_BEARER, AUTH_API_KEY };

/* A provider or compatible server: one row. */
struct provider {
	const char *name;		 /* --provider NAME */
	const char *title;		 /* for people */
	const struct protocol *protocol; /* NULL: no model at all */
	const char *base_url;		 /* default; NULL: must be given */
	const char *host_match; /* comma list of host suffixes or ":port"s
				   that give the row away when only a URL is
				   known; NULL: none */
	const char *key_env[3]; /* environment names, first set wins */
	enum auth_kind auth;
	bool key_needed;
	const char *default_model; /* NULL: must be given */
	/* quirks */
	const char *max_tokens_field; /* "max_tokens" … */
	const char *system_role;      /* "system", "developer" */
	bool stream_usage;	      /* understands stream_options */
	bool prompt_cache;	      /* reads cache_control */
	bool cuts_silently;	      /* a prompt beyond the window */
	const char *count_path;	      /* behind the base URL: counts a prompt's
					 tokens; NULL: nothing does */
	unsigned asks; /* enum window_question: where a window is told */
	const char *window_cure; /* "set …": how its server is given a larger
				    one; NULL: not at all */
	/* commands of a server of one's own; NULL: it is somebody else's */
	const char *start; /* starts it */
	const char *pull;  /* fetches the model that is named behind it */
};

extern const struct protocol anthropic_protocol;
extern const struct protocol openai_chat_protocol;

/* All rows, for models, doctor, help and did-you-mean. */
extern const struct provider providers[];
extern const size_t providers_len;

/* By --provider name; NULL when there is none. */
const struct provider *provider_find(const char *name);
/* The same; ERR_USAGE with the nearest name when there is none. */
int provider_named(const struct provider **out, const char *name,
		   struct error *err);
/* "A or B": the names of its credentials; NULL when it has none. */
const char *provider_keys(const struct provider *p, struct arena *a);
/*
 * By URL: the row whose host_match fits, of the anthropic protocol only when
 * anthropic is true; else the row "compatible", what an unknown server with
 * OpenAI's protocol reads (or, when anthropic is true, the row anthropic).
 */
const struct provider *provider_for_url(const char *url, bool anthropic);

/* Take a stream's SSE event; calls d->sink. ERR_MODEL on data that is not
 * what the protocol says. Nothing is done after the end mark. */
int decoder_feed(struct decoder *d, const struct sse_event *ev,
		 struct error *err);
void decoder_release(struct decoder *d);

/*
 * The sentence of an error body of any provider or proxy (JSON in the shapes
 * seen, HTML, text): what a person should read, one line, at most 300 bytes,
 * masked and made visible. Appended to out. Never fails.
 */
void provider_error_text(struct buf *out, struct span body);

/*
 * OLLAMA_HOST as Ollama's own client reads it → "http://127.0.0.1:11434/v1".
 * ERR_USAGE when it cannot be one.
 */
int ollama_base_url(struct buf *out, const char *host, struct error *err);

#endif
