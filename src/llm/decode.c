/*
 * Sources: the error shapes and types of the Anthropic and OpenAI references
 * (errors pages, November 2026), and those of Ollama, llama-server, vLLM,
 * FastAPI and Google as their servers send them.
 */
#include "llm/decode.h"

#include <string.h>

static const struct {
	const char *word;
	int status;
} statuses[] = {
	{ "invalid_request_error", 400 },
	{ "context_length_exceeded", 400 },
	{ "exceed_context_size_error", 400 },
	{ "unsupported_parameter", 400 },
	{ "unsupported_value", 400 },
	{ "content_filter", 400 },
	{ "INVALID_ARGUMENT", 400 },
	{ "authentication_error", 401 },
	{ "invalid_api_key", 401 },
	{ "billing_error", 402 },
	/* sent as 429, but waiting does not help */
	{ "insufficient_quota", 402 },
	{ "credit_balance_exhausted", 402 },
	{ "permission_error", 403 },
	{ "not_found_error", 404 },
	{ "model_not_found", 404 },
	{ "conflict_error", 409 },
	{ "request_too_large", 413 },
	{ "rate_limit_error", 429 },
	{ "rate_limit_exceeded", 429 },
	{ "slow_down", 429 },
	{ "RESOURCE_EXHAUSTED", 429 },
	{ "api_error", 500 },
	{ "server_error", 500 },
	{ "unavailable_error", 503 },
	{ "service_unavailable_error", 503 },
	{ "server_is_overloaded", 503 },
	{ "UNAVAILABLE", 503 },
	{ "timeout_error", 504 },
	{ "overloaded_error", 529 },
};

static int status_of_word(struct span word)
{
	size_t i;
	int n = 0;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (span_eqs(word, statuses[i].word))
			return statuses[i].status;
	if (word.len == 3)
		for (i = 0; i < 3 && word.ptr[i] >= '0' && word.ptr[i] <= '9';
		     i++)
			n = n * 10 + (word.ptr[i] - '0');
	return n >= 400 && n <= 599 ? n : 0;
}

static int status_of(const struct json *error, struct arena *a)
{
	static const char *const names[] = { "code", "type", "status" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct json *v = json_get(error, names[i]);
		int64_t n = json_int(v, 0);
		int status = status_of_word(json_string(v, a));

		if (n >= 400 && n <= 599)
			return (int)n;
		if (status)
			return status;
	}
	return 500;
}

/* The words of an error: a string, or its message, or what else it names. */
static struct span words(const struct json *v, struct arena *a)
{
	static const char *const names[] = { "message", "msg", "type", "code" };
	struct span s;
	size_t i;

	if (v && v->type == JSON_ARRAY)
		v = v->child;
	if (v && v->type == JSON_STRING)
		return json_string(v, a);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		s = json_string(json_get(v, names[i]), a);
		if (s.len)
			return s;
	}
	return (struct span){ NULL, 0 };
}

bool failure_read(struct failure *out, const struct json *root, struct arena *a)
{
	const struct json *error;

	if (root && root->type == JSON_ARRAY)
		root = root->child;
	error = json_get(root, "error");
	out->status = status_of(error ? error : root, a);
	out->message = words(error, a);
	if (!out->message.len && error && error->type == JSON_OBJECT)
		out->message = error->raw;
	if (!out->message.len)
		out->message = json_string(json_get(root, "message"), a);
	if (!out->message.len)
		out->message = words(json_get(root, "detail"), a);
	return out->message.len > 0;
}

bool decode_has_error(const struct json *root)
{
	const struct json *error = json_get(root, "error");

	if (!error || error->type == JSON_FALSE)
		return false;
	return error->type != JSON_STRING || error->raw.len > 0;
}

int decode_start(struct decoder *d, struct error *err)
{
	struct event ev = { .type = EVENT_START, .usage = USAGE_UNKNOWN };

	d->started = true;
	d->usage = USAGE_UNKNOWN;
	return d->sink(d->ctx, &ev, err);
}

int decode_text(struct decoder *d, enum event_type type, unsigned index,
		struct span text, struct error *err)
{
	struct event ev = { .type = type, .index = index, .text = text };

	return text.len ? d->sink(d->ctx, &ev, err) : 0;
}

int decode_usage(struct decoder *d, struct error *err)
{
	struct event ev = { .type = EVENT_USAGE, .usage = d->usage };

	return d->sink(d->ctx, &ev, err);
}

int decode_failure(struct decoder *d, const struct failure *f,
		   struct error *err)
{
	struct event ev = { .type = EVENT_ERROR,
			    .text = f->message,
			    .status = f->status };

	d->ended = true;
	return d->sink(d->ctx, &ev, err);
}

int decode_end(struct decoder *d, struct error *err)
{
	struct event ev = { .type = EVENT_END };

	d->ended = true;
	return d->sink(d->ctx, &ev, err);
}

void decode_count(int64_t *to, const struct json *v)
{
	if (!v)
		return;
	*to = json_int(v, -1);
	if (*to < 0)
		*to = -1;
}

/* U+FFFD for each byte that is no UTF-8, as a browser would read it. */
static struct span repair_utf8(struct arena *a, struct span s)
{
	struct buf out = { 0 };
	struct span fine;

	while (s.len) {
		struct span rest = s;
		int32_t cp = text_utf8(&rest);

		if (cp < 0)
			buf_adds(&out, "\xef\xbf\xbd");
		else
			buf_add(&out, s.ptr, s.len - rest.len);
		s = rest;
	}
	fine = arena_span(a, buf_span(&out));
	buf_release(&out);
	return fine;
}

int decode_json(struct decoder *d, const struct sse_event *ev,
		struct json **root, struct error *err)
{
	struct span data = ev->data;
	int rc = json_parse(root, &d->scratch, data, err);

	if (rc && !text_utf8_valid(data)) {
		data = repair_utf8(&d->scratch, data);
		if (err)
			*err = (struct error){ 0 };
		rc = json_parse(root, &d->scratch, data, err);
	}
	if (!rc)
		return 0;
	/* the wire is fine then, the reply is not */
	if (err && (span_chr(data, '\0') >= 0 ||
		    span_find(data, SPAN("\\u0000")) >= 0))
		err->kind = ERR_REPLY;
	return error_prefix(err,
			    "the stream of %s holds an event that is broken",
			    d->provider->title);
}

int decoder_feed(struct decoder *d, const struct sse_event *ev,
		 struct error *err)
{
	int rc;

	/* an event without data keeps some connections alive */
	if (d->ended || !span_trim(ev->data).len)
		return 0;
	rc = d->provider->protocol->decode(d, ev, err);
	arena_reset(&d->scratch);
	return rc;
}

void decoder_release(struct decoder *d)
{
	anthropic_release(d);
	arena_release(&d->scratch);
	arena_release(&d->keep);
	d->calls = NULL;
	d->ncalls = 0;
}

static bool object(struct span text)
{
	struct arena a = { 0 };
	struct json *v;
	bool yes = !json_parse(&v, &a, text, NULL) && v->type == JSON_OBJECT;

	arena_release(&a);
	return yes;
}

void encode_arguments(struct buf *out, const struct chat_part *part)
{
	if (!span_trim(part->text).len) {
		buf_adds(out, "{}");
	} else if (!part->bad_json && object(part->text)) {
		buf_addsp(out, part->text);
	} else {
		buf_adds(out, "{\"INVALID_JSON\":");
		json_quote(out, part->text);
		buf_addc(out, '}');
	}
}

const char *stop_reason_name(enum stop_reason s)
{
	static const char *const names[] = {
		[STOP_NONE] = "none",
		[STOP_END] = "end_turn",
		[STOP_LENGTH] = "max_tokens",
		[STOP_WINDOW] = "model_context_window_exceeded",
		[STOP_TOOLS] = "tool_use",
		[STOP_REFUSAL] = "refusal",
		[STOP_PAUSE] = "pause_turn",
	};

	return names[s];
}
