#include "agent/agent.h"

#include <string.h>

#include "agent/reply.h"
#include "base/arena.h"
#include "llm/models.h"

#define TAIL 160	/* bytes of the cut text quoted back to the model */
#define WEIGH_BYTES 512 /* of new text are worth an estimate of their own */
#define MIN_OVERLAP 16	/* a repeated tail shorter than this is chance */

extern const char prompt_repair[];
extern const char prompt_continue[];

void agent_init(struct agent *ag, struct arena *a)
{
	ag->arena = a;
	ag->usage = USAGE_UNKNOWN;
	ag->spent = USAGE_UNKNOWN;
	ag->decoder.provider = ag->config.provider;
}

static int on_sse(void *ctx, const struct sse_event *ev, struct error *err)
{
	struct agent *ag = ctx;

	return decoder_feed(&ag->decoder, ev, err);
}

static void end_stream(struct agent *ag)
{
	sse_release(&ag->sse);
	decoder_release(&ag->decoder);
	ag->sse = (struct sse){ 0 };
	ag->decoder = (struct decoder){ .provider = ag->config.provider };
}

static int64_t count_parts(const struct agent *ag, const struct chat_part *p,
			   size_t n)
{
	int64_t sum = 0;

	for (; n; n--, p++)
		sum += model_text_tokens(ag->config.model, p->text);
	return sum;
}

void agent_count(struct agent *ag)
{
	const struct chat *c = &ag->chat;

	if (!ag->counted)
		ag->prompt_tokens =
			count_parts(ag, c->system.ptr, c->system.len);
	for (; ag->counted < c->messages.len; ag->counted++) {
		const struct chat_message *m = &c->messages.ptr[ag->counted];

		ag->prompt_tokens +=
			count_parts(ag, m->parts.ptr, m->parts.len);
	}
}

void agent_request(struct agent *ag, struct buf *out)
{
	ag->under_way = true;
	ag->weighed = 0;
	ag->said_tokens = 0;
	agent_count(ag);
	end_stream(ag);
	turn_reset(&ag->turn);
	ag->sse.sink = on_sse;
	ag->sse.ctx = ag;
	ag->sse.max_event = ag->config.max_event;
	ag->decoder.sink = turn_event;
	ag->decoder.ctx = &ag->turn;
	ag->config.provider->protocol->encode(out, ag->config.provider,
					      &ag->config.params, &ag->chat);
}

/* The text is weighed once, in pieces that are not too short for it. */
static void weigh(struct agent *ag)
{
	struct span text = buf_span(&ag->turn.text);

	if (text.len < ag->weighed) /* the message began anew */
		ag->weighed = 0;
	if (!ag->weighed)
		ag->said_tokens = 0;
	if (text.len - ag->weighed < WEIGH_BYTES)
		return;
	ag->said_tokens += model_text_tokens(ag->config.model,
					     span_from(text, ag->weighed));
	ag->weighed = text.len;
}

int agent_feed(struct agent *ag, struct span bytes, struct error *err)
{
	int rc = sse_feed(&ag->sse, bytes, err);

	weigh(ag);
	return rc;
}

/* Of text, and of what is no text by its bytes. */
static int64_t tokens_said(const struct agent *ag)
{
	const struct model *m = ag->config.model;
	struct span text = buf_span(&ag->turn.text);

	return ag->said_tokens +
	       model_text_tokens(m, span_from(text, ag->weighed)) +
	       model_tokens(m, ag->turn.said - text.len);
}

struct usage agent_running(const struct agent *ag)
{
	struct usage u = ag->turn.usage;
	int64_t said;

	if (!ag->under_way)
		return USAGE_UNKNOWN;
	said = tokens_said(ag);

	if (usage_prompt(&u) < 0)
		u.input = ag->prompt_tokens;
	if (u.output < 0 || (u.output < said && !turn_whole(&ag->turn)))
		u.output = said;
	u.cost = ag->config.model ? model_cost(ag->config.model, &u) : -1;
	return u;
}

static void count_usage(struct agent *ag)
{
	struct usage u = ag->turn.usage, spent = agent_running(ag);

	ag->under_way = false;
	if (!ag->turn.begun) {
		ag->usage.requests++;
		return;
	}
	usage_add(&ag->spent, &spent);
	u.requests = 1;
	u.cost = ag->config.model ? model_cost(ag->config.model, &u) : -1;
	usage_add(&ag->usage, &u);
}

static void add_text(struct agent *ag, struct span text, bool joined)
{
	if (!joined && !span_trim(text).len)
		return;
	if (!joined && ag->text.len)
		buf_adds(&ag->text, "\n\n");
	buf_addsp(&ag->text, text);
}

/* A try that came to nothing: kept while none brought more. */
static void keep_broken(struct agent *ag)
{
	if (ag->turn.text.len <= ag->text.len - ag->finished)
		return;
	ag->text.len = ag->finished;
	add_text(ag, buf_span(&ag->turn.text), false);
}

/* A turn that ended, without what it repeats, replaces its broken tries. */
static void keep_finished(struct agent *ag, struct span text)
{
	if (ag->turn.text.len >= ag->text.len - ag->finished)
		ag->text.len = ag->finished;
	add_text(ag, text, ag->continuing && ag->text.len == ag->finished);
	ag->finished = ag->text.len;
}

void agent_abandon_turn(struct agent *ag)
{
	count_usage(ag);
	keep_broken(ag);
	turn_reset(&ag->turn);
	end_stream(ag);
}

struct span agent_text(const struct agent *ag)
{
	return buf_span(&ag->text);
}

/* Put value where {name} stands in a prompt text. */
static struct span fill_in(struct arena *a, const char *prompt,
			   const char *name, struct span value)
{
	struct span text = span_of(prompt);
	ptrdiff_t at = span_find(text, span_of(name));
	struct buf b = { 0 };
	struct span out;

	if (at < 0)
		return text;
	buf_add(&b, text.ptr, (size_t)at);
	buf_addsp(&b, value);
	buf_addsp(&b, span_from(text, (size_t)at + strlen(name)));
	out = arena_span(a, span_trim(buf_span(&b)));
	buf_release(&b);
	return out;
}

static void ask(struct agent *ag, struct span text)
{
	chat_add_text(chat_add(&ag->chat, ag->arena, ROLE_USER), ag->arena,
		      text);
}

static void ask_to_continue(struct agent *ag)
{
	struct span text = buf_span(&ag->turn.text), tail;
	size_t from = text.len > TAIL ? text.len - TAIL : 0;

	while (from < text.len &&
	       ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from++;
	tail = span_from(text, from);
	ag->continues++;
	ag->continuing = true;
	ask(ag, fill_in(ag->arena, prompt_continue, "{tail}", tail));
}

static void ask_for_sections(struct agent *ag)
{
	struct buf b = { 0 };

	vec_each (struct section, s, &ag->report.sections)
		if (s->state != SECTION_PRESENT)
			buf_addf(&b, "\n## %s", s->want->name);
	buf_addc(&b, '\n');
	ag->repairs++;
	ag->mode = MODE_REPAIR;
	ag->continuing = false;
	ask(ag, fill_in(ag->arena, prompt_repair, "{sections}", buf_span(&b)));
	buf_release(&b);
	buf_reset(&ag->reply);
}

/* How much of the continuation's start repeats the text's end. */
static size_t overlap(struct span text, struct span more)
{
	size_t n = text.len < TAIL ? text.len : TAIL;

	if (n > more.len)
		n = more.len;
	for (; n >= MIN_OVERLAP; n--)
		if (!memcmp(text.ptr + text.len - n, more.ptr, n))
			return n;
	return 0;
}

static void append_text(struct agent *ag)
{
	struct span more = buf_span(&ag->turn.text);

	if (ag->continuing)
		more = span_from(more, overlap(buf_span(&ag->reply), more));
	buf_addsp(&ag->reply, more);
	keep_finished(ag, more);
}

/*
 * We offered no tools, so a call has no answer and must not be echoed; and
 * servers refuse blank text.
 */
static bool echoed(const struct chat_part *p)
{
	return p->kind == PART_OPAQUE ||
	       (p->kind == PART_TEXT && span_trim(p->text).len > 0);
}

static void drop_unsendable(struct chat_message *m)
{
	size_t kept = 0, i;

	for (i = 0; i < m->parts.len; i++)
		if (echoed(&m->parts.ptr[i]))
			m->parts.ptr[kept++] = m->parts.ptr[i];
	m->parts.len = kept;
}

static bool says_something(const struct chat_message *m)
{
	vec_each (struct chat_part, p, &m->parts)
		if (p->kind == PART_TEXT)
			return true;
	return false;
}

/*
 * Chat templates want the roles to alternate, and Anthropic's server wants no
 * thinking at a message's end: a turn without words gets some.
 */
static void record_turn(struct agent *ag)
{
	size_t at = ag->chat.messages.len;

	turn_to_chat(&ag->turn, &ag->chat, ag->arena);
	if (ag->chat.messages.len == at)
		chat_add(&ag->chat, ag->arena, ROLE_ASSISTANT);
	drop_unsendable(&ag->chat.messages.ptr[at]);
	if (!says_something(&ag->chat.messages.ptr[at]))
		chat_add_text(&ag->chat.messages.ptr[at], ag->arena,
			      SPAN("(The reply was empty.)"));
}

/* Parse the text that is whole now into the report. */
static void take_reply(struct agent *ag, bool cut)
{
	struct span text = arena_span(ag->arena, buf_span(&ag->reply));
	struct report more = { 0 };

	if (ag->mode == MODE_REPLY) {
		reply_parse(&ag->report, ag->arena, &ag->config.sections, text,
			    cut);
		return;
	}
	reply_parse(&more, ag->arena, &ag->config.sections, text, cut);
	reply_merge(&ag->report, ag->arena, &more);
}

static enum agent_next incomplete(struct agent *ag, struct error *err)
{
	const char *gap = report_gap(&ag->report, ag->arena);

	error_set(err, ERR_REPLY,
		  "the model's reply stayed incomplete after %u repair%s (%s)",
		  ag->repairs, text_plural(ag->repairs), gap);
	return AGENT_FAILED;
}

static enum agent_next after_text(struct agent *ag, struct error *err)
{
	enum stop_reason stop = ag->turn.stop;
	bool cut = stop == STOP_LENGTH || stop == STOP_WINDOW;

	append_text(ag);
	record_turn(ag);
	if ((stop == STOP_LENGTH || stop == STOP_PAUSE) && ag->turn.text.len &&
	    ag->continues < AGENT_MAX_CONTINUES) {
		ask_to_continue(ag);
		return AGENT_REQUEST;
	}
	take_reply(ag, cut);
	if (report_complete(&ag->report))
		return AGENT_DONE;
	if (stop == STOP_WINDOW) {
		error_set(err, ERR_REPLY,
			  "the model's context window is full (%s): review "
			  "fewer files at once",
			  report_gap(&ag->report, ag->arena));
		return AGENT_FAILED;
	}
	if (ag->repairs == AGENT_MAX_REPAIRS)
		return incomplete(ag, err);
	ask_for_sections(ag);
	return AGENT_REQUEST;
}

enum agent_next agent_finish_turn(struct agent *ag, struct error *err)
{
	struct turn *t = &ag->turn;

	/* a last event that was cut is none; the rest tells what it was worth
	 */
	if (sse_end(&ag->sse, err) && err)
		*err = (struct error){ 0 };
	if (t->error_status) {
		error_set(err, ERR_MODEL, "the model's server reported: %s",
			  t->error_text);
		return AGENT_RETRY;
	}
	if (!turn_whole(t)) {
		error_set(err, ERR_MODEL,
			  t->begun ? "the model's reply was cut off before its "
				     "end"
				   : "the server's answer is not an event "
				     "stream");
		return AGENT_RETRY;
	}
	count_usage(ag);
	end_stream(ag);
	if (t->stop == STOP_REFUSAL) {
		keep_finished(ag, buf_span(&ag->turn.text));
		error_set(err, ERR_REPLY, "the model refused (%s)",
			  t->stop_word[0] ? t->stop_word : "refusal");
		return AGENT_FAILED;
	}
	return after_text(ag, err);
}

void agent_peek(const struct agent *ag, struct arena *a, struct report *out)
{
	struct buf b = { 0 };

	buf_add(&b, ag->reply.ptr, ag->reply.len);
	buf_add(&b, ag->turn.text.ptr, ag->turn.text.len);
	reply_parse(out, a, &ag->config.sections, arena_span(a, buf_span(&b)),
		    true);
	if (ag->mode == MODE_REPAIR) {
		struct report merged = { 0 };

		merged = ag->report;
		merged.sections.ptr = arena_array(a, merged.sections.len,
						  sizeof(struct section));
		memcpy(merged.sections.ptr, ag->report.sections.ptr,
		       merged.sections.len * sizeof(struct section));
		reply_merge(&merged, a, out);
		*out = merged;
	}
	buf_release(&b);
}

void agent_release(struct agent *ag)
{
	end_stream(ag);
	turn_release(&ag->turn);
	buf_release(&ag->reply);
	buf_release(&ag->text);
}
