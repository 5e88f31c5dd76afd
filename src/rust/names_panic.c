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

/* No qualifier: any, and methods. */
static const struct {
	const char *qualifier, *name;
} inputs[] = {
	/* text and bytes read as something else */
	{ NULL, "parse" },
	{ NULL, "from_str" },
	{ NULL, "from_slice" },
	{ NULL, "from_reader" },
	{ NULL, "from_utf8" },
	{ NULL, "from_utf16" },
	{ NULL, "from_str_radix" },
	{ NULL, "parse_str" },
	{ NULL, "parse_from_str" },
	{ NULL, "parse_from_rfc3339" },
	{ NULL, "parse_from_rfc2822" },
	{ NULL, "parse_args" },
	{ NULL, "from_json" },
	{ "serde_json", "from_value" },
	{ "hex", "decode" },
	{ "base64", "decode" },
	{ "bincode", "deserialize" },
	{ "HeaderValue", "from_bytes" },
	{ "HeaderName", "from_bytes" },
	{ NULL, "to_str" }, /* of headers, paths, OsStr */
	/* the network and what answers */
	{ NULL, "connect" },
	{ NULL, "accept" }, /* without arguments */
	{ NULL, "json" },
	{ NULL, "error_for_status" },
	{ NULL, "fetch_one" },
	{ NULL, "fetch_all" },
	{ NULL, "fetch_optional" },
	{ NULL, "execute" },
	{ NULL, "handshake" },
	/* the other end of a channel */
	{ NULL, "recv" },
	{ NULL, "recv_timeout" },
	{ NULL, "recv_async" },
	{ NULL, "blocking_recv" },
	{ NULL, "send" },
	{ NULL, "send_async" },
	{ NULL, "blocking_send" },
	{ NULL, "try_send" },
	/* files and the environment */
	{ NULL, "read_line" },
	{ NULL, "read_exact" },
	{ NULL, "read_to_end" },
	{ NULL, "read_to_string" },
	{ NULL, "read_until" },
	{ NULL, "fill_buf" },
	{ NULL, "write_all" },
	{ NULL, "sync_all" },
	{ NULL, "canonicalize" },
	{ NULL, "metadata" },
	{ "env", "var" },
	{ "env", "var_os" },
	{ "env", "current_dir" },
	{ "File", "open" },
	{ "File", "create" },
	{ "fs", "read" },
	{ "fs", "write" },
	{ "fs", "copy" },
	{ "fs", "rename" },
	{ "fs", "remove_file" },
	{ "fs", "remove_dir_all" },
	{ "fs", "create_dir" },
	{ "fs", "create_dir_all" },
	{ "fs", "read_dir" },
};

bool names_input(struct span qualifier, struct span name)
{
	for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++)
		if (span_eqs(name, inputs[i].name) &&
		    (!inputs[i].qualifier ||
		     span_eqs(qualifier, inputs[i].qualifier)))
			return true;
	return false;
}

static const char *const passes_on[] = {
	"ok",	    "map_err", "context",   "with_context", "wrap_err",
	"as_ref",   "as_mut",  "transpose", "inspect_err",  "map",
	"as_deref", "cloned",  "copied",
};

bool names_passes_on(struct span method)
{
	return LISTED(method, passes_on);
}

static const char *const fixed[] = {
	"as_bytes", "as_str",	   "as_ref",	    "to_string", "to_owned",
	"into",	    "String",	   "from",	    "concat",	 "stringify",
	"env",	    "include_str", "include_bytes", "trim",	 "clone",
	"self",	    "format",	   "Self",	    "crate",	 "super",
	"to_vec",
};

bool names_fixed(struct span name)
{
	return LISTED(name, fixed);
}

static const char *const claims[] = {
	"infallible",  "never",	     "always",	  "valid",	"checked",
	"guarantee",   "impossible", "invariant", "should",	"cannot",
	"can't",       "can not",    "must",	  "BUG",	"bug",
	"ensured",     "verified",   "known",	  "hard-coded", "hardcoded",
	"unreachable", "safe",	     "unwrap",	  "panic",	"not fail",
	"n't fail",
};

bool names_claim(struct span message)
{
	for (size_t i = 0; i < sizeof(claims) / sizeof(*claims); i++)
		if (span_find(message, span_of(claims[i])) >= 0)
			return true;
	return false;
}
