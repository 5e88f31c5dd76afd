/*
 * The rows.
 *
 * Sources, November 2026: each vendor's reference of its chat endpoint and of
 * its environment names; Ollama's docs/api/openai-compatibility, llama.cpp's
 * tools/server/README, vLLM's "OpenAI-compatible server".
 *
 * A local server's row never names another vendor's key: a key set for
 * OpenAI must not travel to whatever listens on a port.
 */
#include "llm/provider.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "llm/window.h"

const struct provider providers[] = {
	{ .name = "anthropic",
	  .title = "Anthropic",
	  .protocol = &anthropic_protocol,
	  .base_url = "https://api.anthropic.com",
	  .host_match = "api.anthropic.com",
	  .key_env = { "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN" },
	  .count_path = "/v1/messages/count_tokens",
	  .asks = ASK_MODEL,
	  .auth = AUTH_X_API_KEY,
	  .key_needed = true,
	  .default_model = "claude-sonnet-5-5",
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .prompt_cache = true },
	{ .name = "openai",
	  .title = "OpenAI",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://api.openai.com/v1",
	  .host_match = "api.openai.com",
	  .key_env = { "OPENAI_API_KEY" },
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .default_model = "gpt-6.2-sol",
	  .max_tokens_field = "max_completion_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "compatible",
	  .title = "OpenAI-compatible server",
	  .protocol = &openai_chat_protocol,
	  .key_env = { "OPENAI_API_KEY" },
	  .asks = ASK_MODELS | ASK_PROPS,
	  .auth = AUTH_BEARER,
	  .default_model = "gpt-6.2-sol", /* most are gateways to OpenAI */
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "ollama",
	  .title = "Ollama",
	  .protocol = &openai_chat_protocol,
	  .base_url = "http://127.0.0.1:11434/v1",
	  .host_match = ":11434,ollama.com",
	  .key_env = { "OLLAMA_API_KEY" },
	  .cuts_silently = true,
	  .asks = ASK_RUNNING,
	  .window_cure =
		  "start its server with a larger OLLAMA_CONTEXT_LENGTH, "
		  "or make a model with a larger num_ctx",
	  .start = "ollama serve",
	  .pull = "ollama pull",
	  .auth = AUTH_BEARER,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "llama-server",
	  .title = "llama-server",
	  .protocol = &openai_chat_protocol,
	  .base_url = "http://127.0.0.1:8080/v1",
	  .host_match = ":8080,:9931",
	  .key_env = { "LLAMA_API_KEY" },
	  .count_path = "/chat/completions/input_tokens",
	  .asks = ASK_MODELS | ASK_PROPS,
	  .window_cure = "start llama-server with a larger --ctx-size",
	  .start = "llama-server -m MODEL.gguf",
	  .auth = AUTH_BEARER,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "vllm",
	  .title = "vLLM",
	  .protocol = &openai_chat_protocol,
	  .base_url = "http://127.0.0.1:8000/v1",
	  .host_match = ":8000",
	  .key_env = { "VLLM_API_KEY" },
	  .asks = ASK_MODELS,
	  .window_cure = "start vLLM with a larger --max-model-len",
	  .start = "vllm serve MODEL",
	  .auth = AUTH_BEARER,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "lmstudio",
	  .title = "LM Studio",
	  .protocol = &openai_chat_protocol,
	  .base_url = "http://127.0.0.1:1234/v1",
	  .host_match = ":1234",
	  .key_env = { "LM_API_TOKEN" },
	  .cuts_silently = true,
	  .asks = ASK_LOADED,
	  .window_cure = "load the model with a longer context",
	  .start = "lms server start",
	  .pull = "lms get",
	  .auth = AUTH_BEARER,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "openrouter",
	  .title = "OpenRouter",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://openrouter.ai/api/v1",
	  .host_match = "openrouter.ai",
	  .key_env = { "OPENROUTER_API_KEY" },
	  .asks = ASK_MODELS,
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "gemini",
	  .title = "Google Gemini",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://generativelanguage.googleapis.com/v1beta/openai",
	  .host_match = "generativelanguage.googleapis.com",
	  .key_env = { "GOOGLE_API_KEY", "GEMINI_API_KEY" },
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .default_model = "gemini-3.8-flash",
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "azure",
	  .title = "Azure OpenAI",
	  .protocol = &openai_chat_protocol,
	  .host_match = "openai.azure.com",
	  .key_env = { "AZURE_OPENAI_AD_TOKEN", "AZURE_OPENAI_API_KEY" },
	  .auth = AUTH_API_KEY,
	  .key_needed = true,
	  .max_tokens_field = "max_completion_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "deepseek",
	  .title = "DeepSeek",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://api.deepseek.com",
	  .host_match = "api.deepseek.com",
	  .key_env = { "DEEPSEEK_API_KEY" },
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "groq",
	  .title = "Groq",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://api.groq.com/openai/v1",
	  .host_match = "api.groq.com",
	  .key_env = { "GROQ_API_KEY" },
	  .asks = ASK_MODELS,
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .max_tokens_field = "max_completion_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "mistral",
	  .title = "Mistral",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://api.mistral.ai/v1",
	  .host_match = "api.mistral.ai",
	  .key_env = { "MISTRAL_API_KEY" },
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system", /* sends usage unasked */
	  .asks = ASK_MODELS },
	{ .name = "xai",
	  .title = "xAI",
	  .protocol = &openai_chat_protocol,
	  .base_url = "https://api.x.ai/v1",
	  .host_match = "api.x.ai",
	  .key_env = { "XAI_API_KEY" },
	  .auth = AUTH_BEARER,
	  .key_needed = true,
	  .max_tokens_field = "max_tokens",
	  .system_role = "system",
	  .stream_usage = true },
	{ .name = "offline", .title = "the offline reviewer" },
};

const size_t providers_len = sizeof(providers) / sizeof(providers[0]);

const struct provider *provider_find(const char *name)
{
	size_t i;

	for (i = 0; name && i < providers_len; i++)
		if (!strcmp(providers[i].name, name))
			return &providers[i];
	return NULL;
}

/* "claude" is Anthropic's, by its model's name; "google" by its address. */
static const char *told_by(const char *word)
{
	for (size_t i = 0; *word && i < providers_len; i++) {
		const struct provider *p = &providers[i];
		const char *const told[] = { p->title, p->default_model,
					     p->base_url, p->start };

		for (size_t k = 0; k < sizeof(told) / sizeof(told[0]); k++)
			if (told[k] && strcasestr(told[k], word))
				return p->name;
	}
	return NULL;
}

int provider_named(const struct provider **out, const char *name,
		   struct error *err)
{
	const char *names[32], *near;
	size_t i;

	*out = provider_find(name);
	if (*out)
		return 0;
	for (i = 0; i < providers_len && i < 32; i++)
		names[i] = providers[i].name;
	near = text_nearest(name, names, i);
	if (!near)
		near = told_by(name);
	if (near)
		return error_set(err, ERR_USAGE,
				 "no provider is called '%s': did you mean "
				 "'%s'? `architect models` lists them all",
				 name, near);
	return error_set(err, ERR_USAGE,
			 "no provider is called '%s'; `architect models` lists "
			 "them",
			 name);
}

const char *provider_keys(const struct provider *p, struct arena *a)
{
	const char *all = p->key_env[0];
	size_t i;

	for (i = 1; i < 3 && p->key_env[i]; i++)
		all = arena_printf(a, "%s or %s", all, p->key_env[i]);
	return all;
}

/* "host:port" of a URL, without userinfo. */
static struct span authority(const char *url)
{
	struct span s = span_of(url);
	ptrdiff_t at = span_find(s, SPAN("://"));

	if (at >= 0)
		s = span_from(s, (size_t)at + 3);
	s = span_first(s, s.len ? strcspn(s.ptr, "/?#") : 0);
	while ((at = span_chr(s, '@')) >= 0)
		s = span_from(s, (size_t)at + 1);
	return s;
}

/* Is host the name or a name below it? */
static bool host_fits(struct span host, struct span name)
{
	size_t over = host.len - name.len;

	if (host.len < name.len ||
	    strncasecmp(host.ptr + over, name.ptr, name.len))
		return false;
	return !over || host.ptr[over - 1] == '.';
}

static bool row_fits(const struct provider *p, struct span authority)
{
	struct span list = span_of(p->host_match), name, host = authority;
	ptrdiff_t colon = -1, i;

	for (i = 0; i < (ptrdiff_t)authority.len; i++)
		if (authority.ptr[i] == ':')
			colon = i;
	/* a colon within brackets is the address's own */
	if (colon >= 0 &&
	    span_chr(span_from(authority, (size_t)colon), ']') < 0)
		host = span_first(authority, (size_t)colon);
	while (text_field(&list, ',', &name))
		if (name.len && name.ptr[0] == ':'
			    ? span_eq(span_from(authority, host.len), name)
			    : host_fits(host, name))
			return true;
	return false;
}

const struct provider *provider_for_url(const char *url, bool anthropic)
{
	struct span where = authority(url);
	size_t i;

	for (i = 0; i < providers_len; i++)
		if ((!anthropic ||
		     providers[i].protocol == &anthropic_protocol) &&
		    row_fits(&providers[i], where))
			return &providers[i];
	return provider_find(anthropic ? "anthropic" : "compatible");
}
