/* What programs share, send and spawn by: std's, tokio's, and common crates'.
 */
#include "rust/names.h"

static const char *const locks[] = {
	"Mutex",     "RwLock",	 "ReentrantMutex", "FairMutex",
	"Semaphore", "Condvar",	 "Barrier",	   "Notify",
	"DashMap",   "DashSet",	 "ArcSwap",	   "ArcSwapOption",
	"OnceCell",  "OnceLock", "LazyLock",	   "AtomicCell",
};

bool names_lock(struct span type)
{
	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++)
		if (span_eqs(type, locks[i]))
			return true;
	return false;
}

static const struct {
	const char *name, *path; /* path: of the module; NULL: any */
	const char *about;
} channels[] = {
	{ "sync_channel", "mpsc", "bounded" },
	{ "unbounded_channel", "mpsc", "unbounded" },
	{ "unbounded", "mpsc", "unbounded" },
	{ "channel", "std::sync::mpsc", "unbounded" },
	{ "channel", "mpsc", "bounded" },
	{ "channel", "oneshot", "one value" },
	{ "channel", "broadcast", "bounded, old values are lost" },
	{ "channel", "watch", "the last value" },
	{ "bounded", "crossbeam_channel", "bounded" },
	{ "unbounded", "crossbeam_channel", "unbounded" },
	{ "bounded", "crossbeam::channel", "bounded" },
	{ "unbounded", "crossbeam::channel", "unbounded" },
	{ "bounded", "async_channel", "bounded" },
	{ "unbounded", "async_channel", "unbounded" },
	{ "bounded", "flume", "bounded" },
	{ "unbounded", "flume", "unbounded" },
	{ "bounded", "kanal", "bounded" },
	{ "unbounded", "kanal", "unbounded" },
	{ "bounded_async", "kanal", "bounded" },
	{ "unbounded_async", "kanal", "unbounded" },
	{ "rendezvous", "flume", "bounded" },
};

/* Does a path end in these segments? */
static bool ends_in(struct span path, const char *segments)
{
	size_t n = span_of(segments).len;

	return span_ends(path, segments) &&
	       (path.len == n || path.ptr[path.len - n - 1] == ':');
}

const char *names_channel_kind(struct span module, struct span name)
{
	for (size_t i = 0; i < sizeof(channels) / sizeof(*channels); i++)
		if (span_eqs(name, channels[i].name) &&
		    ends_in(module, channels[i].path))
			return channels[i].about;
	return NULL;
}

bool names_task(struct span name)
{
	return span_eqs(name, "spawn") || span_starts(name, "spawn_") ||
	       span_eqs(name, "block_in_place");
}
