/* Total and linear. The day's name must be one, not the right one. */
#include "llm/http_date.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"

static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};
static const char *const days[] = {
	"Monday", "Tuesday",  "Wednesday", "Thursday",
	"Friday", "Saturday", "Sunday",
};

/*
 * %a %A day's name short and long, %b month, %d two digits, %e the same with a
 * blank for 0, %Y %y year of four and two digits, %T time; all else itself.
 */
static const char *const forms[] = {
	"%a, %d %b %Y %T GMT", /* IMF-fixdate */
	"%A, %d-%b-%y %T GMT", /* RFC 850 */
	"%a %b %e %T %Y",      /* asctime() */
};

static bool number(struct span *s, size_t width, int *out)
{
	int n = 0;

	if (s->len < width)
		return false;
	for (size_t i = 0; i < width; i++) {
		if (s->ptr[i] < '0' || s->ptr[i] > '9')
			return false;
		n = n * 10 + (s->ptr[i] - '0');
	}
	*s = span_from(*s, width);
	*out = n;
	return true;
}

/* One of n names, cut to width (0: whole). */
static bool name(struct span *s, const char *const *names, int n, size_t width,
		 int *out)
{
	for (int i = 0; i < n; i++) {
		size_t len = width ? width : strlen(names[i]);

		if (s->len < len || memcmp(s->ptr, names[i], len) != 0)
			continue;
		*s = span_from(*s, len);
		*out = i;
		return true;
	}
	return false;
}

static bool literal(struct span *s, char c)
{
	if (!s->len || s->ptr[0] != c)
		return false;
	*s = span_from(*s, 1);
	return true;
}

static bool year2(struct span *s, int *year)
{
	time_t now = (time_t)clock_wall_s();
	struct tm tm = { 0 };
	int century;

	if (!number(s, 2, year) || !gmtime_r(&now, &tm))
		return false;
	century = tm.tm_year / 100 * 100;
	*year += century;
	if (*year > tm.tm_year + 50) /* RFC 9110: then it is past */
		*year -= 100;
	return true;
}

static bool field(struct span *s, char what, struct tm *tm)
{
	int ignored;

	switch (what) {
	case 'a':
		return name(s, days, 7, 3, &ignored);
	case 'A':
		return name(s, days, 7, 0, &ignored);
	case 'b':
		return name(s, months, 12, 3, &tm->tm_mon);
	case 'e':
		if (literal(s, ' '))
			return number(s, 1, &tm->tm_mday);
		return number(s, 2, &tm->tm_mday);
	case 'd':
		return number(s, 2, &tm->tm_mday);
	case 'Y':
		if (!number(s, 4, &tm->tm_year))
			return false;
		tm->tm_year -= 1900;
		return true;
	case 'y':
		return year2(s, &tm->tm_year);
	default: /* T */
		return number(s, 2, &tm->tm_hour) && literal(s, ':') &&
		       number(s, 2, &tm->tm_min) && literal(s, ':') &&
		       number(s, 2, &tm->tm_sec);
	}
}

static bool form(struct span s, const char *f, struct tm *tm)
{
	for (; *f; f++) {
		bool ok = *f == '%' ? field(&s, *++f, tm) : literal(&s, *f);

		if (!ok)
			return false;
	}
	return !s.len;
}

bool http_date_parse(struct span s, int64_t *seconds)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct tm tm = { 0 }, same;

		if (!form(s, forms[i], &tm) || tm.tm_hour > 23 ||
		    tm.tm_min > 59 || tm.tm_sec > 60)
			continue;
		same = tm;
		*seconds = (int64_t)timegm(&same);
		/* the 31st of February would have become another day */
		if (tm.tm_sec < 60 && same.tm_mday != tm.tm_mday)
			continue;
		return tm.tm_mday > 0;
	}
	return false;
}
