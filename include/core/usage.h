/*
 * usage - tokens and money of one or more requests.
 *
 * The three input figures do not overlap, whatever the provider's own way of
 * counting: their sum is the prompt. -1 means the provider did not say.
 */
#ifndef CORE_USAGE_H
#define CORE_USAGE_H

#include <stdint.h>

struct usage {
	int64_t input;	     /* tokens neither read from nor put in a cache */
	int64_t cache_read;  /* tokens read from a prompt cache */
	int64_t cache_write; /* tokens written to a prompt cache */
	int64_t output;	     /* tokens, reasoning included */
	int64_t reasoning;   /* part of output */
	int64_t requests;    /* requests sent, failed tries included */
	double cost;	     /* US dollars; negative when no price is known */
};

/* Every count unknown, cost unknown, no request. */
#define USAGE_UNKNOWN ((struct usage){ -1, -1, -1, -1, -1, 0, -1.0 })

/* Add b to a: known + unknown = known. */
void usage_add(struct usage *a, const struct usage *b);
/* The whole prompt: input + cache_read + cache_write, or -1. */
int64_t usage_prompt(const struct usage *u);

#endif
