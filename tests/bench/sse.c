/*
 * SSE to text with JSON decoding, one core: streams of small deltas as both
 * protocols send them, beside the same events read with cJSON.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "llm/provider.h"
#include "llm/turn.h"

#define GOAL 300.0 /* MB/s */
#define MB 1000000
#define ROUNDS 3 /* the best one counts: others share the machine */

static const char *const words[] = { " the",	  " pool",     "\\n\\n",
				     " `unwrap`", " of",       " caf\xc3\xa9",
				     " a",	  "ing",       ".",
				     " Result",	  " \\\"x\\\"" };

struct shape {
	const char *provider, *first, *last;
	const char *before, *after; /* around a delta's text */
};

static const struct shape shapes[] = {
	{ "anthropic",
	  "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
	  "{\"id\":\"msg_01\",\"usage\":{\"input_tokens\":9}}}\n\n"
	  "event: content_block_start\ndata: {\"type\":\"content_block_start\","
	  "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"
	  "\n\n",
	  "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
	  "event: content_block_delta\ndata: {\"type\":\"content_block_delta\","
	  "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"",
	  "\"}        }\n\n" },
	{ "openai", "", "data: [DONE]\n\n",
	  "data: {\"id\":\"chatcmpl-9f8A7b6C5d4E3f2G1h0\",\"object\":"
	  "\"chat.completion.chunk\",\"created\":1790000000,\"model\":"
	  "\"gpt-6.2-sol\",\"service_tier\":\"default\","
	  "\"system_fingerprint\":\"fp_0123456789\",\"choices\":[{\"index\":0,"
	  "\"delta\":{\"content\":\"",
	  "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null,"
	  "\"obfuscation\":\"x1y2z\"}\n\n" },
};

static void generate(struct buf *out, const struct shape *s, size_t size)
{
	size_t i;

	buf_adds(out, s->first);
	for (i = 0; out->len < size; i++) {
		buf_adds(out, s->before);
		buf_adds(out, words[i % (sizeof(words) / sizeof(words[0]))]);
		buf_adds(out, s->after);
	}
	buf_adds(out, s->last);
}

static int decode(void *ctx, const struct sse_event *ev, struct error *err)
{
	return decoder_feed(ctx, ev, err);
}

/* The same answer by cJSON: parse, look up, append. */
static int decode_cjson(void *ctx, const struct sse_event *ev,
			struct error *err)
{
	struct turn *t = ctx;
	cJSON *root = cJSON_ParseWithLength(ev->data.ptr, ev->data.len);
	cJSON *delta = cJSON_GetObjectItemCaseSensitive(root, "delta"), *text;
	cJSON *choices = cJSON_GetObjectItemCaseSensitive(root, "choices");

	(void)err;
	if (choices)
		delta = cJSON_GetObjectItemCaseSensitive(
			cJSON_GetArrayItem(choices, 0), "delta");
	text = cJSON_GetObjectItemCaseSensitive(delta,
						choices ? "content" : "text");
	if (cJSON_IsString(text))
		buf_adds(&t->text, text->valuestring);
	cJSON_Delete(root);
	return 0;
}

/* MB a second of processor time; the text's length goes to *len. */
static double run(const struct shape *s, struct span in, size_t step,
		  bool cjson, size_t *len)
{
	struct turn t = { 0 };
	struct decoder d = { .provider = provider_find(s->provider),
			     .sink = turn_event,
			     .ctx = &t };
	struct sse sse = { .sink = cjson ? decode_cjson : decode,
			   .ctx = cjson ? (void *)&t : (void *)&d };
	struct error err = { 0 };
	clock_t begun = clock(), took;
	size_t size = in.len;

	while (in.len) {
		struct span part = span_first(in, step);

		if (sse_feed(&sse, part, &err))
			break;
		in = span_from(in, part.len);
	}
	if (err.kind || sse_end(&sse, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	took = clock() - begun;
	*len = t.text.len;
	sse_release(&sse);
	decoder_release(&d);
	turn_release(&t);
	return (double)size / MB * CLOCKS_PER_SEC / (double)(took ? took : 1);
}

static double best(const struct shape *s, struct span in, size_t step,
		   bool cjson, size_t *len)
{
	double top = 0, rate;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		rate = run(s, in, step, cjson, len);
		top = rate > top ? rate : top;
	}
	return top;
}

static void measure(const struct shape *s)
{
	struct buf in = { 0 }, small = { 0 };
	size_t len, again;
	double ours, theirs, bytes;

	generate(&in, s, 64 * MB);
	ours = best(s, buf_span(&in), 16384, false, &len);
	theirs = best(s, buf_span(&in), 16384, true, &again);
	generate(&small, s, 4 * MB);
	bytes = best(s, buf_span(&small), 1, false, &again);
	printf("sse %-10s %6.0f MB/s in 16 KiB pieces  goal %.0f: %s   "
	       "cJSON %.0f MB/s: %.1f x   byte by byte %.0f MB/s   "
	       "(%zu MB, %zu MB of text)\n",
	       s->provider, ours, GOAL, ours >= GOAL ? "met" : "missed", theirs,
	       ours / theirs, bytes, in.len / MB, len / MB);
	buf_release(&in);
	buf_release(&small);
}

int main(void)
{
	size_t i;

	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		measure(&shapes[i]);
	return 0;
}
