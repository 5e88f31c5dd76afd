/* Places that words name, as links to where the page shows them. Linear. */
#include "base/buf.h"
#include "core/change.h"
#include "core/report.h"
#include "render/html_parts.h"
#include "render/places.h"

size_t html_file_of(const struct html *h, struct span path)
{
	size_t file;

	if (span_starts(path, "./"))
		path = span_from(path, 2);
	file = html_find(h, path);
	return file && html_shown(&h->files.ptr[file - 1]) ? file : 0;
}

/* The row of a line of either side among those shown; NULL: it is not there. */
static const struct diff_line *row_of(const struct html_file *f, uint32_t no,
				      bool old)
{
	if (f->show != HTML_WHOLE)
		return NULL;
	vec_each (struct hunk, hunk, &f->change->hunks) {
		uint32_t from = old ? hunk->old_start : hunk->new_start;

		if (no < from ||
		    no - from >= (old ? hunk->old_lines : hunk->new_lines))
			continue;
		vec_each (struct diff_line, l, &hunk->lines)
			if ((old ? l->old_no : l->new_no) == no)
				return l;
	}
	return NULL;
}

/* The finding at the place; SIZE_MAX: none. */
static size_t finding_at(const struct html *h, const struct html_file *f,
			 uint32_t no, bool old)
{
	vec_each (size_t, at, &f->findings) {
		const struct finding *one = &h->r->findings.ptr[*at];

		if (one->line == no && one->old == old)
			return *at;
	}
	return SIZE_MAX;
}

static void begin_link(const struct html *h, struct buf *out, size_t file,
		       uint32_t no, bool old)
{
	const struct html_file *f = &h->files.ptr[file - 1];
	size_t finding = finding_at(h, f, no, old);
	const struct diff_line *l = row_of(f, no, old);

	if (finding != SIZE_MAX)
		buf_addf(out, "<a href=\"#n%zu\">", finding + 1);
	else if (!l)
		buf_addf(out, "<a href=\"#d%zu\">", file);
	else if (l->new_no)
		buf_addf(out, "<a href=\"#d%zu-%u\">", file, l->new_no);
	else
		buf_addf(out, "<a href=\"#d%zu-o%u\">", file, l->old_no);
}

/* Its words came to be of the old side. */
static void turn_old(const struct html *h, struct buf *out,
		     const struct html_link *link)
{
	struct buf words = { 0 };

	buf_addsp(&words, span_from(buf_span(out), link->words));
	buf_cut(out, link->begin);
	begin_link(h, out, link->file, link->line, true);
	buf_addsp(out, buf_span(&words));
	buf_release(&words);
}

static void add_link(const struct html *h, struct buf *out,
		     struct html_link *link, struct span words, bool old)
{
	link->begin = out->len;
	begin_link(h, out, link->file, link->line, old);
	link->words = out->len;
	html_escape(out, words);
	buf_adds(out, "</a>");
}

void html_places(const struct html *h, struct buf *out, struct html_link *last,
		 struct span s)
{
	struct html_link link = { 0 };
	size_t done = 0, at = 0;
	struct place p;

	if (last->file && place_before(s))
		turn_old(h, out, last);
	while (place_find(&p, s, at)) {
		link.file = html_file_of(h, p.path);
		link.line = p.line;
		at = p.begin + p.path.len + 1;
		if (!link.file)
			continue;
		html_escape(out, (struct span){ s.ptr + done, p.begin - done });
		done = at = p.end;
		add_link(h, out, &link,
			 (struct span){ s.ptr + p.begin, p.end - p.begin },
			 place_before(span_from(s, done)));
	}
	html_escape(out, span_from(s, done));
	if (span_trim(span_from(s, done)).len)
		link.file = 0;
	if (link.file || span_trim(s).len)
		*last = link;
}
