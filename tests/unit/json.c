#include "base/json.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

static struct json *parse(struct arena *a, struct span text, struct error *err)
{
	struct json *v = NULL;

	ck_assert_int_eq(json_parse(&v, a, text, err), v ? 0 : -1);
	return v;
}

static const char *const good[] = {
	"null",
	" true ",
	"\t\r\nfalse\n",
	"0",
	"-0",
	"-0.0e-0",
	"1E+400",
	"123456789012345678901234567890",
	"\"\"",
	"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
	"\"\\ud83d\\ude00\"",
	"\"\\ud83d\"",
	"\"\x7f\"",
	"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"",
	"[]",
	"[ ]",
	"{}",
	"{ \"a\" : [ 1 , { } , [ [ ] ] ] , \"\" : null }",
	"{\"a\":1,\"a\":2}",
};

START_TEST(what_the_standard_allows_is_read)
{
	struct arena a = { 0 };
	struct error err = { 0 };

	ck_assert_msg(parse(&a, span_of(good[_i]), &err) != NULL, "%s",
		      err.msg);
	arena_release(&a);
}
END_TEST

#define ROW(s)                   \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct span bad[] = {
	ROW(""),
	ROW(" "),
	ROW("nul"),
	ROW("True"),
	ROW("01"),
	ROW("-"),
	ROW("+1"),
	ROW("1."),
	ROW(".5"),
	ROW("1e"),
	ROW("1e+"),
	ROW("0x10"),
	ROW("NaN"),
	ROW("-Infinity"),
	ROW("1 2"),
	ROW("{}{}"),
	ROW("null\0"),
	ROW("[1,]"),
	ROW("[,1]"),
	ROW("[1 2]"),
	ROW("[1}"),
	ROW("{\"a\":1]"),
	ROW("{\"a\":1,}"),
	ROW("{,}"),
	ROW("{\"a\"}"),
	ROW("{\"a\" 1}"),
	ROW("{a:1}"),
	ROW("{1:1}"),
	ROW("{'a':1}"),
	ROW("]"),
	ROW("\"a\nb\""),
	ROW("\"a\tb\""),
	ROW("\"\\x41\""),
	ROW("\"\\u12g4\""),
	ROW("\"\\u123\""),
	ROW("\"\\"),
	ROW("\"\\u0000\""),
	ROW("\"a\0b\""),
	ROW("{\"a\\u0000\":1}"),
	ROW("\"\xff\""),
	ROW("\"12345678\xc0\xaf\""),
	ROW("\"\xed\xa0\x80\""),
	ROW("\"\xf4\x90\x80\x80\""),
	ROW("\"\xe2\x82\""),
	ROW("\xef\xbb\xbf{}"),
	ROW("// c\n1"),
	ROW("[1]x"),
};

START_TEST(what_the_standard_forbids_is_refused)
{
	struct arena a = { 0 };
	struct error err = { 0 };

	ck_assert_ptr_null(parse(&a, bad[_i], &err));
	ck_assert_int_eq(err.kind, ERR_MODEL);
	ck_assert(strncmp(err.msg, "not JSON", 8) == 0);
	arena_release(&a);
}
END_TEST

START_TEST(nesting_ends_at_64)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf b = { 0 };
	int n, i;

	for (n = 64; n <= 65; n++) {
		buf_reset(&b);
		for (i = 0; i < n; i++)
			buf_adds(&b, i % 2 ? "[" : "{\"a\":");
		buf_adds(&b, "1");
		while (i-- > 0)
			buf_adds(&b, i % 2 ? "]" : "}");
		ck_assert_int_eq(parse(&a, buf_span(&b), &err) != NULL,
				 n == 64);
	}
	buf_release(&b);
	arena_release(&a);
}
END_TEST

static const char whole[] =
	"{\"a\":[1,-2.5e3,true,false,null,\"x\\u00e9\\ud83d\\ude00\xc3\xa9\"],"
	"\"b\":{\"c\":{}},\"a\":[],\"longer name\":\"a longer value\"}";

START_TEST(a_document_cut_anywhere_is_refused)
{
	size_t i;

	for (i = 0; i < sizeof(whole) - 1; i++) {
		struct arena a = { 0 };
		struct error err = { 0 };
		/* on the heap, so that a byte read behind it is seen */
		char *part = malloc(i ? i : 1);

		memcpy(part, whole, i);
		ck_assert_ptr_null(parse(&a, (struct span){ part, i }, &err));
		free(part);
		arena_release(&a);
	}
}
END_TEST

START_TEST(values_are_found_and_read)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	const struct json *v = parse(&a, SPAN(whole), &err), *e;

	ck_assert_ptr_nonnull(v);
	e = json_get(v, "a");
	ck_assert(span_eqs(e->raw, "[1,-2.5e3,true,false,null,\"x\\u00e9"
				   "\\ud83d\\ude00\xc3\xa9\"]"));
	e = e->child;
	ck_assert_int_eq(json_int(e, -7), 1);
	e = e->next;
	ck_assert_int_eq(json_int(e, -7), -7);
	ck_assert(json_number(e, 0) == -2500.0);
	e = e->next;
	ck_assert_int_eq(e->type, JSON_TRUE);
	ck_assert_int_eq(e->next->type, JSON_FALSE);
	ck_assert_int_eq(e->next->next->type, JSON_NULL);
	e = e->next->next->next;
	ck_assert(span_eqs(json_string(e, &a),
			   "x\xc3\xa9\xf0\x9f\x98\x80\xc3\xa9"));
	ck_assert_ptr_null(e->next);
	ck_assert_ptr_nonnull(json_at(v, "b", "c", NULL));
	ck_assert_ptr_null(json_at(v, "b", "x", "c", NULL));
	ck_assert_ptr_null(json_get(e, "a"));
	ck_assert_ptr_null(json_get(NULL, "a"));
	ck_assert_ptr_null(json_string(NULL, &a).ptr);
	ck_assert_ptr_null(json_string(v, &a).ptr);
	arena_release(&a);
}
END_TEST

START_TEST(names_are_exact_and_the_first_of_two_counts)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	const struct json *v = parse(&a,
				     SPAN("{\"A\":1,\"\\u0061\\n\\ud83d\\ude00"
					  "\":2,\"d\":3,\"d\":4,\"n\":null,"
					  "\"n\":5,\"ab\":6}"),
				     &err);

	ck_assert_ptr_null(json_get(v, "a"));
	ck_assert_int_eq(json_int(json_get(v, "a\n\xf0\x9f\x98\x80"), 0), 2);
	ck_assert_ptr_null(json_get(v, "a\n"));
	ck_assert_int_eq(json_int(json_get(v, "d"), 0), 3);
	ck_assert_ptr_null(json_get(v, "n"));
	arena_release(&a);
}
END_TEST

static const struct {
	const char *text;
	int64_t whole;
	double number;
} numbers[] = {
	{ "0", 0, 0 },
	{ "-0", 0, 0 },
	{ "9007199254740992", 9007199254740992, 9007199254740992.0 },
	{ "9007199254740993", -7, 9007199254740992.0 },
	{ "-9007199254740992", -9007199254740992, -9007199254740992.0 },
	{ "99999999999999999999", -7, 1e20 },
	{ "1e999", -7, -7 },
	{ "-1e999", -7, -7 },
	{ "1e3", -7, 1000 },
	{ "1.0", -7, 1 },
	{ "1e-999", -7, 0 },
	{ "\"1\"", -7, -7 },
	{ "null", -7, -7 },
	{ "[1]", -7, -7 },
};

START_TEST(numbers_lose_nothing_without_saying_so)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	const struct json *v = parse(&a, span_of(numbers[_i].text), &err);

	ck_assert_int_eq(json_int(v, -7), numbers[_i].whole);
	ck_assert(json_number(v, -7) == numbers[_i].number);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *raw, *text;
} strings[] = {
	{ "\"\\ud83d\"", "\xef\xbf\xbd" },
	{ "\"\\ude00x\"", "\xef\xbf\xbdx" },
	{ "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80" },
	{ "\"\\ud83d\\n\"", "\xef\xbf\xbd\n" },
	{ "\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
				"A" },
	{ "\"\\uDBFF\\uDFFF\"", "\xf4\x8f\xbf\xbf" },
	{ "\"\\u007f\\u0080\\u07ff\\u0800\\uffff\"",
	  "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf" },
	{ "\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"", "\b\f\n\r\t/\\\"" },
};

START_TEST(escapes_are_decoded)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	const struct json *v = parse(&a, span_of(strings[_i].raw), &err);
	struct span s = json_string(v, &a);

	ck_assert_msg(span_eqs(s, strings[_i].text), "%.*s", SPAN_ARG(s));
	arena_release(&a);
}
END_TEST

static const struct {
	struct span in;
	const char *out;
} quoted[] = {
	{ ROW(""), "\"\"" },
	{ ROW("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"" },
	{ ROW("\b\f\n\r\t\x01\x1f\x7f"),
	  "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"" },
	{ ROW("a\0b"), "\"a\xef\xbf\xbd"
		       "b\"" },
	{ ROW("\xc3\xa9\xff\xe2\x82"),
	  "\"\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ ROW("long enough for the fast path \xf0\x9f\x98\x80 and on"),
	  "\"long enough for the fast path \xf0\x9f\x98\x80 and on\"" },
};

START_TEST(quoted_text_is_valid_and_comes_back)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf b = { 0 }, again = { 0 };
	struct json *v;

	json_quote(&b, quoted[_i].in);
	ck_assert_str_eq(buf_cstr(&b), quoted[_i].out);
	v = parse(&a, buf_span(&b), &err);
	ck_assert_ptr_nonnull(v);
	json_quote(&again, json_string(v, &a));
	ck_assert_str_eq(buf_cstr(&again), quoted[_i].out);
	buf_release(&b);
	buf_release(&again);
	arena_release(&a);
}
END_TEST

/* A special byte at every offset of a word, for the eight-at-a-time path. */
START_TEST(every_byte_at_every_offset_is_seen)
{
	size_t at;
	int c;

	for (at = 1; at < 19; at++) {
		for (c = 0; c < 256; c++) {
			struct arena a = { 0 };
			struct error err = { 0 };
			char text[20];
			bool plain =
				c >= 0x20 && c < 0x80 && c != '"' && c != '\\';

			memset(text, 'x', sizeof(text));
			text[0] = text[19] = '"';
			text[at] = (char)c;
			if (c == '\\' && at < 18)
				text[at + 1] = 'n';
			ck_assert_int_eq(parse(&a, (struct span){ text, 20 },
					       &err) != NULL,
					 plain || (c == '\\' && at < 18));
			arena_release(&a);
		}
	}
}
END_TEST

Suite *json_suite(void)
{
	Suite *s = suite_create("json");
	TCase *tc = tcase_create("json");

	add_rows(tc, what_the_standard_allows_is_read, good);
	add_rows(tc, what_the_standard_forbids_is_refused, bad);
	add_rows(tc, numbers_lose_nothing_without_saying_so, numbers);
	add_rows(tc, escapes_are_decoded, strings);
	add_rows(tc, quoted_text_is_valid_and_comes_back, quoted);
	tcase_add_test(tc, nesting_ends_at_64);
	tcase_add_test(tc, a_document_cut_anywhere_is_refused);
	tcase_add_test(tc, values_are_found_and_read);
	tcase_add_test(tc, names_are_exact_and_the_first_of_two_counts);
	tcase_add_test(tc, every_byte_at_every_offset_is_seen);
	suite_add_tcase(s, tc);
	return s;
}
