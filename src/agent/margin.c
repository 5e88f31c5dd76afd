#include "agent/margin.h"

#include <string.h>

#include "agent/page.h"
#include "agent/redact.h"
#include "base/buf.h"
#include "base/mask.h"
#include "core/change.h"
#include "core/hunk_mask.h"

static void add_head(struct buf *out, const struct hunk *h,
		     struct mask_counts *masked)
{
	struct span heading = hunk_heading(h);

	buf_addf(out, "@@ -%u,%u +%u,%u @@", h->old_start, h->old_lines,
		 h->new_start, h->new_lines);
	if (heading.len) {
		buf_addc(out, ' ');
		redact_line(out, heading, masked);
	}
	buf_addc(out, '\n');
}

static void add_hunk(struct buf *out, const struct hunk *h,
		     struct mask_counts *masked)
{
	struct buf text = { 0 };
	size_t at = 0;

	add_head(out, h, masked);
	hunk_mask(&text, h, masked);
	vec_each (struct diff_line, l, &h->lines) {
		buf_addf(out, "%5u %c ",
			 l->origin == '-' ? l->old_no : l->new_no, l->origin);
		text_visible(out, (struct span){ text.ptr + at, l->text.len });
		buf_addc(out, '\n');
		at += l->text.len + 1;
		if (l->no_newline)
			buf_adds(out, "      \\ no newline at the end of the "
				      "file\n");
	}
	buf_release(&text);
}

void margin_hunks(struct buf *out, const struct file_change *f,
		  struct mask_counts *masked)
{
	vec_each (struct hunk, h, &f->hunks)
		add_hunk(out, h, masked);
}

void margin_text(struct buf *out, const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks)
		hunk_text(out, h);
}

static void add_line(struct buf *out, uint32_t number, struct span text)
{
	buf_addf(out, "%5u   ", number);
	text_visible(out, text);
	buf_addc(out, '\n');
}

void margin_lines(struct buf *out, struct span text, struct mask_counts *counts)
{
	struct buf masked = { 0 };
	struct span rest, line;
	unsigned n = 0;

	mask_bytes(&masked, text, counts);
	rest = buf_span(&masked);
	while (text_line(&rest, &line))
		add_line(out, ++n, line);
	buf_release(&masked);
}

/* The lines of a page out of its whole file, whose secrets are known. */
static void page_of_whole(struct buf *out, const struct page *p,
			  struct span whole, struct mask_counts *counts)
{
	struct buf masked = { 0 };
	struct span rest, line;
	bool in_key = false;
	uint32_t n = 0;
	size_t i = 0;

	mask_bytes(&masked, whole, NULL);
	rest = buf_span(&masked);
	while (i < p->lines.len && text_line(&rest, &line)) {
		const struct page_line *l = &p->lines.ptr[i];

		if (++n < l->number)
			continue;
		if (!span_eq(line, l->text)) {
			const char *kind = hunk_mask_kind(l->text, line);
			bool key = !strcmp(kind, HUNK_KEY_KIND);

			/* of a key's lines the first one counts */
			if (!key || !in_key)
				mask_count(counts, kind, 1);
			in_key = key;
		} else {
			in_key = false;
		}
		add_line(out, n, line);
		i++;
	}
	buf_release(&masked);
}

/* Lines that stand together are taken for a hunk of which nothing changed. */
static void page_run(struct buf *out, const struct page_line *l, size_t n,
		     struct mask_counts *masked)
{
	struct arena a = { 0 };
	struct hunk h = { 0 };
	struct buf text = { 0 };
	size_t at = 0, i;

	for (i = 0; i < n; i++)
		*vec_push(&h.lines, &a) =
			(struct diff_line){ .origin = ' ', .text = l[i].text };
	hunk_mask_lines(&text, &h, masked);
	for (i = 0; i < n; at += l[i++].text.len + 1)
		add_line(out, l[i].number,
			 (struct span){ text.ptr + at, l[i].text.len });
	buf_release(&text);
	arena_release(&a);
}

/* Runs of lines out of a file that is too long to be shown at once. */
static void add_runs(struct buf *out, const struct file_change *f,
		     struct mask_counts *masked)
{
	struct arena a = { 0 };

	vec_each (struct hunk, h, &f->hunks) {
		VEC(struct page_line) lines = { 0 };

		vec_each (struct diff_line, l, &h->lines)
			*vec_push(&lines, &a) =
				(struct page_line){ l->new_no, l->text };
		page_run(out, lines.ptr, lines.len, masked);
	}
	arena_release(&a);
}

void margin_added(struct buf *out, const struct file_change *f,
		  struct mask_counts *masked)
{
	struct buf text = { 0 };

	if (f->hunks.len > 1 ||
	    (f->hunks.len && f->hunks.ptr[0].new_start > 1)) {
		add_runs(out, f, masked);
		return;
	}
	margin_text(&text, f);
	margin_lines(out, buf_span(&text), masked);
	buf_release(&text);
}

void margin_page(struct buf *out, const struct page *p, struct span whole,
		 struct mask_counts *masked)
{
	const struct page_line *l = p->lines.ptr;
	size_t from = 0, i;

	if (whole.len) {
		page_of_whole(out, p, whole, masked);
		return;
	}
	for (i = 1; i <= p->lines.len; i++) {
		if (i < p->lines.len && l[i].number == l[i - 1].number + 1)
			continue;
		page_run(out, l + from, i - from, masked);
		from = i;
	}
}
