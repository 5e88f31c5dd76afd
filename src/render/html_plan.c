/*
 * What of the change a page shows is decided before anything is written, so
 * that whoever links to a place knows whether it is there.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mask.h"
#include "core/change.h"
#include "core/hunk_mask.h"
#include "core/remark.h"
#include "core/report.h"
#include "render/html_parts.h"

/* What is left of the page's room. */
struct room {
	size_t lines, bytes;
};

static size_t line_bytes(const struct diff_line *l)
{
	return l->text.len < HTML_LINE_BYTES_MAX ? l->text.len
						 : HTML_LINE_BYTES_MAX;
}

static bool take(struct room *room, size_t lines, size_t bytes)
{
	if (lines > room->lines || bytes > room->bytes)
		return false;
	room->lines -= lines;
	room->bytes -= bytes;
	return true;
}

bool html_shown(const struct html_file *f)
{
	return f->show == HTML_WHOLE || f->show == HTML_AROUND_FINDINGS;
}

size_t html_find(const struct html *h, struct span path)
{
	return path_index_find(&h->by_path, path) + 1;
}

/* Why there are no lines of it; NULL: there are. */
static const char *without_lines(const struct html_file *f)
{
	const struct file_change *c = f->change;

	if (mask_credential_path(c->path))
		return "not shown: by its name it holds credentials";
	if (c->binary)
		return "binary";
	if (c->submodule)
		return "a submodule";
	if (c->too_large)
		return "too large to be read";
	return c->hunks.len ? NULL : "no line of it changed";
}

bool html_about(const struct finding *f, const struct diff_line *l)
{
	return f->line && f->line == (f->old ? l->old_no : l->new_no);
}

static void mark_near(bool *near, size_t lines, size_t at)
{
	size_t from = at < HTML_AROUND ? 0 : at - HTML_AROUND;

	for (; from <= at + HTML_AROUND && from < lines; from++)
		near[from] = true;
}

const bool *html_near(struct html *h, const struct html_file *f,
		      const struct hunk *hunk)
{
	bool *near = arena_array(&h->arena, hunk->lines.len, sizeof(*near));

	for (size_t i = 0; i < hunk->lines.len; i++)
		vec_each (size_t, at, &f->findings)
			if (html_about(&h->r->findings.ptr[*at],
				       &hunk->lines.ptr[i])) {
				mark_near(near, hunk->lines.len, i);
				break;
			}
	return near;
}

/* What the lines around its findings take. */
static struct room near_findings(struct html *h, const struct html_file *f)
{
	struct room n = { 0 };

	vec_each (struct hunk, hunk, &f->change->hunks) {
		const bool *near = html_near(h, f, hunk);

		for (size_t i = 0; i < hunk->lines.len; i++) {
			if (!near[i])
				continue;
			n.lines++;
			n.bytes += line_bytes(&hunk->lines.ptr[i]);
		}
	}
	return n;
}

static void weigh(struct html *h, struct html_file *f, struct room *room)
{
	struct room near = { 0 };
	size_t bytes = 0;

	f->why = without_lines(f);
	f->show = HTML_NOTHING;
	if (f->why || (f->cover && !cover_shown(f->cover)))
		return;
	vec_each (struct hunk, hunk, &f->change->hunks)
		vec_each (struct diff_line, l, &hunk->lines)
			bytes += line_bytes(l);
	f->show = HTML_WHOLE;
	if (!h->r->existing && f->lines <= HTML_FILE_LINES_MAX &&
	    take(room, f->lines, bytes))
		return;
	if (f->findings.len)
		near = near_findings(h, f);
	f->show = f->findings.len && take(room, near.lines, near.bytes)
			  ? HTML_AROUND_FINDINGS
			  : HTML_LEFT_OUT;
}

static void mask(struct html *h, struct html_file *f)
{
	struct mask_counts counts = { 0 };
	struct buf b = { 0 };
	size_t i = 0;

	f->masked = arena_array(&h->arena, f->change->hunks.len,
				sizeof(*f->masked));
	vec_each (struct hunk, hunk, &f->change->hunks) {
		buf_reset(&b);
		if (h->r->existing)
			hunk_mask_lines(&b, hunk, &counts);
		else
			hunk_mask(&b, hunk, &counts);
		f->masked[i++] = arena_span(&h->arena, buf_span(&b));
	}
	buf_release(&b);
}

static void plan_files(struct html *h)
{
	vec_each (struct file_change, c, &h->r->change->files) {
		struct html_file *f = vec_push(&h->files, &h->arena);

		f->change = c;
		path_index_add(&h->by_path, &h->arena, c->path,
			       h->files.len - 1);
		vec_each (struct hunk, hunk, &c->hunks)
			f->lines += (uint32_t)hunk->lines.len;
	}
}

/* Each finding, and each row of the ledger, to its file; what is of no file
 * stands alone. */
static void place_all(struct html *h)
{
	for (size_t i = 0; i < h->r->findings.len; i++) {
		size_t file = html_find(h, h->r->findings.ptr[i].path);

		h->findings[i].file = file;
		if (file)
			*vec_push(&h->files.ptr[file - 1].findings, &h->arena) =
				i;
	}
	vec_each (struct cover, c, &h->r->files) {
		size_t file = html_find(h, c->path);

		if (file && !h->files.ptr[file - 1].cover)
			h->files.ptr[file - 1].cover = c;
	}
}

/* The findings of a section in the order of its text, when it tells the same
 * ones. */
static void read_section(struct html *h, unsigned section)
{
	struct remarks *list = arena_new(&h->arena, struct remarks);
	size_t n = 0, k = 0;

	remark_read(list, &h->arena, h->r->sections.ptr[section].text, section);
	vec_each (struct finding, f, &h->r->findings)
		n += f->section == section;
	if (n != list->rows.len)
		return;
	for (size_t i = 0; i < h->r->findings.len; i++)
		if (h->r->findings.ptr[i].section == section)
			h->findings[i].remark = &list->rows.ptr[k++];
}

void html_plan(struct html *h)
{
	struct room room = { HTML_LINES_MAX, HTML_BYTES_MAX };

	h->findings = arena_array(&h->arena, h->r->findings.len,
				  sizeof(*h->findings));
	for (unsigned i = 0; i < h->r->sections.len; i++)
		read_section(h, i);
	if (!h->r->change)
		return;
	plan_files(h);
	place_all(h);
	vec_each (struct html_file, f, &h->files) {
		weigh(h, f, &room);
		if (html_shown(f))
			mask(h, f);
	}
}
