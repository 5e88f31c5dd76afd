#include "agent/trust.h"

#include <string.h>

#include "base/arena.h"
#include "repo/repo.h"
#include "rust/rules.h"

/* What became of the file since; NULL: nothing. */
static const struct file_change *find(const struct trust *t, struct span path)
{
	size_t row = t ? path_index_find(&t->by_path, path) : PATH_NONE;

	return row == PATH_NONE ? NULL : &t->since.files.ptr[row];
}

/* A file that stands as it is trusted is marked as its new side is. */
static void take_marks(const struct trust *t, struct change *change)
{
	vec_each (struct file_change, f, &change->files) {
		const struct file_change *since = find(t, f->path);

		if (since)
			f->old_marked = since->old_marked;
		else
			f->old_marked = f->new_mode && f->new_marked;
	}
}

int trust_read(const struct trust **out, struct arena *a, struct repo *r,
	       const struct rev_range *range, struct change *change,
	       struct error *err)
{
	struct rev_range since = *range;
	struct trust *t;

	*out = NULL;
	if (!*range->trust_tree)
		return 0;
	t = arena_new(a, struct trust);
	since.old_side = SIDE_TREE;
	memcpy(since.old_tree, range->trust_tree, sizeof(since.old_tree));
	since.texts = false;
	if (repo_diff(&t->since, a, r, &since, err))
		return -1;
	for (size_t i = 0; i < t->since.files.len; i++)
		path_index_add(&t->by_path, a, t->since.files.ptr[i].path, i);
	take_marks(t, change);
	*out = t;
	return 0;
}

void trust_lines(const struct trust *t, uint8_t *line, uint32_t lines,
		 struct span path)
{
	const struct file_change *f = find(t, path);

	if (!f)
		return;
	/* what could not be compared may be new, all of it */
	for (uint32_t i = 1; (f->too_large || f->binary) && i <= lines; i++)
		line[i] |= LINE_UNTRUSTED;
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin == '+' && l->new_no <= lines)
				line[l->new_no] |= LINE_UNTRUSTED;
}

bool trust_marked_since(const struct trust *t, struct span path)
{
	const struct file_change *f = find(t, path);

	return f && f->old_mode && f->new_marked && !f->old_marked;
}
