/*
 * endpoint - where requests go and as whom: a provider row, a URL, a key.
 *
 * Taken from the settings and the standard environment names only; nothing of
 * a repository can set any of it.
 */
#ifndef LLM_ENDPOINT_H
#define LLM_ENDPOINT_H

#include <stdbool.h>

#include "base/error.h"

struct arena;
struct provider;
struct settings;
struct window;

struct endpoint {
	const struct provider *provider;
	const char *base_url;	    /* without a trailing slash */
	const char *base_url_from;  /* "ANTHROPIC_BASE_URL", "default" … */
	const char *url;	    /* where a conversation is posted */
	const char *models_url;	    /* where the models are listed */
	const char *count_url;	    /* where a prompt is counted; or NULL */
	const char *host;	    /* host and port, for people */
	const char *key;	    /* NULL: none */
	const char *key_from;	    /* "OPENAI_API_KEY"; NULL: none */
	const char *model;	    /* as the user named it, or NULL */
	const char *model_from;	    /* "--model", "ANTHROPIC_MODEL" … */
	const char *const *headers; /* NULL-terminated, for http_request */
	struct window *window;	    /* who asks it for what the model table
				     * does not say; NULL: nobody */
	bool offline;		    /* no model: all of the above but the
				     * provider is NULL */
	bool by_default;	    /* offline since no credential was found */
};

/*
 * Choose the provider (settings->provider, or for "auto" the first of:
 * ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN, OPENAI_API_KEY, OPENAI_BASE_URL,
 * OLLAMA_HOST), then its URL and key. key is one given by key_command, or
 * NULL; it is used where the environment holds none that fits and the row needs
 * one, "auto" meaning the anthropic row then. "auto" without any of them is the
 * row offline. Without need_key a missing credential is no error (nothing will
 * be sent), and "auto" falls back to the anthropic row. That key and every one
 * in the environment are registered with base/mask. ERR_USAGE names what to
 * set. Everything lives in the arena or the environment.
 */
int endpoint_resolve(struct endpoint *out, struct arena *a,
		     const struct settings *s, const char *key, bool need_key,
		     struct error *err);

/* Would endpoint_resolve() use what settings->key_command prints? If not, the
 * command need not run. */
bool endpoint_wants_key(const struct settings *s);

/* Environment names that hold credentials, NULL-terminated. */
extern const char *const endpoint_secret_env[];

#endif
