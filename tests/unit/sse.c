#include "llm/sse.h"

#include <string.h>

#include "test.h"

/* Each event as "event|data;", a failure as "!". */
static int note(void *ctx, const struct sse_event *ev, struct error *err)
{
	struct buf *out = ctx;

	(void)err;
	buf_addsp(out, ev->event);
	buf_addc(out, '|');
	buf_addsp(out, ev->data);
	buf_addc(out, ';');
	return 0;
}

/* Feed pieces of at most step bytes, the first of cut bytes. */
static void play(struct buf *out, struct span in, size_t cut, size_t step,
		 size_t max)
{
	struct sse s = { .sink = note, .ctx = out, .max_event = max };
	struct error err = { 0 };
	size_t n = cut;

	while (in.len) {
		struct span part = span_first(in, n);
		/* a copy that is gone at once, as a network buffer is */
		char *copy = malloc(part.len + 1);
		int rc;

		memcpy(copy, part.ptr, part.len);
		rc = sse_feed(&s, (struct span){ copy, part.len }, &err);
		free(copy);
		if (rc)
			goto out;
		in = span_from(in, part.len);
		n = step;
	}
	sse_end(&s, &err);
out:
	if (err.kind)
		buf_addc(out, '!');
	sse_release(&s);
}

#define IN(s)                    \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct {
	struct span in;
	struct span out;
} streams[] = {
	{ IN(""), IN("") },
	{ IN("data: a\n\n"), IN("message|a;") },
	{ IN("data:a\n\n"), IN("message|a;") },
	{ IN("data:  a\n\n"), IN("message| a;") },
	{ IN("data: a\r\rdata: b\r\r"), IN("message|a;message|b;") },
	{ IN("data: a\r\n\r\ndata: b\r\n\r\n"), IN("message|a;message|b;") },
	{ IN("data: a\r\n\ndata: b\n\r\ndata: c\r\n\r"),
	  IN("message|a;message|b;message|c;") },
	{ IN("data: a\n\r\n\r\r\ndata: b"), IN("message|a;message|b;") },
	{ IN("data: a\ndata: b\ndata:\ndata\n\n"), IN("message|a\nb\n\n;") },
	{ IN("data\ndata: x\n\n"), IN("message|\nx;") },
	{ IN("data\n\n"), IN("message|;") },
	{ IN("data:\n\n"), IN("message|;") },
	{ IN("event: x\n\ndata: a\n\n"), IN("message|a;") },
	{ IN("event: x\ndata: a\n\ndata: b\n\n"), IN("x|a;message|b;") },
	{ IN("data: a\nevent: x\nevent: y\n\n"), IN("y|a;") },
	{ IN("event: x\nevent\ndata: a\n\n"), IN("message|a;") },
	{ IN(": comment\n:\n: data: no\n\ndata: a\n: in between\n\n"),
	  IN("message|a;") },
	{ IN("id: 1\nretry: 10\nid: a\0b\nunknown: z\nData: A\n data: b\n"
	     "datax: c\ndata: a\n\n"),
	  IN("message|a;") },
	{ IN("id: 1\n\nretry: 5\n\nunknown\n\n"), IN("") },
	{ IN("\xef\xbb\xbf"
	     "data: a\n\n"),
	  IN("message|a;") },
	{ IN("\xef\xbb\xbf\xef\xbb\xbf"
	     "data: a\n\n"
	     "data: b\n\n"),
	  IN("message|b;") },
	{ IN("\xef\xbb"
	     "data: a\ndata: b\n\n"),
	  IN("message|b;") },
	{ IN("\xef\xbb\xbf"), IN("") },
	{ IN("\xef\xbb"), IN("") },
	{ IN("data: a\n\n\xef\xbb\xbf"
	     "data: b\n\n"),
	  IN("message|a;") },
	{ IN("data: x\0y\xff\n\n"), IN("message|x\0y\xff;") },
	{ IN("data: a"), IN("message|a;") },
	{ IN("data: a\n"), IN("message|a;") },
	{ IN("event: x"), IN("") },
	{ IN("event: stop\ndata: {\"a\":1}"), IN("stop|{\"a\":1};") },
	{ IN("data: [DONE]\n\n"), IN("message|[DONE];") },
	{ IN("data: \xe2\x82\xac\xf0\x9f\x98\x80\n\n"),
	  IN("message|\xe2\x82\xac\xf0\x9f\x98\x80;") },
	{ IN("error: {\"code\":500}\n\n"), IN("error|{\"code\":500};") },
	{ IN("error: oops\n\ndata: a\n\n"), IN("message|a;") },
};

START_TEST(a_stream_is_read_by_the_rules_in_any_split)
{
	struct span in = streams[_i].in;
	struct buf out = { 0 };
	size_t cut;

	for (cut = 1; cut <= in.len + 1; cut++) {
		buf_reset(&out);
		play(&out, in, cut, in.len, 0);
		ck_assert_msg(span_eq(buf_span(&out), streams[_i].out),
			      "cut at %zu: %s", cut, buf_cstr(&out));
	}
	buf_reset(&out);
	play(&out, in, 1, 1, 0);
	ck_assert(span_eq(buf_span(&out), streams[_i].out));
	buf_release(&out);
}
END_TEST

static const struct {
	const char *in, *out;
} ceilings[] = {
	{ "data: 0123456789abcd\n\n", "message|0123456789abcd;" },
	{ "data: 0123456789abcde\n\n", "!" },
	{ "data: a\n\n: 0123456789abcdefgh\n\n", "message|a;" },
	{ "data: a\n\n: 0123456789abcdefghi\n\n", "message|a;!" },
	{ "data: a\n\ndata: 0123456789abcdefghi", "message|a;!" },
	{ "data: 0123456789\ndata: 012345678\n\n",
	  "message|0123456789\n012345678;" },
	{ "data: 0123456789\ndata: 0123456789\n\n", "!" },
	{ "data: 0123456789\n\ndata: 0123456789\n\n",
	  "message|0123456789;message|0123456789;" },
};

START_TEST(a_line_or_event_over_the_ceiling_ends_it)
{
	struct span in = span_of(ceilings[_i].in);
	struct buf out = { 0 };
	size_t cut;

	for (cut = 1; cut <= in.len; cut++) {
		buf_reset(&out);
		play(&out, in, cut, in.len, 20);
		ck_assert_str_eq(buf_cstr(&out), ceilings[_i].out);
	}
	buf_reset(&out);
	play(&out, in, 1, 1, 20);
	ck_assert_str_eq(buf_cstr(&out), ceilings[_i].out);
	buf_release(&out);
}
END_TEST

START_TEST(many_data_lines_and_events_are_read)
{
	struct buf in = { 0 }, out = { 0 };
	int i;

	for (i = 0; i < 10000; i++)
		buf_adds(&in, "data: x\r");
	buf_adds(&in, "\r");
	for (i = 0; i < 10000; i++)
		buf_adds(&in, "data:y\n\n");
	play(&out, buf_span(&in), 7, 4096, 1 << 20);
	ck_assert_uint_eq(out.len, 8 + 19999 + 1 + 10000 * 10);
	buf_release(&in);
	buf_release(&out);
}
END_TEST

static int refuse(void *ctx, const struct sse_event *ev, struct error *err)
{
	++*(int *)ctx;
	(void)ev;
	return error_set(err, ERR_MODEL, "enough");
}

START_TEST(the_sink_can_stop_the_stream)
{
	int calls = 0;
	struct sse s = { .sink = refuse, .ctx = &calls };
	struct error err = { 0 };

	ck_assert_int_eq(sse_feed(&s, SPAN("data: a\n\ndata: b\n\n"), &err),
			 -1);
	ck_assert_int_eq(calls, 1);
	ck_assert_str_eq(err.msg, "enough");
	sse_release(&s);
}
END_TEST

Suite *sse_suite(void)
{
	Suite *s = suite_create("sse");
	TCase *tc = tcase_create("sse");

	add_rows(tc, a_stream_is_read_by_the_rules_in_any_split, streams);
	add_rows(tc, a_line_or_event_over_the_ceiling_ends_it, ceilings);
	tcase_add_test(tc, many_data_lines_and_events_are_read);
	tcase_add_test(tc, the_sink_can_stop_the_stream);
	suite_add_tcase(s, tc);
	return s;
}
