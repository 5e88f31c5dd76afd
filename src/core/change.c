#include "core/change.h"

const struct file_change *change_file(const struct change *c, struct span path)
{
	vec_each (struct file_change, f, &c->files)
		if (span_eq(f->path, path))
			return f;
	return NULL;
}

bool change_touches(const struct file_change *f, uint32_t new_no)
{
	vec_each (struct hunk, h, &f->hunks) {
		if (new_no < h->new_start ||
		    new_no - h->new_start >= h->new_lines)
			continue;
		vec_each (struct diff_line, l, &h->lines)
			if (l->new_no == new_no)
				return l->origin == '+';
	}
	return false;
}

bool change_reads(struct span path)
{
	static const char *const ends[] = { ".rs", ".toml", ".sql", ".proto",
					    "/Cargo.lock" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (span_ends(path, ends[i]))
			return true;
	return span_eqs(path, "Cargo.lock");
}

const char *file_status_name(enum file_status s)
{
	static const char *const names[] = {
		[FILE_MODIFIED] = "modified",
		[FILE_ADDED] = "added",
		[FILE_DELETED] = "deleted",
		[FILE_RENAMED] = "renamed",
		[FILE_COPIED] = "copied",
		[FILE_TYPE_CHANGED] = "type changed",
		[FILE_CONFLICTED] = "conflicted",
	};

	return names[s];
}
