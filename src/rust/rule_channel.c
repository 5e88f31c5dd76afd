/* Channels whose queue has no limit. */
#include "rust/rule.h"
#include "rust/support.h"

/* Comments so far above a statement, or behind it, may give the reason. */
#define COMMENTS_MAX 16
/* Tokens of a `let` in front of the call. */
#define LET_MAX 64

static bool says_bound(struct span text)
{
	return span_find(text, SPAN("bounded")) >= 0 ||
	       span_find(text, SPAN("Bounded")) >= 0 ||
	       span_find(text, SPAN("pressure")) >= 0 ||
	       span_find(text, SPAN("limit")) >= 0;
}

/* Do the comments above the statement, in it up to the call, or at the end of
 * the call's line speak of bounds? Then the author has thought of them. */
static bool reasoned(const struct source *s, uint32_t i)
{
	const struct lexer *lx = &s->lx;
	uint32_t first = s->tree.first[i];
	uint32_t at =
		first ? lexer_comment_at(lx, lx->tok[first - 1].start) : 0;

	for (unsigned n = 0; n < COMMENTS_MAX && at < lx->comments; n++, at++) {
		const struct comment *c = &lx->comment[at];
		struct span text = { lx->src.ptr + c->start, c->len };

		if (c->token > i && c->line > lx->tok[i].line)
			break;
		if (says_bound(text))
			return true;
	}
	return false;
}

static bool holds(struct span word, const char *part)
{
	return span_find(word, span_of(part)) >= 0;
}

/* A channel for a signal: of `()`, or named so. It holds few messages. */
static bool signal(const struct source *s, uint32_t i)
{
	static const char *const words[] = {
		"shutdown", "stop",  "cancel", "close", "exit",
		"quit",	    "ready", "start",  "done",
	};

	if (look_match(s, i + 1, ":: < ( ) >") != LOOK_NONE)
		return true;
	for (uint32_t n = 0; n < LET_MAX && i > s->tree.first[i] + n; n++) {
		struct span word = lexer_text(&s->lx, s->tree.first[i] + n);

		if (span_eqs(word, "="))
			break;
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (holds(word, words[k]))
				return true;
	}
	return false;
}

static void run(struct rule_run *r, const struct source *s)
{
	for (uint32_t i = 1; i < s->lx.count; i++) {
		struct span path;
		bool blocks;

		if (!names_channel(lexer_word(&s->lx, i)) ||
		    look_kind(s, i - 1) == TOKEN_DOT ||
		    look_kind(s, i - 1) == KW_FN || !rule_asks(r, i))
			continue;
		if (look_match(s, i + 1, "()") == LOOK_NONE &&
		    look_match(s, i + 1, ":: <> ()") == LOOK_NONE)
			continue;
		path = look_path(s, rule_arena(r), i);
		blocks = span_eqs(path, "std::sync::mpsc::channel");
		if (!names_unbounded(path) || signal(s, i) || reasoned(s, i) ||
		    support_code(s, i) ||
		    (blocks && !(s->context.flags[i] & CONTEXT_ASYNC)))
			continue;
		rule_found(r, i, LOOK_NONE,
			   "`%.*s` makes a queue without a limit",
			   SPAN_ARG(path));
	}
}

const struct rule rule_unbounded_channel = {
	.id = "unbounded-channel",
	.tier = TIER_B,
	.level = LEVEL_QUESTION,
	.section = "async-performance",
	.about = "channel without a limit",
	.consequence = "it grows for as long as the receiver is slower than "
		       "the senders",
	.remedy = "what bounds it here?",
	.yields_to = "tonic-unbounded-stream",
	.why = "An unbounded channel never makes its senders wait, so a slow "
	       "or stuck receiver is met with memory instead of "
	       "back-pressure, and the messages get older the more there "
	       "are. It is right where something else bounds them: one "
	       "message a request that is itself limited, say. A comment that "
	       "says so answers the question; so do channels of `()` and of "
	       "signals by their name.",
	.bad = "fn start() -> UnboundedSender<Event> {\n"
	       "    let (tx, rx) = tokio::sync::mpsc::unbounded_channel();\n"
	       "    tokio::spawn(write_all(rx));\n"
	       "    tx\n"
	       "}\n",
	.good = "fn start() -> Sender<Event> {\n"
		"    let (tx, rx) = tokio::sync::mpsc::channel(1024);\n"
		"    tokio::spawn(write_all(rx));\n"
		"    tx\n"
		"}\n",
	.run = run,
};
