/* Names that tell what panics, what asserts, what others rely on. */
#include "rust/names.h"

static bool listed(struct span word, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eqs(word, names[i]))
			return true;
	return false;
}

#define LISTED(word, table) \
	listed((word), (table), sizeof(table) / sizeof(*(table)))

static const char *const quotes[] = {
	"quote",
	"quote_spanned",
	"parse_quote",
	"parse_quote_spanned",
	"quote_block",
	"quote_expr",
	"quote_each_token",
};

bool names_quotes(struct span macro)
{
	return LISTED(macro, quotes);
}

/* Parts of names: assert_eq, debug_assert, assertNear, assert_snapshot. */
static const char *const assertions[] = {
	"assert",
	"snapshot",
	"verify",
	"expect_test",
};

/* Whole names, and those that begin so. */
static const char *const checks[] = {
	"check",  "ensure",  "expect_that", "verify_that",
	"check_", "ensure_", "should_",
};

bool names_assertion(struct span name)
{
	for (size_t i = 0; i < sizeof(assertions) / sizeof(*assertions); i++)
		if (span_find(name, span_of(assertions[i])) >= 0)
			return true;
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		if (span_eqs(name, checks[i]) ||
		    (span_ends(span_of(checks[i]), "_") &&
		     span_starts(name, checks[i])))
			return true;
	return false;
}

static const char *const public_traits[] = {
	"Clone",
	"Copy",
	"Debug",
	"Default",
	"Display",
	"Eq",
	"PartialEq",
	"Ord",
	"PartialOrd",
	"Hash",
	"Error",
	"From",
	"Into",
	"TryFrom",
	"TryInto",
	"FromStr",
	"AsRef",
	"AsMut",
	"Borrow",
	"BorrowMut",
	"Deref",
	"DerefMut",
	"Drop",
	"Iterator",
	"IntoIterator",
	"FromIterator",
	"Extend",
	"Index",
	"IndexMut",
	"Add",
	"Sub",
	"Mul",
	"Div",
	"Rem",
	"Neg",
	"Not",
	"AddAssign",
	"SubAssign",
	"MulAssign",
	"BitAnd",
	"BitOr",
	"BitXor",
	"Fn",
	"FnMut",
	"FnOnce",
	"Future",
	"IntoFuture",
	"Read",
	"Write",
	"BufRead",
	"Seek",
	"Send",
	"Sync",
	"Unpin",
	"UnwindSafe",
	"ToString",
	"ToOwned",
	"ToSocketAddrs",
	"ExactSizeIterator",
	"DoubleEndedIterator",
	/* serde, futures, tokio, tower, http, prost, axum */
	"Serialize",
	"Deserialize",
	"Serializer",
	"Deserializer",
	"Stream",
	"Sink",
	"AsyncRead",
	"AsyncWrite",
	"AsyncBufRead",
	"AsyncSeek",
	"Service",
	"Layer",
	"Body",
	"Message",
	"IntoResponse",
	"FromRequest",
	"FromRequestParts",
};

bool names_public_trait(struct span trait)
{
	return LISTED(trait, public_traits);
}
