/* fake_script - what a script says, and the bytes that come of it. */
#ifndef FAKE_SCRIPT_H
#define FAKE_SCRIPT_H

#include "base/buf.h"
#include "base/vec.h"
#include "fake_llm.h"

enum fake_act { ACT_CUT, ACT_RST, ACT_STALL };
enum fake_at { AT_BYTE, AT_PERCENT, AT_TEXT, AT_END, AT_NONE, AT_ACCEPT };

struct fake_action {
	enum fake_act act;
	enum fake_at at;
	size_t n;
	struct span text;
	int64_t ms;
	size_t wire; /* where in the bytes sent; set by fake_wire() */
};

enum fake_framing { FRAME_CHUNKED, FRAME_EXACT, FRAME_NONE, FRAME_LIE };

struct fake_reply {
	struct span on;	      /* the one path it is for; empty: any */
	struct span protocol; /* empty: the body is the script's */
	struct span text, think, stop;
	size_t chunk;
	int64_t usage[4];
	struct span usage_json, newline;
	size_t stream_at; /* offset in body */
	bool no_usage, no_end, raw, close, get, bom, tight;
	int status;
	struct span reason;
	VEC(struct span) headers;
	size_t fill_headers, long_header;
	struct buf body;
	struct span endless;
	enum fake_framing framing;
	size_t frame;
	int64_t delay_ms, drip_ms;
	size_t drip_n;
	size_t repeat;
	VEC(struct fake_action) actions;
};

struct fake_script {
	struct arena arena;
	VEC(struct fake_reply) replies;
	bool loop;
};

int fake_script_parse(struct fake_script *s, struct span text, const char *dir,
		      struct error *err);
void fake_script_release(struct fake_script *s);

/*
 * Append the whole answer to out and set where each action falls. path tells
 * the protocol of `auto`.
 */
void fake_wire(struct buf *out, struct fake_reply *r, const char *path);
/* Append the stream of a `reply` or `say`. */
void fake_stream(struct buf *out, const struct fake_reply *r, bool anthropic);

/*
 * What the real API would refuse in a request: its status, with the error
 * body appended; 0 when all is well. known: the script has a reply on its path.
 */
int fake_refusal(struct buf *body, const struct fake_request *rq, bool known);

#endif
