#include "agent/claims.h"

#include <assert.h>

/* Words of a finding that are read; a paragraph has fewer. */
#define TEXT_MAX 4096

/* A name in back-ticks, a crate's or one of its words. */
#define NAME "`([a-z][a-z0-9_-]*)`"
#define MANIFEST                                                        \
	"(?:`?cargo\\.toml`?|(?:the )?manifest|`?\\[dependencies\\]`?|" \
	"(?:the )?dependencies)"
#define MSRV "(?:msrv|`?rust-version`?|minimum supported rust version)"
#define END "\\s*(?:[.;:,)]|\xe2\x80\x94|$)"

static const char *const patterns[CLAIMS] = {
	[CLAIM_REMOVED] =
		"(?<!be )(?<!been )\\b(?:removed|removes|deleted|deletes|"
		"dropped from|taken out|no longer|is gone|are gone|used to)\\b",
	[CLAIM_MASKED] =
		"\\b(?:hard[- ]?cod|secret|token|password|credential|"
		"api[- ]?key|private key|placeholder|mask|redact|literal|"
		"invalid|malformed|compil|pars|syntax|valid)",
	[CLAIM_NO_SAFETY] =
		"(?:(?<!needs )(?<!need )(?<!requires )(?<!adds )"
		"(?<!deserves )\\bno|\\bwithout an?|\\bwithout|"
		"\\bmiss(?:es|ing) an?|\\bmiss(?:es|ing)|\\bmissing its|"
		"\\black(?:s|ing) an?|\\black(?:s|ing)|\\black(?:s|ing) its)"
		" `?(?://+ ?)?safety:?`?(?: comment)?"
		"(?: (?:on|for|above|at) (?:this|it|the|that)"
		"(?: `?unsafe`?)?(?: block| line| call| code| impl)?)?" END
		"|\\bsafety`? comment is (?:missing|absent)\\b"
		"|\\bundocumented `?unsafe`?(?: block)?" END,
	[CLAIM_PRODUCTION] =
		"\\b(?:in production|in release builds|"
		"(?:crash|abort|kill)(?:es|s|ing)? the (?:whole |entire )?"
		"(?:server|service|process|program|application|app|daemon|"
		"worker|node|client)|(?:takes?|brings?|taking|bringing) "
		"(?:down the|the) (?:whole |entire )?(?:server|service|"
		"process|program|application|daemon|worker|node)|"
		"denial[- ]of[- ]service|remote (?:peer|client|attacker)|"
		"attacker)\\b",
	[CLAIM_NOT_DEPENDENCY] =
		"(?|" NAME "(?: crate)? (?:is|was) (?:not|never) (?:declared|"
		"listed|named|present) (?:in|among|as a dependency in) "
		"(?:the )?" MANIFEST "|" NAME
		"(?: crate)? (?:is|was) (?:missing|absent) from "
		"(?:the )?" MANIFEST "|" NAME "(?: crate)? is not a dependency"
		"(?! of| that| which)"
		"|" MANIFEST " (?:does not|doesn't|never) (?:declares?|lists?|"
		"names?|contains?|mentions?|depends? on) (?:the crate )?" NAME
		"|missing dependency(?: on)? " NAME ")",
	[CLAIM_UNUSED_CRATE] =
		"(?|(?:crate|dependency) " NAME " is (?:unused|never used|not "
		"used|not used anywhere|dead weight)" END "|" NAME
		" is (?:an unused (?:crate|dependency)|never "
		"imported|a dependency that nothing uses)" END
		"|unused (?:crate|dependency) " NAME
		"|nothing (?:uses|imports) the (?:crate|dependency) " NAME
		"|the " NAME " (?:crate|dependency) is (?:unused|never used|"
		"not used)" END ")",
	[CLAIM_NEW_DEPENDENCY] =
		"(?|\\b(?:adds|introduces|pulls in) (?:a |an |the )?(?:new )?"
		"dependency (?:on )?" NAME "|\\b(?:adds|introduces|pulls in) "
		"(?:the crate )?" NAME " as a (?:new )?dependency"
		"|the new dependency (?:on )?" NAME "|the new " NAME
		" dependency)",
	[CLAIM_EDITION] =
		"(?|\\b(?:crate|package|project|workspace|manifest|cargo\\."
		"toml|code|it)`? (?:is|uses|declares|sets|targets|says|has|"
		"names)(?: still)?(?: on| in| at| of| set to)?(?: the)?"
		"(?: rust)? `?edition(?: =)? ?[\"'`]*(20\\d\\d)\\b"
		"|\\bthe edition is (?:set to )?[\"'`]*(20\\d\\d)\\b)",
	[CLAIM_MSRV] =
		"\\b" MSRV "(?: of (?:this|the) (?:crate|package|project|"
		"workspace))?(?: is| of| =|,)(?: declared as| set to)? "
		"[\"'`]*(\\d+\\.\\d+(?:\\.\\d+)?)",
	[CLAIM_NO_MSRV] =
		"\\b(?:declares|sets|states|has|names) no " MSRV END "|\\b" MSRV
		" is (?:not (?:set|declared|stated|specified)|"
		"missing|undeclared)\\b",
	[CLAIM_BUT_SAFETY] =
		"\\b(?:guide|rule|require|forbid|demand|policy|other|below|"
		"next|another|previous|elsewhere|second|first|each|every|all|"
		"some|most|both|two|stale|outdated|wrong|insufficient|"
		"incomplete|vague|but|although|though|while|was|were|before|"
		"would|should|if|line \\d)|comment.*comment",
	[CLAIM_BUT_PANIC] =
		"\\b(?:test|bench|example|if |would|could|other|elsewhere|"
		"callers?|same|as in|like|production code|copied|unless|line "
		"\\d|below|next|also)",
	[CLAIM_BUT_CRATE] =
		"\\b(?:dev|build|features?|targets?|workspace|test|bench|"
		"example|renam|optional|version|lock|transitive|indirect|"
		"another|other|elsewhere|if|unless|would|could|should|was|"
		"were|before|after|until|directly|only|except|removed|remove|"
		"reason|longer|member|windows|linux|unix|wasm)",
	[CLAIM_BUT_VERSION] =
		"\\b(?:would|should|could|might|may|if|when|unless|upgrad|"
		"bump|rais|mov|migrat|switch|chang|used to|was|were|previous|"
		"before|from|until|since|once|after|another|other|dependenc|"
		"clippy|ci|example|test|guide|claude|readme|docs|"
		"documentation|says that|requires?|needs?|lower)",
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
