#include "agent/baseline.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"

#include "test.h"

static struct arena arena;

static int64_t new_year(void)
{
	return 1735689600; /* 2025-01-01 */
}

static void setup(void)
{
	static const struct clock_source then = { .wall_s = new_year };

	clock_replace(&then);
}

static void teardown(void)
{
	clock_replace(NULL);
	arena_release(&arena);
}

#define FILE(entries) \
	"{\"version\":1,\"tool\":\"x\",\"findings\":[" entries "]}"
#define ID "\"fingerprint\":\"0123456789abcdef\""
#define BAD(field) "{\n\"version\":1,\n\"findings\":[\n{" ID ",\n" field "}]}"

static const struct {
	const char *text, *said;
} refused[] = {
	{ "", "b is no baseline: not JSON: empty" },
	{ "{\n<<<<<<< HEAD\n",
	  "b is no baseline: not JSON at line 2: name expected" },
	{ "[]", "b is no baseline (\"version\": 1 is missing): write one with "
		"--write-baseline" },
	{ "{}", "b is no baseline (\"version\": 1 is missing): write one with "
		"--write-baseline" },
	{ "{\"version\":\"1\",\"findings\":[]}",
	  "b is no baseline (\"version\": 1 is missing): write one with "
	  "--write-baseline" },
	{ "{\"version\":2,\"findings\":[]}",
	  "b is a baseline of version 2, which a newer architect reads: this "
	  "one knows version 1" },
	{ "{\"version\":1}", "b: a list \"findings\" is expected" },
	{ "{\"version\":1,\"findings\":{}}",
	  "b: a list \"findings\" is expected" },
	{ FILE("7"), "b:1: an entry must be an object" },
	{ FILE("{}"), "b:1: an entry lacks its \"fingerprint\"" },
	{ FILE("{" ID "},\n{" ID "}"),
	  "b: the fingerprint 0123456789abcdef stands twice: keep one of its "
	  "entries" },
	/* 16 bytes, 80 once they are made visible */
	{ BAD("\"rule\":\"\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"
	      "\x7f\x7f\x7f\x7f\x7f\""),
	  "b:5: \"rule\" must be a text of at most 64 bytes, or null" },
	{ BAD("\"expiry\":null"),
	  "b:5: an entry has no field \"expiry\": did you mean \"expires\"?" },
	{ BAD("\"ticket\\u0041\":null"),
	  "b:5: an entry has no field \"ticket\\u0041\": take it out" },
	{ BAD("\"\":null"), "b:5: an entry has no field \"\": take it out" },
	{ BAD("\"own\":true,\n\"own\":false"),
	  "b:6: \"own\" stands twice in an entry" },
	{ BAD("\"expires\":\"2025-02-29\""),
	  "b:5: \"expires\" must be a day as \"2027-01-31\", or null" },
	{ BAD("\"expires\":20250101"),
	  "b:5: \"expires\" must be a day as \"2027-01-31\", or null" },
	{ BAD("\"expires\":\"\""),
	  "b:5: \"expires\" must be a day as \"2027-01-31\", or null" },
	{ BAD("\"reason\":[\"a\"]"),
	  "b:5: \"reason\" must be a text of at most 4 KiB, or null" },
	{ BAD("\"own\":1"), "b:5: \"own\" must be true or false" },
	{ BAD("\"level\":\"grave\""),
	  "b:5: \"level\" must be must-fix, should-fix, question or "
	  "nice-to-have" },
	{ BAD("\"line\":-1"), "b:5: \"line\" must be a number from 0 on" },
	{ BAD("\"line\":1e3"), "b:5: \"line\" must be a number from 0 on" },
	{ BAD("\"times\":0"), "b:5: \"times\" must be a number from 1 on" },
	{ BAD("\"path\":3"), "b:5: \"path\" must be a text of at most 4 KiB" },
	{ FILE("{\"fingerprint\":\"0123456789ABCDEF\"}"),
	  "b:1: \"fingerprint\" must be 16 lower-case hex digits" },
	{ FILE("{\"fingerprint\":\"0123\"}"),
	  "b:1: \"fingerprint\" must be 16 lower-case hex digits" },
	{ FILE("{\"fingerprint\":null}"),
	  "b:1: \"fingerprint\" must be 16 lower-case hex digits" },
};

START_TEST(what_is_not_exactly_a_baseline_is_refused_with_its_line)
{
	struct baseline b = { .name = "b" };
	struct error err = { 0 };

	ck_assert_int_eq(
		baseline_parse(&b, &arena, span_of(refused[_i].text), &err),
		-1);
	ck_assert_str_eq(err.msg, refused[_i].said);
	ck_assert_int_eq(err.kind, ERR_USAGE);
}
END_TEST

START_TEST(texts_and_entries_have_ceilings)
{
	struct baseline b = { .name = "b" };
	struct error err = { 0 };
	struct buf text = { 0 };

	buf_adds(&text, "{\"version\":1,\"findings\":[{\"reason\":\"");
	for (size_t i = 0; i <= BASELINE_TEXT_READ; i++)
		buf_addc(&text, 'a');
	buf_adds(&text, "\"}]}");
	ck_assert_int_eq(baseline_parse(&b, &arena, buf_span(&text), &err), -1);
	ck_assert_str_eq(err.msg, "b:1: \"reason\" must be a text of at most "
				  "4 KiB, or null");
	buf_reset(&text);
	buf_adds(&text, "{\"version\":1,\"findings\":[");
	for (unsigned i = 0; i <= BASELINE_ENTRIES; i++)
		buf_addf(&text, "%s{\"fingerprint\":\"%016x\"}", i ? "," : "",
			 i);
	buf_adds(&text, "]}");
	ck_assert_int_eq(baseline_parse(&b, &arena, buf_span(&text), &err), -1);
	ck_assert_str_eq(err.msg, "b:1: more than 20000 entries: keep those "
				  "that count");
	buf_release(&text);
}
END_TEST

static const struct {
	const char *expires;
	bool expired;
} days[] = {
	{ "null", false },	     { "\"2024-12-31\"", true },
	{ "\"2025-01-01\"", false }, { "\"2025-01-02\"", false },
	{ "\"0000-01-01\"", true },  { "\"9999-12-31\"", false },
};

START_TEST(an_entry_counts_to_the_end_of_its_last_day)
{
	struct baseline b = { .name = "b" };
	struct error err = { 0 };
	char *text = arena_printf(&arena, FILE("{" ID ",\"expires\":%s}"),
				  days[_i].expires);

	ck_assert_int_eq(baseline_parse(&b, &arena, span_of(text), &err), 0);
	ck_assert_int_eq(b.entries.ptr[0].expired, days[_i].expired);
}
END_TEST

START_TEST(people_s_words_are_one_line_that_hides_nothing)
{
	struct baseline b = { .name = "b" };
	struct error err = { 0 };

	ck_assert_int_eq(
		baseline_parse(&b, &arena,
			       SPAN(FILE("{" ID ",\"reason\":\"a\\n- b\\u001b["
					 "31m\\u202e\"}")),
			       &err),
		0);
	ck_assert(span_eqs(b.entries.ptr[0].reason,
			   "a\\n- b\\u{1b}[31m\\u{202e}"));
}
END_TEST

START_TEST(entries_are_found_by_fingerprint)
{
	struct baseline b = { .name = "b" };
	struct error err = { 0 };

	ck_assert_int_eq(
		baseline_parse(
			&b, &arena,
			SPAN(FILE("{\"fingerprint\":\"ffffffffffffffff\","
				  "\"line\":1},"
				  "{" ID ",\"line\":2}")),
			&err),
		0);
	ck_assert_uint_eq(baseline_find(&b, "ffffffffffffffff")->line, 1);
	ck_assert_uint_eq(baseline_find(&b, "0123456789abcdef")->line, 2);
	ck_assert_ptr_null(baseline_find(&b, "0123456789abcdee"));
	ck_assert_ptr_null(baseline_find(&b, ""));
}
END_TEST

static const char written[] = "{\n"
			      "  \"version\": 1,\n"
			      "  \"tool\": \"architect " VERSION "\",\n"
			      "  \"findings\": [\n"
			      "    {\n"
			      "      \"path\": null,\n"
			      "      \"line\": 0,\n"
			      "      \"level\": \"must-fix\",\n"
			      "      \"section\": null,\n"
			      "      \"own\": false,\n"
			      "      \"rule\": null,\n"
			      "      \"old_side\": false,\n"
			      "      \"text\": null,\n"
			      "      \"quote\": null,\n"
			      "      \"fingerprint\": \"0000000000000003\",\n"
			      "      \"reason\": null,\n"
			      "      \"expires\": null\n"
			      "    },\n"
			      "    {\n"
			      "      \"path\": \"src/a.rs\",\n"
			      "      \"line\": 7,\n"
			      "      \"level\": \"question\",\n"
			      "      \"section\": \"testing\",\n"
			      "      \"own\": true,\n"
			      "      \"rule\": \"sql\",\n"
			      "      \"old_side\": true,\n"
			      "      \"text\": \"what \\\"is\\\" wrong\",\n"
			      "      \"quote\": \"a\\n\\tb\",\n"
			      "      \"fingerprint\": \"0000000000000002\",\n"
			      "      \"reason\": \"in June\",\n"
			      "      \"expires\": \"2027-01-31\"\n"
			      "    }\n"
			      "  ]\n"
			      "}\n";

START_TEST(a_baseline_is_written_by_place_and_read_as_it_was)
{
	struct known_finding k[] = {
		{ .fingerprint = "0000000000000002",
		  .path = SPAN("src/a.rs"),
		  .line = 7,
		  .level = LEVEL_QUESTION,
		  .section = SPAN("testing"),
		  .own = true,
		  .rule = SPAN("sql"),
		  .old = true,
		  .text = SPAN("what \"is\" wrong"),
		  .quote = SPAN("a\n\tb"),
		  .reason = SPAN("in June"),
		  .until = SPAN("2027-01-31") },
		{ .fingerprint = "0000000000000003" },
	};
	struct baseline b = { .name = "b" };
	struct buf out = { 0 }, again = { 0 };
	struct error err = { 0 };

	baseline_write(&out, k, 2);
	ck_assert_str_eq(buf_cstr(&out), written);
	ck_assert_int_eq(baseline_parse(&b, &arena, buf_span(&out), &err), 0);
	baseline_write(&again, b.entries.ptr, b.entries.len);
	ck_assert_str_eq(buf_cstr(&again), written);
	buf_reset(&out);
	baseline_write(&out, NULL, 0);
	ck_assert_int_eq(baseline_parse(&b, &arena, buf_span(&out), &err), 0);
	ck_assert_uint_eq(b.entries.len, 0);
	buf_release(&out);
	buf_release(&again);
}
END_TEST

/* n entries with a path and texts of so many bytes: how many may be read */
static const struct {
	size_t n, path, reason, kept;
	char byte;
} crowds[] = {
	{ BASELINE_ENTRIES, 1, 0, BASELINE_ENTRIES, '\1' },
	{ BASELINE_ENTRIES + 1, 1, 0, BASELINE_ENTRIES, '\1' },
	{ 3, 4096, 4096, 3, '\1' },
	{ 3, 4097, 0, 0, '\1' },
	/* what is invisible is longer once it was read */
	{ 3, 1, 8 * 4096, 3, '\1' },
	/* 32 MiB */
	{ 4200, 4096, 4096, 3957, 'a' },
};

START_TEST(what_is_written_is_read_and_the_gravest_of_it)
{
	size_t n = crowds[_i].n, i;
	struct known_finding *k = arena_array(&arena, n, sizeof(*k));
	char *bytes = arena_alloc(&arena, 8 * 4096 + 1);
	struct baseline b = { .name = "b" };
	struct buf out = { 0 };
	struct error err = { 0 };

	memset(bytes, crowds[_i].byte, 8 * 4096);
	for (i = 0; i < n; i++) {
		snprintf(k[i].fingerprint, sizeof(k[i].fingerprint), "%016zx",
			 i);
		k[i].path = (struct span){ bytes, crowds[_i].path };
		k[i].reason = (struct span){ bytes, crowds[_i].reason };
		k[i].level = i ? LEVEL_QUESTION : LEVEL_NICE_TO_HAVE;
	}
	ck_assert_uint_eq(baseline_write(&out, k, n), n - crowds[_i].kept);
	ck_assert_uint_le(out.len, BASELINE_BYTES);
	ck_assert_msg(!baseline_parse(&b, &arena, buf_span(&out), &err), "%s",
		      err.msg);
	ck_assert_uint_eq(b.entries.len, crowds[_i].kept);
	if (crowds[_i].kept < n)
		ck_assert_ptr_null(baseline_find(&b, "0000000000000000"));
	buf_release(&out);
}
END_TEST

Suite *baseline_suite(void)
{
	Suite *s = suite_create("baseline");
	TCase *t = tcase_create("baseline");

	tcase_add_checked_fixture(t, setup, teardown);
	add_rows(t, what_is_not_exactly_a_baseline_is_refused_with_its_line,
		 refused);
	tcase_add_test(t, texts_and_entries_have_ceilings);
	add_rows(t, an_entry_counts_to_the_end_of_its_last_day, days);
	tcase_add_test(t, people_s_words_are_one_line_that_hides_nothing);
	tcase_add_test(t, entries_are_found_by_fingerprint);
	tcase_add_test(t, a_baseline_is_written_by_place_and_read_as_it_was);
	tcase_set_timeout(t, 20);
	add_rows(t, what_is_written_is_read_and_the_gravest_of_it, crowds);
	suite_add_tcase(s, t);
	return s;
}
