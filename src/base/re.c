#include "base/re.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/arena.h"

#define STEPS_MAX 100000
#define HEAP_MAX_KIB (16 * 1024)

struct re {
	pcre2_code *code;
	pcre2_match_context *limits; /* only read while matching */
};

static const struct {
	enum re_flag flag;
	uint32_t option;
} options[] = {
	{ RE_NOCASE, PCRE2_CASELESS },
	{ RE_MULTILINE, PCRE2_MULTILINE },
	/* subjects come from outside: bad UTF-8 must not be undefined */
	{ RE_UTF, PCRE2_UTF | PCRE2_MATCH_INVALID_UTF },
	{ RE_ANCHORED, PCRE2_ANCHORED },
};

/* Out of memory ends the process: that a text does not match must not be said
 * of one that was never looked at. What a pattern has, its matches use. */
static void *take(PCRE2_SIZE n, void *unused)
{
	(void)unused;
	return base_malloc(n);
}

static void give_back(void *p, void *unused)
{
	(void)unused;
	base_free(p);
}

static void compile(struct re *re, const char *pattern, uint32_t opt, int *code,
		    PCRE2_SIZE *at)
{
	pcre2_general_context *memory =
		pcre2_general_context_create(take, give_back, NULL);
	pcre2_compile_context *how = pcre2_compile_context_create(memory);

	re->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
				 opt, code, at, how);
	re->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(re->limits, STEPS_MAX);
	pcre2_set_depth_limit(re->limits, STEPS_MAX);
	pcre2_set_heap_limit(re->limits, HEAP_MAX_KIB);
	pcre2_compile_context_free(how);
	pcre2_general_context_free(memory);
}

int re_open(struct re **out, const char *pattern, unsigned flags,
	    struct error *err)
{
	/* \C could cut a character in two; a pattern must not switch modes */
	uint32_t opt = PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UTF;
	PCRE2_SIZE at = 0;
	PCRE2_UCHAR why[160];
	struct re *re;
	int code = 0;
	size_t i;

	*out = NULL;
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (flags & options[i].flag)
			opt |= options[i].option;
	if (flags & RE_UTF)
		opt &= ~(uint32_t)PCRE2_NEVER_UTF;
	re = base_realloc(NULL, sizeof(*re));
	*re = (struct re){ 0 };
	compile(re, pattern, opt, &code, &at);
	if (!re->code) {
		pcre2_get_error_message(code, why, sizeof(why));
		re_close(re);
		return error_set(err, ERR_USAGE,
				 "pattern '%s' is not valid: %s at offset %zu",
				 pattern, (char *)why, (size_t)at);
	}
	*out = re;
	return 0;
}

void re_close(struct re *re)
{
	if (!re)
		return;
	pcre2_match_context_free(re->limits);
	pcre2_code_free(re->code);
	free(re);
}

bool re_match(const struct re *re, struct span s, size_t from,
	      struct span *groups, size_t n)
{
	pcre2_match_data *md;
	PCRE2_SIZE *at;
	size_t i;
	int rc;

	for (i = 0; i < n; i++)
		groups[i] = (struct span){ NULL, 0 };
	if (from > s.len)
		return false;
	/* one a call: the pattern may be shared between threads */
	md = pcre2_match_data_create_from_pattern(re->code, NULL);
	rc = pcre2_match(re->code, (PCRE2_SPTR)(s.ptr ? s.ptr : ""), s.len,
			 from, 0, md, re->limits);
	at = pcre2_get_ovector_pointer(md);
	for (i = 0; rc > 0 && i < n && i < (size_t)rc; i++) {
		/* \K in a look-ahead can put the start behind the end */
		if (at[2 * i] == PCRE2_UNSET || at[2 * i] > at[2 * i + 1])
			continue;
		groups[i].ptr = (s.ptr ? s.ptr : "") + at[2 * i];
		groups[i].len = at[2 * i + 1] - at[2 * i];
	}
	pcre2_match_data_free(md);
	return rc > 0;
}
