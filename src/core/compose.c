#include "core/compose.h"

#include "base/arena.h"
#include "core/change.h"

#define CONTEXT 3u
#define REST UINT32_MAX /* lines of the gap behind all that is known */

/* A stretch of the file, old and new side together. */
struct piece {
	char kind;  /* ' ', '-', '+' as in a diff, or 0: a gap */
	uint32_t n; /* a gap's lines */
	bool no_newline;
	struct span text;
};

struct pieces {
	VEC(struct piece) rows;
};

/* ---- hunks to pieces */

static void add_gap(struct pieces *p, struct arena *a, uint32_t n)
{
	if (n)
		vec_push(&p->rows, a)->n = n;
}

static uint32_t before(uint32_t start, uint32_t lines)
{
	return lines ? start - 1 : start;
}

static void read_hunks(struct pieces *p, struct arena *a,
		       const struct file_change *f)
{
	uint32_t at = 0; /* lines of the old side so far */

	vec_each (struct hunk, h, &f->hunks) {
		add_gap(p, a, before(h->old_start, h->old_lines) - at);
		at = before(h->old_start, h->old_lines) + h->old_lines;
		vec_each (struct diff_line, l, &h->lines)
			*vec_push(&p->rows, a) = (struct piece){
				.kind = l->origin,
				.no_newline = l->no_newline,
				.text = l->text,
			};
	}
	/* a file that is new or gone has no more than that */
	if (f->status != FILE_ADDED && f->status != FILE_DELETED)
		add_gap(p, a, REST);
}

/* ---- the later hunks upon the new side */

struct weave {
	struct arena *a;
	struct pieces from, to;
	size_t i;	/* of from: the piece that comes next */
	uint32_t taken; /* lines of it, a gap, that are used up */
	uint32_t new;	/* lines of the new side so far */
};

static void emit(struct weave *w, char kind, const struct diff_line *l)
{
	struct piece *last =
		w->to.rows.len ? &w->to.rows.ptr[w->to.rows.len - 1] : NULL;

	/* what was taken away and comes back was never gone */
	if (kind == '+' && last && last->kind == '-' &&
	    last->no_newline == l->no_newline && span_eq(last->text, l->text)) {
		last->kind = ' ';
		return;
	}
	*vec_push(&w->to.rows, w->a) =
		(struct piece){ kind, 0, l->no_newline, l->text };
}

/* Copy what is of the old side alone. */
static void pass_gone(struct weave *w)
{
	for (; w->i < w->from.rows.len && w->from.rows.ptr[w->i].kind == '-';
	     w->i++)
		*vec_push(&w->to.rows, w->a) = w->from.rows.ptr[w->i];
}

/* Copy up to so many lines of the new side; false when there are fewer. */
static bool copy_to(struct weave *w, uint32_t lines)
{
	while (w->new < lines) {
		const struct piece *p;
		uint32_t n = 1;

		pass_gone(w);
		if (w->i == w->from.rows.len)
			return false;
		p = &w->from.rows.ptr[w->i];
		if (p->kind) {
			*vec_push(&w->to.rows, w->a) = *p;
			w->i++;
		} else {
			n = lines - w->new;
			if (p->n != REST && n >= p->n - w->taken)
				n = p->n - w->taken;
			add_gap(&w->to, w->a, n);
			w->taken += n;
			if (p->n != REST && w->taken == p->n) {
				w->i++;
				w->taken = 0;
			}
		}
		w->new += n;
	}
	return true;
}

/* A line of the new side that stays or goes. */
static bool take_line(struct weave *w, const struct diff_line *l)
{
	const struct piece *p;

	pass_gone(w);
	if (w->i == w->from.rows.len)
		return false;
	p = &w->from.rows.ptr[w->i];
	w->new ++;
	if (!p->kind) {
		emit(w, l->origin, l);
		w->taken++;
		if (p->n != REST && w->taken == p->n) {
			w->i++;
			w->taken = 0;
		}
		return true;
	}
	if (!span_eq(p->text, l->text) || p->no_newline != l->no_newline)
		return false;
	w->i++;
	/* what was added and goes again was never there */
	if (p->kind == ' ')
		emit(w, l->origin, l);
	else if (l->origin == ' ')
		emit(w, '+', l);
	return true;
}

static bool weave_hunk(struct weave *w, const struct hunk *h)
{
	uint32_t start = before(h->old_start, h->old_lines);

	if (start < w->new || !copy_to(w, start))
		return false;
	vec_each (struct diff_line, l, &h->lines) {
		if (l->origin == '+')
			emit(w, '+', l);
		else if (!take_line(w, l))
			return false;
	}
	/* what follows is counted on the side that the hunk is of */
	return true;
}

static void copy_rest(struct weave *w)
{
	for (; w->i < w->from.rows.len; w->i++, w->taken = 0) {
		struct piece p = w->from.rows.ptr[w->i];

		if (!p.kind && p.n != REST)
			p.n -= w->taken;
		*vec_push(&w->to.rows, w->a) = p;
	}
}

/* ---- pieces to hunks */

static bool changed(const struct piece *p)
{
	return p->kind == '+' || p->kind == '-';
}

/* The end of a hunk that begins at `from`, a changed piece: behind the last
 * changed one that known lines lead to. */
static size_t hunk_end(const struct pieces *p, size_t from)
{
	size_t end = from + 1, same = 0;

	for (size_t i = from + 1; i < p->rows.len; i++) {
		if (!p->rows.ptr[i].kind || same > 2 * CONTEXT)
			break;
		same++;
		if (!changed(&p->rows.ptr[i]))
			continue;
		end = i + 1;
		same = 0;
	}
	return end;
}

static void add_lines(struct file_change *f, struct arena *a,
		      const struct piece *p, size_t n, uint32_t old,
		      uint32_t new)
{
	struct hunk *h = vec_push(&f->hunks, a);
	uint32_t old_from = old, new_from = new;

	for (size_t i = 0; i < n; i++) {
		struct diff_line *l = vec_push(&h->lines, a);

		l->origin = p[i].kind;
		l->no_newline = p[i].no_newline;
		l->text = p[i].text;
		l->old_no = p[i].kind == '+' ? 0 : ++old;
		l->new_no = p[i].kind == '-' ? 0 : ++new;
		f->added += p[i].kind == '+';
		f->removed += p[i].kind == '-';
	}
	h->old_lines = old - old_from;
	h->new_lines = new - new_from;
	h->old_start = old_from + (h->old_lines > 0);
	h->new_start = new_from + (h->new_lines > 0);
}

static void write_hunks(struct file_change *f, struct arena *a,
			const struct pieces *p)
{
	uint32_t old = 0, new = 0, known = 0; /* known: same lines behind us */

	f->hunks.ptr = NULL;
	f->hunks.len = f->hunks.cap = f->added = f->removed = 0;
	for (size_t i = 0; i < p->rows.len;) {
		const struct piece *q = &p->rows.ptr[i];
		size_t end, from, k;

		if (!changed(q)) {
			known = q->kind ? known + 1 : 0;
			old += q->kind ? 1 : q->n;
			new += q->kind ? 1 : q->n;
			i++;
			continue;
		}
		from = known < CONTEXT ? known : CONTEXT;
		end = hunk_end(p, i);
		for (k = 0; k < CONTEXT && end < p->rows.len &&
			    p->rows.ptr[end].kind == ' ';
		     k++)
			end++;
		add_lines(f, a, q - from, end - i + from, old - (uint32_t)from,
			  new - (uint32_t)from);
		for (known = 0; i < end; i++) {
			old += p->rows.ptr[i].kind != '+';
			new += p->rows.ptr[i].kind != '-';
		}
	}
}

/* ---- what the two are together */

static bool plain(const struct file_change *f)
{
	return !f->binary && !f->submodule && !f->too_large;
}

static bool sum_of_kinds(struct file_change *f, const struct file_change *later)
{
	bool stays = f->status == FILE_MODIFIED || f->status == FILE_ADDED ||
		     f->status == FILE_RENAMED || f->status == FILE_COPIED;

	if (!plain(f) || !plain(later) || !stays ||
	    f->new_mode != later->old_mode)
		return false;
	if (later->status == FILE_DELETED) {
		if (f->status != FILE_MODIFIED && f->status != FILE_ADDED)
			return false;
		f->status = FILE_DELETED;
	} else if (later->status != FILE_MODIFIED) {
		return false;
	}
	f->new_mode = later->new_mode;
	return true;
}

bool change_compose(struct file_change *f, struct arena *a,
		    const struct file_change *later)
{
	struct weave w = { .a = a };

	read_hunks(&w.from, a, f);
	if (!sum_of_kinds(f, later))
		return false;
	vec_each (struct hunk, h, &later->hunks)
		if (!weave_hunk(&w, h))
			return false;
	copy_rest(&w);
	write_hunks(f, a, &w.to);
	return true;
}
