/*
 * A stream means the same however it is split. The first byte says which
 * protocol, the second how large the pieces are.
 */
#include <assert.h>
#include <string.h>

#include "llm/provider.h"
#include "llm/turn.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define MAX_EVENT 4096

struct run {
	struct decoder decoder;
	struct turn turn;
	struct error err;
	int rc;
};

static int decode(void *ctx, const struct sse_event *ev, struct error *err)
{
	return decoder_feed(ctx, ev, err);
}

static void play(struct run *r, const struct provider *p, struct span in,
		 size_t piece)
{
	struct sse sse = { .sink = decode,
			   .ctx = &r->decoder,
			   .max_event = MAX_EVENT };

	r->decoder = (struct decoder){ .provider = p,
				       .sink = turn_event,
				       .ctx = &r->turn };
	while (in.len && !r->rc) {
		r->rc = sse_feed(&sse, span_first(in, piece), &r->err);
		in = span_from(in, piece);
	}
	if (!r->rc)
		r->rc = sse_end(&sse, &r->err);
	sse_release(&sse);
}

static void release(struct run *r)
{
	decoder_release(&r->decoder);
	turn_release(&r->turn);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const struct provider *p;
	struct run whole = { 0 }, split = { 0 };
	struct span in;

	if (size < 2)
		return 0;
	p = provider_find(data[0] & 1 ? "anthropic" : "openai");
	assert(p);
	in = (struct span){ (const char *)data + 2, size - 2 };
	play(&whole, p, in, in.len + 1);
	play(&split, p, in, 1 + data[1] % 16);
	assert(whole.rc == split.rc);
	assert(!strcmp(whole.err.msg, split.err.msg));
	assert(span_eq(buf_span(&whole.turn.text), buf_span(&split.turn.text)));
	assert(text_utf8_valid(buf_span(&whole.turn.text)));
	assert(whole.turn.stop == split.turn.stop);
	assert(whole.turn.ended == split.turn.ended);
	assert(whole.turn.error_status == split.turn.error_status);
	assert(whole.turn.usage.output == split.turn.usage.output);
	assert(whole.turn.usage.input >= -1 && whole.turn.usage.output >= -1);
	release(&whole);
	release(&split);
	return 0;
}
