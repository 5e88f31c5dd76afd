#include "llm/http.h"

#include "base/clock.h"
#include "llm/http_date.h"
#include "test.h"

/* Sun, 22 Nov 2026 12:00:00 GMT */
#define NOW 1795348800
#define BOUND_MS 60000

static double chance;

static int64_t fixed_wall(void)
{
	return NOW;
}

static double fixed_random(void)
{
	return chance;
}

static const struct clock_source fixed = { NULL, fixed_wall, fixed_random };

static void fix_clock(void)
{
	chance = 0;
	clock_replace(&fixed);
}

static void free_clock(void)
{
	clock_replace(NULL);
}

static const struct {
	enum http_end end;
	int status;
	const char *should, *body;
	bool retry, whole_host;
} judged[] = {
	{ HTTP_OK, 400, "", "", false, false },
	{ HTTP_OK, 401, "", "", false, false },
	{ HTTP_OK, 402, "", "", false, false },
	{ HTTP_OK, 403, "", "", false, false },
	{ HTTP_OK, 404, "", "", false, false },
	{ HTTP_OK, 408, "", "", true, false },
	{ HTTP_OK, 409, "", "", true, false },
	{ HTTP_OK, 413, "", "", false, false },
	{ HTTP_OK, 422, "", "", false, false },
	{ HTTP_OK, 425, "", "", true, false },
	{ HTTP_OK, 429, "", "", true, true },
	{ HTTP_OK, 500, "", "", true, false },
	{ HTTP_OK, 501, "", "", false, false },
	{ HTTP_OK, 502, "", "<html>", true, false },
	{ HTTP_OK, 503, "", "", true, false },
	{ HTTP_OK, 504, "", "", true, false },
	{ HTTP_OK, 529, "", "", true, false },
	{ HTTP_OK, 302, "", "", false, false },
	{ HTTP_OK, 307, "", "", false, false },
	{ HTTP_OK, 200, "", "", false, false },
	{ HTTP_OK, 500, "false", "", false, false },
	{ HTTP_OK, 400, "true", "", true, false },
	{ HTTP_OK, 400, " True ", "", true, false },
	{ HTTP_OK, 500, "perhaps", "", true, false },
	{ HTTP_OK, 429, "", "{\"error\":{\"code\":\"insufficient_quota\"}}",
	  false, false },
	{ HTTP_OK, 429, "true",
	  "{\"error\":{\"type\":\"credit_balance_exhausted\"}}", false, false },
	{ HTTP_OK, 429, "",
	  "{\"error\":{\"details\":{\"error_code\":"
	  "\"enforced_spend_limit_reached\"}}}",
	  false, false },
	{ HTTP_OK, 429, "", "{\"error\":{\"code\":\"slow_down\"}}", true,
	  true },
	{ HTTP_STOPPED, 200, "", "", false, false },
	{ HTTP_STOPPED, 529, "", "", true, false },
	{ HTTP_REFUSED, 0, "", "", true, false },
	{ HTTP_DNS, 0, "", "", true, false },
	{ HTTP_TLS, 0, "", "", false, false },
	{ HTTP_PROXY, 0, "", "", false, false },
	{ HTTP_PROXY, 407, "", "", false, false },
	{ HTTP_CUT, 0, "", "", true, false },
	{ HTTP_CUT, 200, "", "", true, false },
	{ HTTP_CUT, 401, "", "", false, false },
	{ HTTP_CUT, 500, "", "", true, false },
	{ HTTP_CONNECT_TIMEOUT, 0, "", "", true, false },
	{ HTTP_FIRST_BYTE_TIMEOUT, 0, "", "", true, false },
	{ HTTP_IDLE_TIMEOUT, 200, "", "", true, false },
	{ HTTP_TOTAL_TIMEOUT, 200, "", "", false, false },
	{ HTTP_TOO_LARGE, 200, "", "", false, false },
	{ HTTP_ENCODED, 200, "", "", false, false },
	{ HTTP_BAD, 0, "", "", false, false },
};

START_TEST(what_is_worth_another_try_gets_one)
{
	struct http_result res = { .end = judged[_i].end,
				   .status = judged[_i].status,
				   .should_retry = judged[_i].should,
				   .body = span_of(judged[_i].body) };
	struct retry_advice a = retry_advise(&res, 1, BOUND_MS);

	ck_assert_int_eq(a.retry, judged[_i].retry);
	ck_assert_int_eq(a.whole_host, judged[_i].whole_host);
	ck_assert_int_eq(a.delay_ms, a.retry ? 500 : 0);
	ck_assert_int_eq(a.too_long_s, 0);
}
END_TEST

static const struct {
	const char *after, *after_ms;
	bool retry;
	int64_t delay_ms, too_long_s;
} waits[] = {
	{ "20", "", true, 20000, 0 },
	{ " 20 ", "", true, 20000, 0 },
	{ "0", "", true, 0, 0 },
	{ "0.25", "", true, 250, 0 },
	{ "60", "", true, 60000, 0 },
	{ "61", "", false, 0, 61 },
	{ "60.5", "", false, 0, 61 },
	{ "3600", "", false, 0, 3600 },
	{ "99999999999999999999999999", "", false, 0, 1000000000000 },
	{ "-10", "", true, 500, 0 },
	{ "+10", "", true, 500, 0 },
	{ "1e3", "", true, 500, 0 },
	{ "1.2.3", "", true, 500, 0 },
	{ ".", "", true, 500, 0 },
	{ "inf", "", true, 500, 0 },
	{ "nan", "", true, 500, 0 },
	{ "", "", true, 500, 0 },
	{ "soon", "", true, 500, 0 },
	{ NULL, NULL, true, 500, 0 },
	{ "", "50", true, 50, 0 },
	{ "", "50.5", true, 51, 0 },
	{ "20", "1500", true, 1500, 0 },
	{ "20", "x", true, 20000, 0 },
	{ "", "60001", false, 0, 61 },
	{ "Sun, 22 Nov 2026 12:00:30 GMT", "", true, 30000, 0 },
	{ "Sun, 22 Nov 2026 12:00:00 GMT", "", true, 0, 0 },
	{ "Sun, 22 Nov 2026 11:59:59 GMT", "", true, 500, 0 },
	{ "Sun, 22 Nov 2026 13:00:00 GMT", "", false, 0, 3600 },
	{ "Zun, 22 Nov 2026 12:00:30 GMT", "", true, 500, 0 },
	{ "Sunday, 22-Nov-26 12:00:30 GMT", "", true, 30000, 0 },
	{ "Sun Nov 22 12:00:30 2026", "", true, 30000, 0 },
};

START_TEST(a_wait_that_makes_sense_is_honoured_up_to_the_bound)
{
	struct http_result res = { .status = 503,
				   .retry_after = waits[_i].after,
				   .retry_after_ms = waits[_i].after_ms };
	struct retry_advice a = retry_advise(&res, 1, BOUND_MS);

	ck_assert_int_eq(a.retry, waits[_i].retry);
	ck_assert_int_eq(a.delay_ms, waits[_i].delay_ms);
	ck_assert_int_eq(a.too_long_s, waits[_i].too_long_s);
}
END_TEST

static const struct {
	unsigned done;
	double chance;
	int64_t delay_ms;
} steps[] = {
	{ 1, 0, 500 },	 { 2, 0, 1000 },  { 3, 0, 2000 },
	{ 4, 0, 4000 },	 { 5, 0, 8000 },  { 6, 0, 8000 },
	{ 40, 0, 8000 }, { 0, 0, 500 },	  { 1, 0.5, 437 },
	{ 2, 1, 750 },	 { 99, 1, 6000 }, { UINT32_MAX, 0, 8000 },
};

START_TEST(own_backoff_doubles_up_to_8_s_less_a_quarter_at_most)
{
	struct http_result res = { .end = HTTP_CUT };

	chance = steps[_i].chance;
	ck_assert_int_eq(retry_advise(&res, steps[_i].done, BOUND_MS).delay_ms,
			 steps[_i].delay_ms);
}
END_TEST

static const struct {
	const char *text;
	int64_t seconds; /* -1: no date */
} dates[] = {
	{ "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
	{ "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
	{ "Sun Nov  6 08:49:37 1994", 784111777 },
	{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
	{ "Thu, 29 Feb 2024 23:59:59 GMT", 1709251199 },
	{ "Fri, 31 Dec 9999 23:59:59 GMT", 253402300799 },
	{ "Tuesday, 01-Jan-75 00:00:00 GMT", 3313526400 },
	{ "Tuesday, 01-Jan-80 00:00:00 GMT", 315532800 },
	{ "Thu, 29 Feb 2023 00:00:00 GMT", -1 },
	{ "Thu, 31 Apr 2023 00:00:00 GMT", -1 },
	{ "Thu, 00 Apr 2023 00:00:00 GMT", -1 },
	{ "Sun, 6 Nov 1994 08:49:37 GMT", -1 },
	{ "sun, 06 Nov 1994 08:49:37 GMT", -1 },
	{ "Sun, 06 nov 1994 08:49:37 GMT", -1 },
	{ "Sun, 06 Nov 1994 08:49:37 UTC", -1 },
	{ "Sun, 06 Nov 1994 08:49:37 +0000", -1 },
	{ "Sun, 06 Nov 1994 24:00:00 GMT", -1 },
	{ "Sun, 06 Nov 1994 08:60:00 GMT", -1 },
	{ "Sun, 06 Nov 1994 08:49:61 GMT", -1 },
	{ "Sun, 06 Nov 1994 08:49:37 GMT ", -1 },
	{ "Sun, 06 Nov 1994 08:49:37", -1 },
	{ "Zun, 06 Nov 1994 08:49:37 GMT", -1 },
	{ "2026-11-22T09:50:00Z", -1 },
	{ "", -1 },
};

START_TEST(a_date_is_read_to_the_letter)
{
	int64_t s = -1;
	bool ok = http_date_parse(span_of(dates[_i].text), &s);

	ck_assert_int_eq(ok, dates[_i].seconds >= 0);
	if (ok)
		ck_assert_int_eq(s, dates[_i].seconds);
}
END_TEST

Suite *retry_suite(void)
{
	Suite *s = suite_create("retry");
	TCase *tc = tcase_create("retry");

	tcase_add_checked_fixture(tc, fix_clock, free_clock);
	add_rows(tc, what_is_worth_another_try_gets_one, judged);
	add_rows(tc, a_wait_that_makes_sense_is_honoured_up_to_the_bound,
		 waits);
	add_rows(tc, own_backoff_doubles_up_to_8_s_less_a_quarter_at_most,
		 steps);
	add_rows(tc, a_date_is_read_to_the_letter, dates);
	suite_add_tcase(s, tc);
	return s;
}
