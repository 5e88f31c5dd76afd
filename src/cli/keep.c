#include "cli/keep.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"

const char *keep_text(struct arena *a, struct span text, const char *prompt_id)
{
	static unsigned count; /* of this run, so that no file replaces one */
	const char *dir = fs_state_dir(a), *path;
	struct error err = { 0 };
	struct buf shown = { 0 };
	int rc;

	if (!span_trim(text).len)
		return NULL;
	if (!dir) {
		log_note("what came is not kept: neither HOME nor "
			 "XDG_STATE_HOME is set");
		return NULL;
	}
	path = arena_printf(a, "%s/reply-%.10s-%lld-%u.md", dir,
			    *prompt_id ? prompt_id : "unknown",
			    (long long)clock_wall_s(), ++count);
	text_visible(&shown, text);
	rc = fs_mkdirs(dir, 0700, &err);
	if (!rc)
		rc = fs_write_atomic(path, buf_span(&shown), 0600, &err);
	buf_release(&shown);
	if (rc)
		log_note("what came could not be kept: %s", err.msg);
	return rc ? NULL : path;
}
