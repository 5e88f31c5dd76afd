/*
 * OpenAI's Chat Completions: the request.
 *
 * Source: OpenAI's API reference, "Create chat completion", November 2026, and
 * the compatible servers' own pages. Content is always one plain string: some
 * servers read no other form, and some refuse null.
 */
#include "base/json.h"
#include "llm/decode.h"

/* The text parts of a message as one string. */
static void add_texts(struct buf *out, const struct chat_part *parts, size_t n,
		      const char *between)
{
	struct buf all = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		if (parts[i].kind != PART_TEXT || !parts[i].text.len)
			continue;
		if (all.len)
			buf_adds(&all, between);
		buf_addsp(&all, parts[i].text);
	}
	json_quote(out, buf_span(&all));
	buf_release(&all);
}

static bool holds(const struct chat_part *parts, size_t n, enum part_kind kind)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (parts[i].kind == kind &&
		    (kind != PART_TEXT || parts[i].text.len))
			return true;
	return false;
}

static void add_call(struct buf *out, const struct chat_part *p)
{
	struct buf arguments = { 0 };

	encode_arguments(&arguments, p);
	buf_adds(out, "{\"id\":");
	json_quote(out, p->id);
	buf_adds(out, ",\"type\":\"function\",\"function\":{\"name\":");
	json_quote(out, p->name);
	buf_adds(out, ",\"arguments\":");
	json_quote(out, buf_span(&arguments));
	buf_adds(out, "}}");
	buf_release(&arguments);
}

static void add_calls(struct buf *out, const struct chat_message *m)
{
	bool first = true;

	buf_adds(out, ",\"tool_calls\":[");
	vec_each (struct chat_part, p, &m->parts) {
		if (p->kind != PART_TOOL_CALL)
			continue;
		if (!first)
			buf_addc(out, ',');
		first = false;
		add_call(out, p);
	}
	buf_addc(out, ']');
}

/* False, and nothing written, when there is nothing it could say. */
static bool add_message(struct buf *out, const char *role,
			const struct chat_message *m, bool first)
{
	const struct chat_part *parts = m->parts.ptr;
	size_t n = m->parts.len;
	bool calls = holds(parts, n, PART_TOOL_CALL);

	if (!calls && !holds(parts, n, PART_TEXT))
		return false;
	if (!first)
		buf_addc(out, ',');
	buf_addf(out, "{\"role\":\"%s\",\"content\":", role);
	/* what the model wrote goes back as it was */
	add_texts(out, parts, n, m->role == ROLE_ASSISTANT ? "" : "\n\n");
	if (calls)
		add_calls(out, m);
	buf_addc(out, '}');
	return true;
}

static void encode(struct buf *out, const struct provider *p,
		   const struct llm_params *params, const struct chat *chat)
{
	struct chat_message system = { .role = ROLE_USER };
	bool first = true;

	buf_reserve(out, chat_bytes(chat) + 1024);
	buf_adds(out, "{\"model\":");
	json_quote(out, span_of(params->model));
	if (!params->count)
		buf_adds(out, ",\"stream\":true");
	if (p->stream_usage && !params->count)
		buf_adds(out, ",\"stream_options\":{\"include_usage\":true}");
	if (params->max_output > 0 && p->max_tokens_field && !params->count)
		buf_addf(out, ",\"%s\":%lld", p->max_tokens_field,
			 (long long)params->max_output);
	buf_adds(out, ",\"messages\":[");
	system.parts.ptr = chat->system.ptr;
	system.parts.len = chat->system.len;
	if (add_message(out, p->system_role, &system, true))
		first = false;
	vec_each (struct chat_message, m, &chat->messages)
		if (add_message(out,
				m->role == ROLE_USER ? "user" : "assistant", m,
				first))
			first = false;
	buf_adds(out, "]}");
}

const struct protocol openai_chat_protocol = {
	.name = "openai-chat",
	.path = "/chat/completions",
	.encode = encode,
	.decode = openai_decode,
};
