/*
 * Anthropic's Messages API: the request.
 *
 * Source: Anthropic's API reference, "Create a Message" and "Prompt caching",
 * November 2026. The form that every model and gateway takes: no sampling
 * parameters, no prefill, no `thinking` field.
 */
#include "base/json.h"
#include "llm/decode.h"

#define BREAKPOINTS 4	/* cache_control marks a request may have */
#define MAX_TOKENS 8192 /* the field is required */

struct encoder {
	struct buf *out;
	bool cache;	    /* marks are understood */
	size_t marks, mark; /* in the chat; passed so far */
	bool comma;
};

/* The server refuses text blocks that are blank. */
static bool skipped(const struct chat_part *p)
{
	return p->kind == PART_TEXT && !span_trim(p->text).len;
}

static size_t count_marks(const struct chat *chat)
{
	size_t n = 0;

	vec_each (struct chat_part, p, &chat->system)
		n += p->cache && !skipped(p);
	vec_each (struct chat_message, m, &chat->messages)
		vec_each (struct chat_part, p, &m->parts)
			n += p->cache && p->kind != PART_OPAQUE && !skipped(p);
	return n;
}

/* The first mark ends what all requests share; the newest ones grow. */
static void add_mark(struct encoder *e)
{
	size_t i = e->mark++;

	if (e->cache && (i == 0 || i + BREAKPOINTS > e->marks))
		buf_adds(e->out, ",\"cache_control\":{\"type\":\"ephemeral\"}");
}

static void add_call(struct encoder *e, const struct chat_part *p)
{
	buf_adds(e->out, "{\"type\":\"tool_use\",\"id\":");
	json_quote(e->out, p->id);
	buf_adds(e->out, ",\"name\":");
	json_quote(e->out, p->name);
	buf_adds(e->out, ",\"input\":");
	encode_arguments(e->out, p);
}

static void add_part(struct encoder *e, const struct chat_part *p)
{
	if (e->comma)
		buf_addc(e->out, ',');
	e->comma = true;
	if (p->kind == PART_OPAQUE) {
		buf_addsp(e->out, p->text);
		return;
	}
	if (p->kind == PART_TOOL_CALL) {
		add_call(e, p);
	} else {
		buf_adds(e->out, "{\"type\":\"text\",\"text\":");
		json_quote(e->out, p->text);
	}
	if (p->cache)
		add_mark(e);
	buf_addc(e->out, '}');
}

/* False, and nothing written, when no part is left. */
static bool add_message(struct encoder *e, const struct chat_message *m,
			bool first)
{
	bool any = false;

	vec_each (struct chat_part, p, &m->parts)
		any = any || !skipped(p);
	if (!any)
		return false;
	if (!first)
		buf_addc(e->out, ',');
	buf_addf(e->out, "{\"role\":\"%s\",\"content\":[",
		 m->role == ROLE_USER ? "user" : "assistant");
	e->comma = false;
	vec_each (struct chat_part, p, &m->parts)
		if (!skipped(p))
			add_part(e, p);
	buf_adds(e->out, "]}");
	return true;
}

static void add_system(struct encoder *e, const struct chat *chat)
{
	bool any = false;

	vec_each (struct chat_part, p, &chat->system)
		any = any || !skipped(p);
	if (!any)
		return;
	buf_adds(e->out, ",\"system\":[");
	e->comma = false;
	vec_each (struct chat_part, p, &chat->system)
		if (!skipped(p))
			add_part(e, p);
	buf_addc(e->out, ']');
}

static void encode(struct buf *out, const struct provider *p,
		   const struct llm_params *params, const struct chat *chat)
{
	struct encoder e = { .out = out,
			     .cache = p->prompt_cache,
			     .marks = count_marks(chat) };
	bool first = true;

	buf_reserve(out, chat_bytes(chat) + 1024);
	buf_adds(out, "{\"model\":");
	json_quote(out, span_of(params->model));
	if (!params->count)
		buf_addf(out, ",\"max_tokens\":%lld,\"stream\":true",
			 (long long)(params->max_output > 0 ? params->max_output
							    : MAX_TOKENS));
	add_system(&e, chat);
	buf_adds(out, ",\"messages\":[");
	vec_each (struct chat_message, m, &chat->messages)
		if (add_message(&e, m, first))
			first = false;
	buf_adds(out, "]}");
}

const struct protocol anthropic_protocol = {
	.name = "anthropic",
	.path = "/v1/messages",
	.encode = encode,
	.decode = anthropic_decode,
};
