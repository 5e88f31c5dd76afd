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
	enum names_input kind;
} inputs[] = {
	/* text and bytes read as something else */
	{ NULL, "parse", INPUT_VALUE },
	{ NULL, "from_str", INPUT_VALUE },
	{ NULL, "from_slice", INPUT_VALUE },
	{ NULL, "from_reader", INPUT_VALUE },
	{ NULL, "from_utf8", INPUT_VALUE },
	{ NULL, "from_utf16", INPUT_VALUE },
	{ NULL, "from_str_radix", INPUT_VALUE },
	{ NULL, "parse_str", INPUT_VALUE },
	{ NULL, "parse_from_str", INPUT_VALUE },
	{ NULL, "parse_from_rfc3339", INPUT_VALUE },
	{ NULL, "parse_from_rfc2822", INPUT_VALUE },
	{ NULL, "parse_args", INPUT_VALUE },
	{ NULL, "from_json", INPUT_VALUE },
	{ "serde_json", "from_value", INPUT_VALUE },
	{ "hex", "decode", INPUT_VALUE },
	{ "base64", "decode", INPUT_VALUE },
	{ "bincode", "deserialize", INPUT_VALUE },
	{ "HeaderValue", "from_bytes", INPUT_VALUE },
	{ "HeaderName", "from_bytes", INPUT_VALUE },
	{ NULL, "to_str", INPUT_VALUE }, /* of headers, paths, OsStr */
	/* the network and what answers */
	{ NULL, "connect", INPUT_OUTSIDE },
	{ NULL, "accept", INPUT_OUTSIDE }, /* without arguments */
	{ NULL, "json", INPUT_OUTSIDE },
	{ NULL, "error_for_status", INPUT_OUTSIDE },
	{ NULL, "fetch_one", INPUT_OUTSIDE },
	{ NULL, "fetch_all", INPUT_OUTSIDE },
	{ NULL, "fetch_optional", INPUT_OUTSIDE },
	{ NULL, "execute", INPUT_OUTSIDE },
	{ NULL, "handshake", INPUT_OUTSIDE },
	/* the other end of a channel */
	{ NULL, "recv", INPUT_OUTSIDE },
	{ NULL, "recv_timeout", INPUT_OUTSIDE },
	{ NULL, "recv_async", INPUT_OUTSIDE },
	{ NULL, "blocking_recv", INPUT_OUTSIDE },
	{ NULL, "send", INPUT_OUTSIDE },
	{ NULL, "send_async", INPUT_OUTSIDE },
	{ NULL, "blocking_send", INPUT_OUTSIDE },
	{ NULL, "try_send", INPUT_OUTSIDE },
	/* files and the environment */
	{ NULL, "read_line", INPUT_OUTSIDE },
	{ NULL, "read_exact", INPUT_OUTSIDE },
	{ NULL, "read_to_end", INPUT_OUTSIDE },
	{ NULL, "read_to_string", INPUT_OUTSIDE },
	{ NULL, "read_until", INPUT_OUTSIDE },
	{ NULL, "fill_buf", INPUT_OUTSIDE },
	{ NULL, "write_all", INPUT_OUTSIDE },
	{ NULL, "sync_all", INPUT_OUTSIDE },
	{ NULL, "canonicalize", INPUT_OUTSIDE },
	{ NULL, "metadata", INPUT_OUTSIDE },
	{ "env", "var", INPUT_OUTSIDE },
	{ "env", "var_os", INPUT_OUTSIDE },
	{ "env", "current_dir", INPUT_OUTSIDE },
	{ "File", "open", INPUT_OUTSIDE },
	{ "File", "create", INPUT_OUTSIDE },
	{ "fs", "read", INPUT_OUTSIDE },
	{ "fs", "write", INPUT_OUTSIDE },
	{ "fs", "copy", INPUT_OUTSIDE },
	{ "fs", "rename", INPUT_OUTSIDE },
	{ "fs", "remove_file", INPUT_OUTSIDE },
	{ "fs", "remove_dir_all", INPUT_OUTSIDE },
	{ "fs", "create_dir", INPUT_OUTSIDE },
	{ "fs", "create_dir_all", INPUT_OUTSIDE },
	{ "fs", "read_dir", INPUT_OUTSIDE },
};

enum names_input names_input(struct span qualifier, struct span name)
{
	for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++)
		if (span_eqs(name, inputs[i].name) &&
		    (!inputs[i].qualifier ||
		     span_eqs(qualifier, inputs[i].qualifier)))
			return inputs[i].kind;
	return INPUT_NONE;
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
	"to_vec",   "indoc",
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
