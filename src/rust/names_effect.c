/*
 * Names that tell how code shares time and memory.
 */
#include "rust/names.h"

#include <string.h>

/* Names and qualifiers stand between blanks. No qualifiers: any, or none;
 * "-": none but those that follow. */
static const struct {
	enum names_effect effect;
	unsigned calls; /* any of them */
	const char *qualifiers, *names;
} rows[] = {
	{ EFFECT_SPAWN, CALL_PATH | CALL_METHOD, NULL,
	  " spawn spawn_blocking spawn_local spawn_on spawn_local_on "
	  "spawn_pinned spawn_pinned_by_idx spawn_named spawn_scoped "
	  "block_in_place block_on spawn_obj spawn_with_handle " },
	{ EFFECT_SPAWN, CALL_PATH, " JoinSet JoinMap TaskTracker ", " new " },
	{ EFFECT_SPAWN, CALL_EMPTY, NULL,
	  " join_next join_all abort_all "
	  "shutdown_background " },
	{ EFFECT_JOIN, CALL_MACRO, NULL,
	  " select select_biased join try_join tokio_select " },
	{ EFFECT_JOIN, CALL_PATH, NULL,
	  " join_all try_join_all select_all select_ok " },
	{ EFFECT_JOIN, CALL_PATH, " FuturesUnordered FuturesOrdered ",
	  " new " },
	{ EFFECT_JOIN, CALL_METHOD, NULL,
	  " buffered buffer_unordered try_buffered try_buffer_unordered "
	  "for_each_concurrent try_for_each_concurrent " },
	{ EFFECT_CHANNEL, CALL_PATH, NULL,
	  " channel unbounded_channel sync_channel " },
	{ EFFECT_CHANNEL, CALL_PATH,
	  " crossbeam crossbeam_channel channel flume async_channel kanal "
	  "mpsc ",
	  " bounded unbounded bounded_async unbounded_async " },
	{ EFFECT_LOCK_NEW, CALL_PATH,
	  " Mutex RwLock Semaphore Notify Barrier Condvar OnceCell OnceLock "
	  "LazyLock Lazy FairMutex ReentrantMutex ReentrantLock SpinLock "
	  "CancellationToken AsyncMutex AsyncRwLock StdMutex ",
	  " new const_new " },
	{ EFFECT_LOCK, CALL_EMPTY, NULL,
	  " lock try_lock blocking_lock lock_owned try_lock_owned read write "
	  "try_read try_write read_owned write_owned blocking_read "
	  "blocking_write upgradable_read acquire acquire_owned try_acquire "
	  "try_acquire_owned notified notify_one notify_waiters notify_all "
	  "lock_arc read_recursive borrow_mut try_borrow_mut " },
	{ EFFECT_LOCK, CALL_METHOD, NULL,
	  " acquire_many acquire_many_owned try_acquire_many add_permits "
	  "try_lock_for try_lock_until try_read_for try_write_for "
	  "wait_while " },
	{ EFFECT_ATOMIC, CALL_METHOD, NULL,
	  " fetch_add fetch_sub fetch_and fetch_or fetch_xor fetch_max "
	  "fetch_min fetch_update compare_exchange compare_exchange_weak " },
	{ EFFECT_ATOMIC, CALL_PATH, NULL, " fence compiler_fence " },
	{ EFFECT_ORDERING, CALL_WORD, NULL,
	  " Relaxed Acquire Release AcqRel SeqCst " },
	{ EFFECT_TIMER, CALL_PATH, " - time tokio Instant sleep thread timer ",
	  " sleep sleep_until timeout timeout_at interval interval_at " },
	{ EFFECT_ALLOC, CALL_MACRO, NULL, " vec format " },
	{ EFFECT_ALLOC, CALL_PATH, " Box Arc Rc ", " new pin " },
	{ EFFECT_ALLOC, CALL_PATH, " String Vec Box Arc Rc PathBuf Bytes ",
	  " from from_iter copy_from_slice from_utf8_lossy " },
	{ EFFECT_ALLOC, CALL_PATH, NULL, " with_capacity " },
	{ EFFECT_ALLOC, CALL_EMPTY, NULL,
	  " to_vec to_string to_owned into_owned boxed into_boxed_slice "
	  "into_boxed_str to_path_buf to_lowercase to_uppercase concat "
	  "to_ascii_lowercase to_ascii_uppercase " },
	{ EFFECT_ALLOC, CALL_METHOD, NULL, " reserve reserve_exact " },
	{ EFFECT_COPY, CALL_EMPTY, NULL, " clone cloned " },
	{ EFFECT_COPY, CALL_PATH, " Arc Rc ", " clone " },
	{ EFFECT_COLLECT, CALL_METHOD, NULL, " try_collect collect_vec " },
	{ EFFECT_COLLECT, CALL_EMPTY, NULL, " collect " },
};

static bool listed(const char *names, struct span word)
{
	const char *at = names;

	while (word.len && (at = strchr(at, *word.ptr))) {
		if (at[-1] == ' ' && !strncmp(at, word.ptr, word.len) &&
		    at[word.len] == ' ')
			return true;
		at++;
	}
	return false;
}

static bool qualifies(const char *qualifiers, struct span word)
{
	if (!qualifiers)
		return true;
	if (!word.len)
		return qualifiers[1] == '-';
	return listed(qualifiers, word);
}

enum names_effect names_effect(struct span qualifier, struct span name,
			       unsigned call)
{
	/* a call without arguments is one with any, too */
	if (call & CALL_EMPTY)
		call |= CALL_METHOD;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].calls & call && listed(rows[i].names, name) &&
		    qualifies(rows[i].qualifiers, qualifier))
			return rows[i].effect;
	return EFFECT_NONE;
}
