#include "base/date.h"

#include "base/clock.h"

#include "test.h"

static const struct {
	int64_t s;
	const char *day;
} days[] = {
	{ 0, "1970-01-01" },
	{ 86399, "1970-01-01" },
	{ 86400, "1970-01-02" },
	{ -1, "1969-12-31" },
	{ 951782400, "2000-02-29" },
	{ 951868800, "2000-03-01" },
	{ 1709164800, "2024-02-29" },
	{ 1735689599, "2024-12-31" },
	{ 1735689600, "2025-01-01" },
	{ 4107542400, "2100-03-01" },
	{ 253402300799, "9999-12-31" },
	{ INT64_MAX, "9999-12-31" },
	{ INT64_MIN, "0000-01-01" },
};

START_TEST(a_second_is_of_its_day)
{
	ck_assert_str_eq(date_of(days[_i].s).text, days[_i].day);
}
END_TEST

static const struct {
	const char *text;
	bool valid;
} dates[] = {
	{ "2027-01-31", true },	 { "2024-02-29", true },
	{ "2000-02-29", true },	 { "2027-12-01", true },
	{ "0000-01-01", true },	 { "9999-12-31", true },
	{ "2027-02-29", false }, { "1900-02-29", false },
	{ "2027-04-31", false }, { "2027-13-01", false },
	{ "2027-00-01", false }, { "2027-01-00", false },
	{ "2027-1-1", false },	 { "27-01-31", false },
	{ "2027/01/31", false }, { "2027-01-31 ", false },
	{ "+027-01-31", false }, { "31.01.2027", false },
	{ "tomorrow", false },	 { "", false },
};

START_TEST(a_date_is_a_day_that_there_is)
{
	ck_assert_int_eq(date_valid(span_of(dates[_i].text)), dates[_i].valid);
}
END_TEST

static int64_t at_noon(void)
{
	return 1735689600 + 43200;
}

START_TEST(today_is_the_clock_s)
{
	static const struct clock_source noon = { .wall_s = at_noon };
	struct date today;

	clock_replace(&noon);
	today = date_today();
	clock_replace(NULL);
	ck_assert_str_eq(today.text, "2025-01-01");
	ck_assert(date_before(SPAN("2024-12-31"), &today));
	ck_assert(!date_before(SPAN("2025-01-01"), &today));
	ck_assert(!date_before(SPAN("2025-01-02"), &today));
}
END_TEST

Suite *date_suite(void)
{
	Suite *s = suite_create("date");
	TCase *t = tcase_create("date");

	tcase_add_loop_test(t, a_second_is_of_its_day, 0,
			    (int)(sizeof(days) / sizeof(days[0])));
	tcase_add_loop_test(t, a_date_is_a_day_that_there_is, 0,
			    (int)(sizeof(dates) / sizeof(dates[0])));
	tcase_add_test(t, today_is_the_clock_s);
	suite_add_tcase(s, t);
	return s;
}
