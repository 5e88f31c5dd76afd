#include "agent/claims.h"

#include <assert.h>

/* Words of a finding that are read; a paragraph has fewer. */
#define TEXT_MAX 4096

/* A name in back-ticks, a crate's or one of its words. */
#define NAME "`([a-z][a-z0-9_-]*)`"
#define MANIFEST                                                        \
	"(?:`?cargo\\.toml`?|(?:the )?manifest|`?\\[dependencies\\]`?|" \
	"(?:the )?dependencies)"
/* … and not one of another crate's. */
#define OWN_MANIFEST MANIFEST "(?!`? (?:of|for|in)\\b)"
#define MSRV "(?:msrv|`?rust-version`?|minimum supported rust version)"
#define END "\\s*(?:[.;:,)]|\xe2\x80\x94|$)"
/* Who is said to do it is no crate, of which this one's manifest says nothing.
 */
#define NOT_OF_CRATE "(?:(?<!` )|(?<=cargo\\.toml` ))"
#define SAFETY \
	"(?:`?(?://+ ?)?safety:?`? comment|`?//+ ?safety:?`?|`?safety:`?)"
#define AT_CODE                                              \
	"(?: here| (?:on|for|above|at) (?:this|it|the|that)" \
	"(?: `?unsafe`?)?(?: block| line| call| code| impl)?)?" END

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
		"(?<!deserves )\\bno|\\b(?:without|miss(?:es|ing)|"
		"lack(?:s|ing))(?: an?| its| any)?|\\bomits (?:an?|the)|"
		"\\b(?:does not|doesn't) (?:have|carry) an?|"
		"\\bnot (?:preceded|accompanied) by an?) " SAFETY AT_CODE
		"|\\bsafety:?`? comment (?:is )?(?:missing|absent)" AT_CODE
		"|\\bno safety comment (?:precedes|accompanies) "
		"(?:it|this|(?:the|this) (?:`?unsafe`? )?block)" END
		"|\\bundocumented `?unsafe`?(?: block)?" END
		"|\\bunsafe`? block is undocumented" END,
	[CLAIM_PRODUCTION] =
		"\\b(?:in production|in (?:a )?release (?:builds?|mode)|"
		"(?:crash|abort|kill|terminat)(?:es|s|e|ing)? the "
		"(?:whole |entire )?(?:server|service|process|program|"
		"application|app|daemon|worker|node|client)|"
		"(?:takes?|brings?|taking|bringing) (?:down the|the) "
		"(?:whole |entire )?(?:server|service|process|program|"
		"application|daemon|worker|node)|"
		"(?:crash(?:es|ing)?|tak(?:es|ing) down) production|"
		"denial[- ]of[- ]service|dos (?:vector|risk)|"
		"remote (?:peer|client|attacker)|"
		"attacker)\\b",
	[CLAIM_NOT_DEPENDENCY] =
		"(?|" NAME "(?: crate)? (?:is|was) (?:not|never)(?: declared|"
		" listed| named| present)? (?:in|among|as a dependency in) "
		"(?:the )?" OWN_MANIFEST "|" NAME
		"(?: crate)? isn't (?:declared|listed|named|present) in "
		"(?:the )?" OWN_MANIFEST "|" NAME
		"(?: crate)? (?:is|was) (?:missing|absent) from "
		"(?:the )?" OWN_MANIFEST "|" NAME
		"(?: crate)? (?:does not|doesn't) appear in (?:the "
		")?" OWN_MANIFEST "|" NAME "(?: crate)? (?:is not|isn't) "
		"a dependency(?! of| that| which)"
		"|" OWN_MANIFEST " (?:does not|doesn't|never) (?:declares?|"
		"lists?|names?|contains?|mentions?|depends? on) "
		"(?:the crate )?" NAME "|" OWN_MANIFEST
		" (?:has no dependency on|lacks|is missing) " NAME END
		"|missing dependency(?: on)? " NAME
		"|undeclared (?:dependency|crate) " NAME END "|" NAME
		" is an undeclared (?:dependency|crate)" END ")",
	[CLAIM_UNUSED_CRATE] =
		"(?|(?:crate|dependency)(?: on)? " NAME " (?:is (?:unused|"
		"never used|never imported|not used|not used anywhere|"
		"dead weight)|isn't used|goes unused)" END "|" NAME
		" is (?:an unused (?:crate|dependency)|never "
		"imported|a dependency that nothing uses|"
		"declared in `?cargo\\.toml`? but never used)" END
		"|unused (?:crate|dependency) " NAME
		"(?! (?:in|of|by|on|for|from)\\b)|unused " NAME
		" (?:crate|dependency)" END
		"|(?:nothing|no (?:code|module|file)) (?:uses|imports) the "
		"(?:crate|dependency) " NAME END "|the " NAME
		" (?:crate|dependency) (?:is (?:unused|"
		"never used|not used|never imported)|isn't used|goes "
		"unused)" END ")",
	[CLAIM_NEW_DEPENDENCY] =
		"(?|(?<!` )(?<!crate )(?<!which )(?<!that )(?<!dependency )"
		"\\b(?:add(?:s|ing)|introduc(?:es|ing)|(?:pull|bring)s in) "
		"(?|(?:a |an |the )?(?:new )?dependency (?:on )?" NAME
		"|(?:the crate )?" NAME " as a (?:new )?dependency)"
		"|the new dependency (?:on )?" NAME "|the new " NAME
		" dependency|" NAME " is (?:added|introduced|declared) as a "
		"(?:new )?dependency" END "|" NAME " is a new dependency" END
		"|" MANIFEST " (?:now (?:lists|names|declares)|gains) "
		"(?:the (?:crate|dependency) )?" NAME END ")",
	[CLAIM_EDITION] =
		"(?|\\b(?:crate|package|project|workspace|manifest|cargo\\."
		"toml|code|it)`? (?:is|uses|declares|sets|targets|says|has|"
		"names)(?: still)?(?: on| in| at| of| set to)?(?: the)?"
		"(?: rust)? (?|`?edition(?: =)? ?[\"'`]*(20\\d\\d)\\b|"
		"(20\\d\\d) edition" END ")"
		"|\\b(?:the|crate's|package's|manifest's) edition is "
		"(?:set to |still )?[\"'`]*(20\\d\\d)\\b"
		"|\\bthis is an (?:rust )?edition (20\\d\\d) "
		"(?:crate|package)" END ")",
	[CLAIM_MSRV] =
		"\\b" MSRV "(?: of (?:this|the) (?:crate|package|project|"
		"workspace))?(?: is| of| =|,|:| stands at)(?: declared as|"
		" set to| only| still)? [\"'`]*(\\d+\\.\\d+(?:\\.\\d+)?)",
	[CLAIM_NO_MSRV] = NOT_OF_CRATE
	"\\b(?:(?:declares|sets|states|has|names) no|"
	"(?:does not|doesn't) (?:declare|set|state|have|specify) "
	"(?:an?|its|any)|lacks an?|omits the) " MSRV END "|\\bno " MSRV
	" is (?:set|declared|stated|specified)" END "|\\b" MSRV
	" (?:is (?:not (?:set|declared|stated|specified)|"
	"missing|absent|unset|unspecified|undeclared)|"
	"isn't (?:set|declared))"
	"(?:" END "| in (?:the )?" OWN_MANIFEST ")",
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
