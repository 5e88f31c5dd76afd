/* Play a stream's bytes through sse and a provider's decoder, in any split. */
#ifndef REPLAY_H
#define REPLAY_H

#include <string.h>

#include "base/buf.h"
#include "llm/provider.h"
#include "llm/turn.h"
#include "test.h"

struct replay {
	struct buf log; /* one line an event */
	struct turn turn;
	struct error err;
	struct decoder decoder;
};

static inline void replay_words(struct buf *out, const struct event *ev)
{
	const struct usage *u = &ev->usage;

	switch (ev->type) {
	case EVENT_START:
		buf_adds(out, "start");
		break;
	case EVENT_TEXT:
		buf_addf(out, "text %u ", ev->index);
		break;
	case EVENT_THINKING:
		buf_addf(out, "think %u ", ev->index);
		break;
	case EVENT_TOOL_CALL:
		buf_addf(out, "call %u '%.*s' '%.*s' ", ev->index,
			 SPAN_ARG(ev->id), SPAN_ARG(ev->name));
		break;
	case EVENT_OPAQUE:
		buf_addf(out, "opaque %u ", ev->index);
		break;
	case EVENT_USAGE:
		buf_addf(out, "usage %d %d %d %d %d", (int)u->input,
			 (int)u->cache_read, (int)u->cache_write,
			 (int)u->output, (int)u->reasoning);
		break;
	case EVENT_STOP:
		buf_addf(out, "stop %s ", stop_reason_name(ev->stop));
		break;
	case EVENT_ERROR:
		buf_addf(out, "error %d ", ev->status);
		break;
	case EVENT_END:
		buf_adds(out, "end");
		break;
	}
}

static inline int replay_event(void *ctx, const struct event *ev,
			       struct error *err)
{
	struct replay *r = ctx;

	replay_words(&r->log, ev);
	buf_addsp(&r->log, ev->text);
	buf_addc(&r->log, '\n');
	return turn_event(&r->turn, ev, err);
}

static inline int replay_sse(void *ctx, const struct sse_event *ev,
			     struct error *err)
{
	struct replay *r = ctx;

	return decoder_feed(&r->decoder, ev, err);
}

/* cut bytes first, then pieces of step bytes. A failure ends the log. */
static inline void replay(struct replay *r, const struct provider *p,
			  struct span in, size_t cut, size_t step)
{
	struct sse sse = { .sink = replay_sse, .ctx = r };
	size_t n = cut;
	int rc = 0;

	buf_reset(&r->log);
	turn_reset(&r->turn);
	r->err = (struct error){ 0 };
	r->decoder = (struct decoder){ .provider = p,
				       .sink = replay_event,
				       .ctx = r };
	while (in.len && !rc) {
		struct span part = span_first(in, n);

		rc = sse_feed(&sse, part, &r->err);
		in = span_from(in, part.len);
		n = step;
	}
	if (!rc)
		sse_end(&sse, &r->err);
	if (r->err.kind)
		buf_addf(&r->log, "failed %d\n", (int)r->err.kind);
	sse_release(&sse);
	decoder_release(&r->decoder);
}

static inline void replay_release(struct replay *r)
{
	buf_release(&r->log);
	turn_release(&r->turn);
}

/* The stream gives this log whole, cut at every byte and byte by byte. */
static inline void replay_check(const struct provider *p, const char *stream,
				const char *want)
{
	struct span in = span_of(stream);
	struct replay r = { 0 };
	size_t cut;

	replay(&r, p, in, in.len, in.len);
	ck_assert_str_eq(buf_cstr(&r.log), want);
	for (cut = 1; cut < in.len; cut++) {
		replay(&r, p, in, cut, in.len);
		ck_assert_msg(!strcmp(buf_cstr(&r.log), want), "cut at %zu",
			      cut);
	}
	replay(&r, p, in, 1, 1);
	ck_assert_str_eq(buf_cstr(&r.log), want);
	replay_release(&r);
}

#endif
