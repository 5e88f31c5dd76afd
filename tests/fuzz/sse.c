/*
 * A stream gives the same events whole, cut in two and byte by byte: those of
 * the format itself, and those that each protocol's decoder makes of them.
 * What a turn then sends back is a body that is JSON. The first two bytes are
 * where it is cut and how large an event may be.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "llm/provider.h"
#include "llm/turn.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct run {
	struct buf log;
	struct turn turn;
	struct decoder decoder;
	const struct provider *provider; /* NULL: the format alone */
};

static int on_event(void *ctx, const struct event *ev, struct error *err)
{
	struct run *r = ctx;

	buf_addf(&r->log, "%d %u %d %d %lld ", (int)ev->type, ev->index,
		 (int)ev->stop, ev->status, (long long)ev->usage.output);
	buf_addsp(&r->log, ev->id);
	buf_addsp(&r->log, ev->name);
	buf_addsp(&r->log, ev->text);
	buf_addc(&r->log, '\n');
	assert(text_utf8_valid(ev->text));
	assert(ev->usage.input >= -1 && ev->usage.output >= -1);
	return turn_event(&r->turn, ev, err);
}

static int on_sse(void *ctx, const struct sse_event *ev, struct error *err)
{
	struct run *r = ctx;

	if (r->provider)
		return decoder_feed(&r->decoder, ev, err);
	buf_addsp(&r->log, ev->event);
	buf_addc(&r->log, '|');
	buf_addsp(&r->log, ev->data);
	buf_addc(&r->log, '\n');
	return 0;
}

static void play(struct run *r, struct span in, size_t cut, size_t step,
		 size_t max)
{
	struct sse sse = { .sink = on_sse, .ctx = r, .max_event = max };
	struct error err = { 0 };
	size_t n = cut ? cut : 1;
	int rc = 0;

	buf_reset(&r->log);
	turn_reset(&r->turn);
	r->decoder = (struct decoder){ .provider = r->provider,
				       .sink = on_event,
				       .ctx = r };
	while (in.len && !rc) {
		struct span part = span_first(in, n);
		/* of its own, so that reading behind it is seen */
		char *copy = malloc(part.len);

		memcpy(copy, part.ptr, part.len);
		rc = sse_feed(&sse, (struct span){ copy, part.len }, &err);
		free(copy);
		in = span_from(in, part.len);
		n = step;
	}
	if (!rc)
		rc = sse_end(&sse, &err);
	assert(!rc == !err.kind);
	buf_addf(&r->log, "%d", rc);
	sse_release(&sse);
	decoder_release(&r->decoder);
}

static void check_reply(struct run *r)
{
	struct llm_params params = { .model = "m", .max_output = 100 };
	struct arena a = { 0 };
	struct chat chat = { 0 };
	struct buf body = { 0 };
	struct json *v;
	size_t opened = 0, i;

	assert(text_utf8_valid(span_of(r->turn.stop_word)));
	assert(text_utf8_valid(span_of(r->turn.error_text)));
	turn_to_chat(&r->turn, &chat, &a);
	r->provider->protocol->encode(&body, r->provider, &params, &chat);
	/* an opaque block of 64 levels lies deeper within a body */
	for (i = 0; i < body.len; i++)
		opened += body.ptr[i] == '{' || body.ptr[i] == '[';
	assert(opened > 64 || !json_parse(&v, &a, buf_span(&body), NULL));
	buf_release(&body);
	arena_release(&a);
}

static void check(const struct provider *p, struct span in, size_t cut,
		  size_t max)
{
	struct run whole = { .provider = p }, split = { .provider = p };

	play(&whole, in, in.len, in.len, max);
	play(&split, in, cut, in.len, max);
	assert(span_eq(buf_span(&whole.log), buf_span(&split.log)));
	play(&split, in, 1, 1, max);
	assert(span_eq(buf_span(&whole.log), buf_span(&split.log)));
	if (p)
		check_reply(&whole);
	buf_release(&whole.log);
	buf_release(&split.log);
	turn_release(&whole.turn);
	turn_release(&split.turn);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	size_t cut, max;

	if (size < 2)
		return 0;
	cut = data[0];
	max = data[1] < 64 ? data[1] : 0;
	in = span_from(in, 2);
	check(NULL, in, cut, max);
	check(provider_find("anthropic"), in, cut, 0);
	check(provider_find("compatible"), in, cut, 0);
	return 0;
}
