#include "llm/turn.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mask.h"
#include "test.h"

/*
 * A turn as a script: S start, t/T text of block 0/1, h thinking, o opaque,
 * c/C a call's arguments (0/1), i its id and name, u usage, x/l/p stop
 * (end, length, pause), e error, d end.
 */
static void play(struct turn *t, const char *script)
{
	struct span rest = span_of(script), part;
	struct error err = { 0 };

	while (text_field(&rest, '|', &part)) {
		char kind = part.ptr[0];
		struct event ev = { .text = span_from(part, 1),
				    .usage = USAGE_UNKNOWN,
				    .index = kind == 'T' || kind == 'C' };

		switch (kind) {
		case 'S':
			ev.type = EVENT_START;
			break;
		case 't':
		case 'T':
			ev.type = EVENT_TEXT;
			break;
		case 'h':
			ev.type = EVENT_THINKING;
			break;
		case 'o':
			ev.type = EVENT_OPAQUE;
			break;
		case 'c':
		case 'C':
			ev.type = EVENT_TOOL_CALL;
			break;
		case 'i':
			ev.type = EVENT_TOOL_CALL;
			ev.id = ev.name = ev.text;
			ev.text = (struct span){ "", 0 };
			break;
		case 'u':
			ev.type = EVENT_USAGE;
			ev.usage.output = (int64_t)ev.text.len;
			break;
		case 'x':
		case 'l':
		case 'p':
			ev.type = EVENT_STOP;
			ev.stop = kind == 'x'	? STOP_END
				  : kind == 'l' ? STOP_LENGTH
						: STOP_PAUSE;
			break;
		case 'e':
			ev.type = EVENT_ERROR;
			ev.status = 529;
			break;
		default:
			ev.type = EVENT_END;
		}
		ck_assert_int_eq(turn_event(t, &ev, &err), 0);
	}
}

static const struct {
	const char *script, *text;
	const char *parts; /* kind, id, name and text of each chat part */
	bool whole;
} turns[] = {
	{ "S|tHel|tlo|xend_turn|d", "Hello", "t Hello;", true },
	{ "S|tHel|xstop", "Hel", "t Hel;", true },
	{ "S|tHel|d", "Hel", "t Hel;", true },
	{ "S|tHel", "Hel", "t Hel;", false },
	{ "S|tHel|xstop|e", "Hel", "t Hel;", false },
	{ "S|d", "", "", true },
	{ "S|h thinking|d", "", "", true },
	{ "S|ta|S|tb|d", "b", "t b;", true },
	{ "S|ta|xstop|d|S|tb", "b", "t b;", false },
	{ "ta|d", "a", "t a;", true },
	/* blocks in their order */
	{ "S|o{1}|ta|o{2}|tb|Tc|d", "abc", "o {1};t a;o {2};t b;t c;", true },
	/* thinking alone is no message, a paused turn is */
	{ "S|o{1}|xend|d", "", "", true },
	{ "S|o{1}|ppause_turn|d", "", "o {1};", true },
	/* calls: in pieces, interleaved, without arguments or id */
	{ "S|ta|if|c{\"x\"|C|c:1}|xtool_use|d", "a",
	  "t a;c f f {\"x\":1};c call_1  {};", true },
	{ "S|if|c{\"x|xstop|d", "", "c f f bad {\"x;", true },
	{ "S|if|c[1]|xstop|d", "", "c f f bad [1];", true },
	/* what the limit cut in two is not sent back */
	{ "S|ta|if|c{\"x|lmax_tokens|d", "a", "t a;", true },
	{ "S|ta|if|c{}|C{|lmax_tokens|d", "a", "t a;c f f {};", true },
};

static void describe(struct buf *out, const struct chat_part *p)
{
	if (p->kind == PART_TOOL_CALL)
		buf_addf(out, "c %.*s %.*s %s", SPAN_ARG(p->id),
			 SPAN_ARG(p->name), p->bad_json ? "bad " : "");
	else
		buf_adds(out, p->kind == PART_TEXT ? "t " : "o ");
	buf_addsp(out, p->text);
	buf_addc(out, ';');
}

START_TEST(events_become_one_message)
{
	struct turn t = { 0 };
	struct arena a = { 0 };
	struct chat c = { 0 };
	struct buf out = { 0 };

	play(&t, turns[_i].script);
	ck_assert_str_eq(buf_cstr(&t.text), turns[_i].text);
	ck_assert_int_eq(turn_whole(&t), turns[_i].whole);
	turn_to_chat(&t, &c, &a);
	turn_release(&t);
	/* the chat holds copies, and no empty message */
	vec_each (struct chat_message, m, &c.messages) {
		ck_assert_int_eq(m->role, ROLE_ASSISTANT);
		ck_assert_uint_gt(m->parts.len, 0);
		vec_each (struct chat_part, p, &m->parts)
			describe(&out, p);
	}
	ck_assert_str_eq(buf_cstr(&out), turns[_i].parts);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

START_TEST(what_a_server_says_is_kept_short_and_visible)
{
	struct turn t = { 0 };

	play(&t, "S|xa\x1b[31m\n|ebad\x1b]0;\nthing");
	ck_assert_str_eq(t.stop_word, "a\\u{1b}[31m\\n");
	ck_assert_str_eq(t.error_text, "bad\\u{1b}]0;\\nthing");
	ck_assert_int_eq(t.error_status, 529);
	play(&t,
	     "S|xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	     "\xe2\x82\xac\xe2\x82\xac");
	ck_assert_uint_eq(strlen(t.stop_word), 63);
	ck_assert_int_eq(t.error_status, 0);
	turn_release(&t);
}
END_TEST

START_TEST(the_last_usage_counts_and_none_is_unknown)
{
	struct turn t = { 0 };

	play(&t, "S");
	ck_assert_int_eq(t.usage.output, -1);
	ck_assert(t.begun && !t.thought);
	play(&t, "hx|uabc|uabcd");
	ck_assert_int_eq(t.usage.output, 4);
	ck_assert(t.thought);
	play(&t, "S");
	ck_assert_int_eq(t.usage.output, -1);
	turn_reset(&t);
	ck_assert(!t.begun && !t.ended && !t.thought);
	turn_release(&t);
}
END_TEST

START_TEST(calls_beyond_a_ceiling_are_refused)
{
	struct event ev = { .type = EVENT_TOOL_CALL, .text = SPAN("{}") };
	struct error err = { 0 };
	struct turn t = { 0 };

	for (; ev.index < 1024; ev.index++)
		ck_assert_int_eq(turn_event(&t, &ev, &err), 0);
	ck_assert_int_eq(turn_event(&t, &ev, &err), -1);
	ck_assert_int_eq(err.kind, ERR_MODEL);
	/* more of one that is there is none more */
	ev.index = 0;
	ck_assert_int_eq(turn_event(&t, &ev, &err), 0);
	/* nor do those of the message before count */
	ev.type = EVENT_START;
	ck_assert_int_eq(turn_event(&t, &ev, &err), 0);
	ev.type = EVENT_TOOL_CALL;
	ck_assert_int_eq(turn_event(&t, &ev, &err), 0);
	turn_release(&t);
}
END_TEST

START_TEST(an_error_in_a_stream_holds_no_half_of_a_key)
{
	struct turn t = { 0 };
	struct buf script = { 0 };

	mask_register(SPAN("hunter2hunter2hunter2"));
	buf_adds(&script, "S|e");
	while (script.len < 310)
		buf_addc(&script, '.');
	buf_adds(&script, "hunter2hunter2hunter2");
	play(&t, buf_cstr(&script));
	ck_assert_ptr_null(strstr(t.error_text, ".h"));
	turn_release(&t);
	buf_release(&script);
}
END_TEST

Suite *turn_suite(void)
{
	Suite *s = suite_create("turn");
	TCase *tc = tcase_create("turn");

	add_rows(tc, events_become_one_message, turns);
	tcase_add_test(tc, what_a_server_says_is_kept_short_and_visible);
	tcase_add_test(tc, the_last_usage_counts_and_none_is_unknown);
	tcase_add_test(tc, calls_beyond_a_ceiling_are_refused);
	tcase_add_test(tc, an_error_in_a_stream_holds_no_half_of_a_key);
	suite_add_tcase(s, tc);
	return s;
}
