/* Every function is total; the calendar is the Gregorian one, also backwards.
 */
#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define DAY_S 86400
#define FIRST_DAY (-719528) /* 0000-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */
#define ERA_DAYS 146097	    /* of 400 years */

struct date date_of(int64_t wall_s)
{
	int64_t day = wall_s / DAY_S - (wall_s % DAY_S < 0);
	unsigned of_era, year, of_year, month;
	struct date d;

	if (day < FIRST_DAY)
		day = FIRST_DAY;
	if (day > LAST_DAY)
		day = LAST_DAY;
	/* from a first of March on, so that leap days come last; one era up, so
	 * that nothing is negative (Hinnant, civil_from_days) */
	day += 719468 + ERA_DAYS;
	of_era = (unsigned)(day % ERA_DAYS);
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
	       365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	year += (unsigned)(day / ERA_DAYS) * 400 - 400 + (month >= 10);
	snprintf(d.text, sizeof(d.text), "%04u-%02u-%02u", year % 10000,
		 (month < 10 ? month + 3 : month - 9) % 100,
		 (of_year - (153 * month + 2) / 5 + 1) % 100);
	return d;
}

struct date date_today(void)
{
	return date_of(clock_wall_s());
}

static unsigned number(struct span s, size_t at, size_t digits)
{
	unsigned n = 0;

	while (digits--)
		n = n * 10 + (unsigned)(s.ptr[at++] - '0');
	return n;
}

static unsigned month_days(unsigned year, unsigned month)
{
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (month == 2)
		return leap ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool date_valid(struct span s)
{
	unsigned month, day;

	if (s.len != 10)
		return false;
	for (size_t i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s.ptr[i] != '-'
				     : !isdigit((unsigned char)s.ptr[i]))
			return false;
	month = number(s, 5, 2);
	day = number(s, 8, 2);
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= month_days(number(s, 0, 4), month);
}

bool date_before(struct span s, const struct date *day)
{
	return memcmp(s.ptr, day->text, sizeof(day->text) - 1) < 0;
}
