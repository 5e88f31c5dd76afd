/* What came of findings, written into the text of a section. */
#include <ctype.h>
#include <string.h>

#include "agent/ground_parts.h"
#include "agent/quote.h"
#include "base/buf.h"
#include "base/markdown.h"

/* The text under way. */
struct writer {
	const struct ground *ground;
	struct buf out;
	const char *at; /* up to here the old text is copied */
};

/* ---- other words that name a finding's place */

static bool path_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return isalnum(u) || u >= 0x80 || (c && strchr("._-/+@", c));
}

static size_t digits(const char *at, const char *end)
{
	size_t n = 0;

	while (at + n < end && isdigit((unsigned char)at[n]))
		n++;
	return n;
}

/* Bytes of "88", "88-92", "88:5". */
static size_t number(const char *at, const char *end)
{
	size_t n = digits(at, end), more;

	while (n && at + n < end && (at[n] == '-' || at[n] == ':')) {
		more = digits(at + n + 1, end);
		if (!more)
			break;
		n += 1 + more;
	}
	return n;
}

/* The true line of the place whose colon is at `colon`; 0: as it is. */
static uint32_t true_line(const struct writer *w, const char *colon, size_t len)
{
	const char *from = colon;
	const struct grounded *row;
	uint32_t line = 0;

	while (from > w->at && path_byte(from[-1]))
		from--;
	for (size_t i = 1; i <= len && i < 10; i++)
		line = line * 10 + (uint32_t)(colon[i] - '0');
	row = ground_place(w->ground,
			   (struct span){ from, (size_t)(colon - from) }, line);
	return row && row->remark.finding.line != line
		       ? row->remark.finding.line
		       : 0;
}

static void keep_to(struct writer *w, const char *end)
{
	buf_add(&w->out, w->at, (size_t)(end - w->at));
	w->at = end;
}

/* Copy, with the true lines of the places of findings. */
static void copy_to(struct writer *w, const char *end)
{
	const char *from = w->at, *colon;

	for (colon = from; colon < end; colon++) {
		size_t len = *colon == ':' ? digits(colon + 1, end) : 0;
		uint32_t line = len ? true_line(w, colon, len) : 0;

		if (!line)
			continue;
		buf_add(&w->out, from, (size_t)(colon + 1 - from));
		buf_addf(&w->out, "%u", line);
		from = colon + 1 + number(colon + 1, end);
		colon = from - 1;
	}
	buf_add(&w->out, from, (size_t)(end - from));
	w->at = end;
}

/* ---- a finding's own place and marks */

static void replace(struct writer *w, struct span old, struct span new)
{
	copy_to(w, old.ptr);
	buf_addsp(&w->out, new);
	w->at = old.ptr + old.len;
}

static void insert(struct writer *w, const char *at, struct span new)
{
	replace(w, (struct span){ at, 0 }, new);
}

/* A place where none was written. */
static void write_new_place(struct writer *w, const struct grounded *row)
{
	struct buf b = { 0 };

	quote_place(&b, row->write_path, row->remark.finding.line);
	buf_adds(&b, " — ");
	insert(w, row->remark.place.ptr, buf_span(&b));
	buf_release(&b);
}

static void write_path(struct writer *w, const struct grounded *row)
{
	struct buf b = { 0 };

	quote_place(&b, row->write_path, 0);
	/* one that needs back-ticks of its own stays as it was */
	if (b.ptr[0] != '`')
		replace(w, row->path, buf_span(&b));
	buf_release(&b);
}

static void write_number(struct writer *w, const struct grounded *row)
{
	const struct remark *rm = &row->remark;
	struct buf b = { 0 };

	buf_addf(&b, "%s%u", rm->number.len ? "" : ":", rm->finding.line);
	replace(w, rm->number, buf_span(&b));
	buf_release(&b);
}

/* Does the number that was written say the line, or its range hold it? */
static bool written(const struct grounded *row)
{
	uint32_t line = row->remark.finding.line;

	return line == row->line ||
	       (line > row->line && line <= row->remark.last);
}

static void write_place(struct writer *w, const struct grounded *row)
{
	if (!row->path.len) {
		if (row->write_path.len)
			write_new_place(w, row);
		return;
	}
	copy_to(w, row->remark.place.ptr);
	if (row->write_path.len)
		write_path(w, row);
	if (!written(row))
		write_number(w, row);
	/* what is left of it is its own, whatever others turned out to be */
	keep_to(w, row->remark.place.ptr + row->remark.place.len);
}

static void write_mark(struct writer *w, const struct grounded *row)
{
	const struct remark *rm = &row->remark;
	const char *mark = finding_mark(&rm->finding);
	struct buf b = { 0 };

	if (!mark)
		return;
	if (rm->place.len)
		buf_addf(&b, " *(%s)*", mark);
	else
		buf_addf(&b, "*(%s)* ", mark);
	insert(w, rm->place.ptr + rm->place.len, buf_span(&b));
	buf_release(&b);
}

/* Does a text leave a back-tick open, that one of ours would close? */
static bool leaves_tick(struct span text)
{
	struct md_inline in = { .rest = text };
	enum md_part kind;
	struct span part;

	while (md_part(&in, &kind, &part))
		if (kind == MD_PLAIN && span_chr(part, '`') >= 0)
			return true;
	return false;
}

static void write_fact(struct writer *w, const struct grounded *row)
{
	const struct finding *f = &row->remark.finding;
	bool plain = leaves_tick(f->text);
	struct buf b = { 0 };

	if (!row->say_fact || !f->fact.len)
		return;
	buf_adds(&b, " *(");
	for (size_t i = 0; i < f->fact.len; i++)
		if (!plain || f->fact.ptr[i] != '`')
			buf_addc(&b, f->fact.ptr[i]);
	buf_adds(&b, ")*");
	insert(w, row->remark.words_end, buf_span(&b));
	buf_release(&b);
}

struct span ground_write(struct ground *g, struct span text, size_t from,
			 size_t to)
{
	struct writer w = { .ground = g, .at = text.ptr };
	struct span new;

	for (size_t i = from; i < to; i++) {
		write_place(&w, &g->rows.ptr[i]);
		write_mark(&w, &g->rows.ptr[i]);
		write_fact(&w, &g->rows.ptr[i]);
	}
	copy_to(&w, text.ptr + text.len);
	new = arena_span(g->arena, buf_span(&w.out));
	buf_release(&w.out);
	return new;
}
