#include "render/quoted.h"

#include "base/buf.h"
#include "core/remark.h"

/* Bytes before the `>` of a quotation's line; -1: it has none. */
static ptrdiff_t marker_at(struct span line)
{
	size_t n = 0;

	while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t'))
		n++;
	return n < line.len && line.ptr[n] == '>' ? (ptrdiff_t)n : -1;
}

static struct span behind_marker(struct span line, ptrdiff_t marker)
{
	struct span s = span_from(line, (size_t)marker + 1);

	return span_starts(s, " ") ? span_from(s, 1) : s;
}

/* Some dress a quoted line as code: `let x = 1;` */
static struct span undressed(struct span line)
{
	struct span s = span_trim(line), in;

	if (s.len < 3 || s.ptr[0] != '`' || s.ptr[s.len - 1] != '`')
		return line;
	in = span_first(span_from(s, 1), s.len - 2);
	return span_chr(in, '`') < 0 ? in : line;
}

static void add_fence(struct buf *out, struct span indent, size_t ticks,
		      const char *lang)
{
	buf_addsp(out, indent);
	buf_adds(out, "> ");
	while (ticks--)
		buf_addc(out, '`');
	buf_adds(out, lang);
	buf_addc(out, '\n');
}

/* Is it a quotation whose lines are no fence already? */
static bool bare(struct span quoted)
{
	struct span line;
	ptrdiff_t at;

	if (!text_line(&quoted, &line))
		return false;
	at = marker_at(line);
	if (at < 0)
		return false;
	line = span_trim(behind_marker(line, at));
	return !span_starts(line, "```") && !span_starts(line, "~~~");
}

static void add_quoted(struct buf *out, const struct remark *rm)
{
	const char *lang = span_ends(rm->finding.path, ".rs") ? "rust" : "";
	struct span rest = rm->quoted, line, indent;
	size_t ticks = text_longest_run(rest, '`') + 1;
	size_t tildes = text_longest_run(rest, '~') + 1;
	ptrdiff_t at;

	ticks = ticks < tildes ? tildes : ticks;
	ticks = ticks < 3 ? 3 : ticks;
	text_line(&rest, &line);
	indent = span_first(line, (size_t)marker_at(line));
	add_fence(out, indent, ticks, lang);
	for (rest = rm->quoted; text_line(&rest, &line);) {
		at = marker_at(line);
		buf_addsp(out, indent);
		buf_adds(out, "> ");
		buf_addsp(out, at < 0 ? span_trim(line)
				      : undressed(behind_marker(line, at)));
		buf_addc(out, '\n');
	}
	add_fence(out, indent, ticks, "");
}

void quoted_code(struct buf *out, struct arena *a, struct span text)
{
	struct remarks list = { 0 };
	const char *at = text.ptr;

	remark_read(&list, a, text, 0);
	vec_each (struct remark, rm, &list.rows) {
		if (!bare(rm->quoted) || rm->quoted.ptr < at)
			continue;
		buf_add(out, at, (size_t)(rm->quoted.ptr - at));
		add_quoted(out, rm);
		at = rm->quoted.ptr + rm->quoted.len;
	}
	buf_add(out, at, (size_t)(text.ptr + text.len - at));
}
