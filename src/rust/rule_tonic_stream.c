/*
 * tonic: how fast a response stream may run ahead of the client that reads it.
 */
#include "rust/rule.h"

/* How far before the stream its channel is looked for. */
#define BACK_MAX 1600

/* `let (tx, rx) = mpsc::unbounded_channel();` in the same fn, for the rx at
 * token i: the name of what makes it; LOOK_NONE. */
static uint32_t channel_of(const struct source *s, uint32_t i, uint32_t from)
{
	struct span rx = lexer_word(&s->lx, i);

	if (i > from + BACK_MAX)
		from = i - BACK_MAX;
	for (; i > from; i--) {
		uint32_t end;

		if (look_kind(s, i) != KW_LET)
			continue;
		end = look_match(s, i, "let () =");
		if (end == LOOK_NONE ||
		    !span_eq(lexer_word(&s->lx, end - 3), rx))
			continue;
		while (end < s->lx.count && look_kind(s, end) != TOKEN_SEMI) {
			if (look_is(s, end, "unbounded_channel") ||
			    look_is(s, end, "unbounded"))
				return end;
			end++;
		}
		return LOOK_NONE;
	}
	return LOOK_NONE;
}

/* Is the fn around one that answers: does its signature name a Response, a
 * Status or a Stream? */
static bool answers(const struct source *s, const struct item *fn)
{
	for (uint32_t i = fn->key; i < fn->open; i++) {
		struct span word = lexer_text(&s->lx, i);

		if (lexer_name(look_kind(s, i)) &&
		    (span_ends(word, "Response") || span_eqs(word, "Status") ||
		     span_ends(word, "Stream")))
			return true;
	}
	return false;
}

static void run_stream(struct rule_run *r, const struct source *s)
{
	if (!look_names(s, "tonic"))
		return;
	for (uint32_t i = 0; i < s->lx.count; i++) {
		uint32_t fn, channel;

		if (!look_is(s, i, "UnboundedReceiverStream") ||
		    look_match(s, i + 1, ":: new ()") == LOOK_NONE)
			continue;
		fn = source_item(s, i, ITEM_FN);
		if (fn == OUTLINE_NONE || !answers(s, &s->outline.item[fn]))
			continue;
		channel = channel_of(s, i + 4, s->outline.item[fn].open);
		rule_found(r, channel == LOOK_NONE ? i : channel, i,
			   "the response stream at line %u reads an unbounded "
			   "channel",
			   look_line(s, i));
	}
}

const struct rule rule_tonic_unbounded_stream = {
	.id = "tonic-unbounded-stream",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "async-performance",
	.about = "a gRPC response stream built on an unbounded channel",
	.consequence = "nothing makes the sender wait for a client that reads "
		       "slowly, or not at all: HTTP/2 holds the stream back, "
		       "and the messages gather in memory",
	.remedy = "can more be sent than the client takes? A bounded channel "
		  "and ReceiverStream make `send` wait",
	.why = "tonic takes the next message only when the client's window has "
	       "room. With a bounded channel that pressure reaches the task "
	       "that sends; with an unbounded one each slow client costs as "
	       "much memory as its backlog, which the client chooses.",
	.bad = "use tokio_stream::wrappers::UnboundedReceiverStream;\n"
	       "use tonic::{Request, Response, Status};\n"
	       "\n"
	       "async fn watch(&self, _: Request<Filter>) -> "
	       "Result<Response<Self::WatchStream>, Status> {\n"
	       "    let (tx, rx) = tokio::sync::mpsc::unbounded_channel();\n"
	       "    self.watchers.add(tx);\n"
	       "    Ok(Response::new(UnboundedReceiverStream::new(rx)))\n"
	       "}\n",
	.good = "use tokio_stream::wrappers::ReceiverStream;\n"
		"use tonic::{Request, Response, Status};\n"
		"\n"
		"async fn watch(&self, _: Request<Filter>) -> "
		"Result<Response<Self::WatchStream>, Status> {\n"
		"    let (tx, rx) = tokio::sync::mpsc::channel(64);\n"
		"    self.watchers.add(tx);\n"
		"    Ok(Response::new(ReceiverStream::new(rx)))\n"
		"}\n",
	.run = run_stream,
};
