/*
 * date - civil days (UTC) as ISO 8601 writes them: "2027-01-31". Two of them
 * compare as text does.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct date {
	char text[11];
};

/* The day of a second since 1970-01-01; years 0 to 9999, the nearest one for
 * others. */
struct date date_of(int64_t wall_s);
/* The clock's (base/clock). */
struct date date_today(void);
/* Is it a day that there is, in this form? */
bool date_valid(struct span s);
/* Is the day before the other? s is valid. */
bool date_before(struct span s, const struct date *day);

#endif
