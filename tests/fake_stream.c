#include "fake_script.h"

#include <strings.h>

static void quote(struct buf *out, struct span s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c == '\n')
			buf_adds(out, "\\n");
		else if (c < ' ')
			buf_addf(out, "\\u%04x", c);
		else
			buf_addc(out, (char)c);
	}
	buf_addc(out, '"');
}

static struct span next_delta(struct span *rest, size_t chunk)
{
	struct span d = text_clip(*rest, chunk);

	if (!d.len) /* one character wider than a chunk */
		d = text_clip(*rest, 4);
	if (!d.len)
		d = span_first(*rest, 1);
	*rest = span_from(*rest, d.len);
	return d;
}

static void anthropic_block(struct buf *out, const struct fake_reply *r,
			    int index, const char *kind, struct span text)
{
	buf_addf(out,
		 "event: content_block_start\ndata: {\"type\":"
		 "\"content_block_start\",\"index\":%d,\"content_block\":"
		 "{\"type\":\"%s\",\"%s\":\"\"}}\n\n",
		 index, kind, kind);
	buf_adds(out, "event: ping\ndata: {\"type\": \"ping\"}\n\n");
	while (text.len) {
		buf_addf(out,
			 "event: content_block_delta\ndata: {\"type\":"
			 "\"content_block_delta\",\"index\":%d,\"delta\":"
			 "{\"type\":\"%s_delta\",\"%s\":",
			 index, kind, kind);
		quote(out, next_delta(&text, r->chunk));
		buf_adds(out, "}}\n\n");
	}
	buf_addf(out,
		 "event: content_block_stop\ndata: {\"type\":"
		 "\"content_block_stop\",\"index\":%d}\n\n",
		 index);
}

static void anthropic(struct buf *out, const struct fake_reply *r)
{
	const int64_t *u = r->usage;
	int index = 0;

	buf_adds(out, "event: message_start\ndata: {\"type\":\"message_start\","
		      "\"message\":{\"id\":\"msg_fake\",\"type\":\"message\","
		      "\"role\":\"assistant\",\"model\":\"fake\","
		      "\"content\":[],\"stop_reason\":null,"
		      "\"stop_sequence\":null");
	if (!r->no_usage)
		buf_addf(out,
			 ",\"usage\":{\"input_tokens\":%lld,"
			 "\"cache_creation_input_tokens\":%lld,"
			 "\"cache_read_input_tokens\":%lld,"
			 "\"output_tokens\":1}",
			 (long long)u[0], (long long)u[3], (long long)u[2]);
	buf_adds(out, "}}\n\n");
	if (r->think.len)
		anthropic_block(out, r, index++, "thinking", r->think);
	if (r->text.len)
		anthropic_block(out, r, index, "text", r->text);
	buf_adds(out, "event: message_delta\ndata: {\"type\":\"message_delta\","
		      "\"delta\":{\"stop_reason\":");
	if (span_eqs(r->stop, "none"))
		buf_adds(out, "null");
	else
		quote(out, r->stop);
	buf_adds(out, ",\"stop_sequence\":null}");
	if (r->usage_json.len)
		buf_addf(out, ",\"usage\":%.*s", SPAN_ARG(r->usage_json));
	else if (!r->no_usage)
		buf_addf(out, ",\"usage\":{\"output_tokens\":%lld}",
			 (long long)u[1]);
	buf_adds(out, "}\n\n");
	if (!r->no_end)
		buf_adds(out, "event: message_stop\n"
			      "data: {\"type\":\"message_stop\"}\n\n");
}

static const struct {
	const char *anthropic, *openai;
} stops[] = {
	{ "end_turn", "stop" },	      { "stop_sequence", "stop" },
	{ "max_tokens", "length" },   { "refusal", "content_filter" },
	{ "tool_use", "tool_calls" },
};

#define CHUNK                                                         \
	"data: {\"id\":\"chatcmpl-fake\",\"object\":"                 \
	"\"chat.completion.chunk\",\"created\":1,\"model\":\"fake\"," \
	"\"choices\":["

static void openai_text(struct buf *out, const struct fake_reply *r,
			const char *field, struct span text)
{
	while (text.len) {
		buf_addf(out, CHUNK "{\"index\":0,\"delta\":{\"%s\":", field);
		quote(out, next_delta(&text, r->chunk));
		buf_adds(out, "},\"finish_reason\":null}]}\n\n");
	}
}

static void openai(struct buf *out, const struct fake_reply *r)
{
	const int64_t *u = r->usage;
	struct span stop = r->stop;

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (span_eqs(r->stop, stops[i].anthropic))
			stop = span_of(stops[i].openai);
	buf_adds(out, CHUNK "{\"index\":0,\"delta\":{\"role\":\"assistant\","
			    "\"content\":\"\"},\"finish_reason\":null}]}\n\n");
	openai_text(out, r, "reasoning_content", r->think);
	openai_text(out, r, "content", r->text);
	buf_adds(out, CHUNK "{\"index\":0,\"delta\":{},\"finish_reason\":");
	if (span_eqs(stop, "none"))
		buf_adds(out, "null");
	else
		quote(out, stop);
	buf_adds(out, "}]}\n\n");
	if (r->usage_json.len)
		buf_addf(out, CHUNK "],\"usage\":%.*s}\n\n",
			 SPAN_ARG(r->usage_json));
	else if (!r->no_usage)
		buf_addf(out,
			 CHUNK "],\"usage\":{\"prompt_tokens\":%lld,"
			       "\"completion_tokens\":%lld,\"total_tokens\":"
			       "%lld,\"prompt_tokens_details\":"
			       "{\"cached_tokens\":%lld}}}\n\n",
			 (long long)(u[0] + u[2]), (long long)u[1],
			 (long long)(u[0] + u[1] + u[2]), (long long)u[2]);
	if (!r->no_end)
		buf_adds(out, "data: [DONE]\n\n");
}

/* The stream's bytes as another server would have written them. */
static void restyle(struct buf *out, const struct fake_reply *r,
		    struct span stream)
{
	struct span line;

	if (r->bom)
		buf_adds(out, "\xef\xbb\xbf");
	while (text_line(&stream, &line)) {
		ptrdiff_t colon = span_find(line, SPAN(": "));

		if (r->tight && colon >= 0) {
			buf_addsp(out, span_first(line, (size_t)colon + 1));
			line = span_from(line, (size_t)colon + 2);
		}
		buf_addsp(out, line);
		buf_addsp(out, r->newline);
	}
}

void fake_stream(struct buf *out, const struct fake_reply *r,
		 bool anthropic_side)
{
	struct buf made = { 0 };

	if (anthropic_side)
		anthropic(&made, r);
	else
		openai(&made, r);
	restyle(out, r, buf_span(&made));
	buf_release(&made);
}

/* -- Bytes on the wire ----------------------------------------------------- */

static bool has_header(const struct fake_reply *r, const char *name)
{
	vec_each (const struct span, h, &r->headers) {
		struct span rest = *h, n;

		if (text_field(&rest, ':', &n) && span_eqs_nocase(n, name))
			return true;
	}
	return false;
}

static void add_head(struct buf *out, const struct fake_reply *r, size_t len)
{
	buf_addf(out, "HTTP/1.1 %d %.*s\r\n", r->status, SPAN_ARG(r->reason));
	if (!has_header(r, "content-type"))
		buf_addf(out, "content-type: %s\r\n",
			 r->status == 200 ? "text/event-stream"
					  : "application/json");
	if (!has_header(r, "request-id"))
		buf_adds(out, "request-id: req_fake\r\n");
	if (r->framing == FRAME_CHUNKED)
		buf_adds(out, "transfer-encoding: chunked\r\n");
	else if (r->framing != FRAME_NONE)
		buf_addf(out, "content-length: %zu\r\n",
			 r->framing == FRAME_LIE ? r->frame : len);
	if (r->close || r->framing == FRAME_NONE)
		buf_adds(out, "connection: close\r\n");
	vec_each (const struct span, h, &r->headers)
		buf_addf(out, "%.*s\r\n", SPAN_ARG(*h));
	for (size_t i = 0; i < r->fill_headers; i++)
		buf_addf(out, "x-fill-%08zu: aaaaaaaaaaaaaaaaaaaaa\r\n", i);
	if (r->long_header) {
		buf_adds(out, "x-long: ");
		for (size_t i = 10; i < r->long_header; i++)
			buf_addc(out, 'a');
		buf_adds(out, "\r\n");
	}
	buf_adds(out, "\r\n");
}

/* The place in the body that an action means. */
static size_t body_place(const struct fake_action *a, struct span body)
{
	ptrdiff_t found;

	switch (a->at) {
	case AT_BYTE:
		return a->n < body.len ? a->n : body.len;
	case AT_PERCENT:
		return body.len * a->n / 100;
	case AT_TEXT:
		found = span_find(body, a->text);
		return found < 0 ? body.len : (size_t)found;
	default:
		return body.len;
	}
}

static void place(struct fake_reply *r, struct span body, size_t from,
		  size_t len, size_t wire, bool last)
{
	vec_each (struct fake_action, a, &r->actions) {
		size_t at = body_place(a, body);

		if (a->at == AT_NONE || a->at == AT_ACCEPT)
			a->wire = 0;
		else if (at >= from && (at < from + len || last))
			a->wire = wire + (at - from);
	}
}

void fake_wire(struct buf *out, struct fake_reply *r, const char *path)
{
	struct buf made = { 0 };
	struct span body = buf_span(&r->body);
	size_t at = 0, n;
	bool anthropic_side = span_ends(span_of(path), "/messages");

	if (r->protocol.len) {
		if (!span_eqs(r->protocol, "auto"))
			anthropic_side = span_eqs(r->protocol, "anthropic");
		buf_addsp(&made, span_first(body, r->stream_at));
		fake_stream(&made, r, anthropic_side);
		buf_addsp(&made, span_from(body, r->stream_at));
		body = buf_span(&made);
	}
	if (!r->raw)
		add_head(out, r, body.len);
	if (r->raw || r->framing != FRAME_CHUNKED) {
		place(r, body, 0, body.len, out->len, true);
		buf_addsp(out, body);
		buf_release(&made);
		return;
	}
	place(r, body, 0, 0, out->len, true);
	for (; at < body.len; at += n) {
		n = body.len - at < r->frame ? body.len - at : r->frame;
		buf_addf(out, "%zx\r\n", n);
		place(r, body, at, n, out->len, at + n == body.len);
		buf_add(out, body.ptr + at, n);
		buf_adds(out, "\r\n");
	}
	if (!r->endless.len)
		buf_adds(out, "0\r\n\r\n");
	buf_release(&made);
}
