/*
 * What the real APIs refuse, as far as a correct client never meets it.
 * Source: the vendors' API references and error texts, November 2026.
 */
#include <cjson/cJSON.h>
#include <string.h>

#include "fake_script.h"

#define BAD "invalid_request_error"

static int refuse(struct buf *out, int status, const char *type,
		  const char *text)
{
	buf_addf(out,
		 "{\"type\":\"error\",\"error\":{\"type\":\"%s\","
		 "\"message\":\"%s\"}}",
		 type, text);
	return status;
}

static const cJSON *get(const cJSON *o, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(o, name);
}

/* A string that is there and empty, or text blocks of which one is. */
static bool empty_text(const cJSON *content)
{
	const cJSON *b;

	if (cJSON_IsString(content))
		return !*content->valuestring;
	cJSON_ArrayForEach (b, content) {
		const cJSON *t = get(b, "text");

		if (cJSON_IsString(t) && !*t->valuestring)
			return true;
	}
	return !cJSON_GetArraySize(content);
}

static const char *bad_messages(const cJSON *body, bool anthropic)
{
	const cJSON *messages = get(body, "messages"), *m = NULL, *last = NULL;
	const cJSON *role;

	if (!cJSON_IsArray(messages) || !messages->child)
		return "messages: at least one message is required";
	cJSON_ArrayForEach (m, messages) {
		role = get(m, "role");
		if (!cJSON_IsString(role))
			return "messages: role is missing";
		if (empty_text(get(m, "content")))
			return "messages: text content blocks must be "
			       "non-empty";
		if (anthropic && strcmp(role->valuestring, "user") != 0 &&
		    strcmp(role->valuestring, "assistant") != 0)
			return "messages: unexpected role";
		last = role;
	}
	if (anthropic && !strcmp(last->valuestring, "assistant"))
		return "This model does not support assistant message prefill."
		       " The conversation must end with a user message.";
	role = get(messages->child, "role");
	if (anthropic && strcmp(role->valuestring, "user") != 0)
		return "messages: first message must use the user role";
	return NULL;
}

static const char *bad_body(const cJSON *body, bool anthropic)
{
	static const char *const sampling[] = { "temperature", "top_p",
						"top_k" };

	if (!cJSON_IsObject(body))
		return "The body is not valid JSON";
	if (!cJSON_IsString(get(body, "model")))
		return "model: Field required";
	if (anthropic && !cJSON_IsNumber(get(body, "max_tokens")))
		return "max_tokens: Field required";
	for (size_t i = 0; i < 3; i++)
		if (get(body, sampling[i]))
			return "sampling parameters are not supported on this "
			       "model";
	if (anthropic && get(body, "system") && empty_text(get(body, "system")))
		return "system: text content blocks must be non-empty";
	return bad_messages(body, anthropic);
}

int fake_refusal(struct buf *out, const struct fake_request *rq, bool known)
{
	bool anthropic = span_ends(span_of(rq->path), "/v1/messages");
	bool openai = span_ends(span_of(rq->path), "/chat/completions");
	bool key = fake_header(rq, "x-api-key").len;
	bool bearer = fake_header(rq, "authorization").len;
	const char *bad;
	cJSON *body;

	if (strcmp(rq->method, "POST") != 0)
		return 0;
	if (!anthropic && !openai && known)
		return 0;
	if (!anthropic && !openai)
		return refuse(out, 404, "not_found_error", "Not Found");
	if (anthropic && key == bearer)
		return refuse(out, 401, "authentication_error",
			      key ? "both x-api-key and Authorization"
				  : "x-api-key header is required");
	if (openai && key)
		return refuse(out, 401, "authentication_error",
			      "x-api-key is not known here");
	if (anthropic && !fake_header(rq, "anthropic-version").len)
		return refuse(out, 400, BAD,
			      "anthropic-version: header is required");
	if (!span_starts(fake_header(rq, "content-type"), "application/json"))
		return refuse(out, 400, BAD,
			      "content-type must be application/json");
	body = cJSON_ParseWithLength(rq->body.ptr, rq->body.len);
	bad = bad_body(body, anthropic);
	cJSON_Delete(body);
	return bad ? refuse(out, 400, BAD, bad) : 0;
}
