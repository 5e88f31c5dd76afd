#include "cli/keep.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"

/* kind-prompt-time-count.suffix */
static const char *keep(struct arena *a, struct span text, const char *kind,
			const char *prompt_id, const char *suffix)
{
	static unsigned count; /* of this run, so that no file replaces one */
	const char *dir = fs_state_dir(a), *path;
	struct error err = { 0 };

	if (!dir) {
		log_note("what came is not kept: neither HOME nor "
			 "XDG_STATE_HOME is set");
		return NULL;
	}
	path = arena_printf(a, "%s/%s-%.10s-%lld-%u.%s", dir, kind,
			    *prompt_id ? prompt_id : "unknown",
			    (long long)clock_wall_s(), ++count, suffix);
	if (!fs_mkdirs(dir, 0700, &err) &&
	    !fs_write_atomic(path, text, 0600, &err))
		return path;
	log_note("what came could not be kept: %s", err.msg);
	return NULL;
}

const char *keep_text(struct arena *a, struct span text, const char *prompt_id)
{
	struct buf shown = { 0 };
	const char *path = NULL;

	if (!span_trim(text).len)
		return NULL;
	text_visible(&shown, text);
	path = keep(a, buf_span(&shown), "reply", prompt_id, "md");
	buf_release(&shown);
	return path;
}

const char *keep_report(struct arena *a, struct span text,
			const char *prompt_id, const char *suffix)
{
	return text.len ? keep(a, text, "report", prompt_id, suffix) : NULL;
}
