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

/*
 * tokio 1.54, "Cancel safety" of each method of AsyncReadExt, AsyncWriteExt and
 * AsyncBufReadExt; quinn 0.11 says the same of its streams' methods. Not here:
 * read_until and write_all_buf, which keep their progress in the buffer that
 * they are given, and what only loses its place in a queue.
 */
static const struct {
	const char *method;
	uint32_t arguments;
} cancel_unsafe[] = {
	{ "read_exact", 1 },   { "read_to_end", 1 }, { "read_to_string", 1 },
	{ "read_line", 1 },    { "write_all", 1 },   { "read_u16", 0 },
	{ "read_u32", 0 },     { "read_u64", 0 },    { "read_u128", 0 },
	{ "read_i16", 0 },     { "read_i32", 0 },    { "read_i64", 0 },
	{ "read_i128", 0 },    { "read_f32", 0 },    { "read_f64", 0 },
	{ "read_u16_le", 0 },  { "read_u32_le", 0 }, { "read_u64_le", 0 },
	{ "read_i16_le", 0 },  { "read_i32_le", 0 }, { "read_i64_le", 0 },
	{ "read_f32_le", 0 },  { "read_f64_le", 0 }, { "read_u128_le", 0 },
	{ "read_i128_le", 0 },
};

bool names_cancel_unsafe(struct span method, uint32_t arguments)
{
	for (size_t i = 0; i < sizeof(cancel_unsafe) / sizeof(*cancel_unsafe);
	     i++)
		if (arguments == cancel_unsafe[i].arguments &&
		    span_eqs(method, cancel_unsafe[i].method))
			return true;
	return false;
}
