/*
 * Every function is total: any JSON, and numbers that are none count as not
 * said.
 *
 * Sources, November 2026: Anthropic's "Get a model"; OpenRouter's, Groq's,
 * Mistral's and vLLM's lists of models; LM Studio's "REST API v0";
 * llama.cpp's tools/server/README; Ollama's docs/api and its OpenAPI.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "llm/window.h"

/* More tokens than this are no model's. */
#define MOST ((int64_t)1 << 40)

static void take(int64_t *to, const struct json *number)
{
	int64_t n = json_int(number, 0);

	if (!*to && n > 0 && n < MOST)
		*to = n;
}

/* Dollars a token, a number in a string (OpenRouter). Those that are none or
 * negative (its router, which has no price of its own) are not said. */
static void take_price(double *to, const struct json *price, struct arena *a)
{
	const char *text = arena_cstr(a, json_string(price, a));
	char *end;
	double d = strtod(text, &end);

	if (*text >= '0' && *text <= '9' && !*end && d < 1)
		*to = d * 1e6;
}

void window_read_model(struct window_facts *out, const struct json *row,
		       struct arena *a)
{
	static const char *const windows[] = {
		"context_length",     "max_model_len",	  "context_window",
		"max_context_length", "max_input_tokens",
	};
	static const char *const outputs[] = { "max_completion_tokens",
					       "max_output_tokens",
					       "max_tokens" };
	size_t i;

	for (i = 0; i < sizeof(windows) / sizeof(windows[0]); i++)
		take(&out->window, json_get(row, windows[i]));
	take(&out->window, json_at(row, "meta", "n_ctx", NULL));
	for (i = 0; i < sizeof(outputs) / sizeof(outputs[0]); i++)
		take(&out->max_output, json_get(row, outputs[i]));
	take(&out->max_output,
	     json_at(row, "top_provider", "max_completion_tokens", NULL));
	take(&out->possible, json_at(row, "meta", "n_ctx_train", NULL));
	take_price(&out->input, json_at(row, "pricing", "prompt", NULL), a);
	take_price(&out->output, json_at(row, "pricing", "completion", NULL),
		   a);
}

/* Of {"data":[…]} the row of that id, or the only one there is; or NULL. */
static const struct json *find_row(const struct json *root, const char *id,
				   struct arena *a)
{
	const struct json *list = json_get(root, "data");
	const struct json *first = list ? list->child : NULL, *it;

	for (it = first; it; it = it->next)
		if (span_eqs(json_string(json_get(it, "id"), a), id))
			return it;
	return first && !first->next ? first : NULL;
}

void window_read_models(struct window_facts *out, const struct json *root,
			const char *id, struct arena *a)
{
	window_read_model(out, find_row(root, id, a), a);
}

void window_read_loaded(struct window_facts *out, const struct json *root,
			const char *id, struct arena *a)
{
	const struct json *row = find_row(root, id, a);

	take(&out->window, json_get(row, "loaded_context_length"));
	take(&out->possible, json_get(row, "max_context_length"));
}

void window_read_props(struct window_facts *out, const struct json *root)
{
	take(&out->window,
	     json_at(root, "default_generation_settings", "n_ctx", NULL));
}

/* Ollama's names: "qwen3" is "qwen3:latest". */
static bool same_name(struct span name, const char *id)
{
	struct span want = span_of(id);

	return span_eq(name, want) ||
	       (span_chr(want, ':') < 0 && span_ends(name, ":latest") &&
		span_eq(span_first(name, name.len - strlen(":latest")), want));
}

void window_read_ps(struct window_facts *out, const struct json *root,
		    const char *id, struct arena *a)
{
	const struct json *list = json_get(root, "models"), *it;

	for (it = list ? list->child : NULL; it; it = it->next)
		if (same_name(json_string(json_get(it, "model"), a), id) ||
		    same_name(json_string(json_get(it, "name"), a), id))
			take(&out->window, json_get(it, "context_length"));
}

/* "num_ctx 8192", a line of a Modelfile's parameters */
static void take_parameter(int64_t *to, struct span text)
{
	struct span line, name;

	while (text_line(&text, &line)) {
		int64_t n = 0;

		line = span_trim(line);
		if (!text_field(&line, ' ', &name) ||
		    !span_eqs(name, "num_ctx"))
			continue;
		for (line = span_trim(line); line.len && *line.ptr >= '0' &&
					     *line.ptr <= '9' && n < MOST;
		     line = span_from(line, 1))
			n = n * 10 + (*line.ptr - '0');
		if (!line.len && n > 0 && n < MOST)
			*to = n;
	}
}

void window_read_show(struct window_facts *out, const struct json *root,
		      struct arena *a)
{
	const struct json *info = json_get(root, "model_info"), *it;
	int64_t set = 0;

	/* "llama.context_length", by the architecture's name */
	for (it = info ? info->child : NULL; it; it = it->next)
		if (span_ends(it->key, ".context_length"))
			take(&out->possible, it);
	take_parameter(&set, json_string(json_get(root, "parameters"), a));
	if (out->possible && set > out->possible)
		set = out->possible;
	if (!out->window)
		out->window = set;
}
