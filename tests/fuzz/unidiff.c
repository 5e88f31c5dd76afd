/*
 * Any bytes as a diff: what is taken names each file once, by a path of a tree,
 * its hunks hold the lines that they count and stand in order; and a text made
 * of their old lines becomes one with their new lines.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/apply.h"
#include "core/unidiff.h"
#include "core/unidiff_parts.h"

#define ROOM (1u << 16)
#define FILLER_MAX 1000u

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_hunk(const struct hunk *h)
{
	uint32_t old = 0, new = 0;

	vec_each (struct diff_line, l, &h->lines) {
		assert(strchr(" +-", l->origin) && l->origin);
		assert(!memchr(l->text.len ? l->text.ptr : "x", '\n',
			       l->text.len ? l->text.len : 1));
		assert(l->origin == '+' || l->old_no == h->old_start + old);
		assert(l->origin == '-' || l->new_no == h->new_start + new);
		old += l->origin != '+';
		new += l->origin != '-';
	}
	assert(old == h->old_lines && new == h->new_lines);
}

/* A text that the hunks are of, lines between them made up; false: it would be
 * a long one. */
static bool add_side(struct buf *out, const struct file_change *f, char sign)
{
	uint64_t at = 1;

	vec_each (struct hunk, h, &f->hunks) {
		uint32_t start = sign == '-' ? h->old_start : h->new_start;
		uint32_t lines = sign == '-' ? h->old_lines : h->new_lines;
		uint64_t first = (uint64_t)start + !lines;

		assert(first >= at);
		if (first - at > FILLER_MAX)
			return false;
		for (; at < first; at++)
			buf_adds(out, "filler\n");
		vec_each (struct diff_line, l, &h->lines) {
			if (l->origin != ' ' && l->origin != sign)
				continue;
			buf_addsp(out, l->text);
			buf_adds(out, l->no_newline ? "" : "\n");
		}
		at += lines;
	}
	return true;
}

/* "No newline" of a side's last line stands where no other line follows. */
static bool ends(const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->no_newline)
				return true;
	return false;
}

static void check_apply(const struct file_change *f)
{
	struct buf old = { 0 }, want = { 0 }, new = { 0 };

	if (!ends(f) && add_side(&old, f, '-') && add_side(&want, f, '+')) {
		assert(hunks_apply(&new, f, buf_span(&old)));
		assert(span_eq(buf_span(&new), buf_span(&want)));
	}
	buf_release(&old);
	buf_release(&want);
	buf_release(&new);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct arena a = { 0 };
	struct unidiff d;
	struct error err = { 0 };
	struct buf b = { 0 };

	if (unidiff_parse(&d, &a, text, ROOM, &err)) {
		assert(err.kind == ERR_REPO && err.msg[0]);
		arena_release(&a);
		return 0;
	}
	assert(d.ids.len == d.change.files.len);
	for (size_t i = 0; i < d.change.files.len; i++) {
		const struct file_change *f = &d.change.files.ptr[i];

		assert(!name_wrong(f->path) && !name_wrong(f->old_path));
		assert(!i || !span_eq(f[-1].path, f->path));
		vec_each (struct hunk, h, &f->hunks)
			check_hunk(h);
		if (f->status != FILE_TYPE_CHANGED)
			check_apply(f);
		buf_reset(&b);
		hunks_apply(&b, f, text);
	}
	assert(a.total <= 64 * size + (1 << 20));
	buf_release(&b);
	arena_release(&a);
	return 0;
}
