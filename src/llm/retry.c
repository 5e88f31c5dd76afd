/*
 * Pure but for the clock and its randomness. Sources: _base_client.py of the
 * vendors' Python SDKs (should_retry, retry_after); RFC 9110, 10.2.3.
 */
#include "base/clock.h"
#include "llm/http.h"
#include "llm/http_date.h"

#define FIRST_MS 500
#define LONGEST_MS 8000
#define HUGE_MS 1000000000000000.0 /* what a longer wait counts as */

static const int worth[] = { 408, 409, 425, 429, 500, 502, 503, 504, 529 };

static const bool end_worth[] = {
	[HTTP_REFUSED] = true,
	[HTTP_DNS] = true,
	[HTTP_CUT] = true,
	[HTTP_CONNECT_TIMEOUT] = true,
	[HTTP_FIRST_BYTE_TIMEOUT] = true,
	[HTTP_IDLE_TIMEOUT] = true,
	[HTTP_BAD] = false, /* the last: sizes the table */
};

/* A 429 that no waiting mends. */
static const char *const spent[] = {
	"\"insufficient_quota\"",
	"\"credit_balance_exhausted\"",
	"\"enforced_spend_limit_reached\"",
};

static bool out_of_money(const struct http_result *res)
{
	for (size_t i = 0; i < sizeof(spent) / sizeof(spent[0]); i++)
		if (span_find(res->body, span_of(spent[i])) >= 0)
			return true;
	return false;
}

static bool worth_it(const struct http_result *res)
{
	struct span wish = span_trim(span_of(res->should_retry));

	if (res->status < 300)
		return end_worth[res->end];
	if (res->status == 429 && out_of_money(res))
		return false;
	if (span_eqs_nocase(wish, "true"))
		return true;
	if (span_eqs_nocase(wish, "false"))
		return false;
	for (size_t i = 0; i < sizeof(worth) / sizeof(worth[0]); i++)
		if (res->status == worth[i])
			return true;
	return false;
}

/* "12", "0.5": no sign, no exponent. Never more than HUGE_MS. */
static bool decimal(struct span s, double *out)
{
	double n = 0, unit = 1;
	bool digit = false, point = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		digit = true;
		if (point)
			unit /= 10;
		if (n < HUGE_MS)
			n = point ? n + (c - '0') * unit : n * 10 + (c - '0');
	}
	*out = n;
	return digit;
}

/* Milliseconds that the server asks for; negative when it says nothing (that
 * makes sense). */
static double asked_ms(const struct http_result *res)
{
	struct span s = span_trim(span_of(res->retry_after));
	int64_t date;
	double n;

	if (decimal(span_trim(span_of(res->retry_after_ms)), &n))
		return n;
	if (decimal(s, &n))
		return n * 1000;
	if (http_date_parse(s, &date))
		return (double)(date - clock_wall_s()) * 1000;
	return -1;
}

static int64_t backoff_ms(unsigned done)
{
	double ms = LONGEST_MS;

	if (done <= 4)
		ms = FIRST_MS << (done ? done - 1 : 0);
	return (int64_t)(ms * (1 - 0.25 * clock_random()));
}

struct retry_advice retry_advise(const struct http_result *res, unsigned done,
				 int64_t bound_ms)
{
	struct retry_advice a = { 0 };
	double ms = asked_ms(res);

	if (!worth_it(res))
		return a;
	a.whole_host = res->status == 429 || (res->status >= 300 && ms >= 0);
	if (ms > HUGE_MS)
		ms = HUGE_MS;
	if (ms > (double)bound_ms) {
		a.too_long_s = ((int64_t)ms + 999) / 1000;
		return a;
	}
	a.retry = true;
	a.delay_ms = ms >= 0 ? (int64_t)(ms + 0.999) : backoff_ms(done);
	return a;
}
