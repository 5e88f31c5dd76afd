#include "agent/claims.h"

#include <assert.h>

/* Words of a finding that are read; a paragraph has fewer. */
#define TEXT_MAX 4096

static const char *const patterns[CLAIMS] = {
	[CLAIM_REMOVED] =
		"(?<!be )(?<!been )\\b(?:removed|removes|deleted|deletes|"
		"dropped from|taken out|no longer|is gone|are gone|used to)\\b",
	[CLAIM_MASKED] =
		"\\b(?:hard[- ]?cod|secret|token|password|credential|"
		"api[- ]?key|private key|placeholder|mask|redact|literal|"
		"invalid|malformed|compil|pars|syntax|valid)",
};

void claims_open(struct claims *c)
{
	for (int i = 0; i < CLAIMS; i++) {
		int bad = re_open(&c->re[i], patterns[i], RE_NOCASE, NULL);

		assert(!bad);
		(void)bad;
	}
}

void claims_close(struct claims *c)
{
	for (int i = 0; i < CLAIMS; i++)
		re_close(c->re[i]);
}

bool claims_say(const struct claims *c, enum claim claim, struct span text,
		struct span *groups, size_t n)
{
	return re_match(c->re[claim], text_clip(text, TEXT_MAX), 0, groups, n);
}
