#include "core/usage.h"

static int64_t plus(int64_t a, int64_t b)
{
	if (a < 0)
		return b;
	return b < 0 ? a : a + b;
}

void usage_add(struct usage *a, const struct usage *b)
{
	a->input = plus(a->input, b->input);
	a->cache_read = plus(a->cache_read, b->cache_read);
	a->cache_write = plus(a->cache_write, b->cache_write);
	a->output = plus(a->output, b->output);
	a->reasoning = plus(a->reasoning, b->reasoning);
	a->requests += b->requests;
	if (a->cost < 0)
		a->cost = b->cost;
	else if (b->cost >= 0)
		a->cost += b->cost;
}

int64_t usage_prompt(const struct usage *u)
{
	return plus(plus(u->input, u->cache_read), u->cache_write);
}
