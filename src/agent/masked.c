#include "agent/masked.h"

#include <string.h>

#include "agent/gather.h"
#include "agent/margin.h"
#include "base/buf.h"
#include "base/mask.h"
#include "core/hunk_mask.h"

struct finder {
	struct masked_lines *out;
	struct arena *arena;
	size_t file;
};

/* The rows of one hunk, of whose lines the text is a masked copy from *at. */
static void compare(struct finder *f, const struct hunk *h, struct span text,
		    size_t *at)
{
	vec_each (struct diff_line, l, &h->lines) {
		struct span shown =
			span_first(span_from(text, *at), l->text.len);

		*at += l->text.len + 1;
		if (span_eq(shown, l->text))
			continue;
		*vec_push(&f->out->rows, f->arena) = (struct masked_line){
			.file = f->file,
			.line = l->origin == '-' ? l->old_no : l->new_no,
			.old = l->origin == '-',
			.added = l->origin == '+',
			.kind = hunk_mask_kind(l->text, shown),
			.text = l->text,
		};
	}
}

static void find_in_hunks(struct finder *f, const struct file_change *file)
{
	struct buf text = { 0 };

	vec_each (struct hunk, h, &file->hunks) {
		struct mask_counts masked = { 0 };
		size_t at = 0;

		buf_reset(&text);
		hunk_mask(&text, h, &masked);
		if (masked.total)
			compare(f, h, buf_span(&text), &at);
	}
	buf_release(&text);
}

/* Existing code is masked as one text. */
static void find_in_whole(struct finder *f, const struct file_change *file)
{
	struct mask_counts masked = { 0 };
	struct buf plain = { 0 }, text = { 0 };
	size_t at = 0;

	margin_text(&plain, file);
	mask_bytes(&text, buf_span(&plain), &masked);
	if (masked.total)
		vec_each (struct hunk, h, &file->hunks)
			compare(f, h, buf_span(&text), &at);
	buf_release(&plain);
	buf_release(&text);
}

void masked_find(struct masked_lines *out, struct arena *a,
		 const struct task_input *in)
{
	struct finder f = { .out = out, .arena = a };

	for (; f.file < in->change.files.len; f.file++) {
		const struct file_change *file = &in->change.files.ptr[f.file];

		if (!cover_shown(&in->covers.ptr[f.file]))
			continue;
		if (in->range.all)
			find_in_whole(&f, file);
		else
			find_in_hunks(&f, file);
	}
}

bool masked_goes_on(const struct masked_line *before,
		    const struct masked_line *l)
{
	return before && before->file == l->file && before->added == l->added &&
	       before->line + 1 == l->line && !strcmp(l->kind, HUNK_KEY_KIND) &&
	       !strcmp(before->kind, HUNK_KEY_KIND);
}
