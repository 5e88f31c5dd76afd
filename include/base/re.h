/*
 * re - Perl-compatible regular expressions (PCRE2) under limits.
 *
 * Patterns are bytes, not UTF-8, unless RE_UTF is given. A match that would
 * take more than 100,000 steps at one place, or 16 MiB, counts as no match;
 * there is no JIT.
 */
#ifndef BASE_RE_H
#define BASE_RE_H

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct re;

enum re_flag {
	RE_NOCASE = 1,
	RE_MULTILINE = 2, /* ^ and $ at every line */
	RE_UTF = 4,	  /* characters, not bytes; invalid ones never match */
	RE_ANCHORED = 8	  /* only at `from` */
};

/* ERR_USAGE with the offset when the pattern is not valid. */
int re_open(struct re **out, const char *pattern, unsigned flags,
	    struct error *err);
void re_close(struct re *re);
/*
 * First match at or after `from`. Groups 0..n-1 go to groups[] (borrowed from
 * s, {NULL,0} where a group took no part). False: none, or the limit.
 * Safe from several threads.
 */
bool re_match(const struct re *re, struct span s, size_t from,
	      struct span *groups, size_t n);

#endif
