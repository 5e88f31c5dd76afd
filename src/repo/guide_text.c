/* What is in a guide. Total: any bytes, linear time. */
#include "repo/guide_source.h"

#include <string.h>

#include "base/markdown.h"

/* Bytes of a code span that starts at s ("`a`", "``a`b``"); 0: none. */
static size_t code_span(struct span s)
{
	size_t n = 0, run = 0;

	while (n < s.len && s.ptr[n] == '`')
		n++;
	if (!n)
		return 0;
	for (size_t i = n; i < s.len; i++) {
		run = s.ptr[i] == '`' ? run + 1 : 0;
		if (run == n && (i + 1 == s.len || s.ptr[i + 1] != '`'))
			return i + 1;
	}
	return 0;
}

/* Length of a run of back-ticks, so that an open one is passed at once. */
static size_t ticks(struct span s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == '`')
		n++;
	return n;
}

/* A line without its comments; *in says whether one is open at either end. */
static void strip_line(struct buf *out, struct span line, bool *in)
{
	unsigned open_spans = 0;

	while (line.len) {
		size_t n = 1;

		if (*in) {
			ptrdiff_t end = span_find(line, SPAN("-->"));

			if (end < 0)
				return;
			*in = false;
			line = span_from(line, (size_t)end + 3);
			continue;
		}
		if (span_starts(line, "<!--")) {
			*in = true;
			line = span_from(line, 4);
			continue;
		}
		if (*line.ptr == '`') {
			/* after a few open ones the rest is taken as it is */
			n = open_spans < 8 ? code_span(line) : 0;
			open_spans += !n;
			n = n ? n : ticks(line);
		}
		buf_addsp(out, span_first(line, n));
		line = span_from(line, n);
	}
}

struct span guide_strip(struct arena *a, struct span text)
{
	struct md_reader r = { .rest = text };
	struct md_line line;
	struct buf out = { 0 }, kept = { 0 };
	struct span result;
	bool in = false;

	if (span_find(text, SPAN("<!--")) < 0)
		return text;
	while (md_next(&r, &line)) {
		bool was_in = in;

		buf_reset(&kept);
		if ((line.kind == MD_CODE || line.kind == MD_FENCE) && !in)
			buf_addsp(&kept, line.raw);
		else
			strip_line(&kept, line.raw, &in);
		/* a line that was nothing but comment goes whole */
		if ((was_in || kept.len < line.raw.len) &&
		    !span_trim(buf_span(&kept)).len)
			continue;
		buf_addsp(&out, buf_span(&kept));
		buf_addc(&out, '\n');
	}
	result = arena_span(a, buf_span(&out));
	buf_release(&out);
	buf_release(&kept);
	return result;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The path behind an `@`: to the next blank; "\ " is a blank in it. */
static struct span take_path(struct arena *a, struct span s, size_t *used)
{
	char *p = arena_alloc(a, s.len + 1);
	size_t n = 0, i = 0;

	while (i < s.len && !blank(s.ptr[i])) {
		if (s.ptr[i] == '\\' && i + 1 < s.len && s.ptr[i + 1] == ' ')
			i++;
		p[n++] = s.ptr[i++];
	}
	*used = i;
	return (struct span){ p, n };
}

static void scan_line(struct import_list *out, struct arena *a,
		      struct span line)
{
	unsigned open_spans = 0;
	char before = ' ';

	while (line.len) {
		size_t n = 1;

		if (*line.ptr == '`') {
			n = open_spans < 8 ? code_span(line) : 0;
			open_spans += !n;
			n = n ? n : ticks(line);
		} else if (*line.ptr == '@' && blank(before)) {
			struct span path = take_path(a, span_from(line, 1), &n);

			n++;
			if (path.len && path.len < 4096)
				*vec_push(&out->paths, a) = path;
		}
		before = line.ptr[n - 1];
		line = span_from(line, n);
	}
}

void guide_imports(struct import_list *out, struct arena *a, struct span text)
{
	struct md_reader r = { .rest = text };
	struct md_line line;

	while (md_next(&r, &line))
		if (line.kind != MD_CODE && line.kind != MD_FENCE &&
		    line.kind != MD_COMMENT)
			scan_line(out, a, line.raw);
}
