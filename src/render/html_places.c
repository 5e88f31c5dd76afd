/* Places that words name, as links to where the page shows them. Linear. */
#include <ctype.h>

#include "base/buf.h"
#include "core/change.h"
#include "core/report.h"
#include "render/html_parts.h"

static bool path_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return isalnum(u) || u >= 0x80 || c == '/' || c == '.' || c == '_' ||
	       c == '-' || c == '+' || c == '@';
}

size_t html_file_of(const struct html *h, struct span path)
{
	size_t file;

	if (span_starts(path, "./"))
		path = span_from(path, 2);
	file = html_find(h, path);
	return file && html_shown(&h->files.ptr[file - 1]) ? file : 0;
}

/* Is the line of the new side among those shown? */
static bool line_shown(const struct html_file *f, uint32_t no)
{
	if (f->show != HTML_WHOLE)
		return false;
	vec_each (struct hunk, hunk, &f->change->hunks)
		if (no >= hunk->new_start &&
		    no - hunk->new_start < hunk->new_lines)
			return true;
	return false;
}

/* The finding at the place; SIZE_MAX: none. */
static size_t finding_at(const struct html *h, const struct html_file *f,
			 uint32_t no)
{
	vec_each (size_t, at, &f->findings)
		if (h->r->findings.ptr[*at].line == no)
			return *at;
	return SIZE_MAX;
}

static void begin_link(const struct html *h, struct buf *out, size_t file,
		       uint32_t no)
{
	const struct html_file *f = &h->files.ptr[file - 1];
	size_t finding = finding_at(h, f, no);

	if (finding != SIZE_MAX)
		buf_addf(out, "<a href=\"#n%zu\">", finding + 1);
	else if (line_shown(f, no))
		buf_addf(out, "<a href=\"#d%zu-%u\">", file, no);
	else
		buf_addf(out, "<a href=\"#d%zu\">", file);
}

/* The line behind a colon, and how many bytes it takes; 0: none. */
static uint32_t line_at(struct span s, size_t *n)
{
	uint32_t no = 0;

	for (*n = 0; *n < s.len && *n < 9; ++*n) {
		if (!isdigit((unsigned char)s.ptr[*n]))
			break;
		no = no * 10 + (uint32_t)(s.ptr[*n] - '0');
	}
	return no;
}

/* Where the path that ends at `end` begins, not before `from`. */
static size_t path_before(struct span s, size_t from, size_t end)
{
	size_t at = end;

	while (at > from && path_byte(s.ptr[at - 1]))
		at--;
	return at;
}

void html_places(struct html *h, struct buf *out, struct span s)
{
	size_t done = 0, i, n;

	for (i = 0; i < s.len; i++) {
		size_t begin, file;
		uint32_t no;

		if (s.ptr[i] != ':')
			continue;
		no = line_at(span_from(s, i + 1), &n);
		begin = path_before(s, done, i);
		if (!no || begin == i)
			continue;
		file = html_file_of(h,
				    (struct span){ s.ptr + begin, i - begin });
		if (!file)
			continue;
		html_escape(out, (struct span){ s.ptr + done, begin - done });
		begin_link(h, out, file, no);
		done = i + 1 + n;
		html_escape(out, (struct span){ s.ptr + begin, done - begin });
		buf_adds(out, "</a>");
		i = done - 1;
	}
	html_escape(out, span_from(s, done));
}
