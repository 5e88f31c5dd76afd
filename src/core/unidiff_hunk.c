/* Hunks: the counts in their headers are held to. Total, linear. */
#include <string.h>

#include "core/unidiff_parts.h"

#define NUMBER_MAX 0x7fffffffu
#define HUNK_COST 64 /* as LINE_COST */

/* The hunks of one file. */
struct hunks {
	struct diff_reader *r;
	struct file_change *f;
	bool crlf;
	uint64_t old_end, new_end;   /* the lines behind the last hunk */
	bool old_closed, new_closed; /* a last line had no newline */
	bool full;		     /* no room: lines are read, not kept */
};

static int wrong(struct hunks *h, const char *what)
{
	return reader_refuse(h->r, h->r->line_no, h->f->path, what);
}

static bool take_number(struct span *s, uint32_t *out)
{
	uint64_t n = 0;
	size_t i = 0;

	while (i < s->len && s->ptr[i] >= '0' && s->ptr[i] <= '9' && i < 10)
		n = n * 10 + (uint64_t)(s->ptr[i++] - '0');
	if (!i || n > NUMBER_MAX)
		return false;
	*s = span_from(*s, i);
	*out = (uint32_t)n;
	return true;
}

static bool take(struct span *s, const char *word)
{
	if (!span_starts(*s, word))
		return false;
	*s = span_from(*s, strlen(word));
	return true;
}

/* "12,3" or "12", which is one line. */
static bool take_range(struct span *s, uint32_t *start, uint32_t *lines)
{
	*lines = 1;
	return take_number(s, start) &&
	       (!take(s, ",") || take_number(s, lines)) && (*start || !*lines);
}

bool hunk_starts(struct span line)
{
	struct hunk h;

	return take(&line, "@@ -") &&
	       take_range(&line, &h.old_start, &h.old_lines) &&
	       take(&line, " +") &&
	       take_range(&line, &h.new_start, &h.new_lines) &&
	       take(&line, " @@");
}

static void read_numbers(struct hunk *h, struct span line)
{
	take(&line, "@@ -");
	take_range(&line, &h->old_start, &h->old_lines);
	take(&line, " +");
	take_range(&line, &h->new_start, &h->new_lines);
	take(&line, " @@");
	h->heading = span_trim(line);
}

/* The first line of a range; one of no lines stands behind its number. */
static uint64_t first(uint32_t start, uint32_t lines)
{
	return lines ? start : (uint64_t)start + 1;
}

static int check_order(struct hunks *h, const struct hunk *k)
{
	uint64_t old = first(k->old_start, k->old_lines);
	uint64_t new = first(k->new_start, k->new_lines);

	if (old < h->old_end || new < h->new_end)
		return wrong(h, "has hunks that overlap or are out of order");
	if (old - h->old_end != new - h->new_end)
		return wrong(h, "has a hunk whose line numbers contradict "
				"those before it");
	h->old_end = old + k->old_lines;
	h->new_end = new + k->new_lines;
	return 0;
}

/* Which side a line is of: bits, old 1 and new 2; 0: it is no line of one. */
static unsigned sides_of(struct span line)
{
	if (!line.len || *line.ptr == ' ')
		return 3; /* mails lose the blank of an empty line */
	return *line.ptr == '-' ? 1 : *line.ptr == '+' ? 2 : 0;
}

static void keep(struct hunks *h, struct hunk *k, struct span line,
		 uint32_t old_no, uint32_t new_no)
{
	struct diff_line *l;

	h->r->room -= (int64_t)line.len + LINE_COST;
	h->full |= h->r->room < 0;
	if (h->full)
		return;
	l = vec_push(&k->lines, h->r->a);
	l->origin = (char)(line.len ? *line.ptr : ' ');
	l->old_no = l->origin == '+' ? 0 : old_no;
	l->new_no = l->origin == '-' ? 0 : new_no;
	l->text = span_from(line, 1);
	h->f->added += l->origin == '+';
	h->f->removed += l->origin == '-';
}

/* "\ No newline at end of file" behind a line of these sides. */
static void close_sides(struct hunks *h, struct hunk *k, unsigned sides)
{
	struct span line;

	if (!span_starts(reader_peek(h->r), "\\"))
		return;
	reader_next(h->r, &line);
	h->old_closed |= sides & 1;
	h->new_closed |= sides & 2;
	if (k->lines.len && !h->full)
		k->lines.ptr[k->lines.len - 1].no_newline = true;
}

static int read_lines(struct hunks *h, struct hunk *k)
{
	uint32_t old = 0, new = 0;

	while (old < k->old_lines || new < k->new_lines) {
		struct span line;
		unsigned sides;

		if (!reader_next(h->r, &line))
			return wrong(h, "ends within a hunk: the diff was cut");
		if (h->crlf)
			line = line_without_cr(line);
		sides = sides_of(line);
		if (!sides || (sides & 1 && old == k->old_lines) ||
		    (sides & 2 && new == k->new_lines))
			return wrong(h, "has a hunk with other lines than its "
					"header counts");
		if ((sides & 1 && h->old_closed) ||
		    (sides & 2 && h->new_closed))
			return wrong(h, "goes on behind \"No newline at end of "
					"file\"");
		keep(h, k, line, k->old_start + old, k->new_start + new);
		old += sides & 1;
		new += sides >> 1;
		close_sides(h, k, sides);
	}
	return 0;
}

/* More of the hunk than was counted, and not what may follow a patch: a mail's
 * signature, or the names of the next file? */
static bool goes_on(const struct diff_reader *r)
{
	struct diff_reader ahead = *r;
	struct span line = { 0 };

	if (!reader_next(&ahead, &line))
		return false;
	line = line_without_cr(line);
	if (!line.len || span_eqs(line, "-- ") || span_eqs(line, "--") ||
	    header_plain(&ahead, line))
		return false;
	return sides_of(line);
}

static int read_hunk(struct hunks *h)
{
	struct hunk spare = { 0 };
	struct hunk *k = h->full ? &spare : vec_push(&h->f->hunks, h->r->a);
	struct span line;

	reader_next(h->r, &line);
	read_numbers(k, line);
	h->r->room -= HUNK_COST;
	if (!k->old_lines && !k->new_lines)
		return wrong(h, "has a hunk of no lines");
	if (check_order(h, k) || read_lines(h, k))
		return -1;
	if (goes_on(h->r)) {
		h->r->line_no++;
		return wrong(h, "has a hunk with more lines than its header "
				"counts");
	}
	return 0;
}

int hunks_read(struct diff_reader *r, struct file_change *f, bool crlf)
{
	struct hunks h = {
		.r = r, .f = f, .crlf = crlf, .old_end = 1, .new_end = 1
	};
	int64_t room = r->room;

	while (hunk_starts(reader_peek(r)))
		if (read_hunk(&h))
			return -1;
	if (span_starts(reader_peek(r), "@@ -")) {
		r->line_no++;
		return wrong(&h, "has a hunk header that is none");
	}
	if (h.full) {
		f->hunks.len = 0;
		f->added = f->removed = 0;
		f->too_large = true;
		r->room = room;
	}
	return 0;
}
