/* The conversation, from streams of our own pen, without a socket. */
#include "agent/agent.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "test.h"

static struct arena arena;
static struct agent ag;
static struct buf body;

static void setup(void)
{
	ag = (struct agent){
		.config = {
			.provider = provider_find("anthropic"),
			.params = { .model = "claude-test", .max_output = 100 },
			.sections = eight_sections,
			.max_event = 1 << 20,
		},
	};
	vec_push(&ag.chat.system, &arena)->text = SPAN("be exact");
	chat_add_text(chat_add(&ag.chat, &arena, ROLE_USER), &arena,
		      SPAN("review this"));
	agent_init(&ag, &arena);
}

static void teardown(void)
{
	agent_release(&ag);
	buf_release(&body);
	arena_release(&arena);
}

/* The eight sections but those whose bit is set in `without`. */
static void add_reply(struct buf *b, unsigned without)
{
	size_t i;

	for (i = 0; i < eight_sections.len; i++)
		if (!(without >> i & 1))
			buf_addf(b, "## %s\n\nText of %zu.\n\n",
				 eight_sections.want[i].name, i);
}

static void add_event(struct buf *b, const char *name, const char *data)
{
	buf_addf(b, "event: %s\ndata: %s\n\n", name, data);
}

/* An Anthropic stream of one text block; stop NULL leaves its end off. */
static void stream_of(struct buf *b, struct span text, const char *stop)
{
	struct buf data = { 0 };

	add_event(b, "message_start",
		  "{\"type\":\"message_start\",\"message\":{\"usage\":{"
		  "\"input_tokens\":10,\"output_tokens\":1}}}");
	add_event(b, "content_block_start",
		  "{\"type\":\"content_block_start\",\"index\":0,"
		  "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
	buf_adds(&data, "{\"type\":\"content_block_delta\",\"index\":0,"
			"\"delta\":{\"type\":\"text_delta\",\"text\":");
	json_quote(&data, text);
	buf_adds(&data, "}}");
	if (text.len)
		add_event(b, "content_block_delta", buf_cstr(&data));
	if (stop) {
		add_event(b, "content_block_stop",
			  "{\"type\":\"content_block_stop\",\"index\":0}");
		buf_reset(&data);
		buf_addf(&data,
			 "{\"type\":\"message_delta\",\"delta\":{"
			 "\"stop_reason\":\"%s\"},\"usage\":{"
			 "\"output_tokens\":20}}",
			 stop);
		add_event(b, "message_delta", buf_cstr(&data));
		add_event(b, "message_stop", "{\"type\":\"message_stop\"}");
	}
	buf_release(&data);
}

/* One request answered by text; cut: split the stream there. */
static enum agent_next play(struct span text, const char *stop, size_t cut,
			    struct error *err)
{
	struct buf s = { 0 };
	enum agent_next next;

	buf_reset(&body);
	agent_request(&ag, &body);
	stream_of(&s, text, stop);
	if (cut > s.len)
		cut = s.len;
	ck_assert_int_eq(agent_feed(&ag, span_first(buf_span(&s), cut), err),
			 0);
	ck_assert_int_eq(agent_feed(&ag, span_from(buf_span(&s), cut), err), 0);
	next = agent_finish_turn(&ag, err);
	buf_release(&s);
	return next;
}

static enum agent_next play_reply(unsigned without, const char *stop,
				  struct error *err)
{
	struct buf b = { 0 };
	enum agent_next next;

	add_reply(&b, without);
	next = play(buf_span(&b), stop, 0, err);
	buf_release(&b);
	return next;
}

/* How many messages the last request carried. */
static size_t messages(void)
{
	struct json *doc;
	const struct json *m;
	size_t n = 0;

	ck_assert_int_eq(json_parse(&doc, &arena, buf_span(&body), NULL), 0);
	for (m = json_get(doc, "messages")->child; m; m = m->next)
		n++;
	return n;
}

START_TEST(a_whole_reply_ends_it_however_the_stream_is_split)
{
	struct buf b = { 0 }, s = { 0 };
	struct error err = { 0 };
	size_t cut, len;

	add_reply(&b, 0);
	stream_of(&s, buf_span(&b), "end_turn");
	len = s.len;
	for (cut = 0; cut <= len; cut++) {
		ck_assert_int_eq(play(buf_span(&b), "end_turn", cut, &err),
				 AGENT_DONE);
		ck_assert(report_complete(&ag.report));
		agent_release(&ag);
		setup();
	}
	buf_release(&b);
	buf_release(&s);
}
END_TEST

START_TEST(exactly_the_missing_sections_are_asked_for_and_merged)
{
	struct error err = { 0 };

	ck_assert_int_eq(play_reply(0x42, "end_turn", &err), AGENT_REQUEST);
	ck_assert_int_eq(play_reply(~0x42u, "end_turn", &err), AGENT_DONE);
	ck_assert_uint_eq(messages(), 3);
	ck_assert_int_ge(span_find(buf_span(&body),
				   SPAN("\\n## Critical Issues\\n## Testing "
					"Recommendations\\n")),
			 0);
	ck_assert(span_eqs(ag.report.sections.ptr[1].text, "Text of 1."));
	ck_assert(span_eqs(ag.report.sections.ptr[7].text, "Text of 7."));
	ck_assert_int_eq(ag.usage.requests, 2);
	ck_assert_int_eq(ag.usage.input, 20);
	ck_assert_int_eq(ag.usage.output, 40);
}
END_TEST

START_TEST(repairs_end_after_two)
{
	struct error err = { 0 };

	ck_assert_int_eq(play_reply(2, "end_turn", &err), AGENT_REQUEST);
	ck_assert_int_eq(play_reply(~0u, "end_turn", &err), AGENT_REQUEST);
	ck_assert_int_eq(play_reply(~0u, "end_turn", &err), AGENT_FAILED);
	ck_assert_int_eq(err.kind, ERR_REPLY);
	ck_assert_ptr_nonnull(strstr(err.msg, "missing: Critical Issues"));
	ck_assert(span_starts(agent_text(&ag), "## Summary"));
}
END_TEST

START_TEST(a_reply_cut_by_length_is_continued_without_its_repeated_tail)
{
	struct buf all = { 0 };
	struct error err = { 0 };
	size_t half;

	add_reply(&all, 0);
	half = all.len / 2;
	ck_assert_int_eq(
		play(span_first(buf_span(&all), half), "max_tokens", 0, &err),
		AGENT_REQUEST);
	/* the model starts 20 bytes too early */
	ck_assert_int_eq(
		play(span_from(buf_span(&all), half - 20), "end_turn", 0, &err),
		AGENT_DONE);
	ck_assert_uint_eq(messages(), 3);
	ck_assert(span_eq(agent_text(&ag), buf_span(&all)));
	buf_release(&all);
}
END_TEST

START_TEST(continuations_end_after_three)
{
	struct error err = { 0 };
	int i;

	for (i = 0; i < 3; i++)
		ck_assert_int_eq(play(SPAN("## Summary\n\nLong.\n"),
				      "max_tokens", 0, &err),
				 AGENT_REQUEST);
	/* then what is missing is asked for */
	ck_assert_int_eq(play(SPAN("Longer.\n"), "max_tokens", 0, &err),
			 AGENT_REQUEST);
	ck_assert_int_eq(ag.mode, MODE_REPAIR);
	/* and no repair is continued either: two of them, and the end */
	ck_assert_int_eq(play(SPAN("Longer.\n"), "max_tokens", 0, &err),
			 AGENT_REQUEST);
	ck_assert_uint_eq(ag.repairs, 2);
	ck_assert_int_eq(play(SPAN("Longer.\n"), "max_tokens", 0, &err),
			 AGENT_FAILED);
}
END_TEST

START_TEST(a_repair_does_not_go_on_with_the_reply)
{
	struct error err = { 0 };

	ck_assert_int_eq(play(SPAN("## Summary\n\nIs it the same text?"),
			      "max_tokens", 0, &err),
			 AGENT_REQUEST);
	ck_assert_int_eq(play(SPAN(" It is."), "end_turn", 0, &err),
			 AGENT_REQUEST);
	ck_assert_int_eq(ag.mode, MODE_REPAIR);
	ck_assert_int_eq(play(SPAN("## Critical Issues\n\nIs it the same "
				   "text? It is."),
			      "end_turn", 0, &err),
			 AGENT_REQUEST);
	ck_assert(span_eqs(ag.report.sections.ptr[1].text,
			   "Is it the same text? It is."));
}
END_TEST

#define LONG "## Testing Recommendations\n\nLong enough.\n"

/* What each turn says: a lower-case stop reason ends it, NULL breaks it. */
static const struct {
	struct {
		const char *text, *stop;
	} turns[4];
	const char *kept;
} keeps[] = {
	{ { { "## Summary\n\nA.", "end_turn" },
	    { "## Critical Issues\n\nB.", "end_turn" },
	    { LONG, "end_turn" } },
	  "## Summary\n\nA.\n\n## Critical Issues\n\nB.\n\n" LONG },
	{ { { "## Summary\n\nA.", "end_turn" },
	    { LONG, NULL },
	    { "##", NULL } },
	  "## Summary\n\nA.\n\n" LONG },
	{ { { "## Summary\n\nA.", NULL }, { "## Summary\n\nAB.", "end_turn" } },
	  "## Summary\n\nAB." },
	{ { { LONG, NULL }, { "No.", "end_turn" } }, LONG "\n\nNo." },
	{ { { "One", "max_tokens" }, { " and two.", "end_turn" } },
	  "One and two." },
	{ { { LONG, "refusal" } }, LONG },
	{ { { " ", "end_turn" }, { "", "end_turn" } }, "" },
};

START_TEST(all_that_the_model_wrote_is_kept_in_order)
{
	struct error err = { 0 };
	size_t i;

	for (i = 0; i < 4 && keeps[_i].turns[i].text; i++) {
		enum agent_next next = play(span_of(keeps[_i].turns[i].text),
					    keeps[_i].turns[i].stop, 0, &err);

		if (next == AGENT_RETRY)
			agent_abandon_turn(&ag);
	}
	ck_assert_str_eq(arena_cstr(&arena, agent_text(&ag)), keeps[_i].kept);
}
END_TEST

static const struct {
	const char *stop;
	enum agent_next next;
	enum error_kind kind;
} stops[] = {
	{ "end_turn", AGENT_DONE, ERR_NONE },
	{ "stop_sequence", AGENT_DONE, ERR_NONE },
	{ "tool_use", AGENT_DONE, ERR_NONE },
	{ "something_new", AGENT_DONE, ERR_NONE },
	{ "refusal", AGENT_FAILED, ERR_REPLY },
	{ "model_context_window_exceeded", AGENT_FAILED, ERR_REPLY },
	{ "pause_turn", AGENT_REQUEST, ERR_NONE },
	{ NULL, AGENT_RETRY, ERR_MODEL },
};

START_TEST(each_stop_reason_does_what_the_contract_says)
{
	struct error err = { 0 };

	ck_assert_int_eq(play_reply(0, stops[_i].stop, &err), stops[_i].next);
	ck_assert_int_eq(err.kind, stops[_i].kind);
}
END_TEST

START_TEST(an_empty_reply_counts_as_all_missing)
{
	struct error err = { 0 };
	enum chat_role role = ROLE_USER;

	ck_assert_int_eq(play(SPAN(""), "end_turn", 0, &err), AGENT_REQUEST);
	ck_assert_int_eq(play(SPAN(" \n"), "end_turn", 0, &err), AGENT_REQUEST);
	/* servers refuse blank text, and two user turns in a row */
	ck_assert_uint_eq(messages(), 3);
	ck_assert_int_eq(play_reply(0, "end_turn", &err), AGENT_DONE);
	ck_assert_uint_eq(messages(), 5);
	vec_each (struct chat_message, m, &ag.chat.messages) {
		ck_assert_int_eq(m->role, role);
		role = role == ROLE_USER ? ROLE_ASSISTANT : ROLE_USER;
		ck_assert_uint_eq(m->parts.len, 1);
		ck_assert_uint_gt(span_trim(m->parts.ptr[0].text).len, 0);
	}
}
END_TEST

START_TEST(an_error_event_is_a_retry_with_its_status_and_the_same_request)
{
	struct error err = { 0 };
	struct buf s = { 0 }, first = { 0 };

	agent_request(&ag, &first);
	stream_of(&s, SPAN("## Summary\n\nHalf a rev"), NULL);
	add_event(&s, "error",
		  "{\"type\":\"error\",\"error\":{\"type\":"
		  "\"overloaded_error\",\"message\":\"Overloaded\"}}");
	agent_feed(&ag, buf_span(&s), &err);
	ck_assert_int_eq(agent_finish_turn(&ag, &err), AGENT_RETRY);
	ck_assert_int_eq(ag.turn.error_status, 529);
	ck_assert_ptr_nonnull(strstr(err.msg, "Overloaded"));
	agent_abandon_turn(&ag);
	ck_assert(span_starts(agent_text(&ag), "## Summary"));
	ck_assert_int_eq(play_reply(0, "end_turn", &err), AGENT_DONE);
	ck_assert_str_eq(buf_cstr(&body), buf_cstr(&first));
	/* the broken try is counted: it may have been billed */
	ck_assert_int_eq(ag.usage.requests, 2);
	ck_assert_int_eq(ag.usage.input, 20);
	buf_release(&s);
	buf_release(&first);
}
END_TEST

START_TEST(the_history_only_grows)
{
	struct buf before = { 0 };
	struct error err = { 0 };
	const char *end = "]";
	size_t n;

	play_reply(1, "end_turn", &err);
	buf_addsp(&before, buf_span(&body));
	play_reply(~1u, "end_turn", &err);
	/* the first request is a prefix up to where its messages ended */
	n = before.len;
	while (n && before.ptr[n - 1] != *end)
		n--;
	ck_assert_uint_gt(n, 1);
	ck_assert_int_eq(memcmp(before.ptr, body.ptr, n - 1), 0);
	buf_release(&before);
}
END_TEST

START_TEST(a_peek_shows_what_has_come_so_far)
{
	struct error err = { 0 };
	struct report r = { 0 };
	struct buf s = { 0 };

	buf_reset(&body);
	agent_request(&ag, &body);
	stream_of(&s, SPAN("## Summary\n\nAll.\n\n## Critical Issues\n\nOne"),
		  NULL);
	agent_feed(&ag, buf_span(&s), &err);
	agent_peek(&ag, &arena, &r);
	ck_assert_int_eq(r.sections.ptr[0].state, SECTION_PRESENT);
	ck_assert_int_eq(r.sections.ptr[1].state, SECTION_CUT);
	ck_assert_int_eq(r.sections.ptr[2].state, SECTION_MISSING);
	buf_release(&s);
}
END_TEST

Suite *agent_suite(void)
{
	Suite *s = suite_create("agent");
	TCase *tc = tcase_create("agent");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_whole_reply_ends_it_however_the_stream_is_split);
	tcase_add_test(tc,
		       exactly_the_missing_sections_are_asked_for_and_merged);
	tcase_add_test(tc, repairs_end_after_two);
	tcase_add_test(
		tc,
		a_reply_cut_by_length_is_continued_without_its_repeated_tail);
	tcase_add_test(tc, continuations_end_after_three);
	tcase_add_test(tc, a_repair_does_not_go_on_with_the_reply);
	add_rows(tc, all_that_the_model_wrote_is_kept_in_order, keeps);
	add_rows(tc, each_stop_reason_does_what_the_contract_says, stops);
	tcase_add_test(tc, an_empty_reply_counts_as_all_missing);
	tcase_add_test(
		tc,
		an_error_event_is_a_retry_with_its_status_and_the_same_request);
	tcase_add_test(tc, the_history_only_grows);
	tcase_add_test(tc, a_peek_shows_what_has_come_so_far);
	suite_add_tcase(s, tc);
	return s;
}
