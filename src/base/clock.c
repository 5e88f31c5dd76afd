#include "base/clock.h"

#include <stdlib.h>
#include <unistd.h>
#include <time.h>

static const struct clock_source *replaced;

int64_t clock_mono_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t clock_mono_ms(void)
{
	if (replaced && replaced->mono_ms)
		return replaced->mono_ms();
	return clock_mono_us() / 1000;
}

int64_t clock_wall_s(void)
{
	if (replaced && replaced->wall_s)
		return replaced->wall_s();
	return (int64_t)time(NULL);
}

double clock_random(void)
{
	uint32_t r = 0;

	if (replaced && replaced->random)
		return replaced->random();
	if (getentropy(&r, sizeof(r)))
		r = (uint32_t)clock_mono_us();
	return r / 4294967296.0;
}

void clock_replace(const struct clock_source *src)
{
	replaced = src;
}
