/*
 * OpenAI's Chat Completions: the stream.
 *
 * Source: OpenAI's API reference, "Chat completion chunk", November 2026, and
 * recorded streams of DeepSeek, Groq, Mistral, xAI, OpenRouter, Azure and
 * Anthropic's compatibility endpoint. Total: any member may be missing, null
 * or of another type, and is then passed over.
 */
#include "llm/decode.h"

#define CALLS_MAX 1024

/* A tool call: the server's index and id, and our own number. */
struct decoder_call {
	struct decoder_call *next;
	int64_t index;
	struct span id; /* empty until one came */
	unsigned number;
	bool named;
};

/* A new id at an index that has one begins another call. */
static struct decoder_call *find_call(struct decoder *d, int64_t index,
				      struct span id)
{
	struct decoder_call *c;

	for (c = d->calls; c; c = c->next)
		if (c->index == index)
			break;
	if (c && (!id.len || !c->id.len || span_eq(c->id, id)))
		return c;
	if (d->ncalls == CALLS_MAX)
		return NULL;
	c = arena_new(&d->keep, struct decoder_call);
	c->index = index;
	c->number = d->ncalls++;
	c->next = d->calls;
	d->calls = c;
	return c;
}

/* One piece of a call; position is used when it has no index. */
static int on_call(struct decoder *d, const struct json *call, int64_t position,
		   struct error *err)
{
	struct arena *a = &d->scratch;
	const struct json *function = json_get(call, "function"),
			  *arguments = json_get(function, "arguments");
	struct event ev = { .type = EVENT_TOOL_CALL,
			    .id = json_string(json_get(call, "id"), a),
			    .name = json_string(json_get(function, "name"), a),
			    .text = json_string(arguments, a) };
	struct decoder_call *c;

	if (!call || call->type != JSON_OBJECT)
		return 0;
	c = find_call(d, json_int(json_get(call, "index"), position), ev.id);
	if (!c)
		return error_set(err, ERR_MODEL,
				 "the stream of %s has more than %d tool calls",
				 d->provider->title, CALLS_MAX);
	/* some servers repeat both in every piece */
	if (c->id.len)
		ev.id = (struct span){ "", 0 };
	else
		c->id = arena_span(&d->keep, ev.id);
	if (c->named)
		ev.name = (struct span){ "", 0 };
	c->named = c->named || ev.name.len;
	if (arguments && arguments->type == JSON_OBJECT)
		ev.text = arguments->raw;
	ev.index = c->number;
	return d->sink(d->ctx, &ev, err);
}

static int on_calls(struct decoder *d, const struct json *calls,
		    struct error *err)
{
	const struct json *v;
	int64_t position = 0;

	if (!calls || calls->type != JSON_ARRAY)
		return 0;
	for (v = calls->child; v; v = v->next)
		if (on_call(d, v, position++, err))
			return -1;
	return 0;
}

/* Mistral's list of parts: text, or thinking that is itself such a list. */
static int on_parts(struct decoder *d, const struct json *parts,
		    enum event_type type, struct error *err)
{
	const struct json *v, *thinking;

	for (v = parts->child; v; v = v->next) {
		struct span text =
			json_string(json_get(v, "text"), &d->scratch);

		thinking = json_get(v, "thinking");
		if (decode_text(d, type, 0, text, err))
			return -1;
		if (decode_text(d, EVENT_THINKING, 0,
				json_string(thinking, &d->scratch), err))
			return -1;
		/* one level is all there is */
		if (thinking && thinking->type == JSON_ARRAY &&
		    type != EVENT_THINKING &&
		    on_parts(d, thinking, EVENT_THINKING, err))
			return -1;
	}
	return 0;
}

/* The field goes by three names; a server that sends two says it twice. */
static int on_reasoning(struct decoder *d, const struct json *delta,
			struct error *err)
{
	static const char *const names[] = { "reasoning_content", "reasoning" };
	const struct json *details = json_get(delta, "reasoning_details");
	struct span text;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		text = json_string(json_get(delta, names[i]), &d->scratch);
		if (text.len)
			return decode_text(d, EVENT_THINKING, 0, text, err);
	}
	if (details && details->type == JSON_ARRAY)
		return on_parts(d, details, EVENT_THINKING, err);
	return 0;
}

static int on_delta(struct decoder *d, const struct json *delta,
		    struct error *err)
{
	const struct json *content = json_get(delta, "content");
	struct span refusal =
		json_string(json_get(delta, "refusal"), &d->scratch);

	if (on_reasoning(d, delta, err))
		return -1;
	if (content && content->type == JSON_ARRAY) {
		if (on_parts(d, content, EVENT_TEXT, err))
			return -1;
	} else if (decode_text(d, EVENT_TEXT, 0,
			       json_string(content, &d->scratch), err)) {
		return -1;
	}
	d->refused = d->refused || refusal.len;
	if (decode_text(d, EVENT_TEXT, 0, refusal, err))
		return -1;
	return on_calls(d, json_get(delta, "tool_calls"), err);
}

/* DeepSeek counts cached prompt tokens its own way as well. */
static void read_prompt(struct usage *u, const struct json *usage)
{
	const struct json *details = json_get(usage, "prompt_tokens_details");
	const struct json *prompt = json_get(usage, "prompt_tokens");

	decode_count(&u->cache_read,
		     json_get(usage, "prompt_cache_hit_tokens"));
	decode_count(&u->cache_read, json_get(details, "cached_tokens"));
	decode_count(&u->cache_write, json_get(details, "cache_write_tokens"));
	if (!prompt)
		return;
	decode_count(&u->input, prompt);
	if (u->input < 0)
		return;
	/* here the prompt includes what was cached */
	if (u->cache_read > 0)
		u->input -= u->cache_read;
	if (u->cache_write > 0)
		u->input -= u->cache_write;
	if (u->input < 0)
		u->input = 0;
}

static void read_completion(struct usage *u, const struct json *usage)
{
	int64_t total = -1, prompt = -1;

	decode_count(&total, json_get(usage, "total_tokens"));
	decode_count(&prompt, json_get(usage, "prompt_tokens"));
	decode_count(&u->output, json_get(usage, "completion_tokens"));
	decode_count(&u->reasoning, json_at(usage, "completion_tokens_details",
					    "reasoning_tokens", NULL));
	/* xAI counts reasoning beside the completion: only the total tells */
	if (u->reasoning > 0 && u->output >= 0 && prompt >= 0 &&
	    total == prompt + u->output + u->reasoning)
		u->output += u->reasoning;
}

static int read_usage(struct decoder *d, const struct json *root,
		      struct error *err)
{
	const struct json *usage = json_get(root, "usage");

	if (!usage)
		usage = json_at(root, "x_groq", "usage", NULL);
	if (!usage || usage->type != JSON_OBJECT)
		return 0;
	read_prompt(&d->usage, usage);
	read_completion(&d->usage, usage);
	return decode_usage(d, err);
}

static const struct {
	const char *word;
	enum stop_reason stop;
	int status; /* not 0: an error in a stop reason's place */
} stops[] = {
	{ "stop", STOP_END, 0 },
	{ "length", STOP_LENGTH, 0 },
	{ "model_length", STOP_WINDOW, 0 },
	{ "tool_calls", STOP_TOOLS, 0 },
	{ "function_call", STOP_TOOLS, 0 },
	{ "content_filter", STOP_REFUSAL, 0 },
	{ "error", STOP_NONE, 502 },
	{ "insufficient_system_resource", STOP_NONE, 503 },
	/* Ollama loading or unloading a model: nothing was said */
	{ "load", STOP_NONE, 0 },
	{ "unload", STOP_NONE, 0 },
};

static int on_finish(struct decoder *d, struct span word, struct error *err)
{
	struct event ev = { .type = EVENT_STOP,
			    .text = word,
			    .stop = STOP_END };
	struct failure f = { .message = SPAN("the server gave up") };
	size_t i;

	if (!word.len)
		return 0;
	for (i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		if (!span_eqs(word, stops[i].word))
			continue;
		ev.stop = stops[i].stop;
		f.status = stops[i].status;
	}
	if (f.status)
		return decode_failure(d, &f, err);
	if (ev.stop == STOP_NONE)
		return 0;
	if (d->refused)
		ev.stop = STOP_REFUSAL;
	else if (ev.stop == STOP_END && d->ncalls)
		ev.stop = STOP_TOOLS;
	return d->sink(d->ctx, &ev, err);
}

/* The one choice that was asked for, or NULL. */
static const struct json *first_choice(const struct json *root)
{
	const struct json *v = json_get(root, "choices");

	v = v && v->type == JSON_ARRAY ? v->child : NULL;
	while (v && json_int(json_get(v, "index"), 0) != 0)
		v = v->next;
	return v;
}

static int on_error(struct decoder *d, const struct json *root,
		    struct error *err)
{
	struct failure f;

	if (!failure_read(&f, root, &d->scratch))
		f.message = SPAN("an error without words");
	return decode_failure(d, &f, err);
}

int openai_decode(struct decoder *d, const struct sse_event *ev,
		  struct error *err)
{
	const struct json *choice;
	struct json *root;

	if (span_starts(ev->data, "[DONE]"))
		return decode_end(d, err);
	if (decode_json(d, ev, &root, err))
		return -1;
	if (decode_has_error(root) || span_eqs(ev->event, "error") ||
	    decode_has_error(root->type == JSON_ARRAY ? root->child : NULL))
		return on_error(d, root, err);
	if (root->type != JSON_OBJECT)
		return error_set(err, ERR_MODEL,
				 "the stream of %s holds an event that is no "
				 "JSON object",
				 d->provider->title);
	if (!d->started && decode_start(d, err))
		return -1;
	choice = first_choice(root);
	if (on_delta(d, json_get(choice, "delta"), err) ||
	    read_usage(d, root, err))
		return -1;
	return on_finish(
		d, json_string(json_get(choice, "finish_reason"), &d->scratch),
		err);
}
