#include "llm/endpoint.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mask.h"
#include "base/vec.h"
#include "core/settings.h"
#include "llm/http.h"
#include "llm/provider.h"

const char *const endpoint_secret_env[] = { "ANTHROPIC_API_KEY",
					    "ANTHROPIC_AUTH_TOKEN",
					    "OPENAI_API_KEY",
					    "OPENROUTER_API_KEY",
					    "GEMINI_API_KEY",
					    "GOOGLE_API_KEY",
					    "OLLAMA_API_KEY",
					    "LLAMA_API_KEY",
					    "LM_API_TOKEN",
					    "AZURE_OPENAI_API_KEY",
					    "AZURE_OPENAI_AD_TOKEN",
					    "DEEPSEEK_API_KEY",
					    "GROQ_API_KEY",
					    "MISTRAL_API_KEY",
					    "XAI_API_KEY",
					    "VLLM_API_KEY",
					    NULL };

/* An empty value counts as unset, as in the vendors' own clients. */
static const char *env(const char *name)
{
	const char *v = getenv(name);

	return v && *v ? v : NULL;
}

static bool anthropic(const struct provider *p)
{
	return p->protocol == &anthropic_protocol;
}

static void take_key(struct endpoint *ep, const char *key, const char *from)
{
	ep->key = key;
	ep->key_from = from;
}

static void key_from_env(struct endpoint *ep)
{
	const char *const *name = ep->provider->key_env;
	size_t i;

	for (i = 0; i < 3 && name[i] && !ep->key; i++)
		if (env(name[i]))
			take_key(ep, env(name[i]), name[i]);
	/* who sets OPENAI_BASE_URL means OPENAI_API_KEY to go with it */
	if (!ep->key && env("OPENAI_API_KEY") &&
	    !strcmp(ep->base_url_from, "OPENAI_BASE_URL"))
		take_key(ep, env("OPENAI_API_KEY"), "OPENAI_API_KEY");
}

/* The order of contract.md, "Settings". NULL: no credential at all. */
static const struct provider *choose(const struct settings *s)
{
	const char *url = s->base_url;

	if (env("ANTHROPIC_API_KEY") || env("ANTHROPIC_AUTH_TOKEN"))
		return url ? provider_for_url(url, true)
			   : provider_find("anthropic");
	if (!url)
		url = env("OPENAI_BASE_URL");
	if (env("OPENAI_API_KEY") || url)
		return url ? provider_for_url(url, false)
			   : provider_find("openai");
	if (env("OLLAMA_HOST"))
		return provider_find("ollama");
	return NULL;
}

static int find_provider(struct endpoint *ep, const struct settings *s,
			 const char *key, bool need_key, struct error *err)
{
	if (strcmp(s->provider, "auto") != 0)
		return provider_named(&ep->provider, s->provider, err);
	ep->provider = choose(s);
	if (!ep->provider && (key || !need_key))
		ep->provider = provider_find("anthropic");
	if (!ep->provider) {
		ep->provider = provider_find("offline");
		ep->by_default = true;
	}
	return 0;
}

static int find_url(struct endpoint *ep, struct arena *a,
		    const struct settings *s, struct error *err)
{
	const struct provider *p = ep->provider;
	const char *std =
		anthropic(p) ? "ANTHROPIC_BASE_URL" : "OPENAI_BASE_URL";
	struct buf b = { 0 };
	struct span url;
	int rc = 0;

	if (s->base_url) {
		ep->base_url = s->base_url;
		ep->base_url_from = "--base-url";
	} else if (!strcmp(p->name, "ollama") && env("OLLAMA_HOST")) {
		rc = ollama_base_url(&b, env("OLLAMA_HOST"), err);
		ep->base_url = arena_cstr(a, buf_span(&b));
		ep->base_url_from = "OLLAMA_HOST";
	} else if (env(std) &&
		   (!strcmp(p->name, anthropic(p) ? "anthropic" : "openai") ||
		    !strcmp(s->provider, "auto"))) {
		ep->base_url = env(std);
		ep->base_url_from = std;
	} else {
		ep->base_url = p->base_url;
		ep->base_url_from = "default";
	}
	buf_release(&b);
	if (rc)
		return rc;
	if (!ep->base_url)
		return error_set(err, ERR_USAGE,
				 "%s has no default address: give --base-url",
				 p->title);
	url = span_of(ep->base_url);
	while (url.len && url.ptr[url.len - 1] == '/')
		url.len--;
	/* people copy the /v1 of one vendor's documentation to the other's */
	if (anthropic(p) && span_ends(url, "/v1"))
		url.len -= 3;
	ep->base_url = arena_cstr(a, url);
	return 0;
}

static void name_host(struct endpoint *ep, struct arena *a)
{
	struct span url = span_of(ep->base_url);
	ptrdiff_t at = span_find(url, SPAN("://"));

	if (at >= 0)
		url = span_from(url, (size_t)at + 3);
	at = span_chr(url, '/');
	if (at >= 0)
		url = span_first(url, (size_t)at);
	ep->host = arena_cstr(a, url);
}

struct header_list {
	VEC(const char *) lines;
};

static void add_header(struct arena *a, struct header_list *h, const char *name,
		       const char *value)
{
	*vec_push(&h->lines, a) = arena_printf(a, "%s: %s", name, value);
}

static void make_headers(struct endpoint *ep, struct arena *a,
			 const struct settings *s)
{
	struct header_list h = { 0 };
	enum auth_kind auth = ep->provider->auth;

	add_header(a, &h, "content-type", "application/json");
	add_header(a, &h, "accept", "text/event-stream");
	add_header(a, &h, "user-agent", "architect/" VERSION);
	if (anthropic(ep->provider))
		add_header(a, &h, "anthropic-version", s->api_version);
	if (ep->key && !strncmp(ep->key, "sk-ant-oat", 10))
		add_header(a, &h, "anthropic-beta", "oauth-2025-04-20");
	if (ep->key_from && (!strcmp(ep->key_from, "ANTHROPIC_AUTH_TOKEN") ||
			     !strcmp(ep->key_from, "AZURE_OPENAI_AD_TOKEN")))
		auth = AUTH_BEARER;
	if (ep->key && auth == AUTH_NONE)
		auth = AUTH_BEARER;
	if (ep->key && auth == AUTH_X_API_KEY)
		add_header(a, &h, "x-api-key", ep->key);
	else if (ep->key && auth == AUTH_API_KEY)
		add_header(a, &h, "api-key", ep->key);
	else if (ep->key && auth == AUTH_BEARER)
		add_header(a, &h, "authorization",
			   arena_printf(a, "Bearer %s", ep->key));
	*vec_push(&h.lines, a) = NULL;
	ep->headers = h.lines.ptr;
}

static int no_key(const struct provider *p, struct arena *a, struct error *err)
{
	return error_set(err, ERR_USAGE,
			 "%s needs a key: set %s, or review without a model "
			 "(--provider offline)",
			 p->title, provider_keys(p, a));
}

/* A newline in a key would be a header of somebody else's making. */
static int check_key(const struct endpoint *ep, struct arena *a, bool need_key,
		     struct error *err)
{
	const char *c = ep->key;

	if (!c && need_key && ep->provider->key_needed)
		return no_key(ep->provider, a, err);
	for (; c && *c; c++)
		if (*c <= ' ' || *c > '~')
			return error_set(err, ERR_USAGE,
					 "the key in %s holds a blank or "
					 "control character: copy it again",
					 ep->key_from);
	return 0;
}

/* All of them, not only the one in use: none may be sent, logged or shown. */
static void hide_secrets(const char *key)
{
	size_t i;

	for (i = 0; endpoint_secret_env[i]; i++)
		mask_register(span_of(env(endpoint_secret_env[i])));
	mask_register(span_of(key));
}

bool endpoint_wants_key(const struct settings *s)
{
	struct endpoint ep = { 0 };
	struct arena a = { 0 };
	bool wants = false;

	if (s->key_command && !find_provider(&ep, s, "", false, NULL) &&
	    ep.provider->protocol && !find_url(&ep, &a, s, NULL)) {
		key_from_env(&ep);
		wants = !ep.key && ep.provider->key_needed;
	}
	arena_release(&a);
	return wants;
}

int endpoint_resolve(struct endpoint *out, struct arena *a,
		     const struct settings *s, const char *key, bool need_key,
		     struct error *err)
{
	*out = (struct endpoint){ 0 };
	hide_secrets(key);
	if (find_provider(out, s, key, need_key, err))
		return -1;
	out->offline = !out->provider->protocol;
	if (out->offline)
		return 0;
	if (find_url(out, a, s, err))
		return -1;
	if (http_check_url(out->base_url, s->allow_http, err))
		return error_prefix(err, "%s", out->base_url_from);
	key_from_env(out);
	/* not to a local server, which never asked for one */
	if (!out->key && key && out->provider->key_needed)
		take_key(out, key, "architect.keyCommand");
	if (check_key(out, a, need_key, err))
		return -1;
	out->url = arena_printf(a, "%s%s", out->base_url,
				out->provider->protocol->path);
	out->models_url = arena_printf(a, "%s%s", out->base_url,
				       anthropic(out->provider) ? "/v1/models"
								: "/models");
	if (out->provider->count_path)
		out->count_url = arena_printf(a, "%s%s", out->base_url,
					      out->provider->count_path);
	name_host(out, a);
	make_headers(out, a, s);
	out->model = s->model;
	out->model_from = s->model ? "--model" : NULL;
	if (!out->model && anthropic(out->provider) && env("ANTHROPIC_MODEL")) {
		out->model = env("ANTHROPIC_MODEL");
		out->model_from = "ANTHROPIC_MODEL";
	}
	return 0;
}
