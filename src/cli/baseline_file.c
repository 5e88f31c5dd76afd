#include "cli/baseline_file.h"

#include <string.h>

#include "agent/baseline_read.h"
#include "agent/gather.h"
#include "agent/known.h"
#include "agent/review.h"
#include "base/fs.h"
#include "base/log.h"

int baseline_file_open(struct baseline_file *b, const char *path,
		       struct error *err)
{
	b->path = path;
	if (path && (!strcmp(path, "-") || fs_descriptor(path) >= 0))
		return error_set(err, ERR_USAGE,
				 "--write-baseline %s: a baseline is read "
				 "again, so name a file",
				 path);
	return path ? baseline_load(&b->old, &b->there, &b->arena, path, err)
		    : 0;
}

void baseline_file_render(struct baseline_file *b, const struct review *rv)
{
	struct known_list next = { 0 };

	if (!b->path)
		return;
	known_next(&next, &b->arena, &rv->report, rv->input,
		   b->there ? &b->old : rv->input->baseline);
	b->fresh = next.fresh;
	b->kept = next.kept;
	b->dropped = next.dropped;
	b->left_out =
		baseline_write(&b->text, next.entries.ptr, next.entries.len);
}

int baseline_file_write(struct baseline_file *b, struct error *err)
{
	if (!b->text.len)
		return 0;
	if (fs_write_atomic(b->path, buf_span(&b->text), fs_new_mode(), err))
		return -1;
	log_note("baseline %s written: %zu new, %zu kept, %zu gone", b->path,
		 b->fresh, b->kept, b->dropped);
	if (b->left_out)
		log_note("baseline %s: %zu findings, the least grave, are left "
			 "out since they are more than a baseline holds, and "
			 "stay new: review fewer files at a time",
			 b->path, b->left_out);
	return 0;
}

void baseline_file_release(struct baseline_file *b)
{
	buf_release(&b->text);
	arena_release(&b->arena);
}
