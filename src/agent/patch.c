#include "agent/patch.h"

#include <assert.h>

#include "base/buf.h"
#include "core/finding.h"
#include "rust/rules.h"

/* Lines [from, to) of the old text, numbered from 0, become others. */
struct block {
	size_t from, to;
	struct span lines; /* the new ones, each with its LF but maybe the
			    * last */
	size_t count;
};

struct patch {
	struct arena arena;
	struct span text;
	VEC(size_t) start; /* of each old line, and the text's length */
	size_t lines;
	VEC(struct block) blocks;
};

static void find_lines(struct patch *p)
{
	struct span rest = p->text, line;

	while (text_line(&rest, &line)) {
		*vec_push(&p->start, &p->arena) =
			(size_t)(line.ptr - p->text.ptr);
		p->lines++;
	}
	*vec_push(&p->start, &p->arena) = p->text.len;
}

/* The line that holds a byte; the end of the file is behind the last. */
static size_t line_at(const struct patch *p, size_t byte)
{
	size_t low = 0, high = p->lines;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (p->start.ptr[mid + 1] <= byte)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Bytes of old lines [from, to). */
static struct span old_lines(const struct patch *p, size_t from, size_t to)
{
	size_t at = p->start.ptr[from < p->lines ? from : p->lines];
	size_t end = p->start.ptr[to < p->lines ? to : p->lines];

	return (struct span){ p->text.ptr + at, end - at };
}

/* Drop from a block what is the same at its start and its end. */
static void trim_block(const struct patch *p, struct block *b)
{
	struct span rest = b->lines, line;

	while (b->from < b->to && text_line(&rest, &line)) {
		struct span whole =
			span_first(b->lines, b->lines.len - rest.len);

		if (!span_eq(whole, old_lines(p, b->from, b->from + 1)))
			break;
		b->lines = rest;
		b->from++;
	}
	while (b->to > b->from && b->lines.len) {
		struct span old = old_lines(p, b->to - 1, b->to);
		size_t at = b->lines.len - 1;

		while (at && b->lines.ptr[at - 1] != '\n')
			at--;
		if (!span_eq(span_from(b->lines, at), old))
			break;
		b->lines = span_first(b->lines, at);
		b->to--;
	}
	b->count = text_count_lines(b->lines);
}

/* One block of the edits [0, n), whose lines touch. */
static void add_block(struct patch *p, const struct rule_edit *e, size_t n)
{
	struct block b = { .from = line_at(p, e->from) };
	struct buf new = { 0 };
	size_t at, i;

	/* behind a last line that has no end is in it */
	if (b.from == p->lines && p->text.len &&
	    p->text.ptr[p->text.len - 1] != '\n')
		b.from--;
	at = p->start.ptr[b.from];
	b.to = line_at(p, e[n - 1].to) + 1;
	if (b.to > p->lines)
		b.to = p->lines;
	for (i = 0; i < n; i++) {
		buf_add(&new, p->text.ptr + at, e[i].from - at);
		buf_addsp(&new, e[i].text);
		at = e[i].to;
	}
	if (p->start.ptr[b.to] > at)
		buf_add(&new, p->text.ptr + at, p->start.ptr[b.to] - at);
	b.lines = arena_span(&p->arena, buf_span(&new));
	buf_release(&new);
	trim_block(p, &b);
	if (b.from < b.to || b.count)
		*vec_push(&p->blocks, &p->arena) = b;
}

static void find_blocks(struct patch *p, const struct rule_edit *e, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i = k) {
		k = i + 1;
		while (k < n &&
		       line_at(p, e[k].from) <= line_at(p, e[k - 1].to))
			k++;
		add_block(p, e + i, k - i);
	}
}

/* Lines of a text with a sign in front, CR left out. */
static void add_lines(struct buf *out, char sign, struct span text)
{
	struct span line;
	bool ended = !text.len || text.ptr[text.len - 1] == '\n';

	while (text_line(&text, &line)) {
		if (span_ends(line, "\r"))
			line.len--;
		buf_addc(out, sign);
		buf_addsp(out, line);
		buf_addc(out, '\n');
	}
	if (!ended)
		buf_adds(out, "\\ No newline at end of file\n");
}

static void add_range(struct buf *out, char sign, size_t from, size_t count)
{
	buf_addf(out, "%c%zu", sign, count ? from + 1 : from);
	if (count != 1)
		buf_addf(out, ",%zu", count);
}

/* The hunk of blocks [0, n). shift: lines that hunks before it added less
 * those removed; the new one. */
static ptrdiff_t add_hunk(struct buf *out, const struct patch *p,
			  const struct block *b, size_t n, ptrdiff_t shift)
{
	size_t from = b->from > PATCH_CONTEXT ? b->from - PATCH_CONTEXT : 0;
	size_t to = b[n - 1].to + PATCH_CONTEXT, at = from, i;
	ptrdiff_t grown = 0;

	if (to > p->lines)
		to = p->lines;
	for (i = 0; i < n; i++)
		grown += (ptrdiff_t)b[i].count -
			 (ptrdiff_t)(b[i].to - b[i].from);
	buf_adds(out, "@@ ");
	add_range(out, '-', from, to - from);
	buf_addc(out, ' ');
	add_range(out, '+', (size_t)((ptrdiff_t)from + shift),
		  (size_t)((ptrdiff_t)(to - from) + grown));
	buf_adds(out, " @@\n");
	for (i = 0; i < n; i++) {
		add_lines(out, ' ', old_lines(p, at, b[i].from));
		add_lines(out, '-', old_lines(p, b[i].from, b[i].to));
		add_lines(out, '+', b[i].lines);
		at = b[i].to;
	}
	add_lines(out, ' ', old_lines(p, at, to));
	return shift + grown;
}

/* A path as git writes it: in quotes when it has odd bytes; behind one with a
 * blank stands `blank_end`. */
static void add_path(struct buf *out, const char *side, struct span path,
		     const char *blank_end)
{
	bool odd = false, blank = false;

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		odd |= c < ' ' || c >= 0x7f || c == '"' || c == '\\';
		blank |= c == ' ';
	}
	buf_adds(out, odd ? "\"" : "");
	buf_adds(out, side);
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c < ' ' || c >= 0x7f)
			buf_addf(out, "\\%03o", c);
		else
			buf_addc(out, (char)c);
	}
	buf_adds(out, odd ? "\"" : blank ? blank_end : "");
}

static void add_names(struct buf *out, struct span path)
{
	buf_adds(out, "--- ");
	add_path(out, "a/", path, "\t");
	buf_adds(out, "\n+++ ");
	add_path(out, "b/", path, "\t");
	buf_addc(out, '\n');
}

static void add_hunks(struct buf *out, const struct patch *p)
{
	const struct block *b = p->blocks.ptr;
	ptrdiff_t shift = 0;
	size_t i, k;

	for (i = 0; i < p->blocks.len; i = k) {
		k = i + 1;
		while (k < p->blocks.len &&
		       b[k].from <= b[k - 1].to + 2 * PATCH_CONTEXT)
			k++;
		shift = add_hunk(out, p, b + i, k - i, shift);
	}
}

/* What the edits come to, line by line. */
static void read_edits(struct patch *p, const struct rule_edit *edit,
		       size_t edits)
{
	for (size_t i = 0; i < edits; i++) {
		assert(edit[i].from <= edit[i].to && edit[i].to <= p->text.len);
		assert(!i || edit[i - 1].to <= edit[i].from);
	}
	find_lines(p);
	find_blocks(p, edit, edits);
}

bool patch_write(struct buf *out, struct span path, struct span text,
		 const struct rule_edit *edit, size_t edits)
{
	struct patch p = { .text = text };
	bool any;

	read_edits(&p, edit, edits);
	any = p.blocks.len > 0;
	if (any) {
		add_names(out, path);
		add_hunks(out, &p);
	}
	arena_release(&p.arena);
	return any;
}

bool patch_write_lines(struct buf *out, struct span path, struct span text,
		       const struct finding_edit *edit, size_t edits)
{
	struct patch p = { .text = text };
	bool any;

	find_lines(&p);
	for (size_t i = 0; i < edits; i++) {
		struct block b = { .from = edit[i].first - 1,
				   .to = edit[i].last,
				   .lines = edit[i].text };

		assert(edit[i].first && b.from <= b.to && b.to <= p.lines);
		assert(!i || edit[i - 1].last <= b.from);
		trim_block(&p, &b);
		if (b.from < b.to || b.count)
			*vec_push(&p.blocks, &p.arena) = b;
	}
	any = p.blocks.len > 0;
	if (any) {
		buf_adds(out, "diff --git ");
		add_path(out, "a/", path, "");
		buf_addc(out, ' ');
		add_path(out, "b/", path, "");
		buf_addc(out, '\n');
		add_names(out, path);
		add_hunks(out, &p);
	}
	arena_release(&p.arena);
	return any;
}

bool patch_lines(struct finding *f, struct arena *a, struct span text,
		 const struct rule_edit *edit, size_t edits)
{
	struct patch p = { .text = text };
	bool ended = text.len && text.ptr[text.len - 1] == '\n', good;

	read_edits(&p, edit, edits);
	good = p.blocks.len > 0 &&
	       (ended || p.blocks.ptr[p.blocks.len - 1].to < p.lines);
	vec_each (struct block, b, &p.blocks)
		good &= !b->lines.len || span_ends(b->lines, "\n");
	vec_each (struct block, b, &p.blocks)
		if (good)
			*vec_push(&f->fix, a) = (struct finding_edit){
				.first = (uint32_t)b->from + 1,
				.last = (uint32_t)b->to,
				.text = arena_span(a, b->lines),
			};
	arena_release(&p.arena);
	return good;
}

bool patch_crlf(struct span text)
{
	size_t lf = 0, crlf = 0;

	for (size_t i = 0; i < text.len; i++) {
		lf += text.ptr[i] == '\n';
		crlf += i && text.ptr[i] == '\n' && text.ptr[i - 1] == '\r';
	}
	return crlf * 2 > lf;
}
