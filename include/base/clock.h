/*
 * clock - monotonic time, wall time and randomness behind one seam.
 *
 * Tests replace it to move time by hand; the program never does.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct clock_source {
	int64_t (*mono_ms)(void); /* milliseconds, never goes back */
	int64_t (*wall_s)(void);  /* seconds since 1970-01-01 UTC */
	double (*random)(void);	  /* uniform in [0, 1) */
};

int64_t clock_mono_ms(void);
int64_t clock_mono_us(void); /* for measurements; not replaced */
int64_t clock_wall_s(void);
double clock_random(void);
/* NULL puts the real one back. src must outlive its use. */
void clock_replace(const struct clock_source *src);

#endif
