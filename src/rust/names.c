#include "rust/names.h"

/* Attributes that make a function a test, by their last path segment. */
static const char *const tests[] = {
	"test",
	"bench",
	"rstest",
	"test_case",
	"wasm_bindgen_test",
	"quickcheck",
	"proptest",
	"cargo_test",
	"pg_test",
	"gtest",
	"test_matrix",
};

bool names_test(struct span attribute)
{
	/* the first bytes tell most apart: this is asked of every attribute */
	for (size_t i = 0; attribute.len && i < sizeof(tests) / sizeof(*tests);
	     i++)
		if (*attribute.ptr == *tests[i] &&
		    span_eqs(attribute, tests[i]))
			return true;
	return false;
}

/* Who runs a closure on a thread that may block. No qualifier: any. */
static const struct {
	const char *qualifier, *name;
} blocking[] = {
	{ NULL, "spawn_blocking" },    { NULL, "block_in_place" },
	{ NULL, "asyncify" }, /* tokio's own, around std::fs */
	{ NULL, "unblock" },  /* blocking, smol, async-std */
	{ NULL, "spawn_blocking_on" }, { "thread", "spawn" },
	{ "rayon", "spawn" },	       { "web", "block" }, /* actix */
};

bool names_blocking(struct span qualifier, struct span name)
{
	for (size_t i = 0; i < sizeof(blocking) / sizeof(*blocking); i++)
		if (span_eqs(name, blocking[i].name) &&
		    (!blocking[i].qualifier ||
		     span_eqs(qualifier, blocking[i].qualifier)))
			return true;
	return false;
}

static bool has_word(const char *words, struct span word)
{
	struct span rest = span_of(words), one;

	while (text_field(&rest, ' ', &one))
		if (span_eq(one, word))
			return true;
	return false;
}

#define FILE_METHODS                                                      \
	"read_to_string read_to_end read_exact read_line lines write_all" \
	" sync_all sync_data set_len flush"
#define UREQ_METHODS "call send send_json send_string send_bytes send_form"
#define SQL_METHODS "execute execute_batch batch_execute query query_row"

static const struct names_block blocks[] = {
	{ "std::fs",
	  "read read_to_string write copy rename remove_file remove_dir "
	  "remove_dir_all create_dir create_dir_all metadata "
	  "symlink_metadata canonicalize read_link hard_link "
	  "set_permissions",
	  NULL, "tokio::fs", false },
	{ "std::fs", "read_dir exists soft_link", NULL, NULL, false },
	{ "std::fs::File", "open create create_new", NULL, NULL, false },
	{ "std::fs::File", "open create create_new", FILE_METHODS, NULL,
	  false },
	{ "std::fs::File", "options", "open", NULL, false },
	{ "std::fs::OpenOptions", "new", "open", NULL, false },
	{ "fs_err",
	  "read read_to_string write copy rename remove_file remove_dir "
	  "remove_dir_all create_dir create_dir_all metadata read_dir "
	  "canonicalize",
	  NULL, NULL, false },
	{ "fs_err::File", "open create", NULL, NULL, false },
	{ "std::thread", "sleep", NULL, "tokio::time", false },
	{ "std::thread", "spawn", "join", NULL, false },
	{ "std::process::Command", "new", "output status",
	  "tokio::process::Command", false },
	{ "std::process::Command", "new", "wait wait_with_output", NULL,
	  false },
	{ "std::net::TcpStream", "connect connect_timeout", NULL, NULL, false },
	{ "std::net::TcpStream", "connect connect_timeout", FILE_METHODS, NULL,
	  false },
	{ "std::net::TcpListener", "bind", "accept incoming", NULL, false },
	{ "std::net::UdpSocket", "bind", "recv recv_from", NULL, false },
	{ "std::os::unix::net::UnixStream", "connect", NULL, NULL, false },
	{ NULL, NULL, "to_socket_addrs", NULL, false },
	{ "std::io", "stdin", "read_line read_to_string read_to_end lines read",
	  NULL, false },
	{ "std::sync::mpsc", "channel sync_channel", "recv recv_timeout", NULL,
	  false },
	{ "crossbeam_channel", "unbounded bounded", "recv recv_timeout", NULL,
	  false },
	{ "crossbeam::channel", "unbounded bounded", "recv recv_timeout", NULL,
	  false },
	{ "flume", "unbounded bounded", "recv recv_timeout", NULL, false },
	{ "std::sync::Barrier", "new", "wait", NULL, false },
	/* runtimes */
	{ NULL, NULL, "block_on", NULL, true },
	{ "futures::executor", "block_on block_on_stream", NULL, NULL, false },
	{ "futures_executor", "block_on", NULL, NULL, false },
	{ "futures_lite::future", "block_on", NULL, NULL, false },
	{ "pollster", "block_on", NULL, NULL, false },
	{ "smol", "block_on", NULL, NULL, false },
	{ "async_io", "block_on", NULL, NULL, false },
	{ "async_std::task", "block_on", NULL, NULL, false },
	{ "tauri::async_runtime", "block_on", NULL, NULL, true },
	{ NULL, NULL,
	  "blocking_lock blocking_read blocking_write blocking_send "
	  "blocking_recv blocking_lock_owned blocking_recv_many",
	  NULL, true },
	/* clients */
	{ "reqwest::blocking", "get", NULL, NULL, true },
	{ "reqwest::blocking::Client", "new builder", NULL, NULL, true },
	{ "ureq", "get post put delete head patch agent request", UREQ_METHODS,
	  NULL, false },
	{ "ureq::Agent", "new new_with_defaults", UREQ_METHODS, NULL, false },
	{ "minreq", "get post put delete", "send", NULL, false },
	{ "attohttpc", "get post put delete", "send", NULL, false },
	{ "postgres::Client", "connect", NULL, NULL, false },
	{ "postgres::Client", "connect", SQL_METHODS, NULL, false },
	{ "rusqlite::Connection", "open open_with_flags", NULL, NULL, false },
	{ "rusqlite::Connection", "open open_with_flags", SQL_METHODS, NULL,
	  false },
	{ "diesel::PgConnection", "establish", NULL, NULL, false },
	{ "diesel::pg::PgConnection", "establish", NULL, NULL, false },
	{ "diesel::SqliteConnection", "establish", NULL, NULL, false },
	{ "diesel::MysqlConnection", "establish", NULL, NULL, false },
	/* slow by design */
	{ "bcrypt", "hash verify hash_with_result hash_with_salt", NULL, NULL,
	  false },
	{ "argon2::Argon2", "default new",
	  "hash_password verify_password hash_password_into", NULL, false },
};

const struct names_block *names_block(struct span path, struct span method)
{
	size_t end = path.len;

	while (end && path.ptr[end - 1] != ':')
		end--;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
		const struct names_block *b = &blocks[i];
		struct span where = span_first(path, end < 2 ? 0 : end - 2);

		if (b->methods ? !has_word(b->methods, method) : method.len > 0)
			continue;
		if (!b->path || (span_eqs(where, b->path) &&
				 has_word(b->words, span_from(path, end))))
			return b;
	}
	return NULL;
}

bool names_may_block(struct span name)
{
	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++)
		if (has_word(blocks[i].methods ? blocks[i].methods
					       : blocks[i].words,
			     name))
			return true;
	return false;
}

bool names_calls(struct span method)
{
	return has_word(
		"map map_err map_or map_or_else and_then or_else "
		"unwrap_or_else ok_or_else filter filter_map flat_map "
		"for_each try_for_each find find_map any all position "
		"fold try_fold inspect take_while skip_while "
		"map_while retain then is_some_and is_ok_and "
		"is_none_or with_context or_insert_with get_or_insert_with "
		"get_or_init",
		method);
}

static const char *const unbounded[] = {
	"tokio::sync::mpsc::unbounded_channel",
	"futures::channel::mpsc::unbounded",
	"futures_channel::mpsc::unbounded",
	"async_channel::unbounded",
	"async_std::channel::unbounded",
	"smol::channel::unbounded",
	"flume::unbounded",
	"crossbeam_channel::unbounded",
	"crossbeam::channel::unbounded",
	"kanal::unbounded",
	"kanal::unbounded_async",
	"std::sync::mpsc::channel",
};

bool names_channel(struct span name)
{
	return span_eqs(name, "unbounded_channel") ||
	       span_eqs(name, "unbounded") ||
	       span_eqs(name, "unbounded_async") || span_eqs(name, "channel");
}

bool names_unbounded(struct span path)
{
	for (size_t i = 0; i < sizeof(unbounded) / sizeof(*unbounded); i++)
		if (span_eqs(path, unbounded[i]))
			return true;
	/* only tokio, and what wraps it, calls it so */
	return span_eqs(path, "unbounded_channel") ||
	       span_ends(path, "::unbounded_channel");
}

bool names_spawn(struct span path)
{
	static const char *const spawns[] = {
		"tokio::spawn",
		"tokio::task::spawn",
		"async_std::task::spawn",
		"tokio::task::spawn_local",
		"actix_web::rt::spawn",
		"actix_rt::spawn",
		"wasm_bindgen_futures::spawn_local",
	};

	for (size_t i = 0; i < sizeof(spawns) / sizeof(*spawns); i++)
		if (span_eqs(path, spawns[i]))
			return true;
	return false;
}

/* From what std says under "Safety" of each: "trusts that …". The first row
 * that fits. */
static const struct names_trust trusts[] = {
	{ NULL, "transmute",
	  "every value of the one type is valid for the other, lifetimes too",
	  false, false },
	{ NULL, "transmute_copy",
	  "the source is as large as the result, its bytes are valid for it, "
	  "and nothing is dropped twice",
	  false, false },
	{ "mem", "forget", "something else frees what the value owns", true,
	  false },
	{ NULL, "set_len",
	  "the capacity reaches the new length, and every element below it is "
	  "initialised",
	  false, false },
	{ "Vec String", "from_raw_parts",
	  "pointer, length and capacity come from one such value, which is not "
	  "used again",
	  false, false },
	{ NULL, "from_raw_parts",
	  "the pointer is aligned and valid for so many elements, for as long "
	  "as the slice lives",
	  false, false },
	{ NULL, "from_raw_parts_mut",
	  "the pointer is aligned and valid for so many elements, and nothing "
	  "else reaches them while the slice lives",
	  false, false },
	{ "Box Rc Arc Weak CString Waker", "from_raw",
	  "the pointer comes from `into_raw` of the same type and is taken "
	  "back once",
	  false, false },
	{ NULL, "from_raw_fd from_raw_handle from_raw_socket",
	  "the descriptor is open, and nothing else owns it", false, false },
	{ NULL,
	  "from_utf8_unchecked from_utf8_unchecked_mut "
	  "from_boxed_utf8_unchecked",
	  "the bytes are valid UTF-8", false, false },
	{ NULL, "as_bytes_mut as_mut_vec",
	  "the bytes are valid UTF-8 again when the borrow ends", false,
	  false },
	{ NULL,
	  "get_unchecked get_unchecked_mut split_at_unchecked "
	  "split_at_mut_unchecked",
	  "the index is in bounds", false, true },
	{ "NonNull", "new_unchecked", "the pointer is not null", false, false },
	{ "NonZero NonZeroU8 NonZeroU16 NonZeroU32 NonZeroU64 NonZeroUsize "
	  "NonZeroI32 NonZeroI64",
	  "new_unchecked", "the value is not zero", false, false },
	{ "Pin", "new_unchecked", "what the pointer leads to never moves again",
	  false, false },
	{ NULL, "map_unchecked map_unchecked_mut",
	  "what the closure gives stays where it is while the pin lives", false,
	  false },
	{ NULL, "unwrap_unchecked", "the value is a `Some` or `Ok`", false,
	  false },
	{ NULL, "unreachable_unchecked", "no input leads there", false, false },
	{ NULL, "assert_unchecked", "the condition always holds", false,
	  false },
	{ NULL,
	  "assume_init assume_init_ref assume_init_mut assume_init_read "
	  "assume_init_drop",
	  "what it hands out has been written", false, false },
	{ "mem", "zeroed", "all-zero bytes are a value of the type", false,
	  false },
	{ "ManuallyDrop", "drop take", "the value is not used or dropped again",
	  false, false },
	{ NULL, "from_u32_unchecked", "the number is a Unicode scalar value",
	  false, false },
	{ NULL, "unchecked_add unchecked_sub unchecked_mul",
	  "the result does not overflow", false, false },
};

const struct names_trust *names_trust(struct span owner, struct span name,
				      bool given)
{
	static const struct names_trust other = {
		NULL, NULL, "what the checked form would test holds", false,
		false
	};

	for (size_t i = 0; i < sizeof(trusts) / sizeof(*trusts); i++)
		if (has_word(trusts[i].names, name) &&
		    (given || !trusts[i].given) &&
		    (!trusts[i].owner || has_word(trusts[i].owner, owner)))
			return &trusts[i];
	return span_ends(name, "_unchecked") ||
			       span_ends(name, "_unchecked_mut")
		       ? &other
		       : NULL;
}
