/* The names that matter where code awaits: locks and macros. */
#include "rust/names.h"

static bool listed(struct span word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eqs(word, list[i]))
			return true;
	return false;
}

#define LISTED(word, list) listed(word, list, sizeof(list) / sizeof(*list))

/* Locks by the module they come from; the first that fits counts. */
static const struct {
	const char *module;
	enum lock_family family;
} locks[] = {
	{ "std::sync::nonpoison", LOCK_PLAIN },
	{ "std::sync", LOCK_POISONING },
	{ "loom::sync", LOCK_POISONING },
	{ "parking_lot", LOCK_PLAIN },
	{ "lock_api", LOCK_PLAIN },
	{ "tokio::sync", LOCK_ASYNC },
	{ "async_lock", LOCK_ASYNC },
	{ "async_std::sync", LOCK_ASYNC },
	{ "futures::lock", LOCK_ASYNC },
	{ "futures_util::lock", LOCK_ASYNC },
	{ "futures_locks", LOCK_ASYNC },
	{ "smol::lock", LOCK_ASYNC },
};

enum lock_family names_lock_family(struct span path)
{
	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++) {
		size_t n = span_of(locks[i].module).len;

		if (span_starts(path, locks[i].module) &&
		    (path.len == n || path.ptr[n] == ':'))
			return locks[i].family;
	}
	return LOCK_UNKNOWN;
}

bool names_awaiting(struct span macro)
{
	static const char *const list[] = {
		"select",
		"select_biased",
		"join",
		"try_join",
	};

	return LISTED(macro, list);
}

bool names_async_body(struct span macro)
{
	static const char *const list[] = {
		"stream",
		"try_stream",
		"async_stream",
		"async_try_stream",
	};

	return LISTED(macro, list);
}

bool names_borrowing(struct span macro)
{
	static const char *const list[] = {
		"print",
		"println",
		"eprint",
		"eprintln",
		"format",
		"format_args",
		"write",
		"writeln",
		"panic",
		"assert",
		"assert_eq",
		"assert_ne",
		"trace",
		"debug",
		"info",
		"warn",
		"error",
		"log",
		"event",
		"span",
		"trace_span",
		"debug_span",
		"info_span",
		"warn_span",
		"error_span",
		"matches",
		"bail",
		"anyhow",
		"ensure",
		"unreachable",
		"debug_assert",
		"debug_assert_eq",
		"debug_assert_ne",
	};

	return LISTED(macro, list);
}
