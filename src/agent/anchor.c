#include "agent/anchor.h"

#include <string.h>

/* What a place costs that is not among changed lines, in lines. */
#define FAR_COST 8u
/* What a search costs besides the bytes looked through. */
#define CALL_COST 32u

/* One search under way. */
struct search {
	const struct shown_text *t;
	const struct wording *w;
	const struct anchor_hint *hint;
	size_t *work;
	bool woven;
	/* the best so far */
	bool found;
	uint32_t cost;
	size_t first, last; /* lines of t */
};

static struct span text_of(const struct search *s)
{
	return buf_span(&s->t->fold.text);
}

static bool pay(const struct search *s, size_t n)
{
	bool can = *s->work >= n;

	*s->work = can ? *s->work - n : 0;
	return can;
}

/* The next occurrence in [from, to), or -1. */
static ptrdiff_t next(const struct search *s, struct span part, size_t from,
		      size_t to)
{
	struct span text = text_of(s);
	const char *at;

	if (to > text.len)
		to = text.len;
	if (from > to || to - from < part.len || !pay(s, CALL_COST + part.len))
		return -1;
	at = memmem(text.ptr + from, to - from, part.ptr, part.len);
	if (!pay(s, at ? (size_t)(at - text.ptr) - from : to - from) || !at)
		return -1;
	return at - text.ptr;
}

static bool joins_words(struct span text, size_t at)
{
	return at > 0 && at < text.len && fold_word(text.ptr[at - 1]) &&
	       fold_word(text.ptr[at]);
}

static bool bounded(const struct search *s, const struct quoted_part *p,
		    size_t at)
{
	struct span text = text_of(s);

	return (p->cut_begin || !joins_words(text, at)) &&
	       (p->cut_end || !joins_words(text, at + p->text.len));
}

/* Up to where the next part may stand: not beyond a gap, not too far. */
static size_t limit(const struct search *s, size_t from, bool ellipsis)
{
	const struct fold *f = &s->t->fold;
	size_t line = fold_line(f, from), to = f->text.len;
	const char *gap;

	line += ellipsis ? ANCHOR_APART : ANCHOR_SKIP;
	if (line < f->lines.len)
		to = f->lines.ptr[line];
	if (to < from || !pay(s, to - from))
		return from;
	gap = memchr(f->text.ptr + from, FOLD_GAP, to - from);
	return gap ? (size_t)(gap - f->text.ptr) : to;
}

/* The end of the parts behind the first one, which ends at `end`; 0: they do
 * not follow. */
static size_t follow(const struct search *s, size_t end)
{
	for (size_t i = 1; i < s->w->parts.len; i++) {
		const struct quoted_part *p = &s->w->parts.ptr[i];
		size_t to = limit(s, end, p->ellipsis);
		ptrdiff_t at = next(s, p->text, end, to);

		while (at >= 0 && !bounded(s, p, (size_t)at))
			at = next(s, p->text, (size_t)at + 1, to);
		if (at < 0)
			return 0;
		end = (size_t)at + p->text.len;
	}
	return end;
}

/* Lines from what the hint says. */
static uint32_t off(const struct anchor_hint *hint, uint32_t line)
{
	if (line > hint->last)
		return line - hint->last;
	return line < hint->line ? hint->line - line : 0;
}

/* How unlikely it is that these lines are meant; 0: the hint is one. */
static uint32_t cost_of(const struct search *s, size_t first, size_t last)
{
	const struct shown_line *l = s->t->lines.ptr;
	uint32_t far = SHOWN_FAR, least = UINT32_MAX - SHOWN_FAR;

	for (size_t i = first; i <= last; i++) {
		uint32_t here = off(s->hint, l[i].number);

		far = l[i].far < far ? l[i].far : far;
		least = here < least ? here : least;
	}
	if (!s->hint->line)
		return far + 1;
	return least ? least + (far < FAR_COST ? far : FAR_COST) : 0;
}

/* Does what was copied along hold of these lines? */
static bool holds(const struct search *s, size_t first, size_t last)
{
	const struct shown_line *l = s->t->lines.ptr;
	bool added = false, removed = false;

	if (s->w->number && l[first].number != s->w->number)
		return false;
	for (size_t i = first; i <= last; i++) {
		added |= l[i].changed && !l[i].old;
		removed |= l[i].changed && l[i].old;
	}
	switch (s->w->sign) {
	case '+':
		return added;
	case '-':
		return removed;
	case '*':
		return added && removed;
	default:
		return !s->woven || (added && removed);
	}
}

/* A quotation of hardly a word: whole lines, where it says they are. */
static bool plain_holds(const struct search *s, size_t at, size_t end,
			size_t first)
{
	const struct fold *f = &s->t->fold;

	return f->lines.ptr[first] == at &&
	       (end == f->text.len || f->text.ptr[end] == FOLD_GAP ||
		f->lines.ptr[fold_line(f, end)] == end) &&
	       off(s->hint, s->t->lines.ptr[first].number) <= ANCHOR_NEAR;
}

static void consider(struct search *s, size_t at, size_t end)
{
	const struct fold *f = &s->t->fold;
	size_t first = fold_line(f, at), last = fold_line(f, end - 1);
	uint32_t cost;

	if (!holds(s, first, last) ||
	    (s->w->plain && !plain_holds(s, at, end, first)) ||
	    !pay(s, last - first))
		return;
	cost = cost_of(s, first, last);
	if (s->found && cost >= s->cost)
		return;
	s->found = true;
	s->cost = cost;
	s->first = first;
	s->last = last;
}

/* Every place of the first part; `less` bytes of its end are a comma that its
 * line has lost. */
static void look(struct search *s, size_t less)
{
	struct quoted_part p = s->w->parts.ptr[0];
	ptrdiff_t at;
	size_t end;

	p.text.len -= less;
	for (at = next(s, p.text, 0, SIZE_MAX); at >= 0;
	     at = next(s, p.text, (size_t)at + 1, SIZE_MAX)) {
		end = (size_t)at + p.text.len;
		if (!bounded(s, &p, (size_t)at) ||
		    (less && !fold_comma(&s->t->fold, end)))
			continue;
		end = follow(s, end);
		if (end)
			consider(s, (size_t)at, end);
	}
}

static void search(struct search *s, const struct shown_text *t, bool woven)
{
	struct span first = s->w->parts.ptr[0].text;

	s->t = t;
	s->woven = woven;
	s->found = false;
	if (!t->lines.len)
		return;
	look(s, 0);
	if (s->w->parts.len == 1 && first.len > 1 && span_ends(first, ","))
		look(s, 1);
}

static bool touches(const struct search *s)
{
	for (size_t i = s->first; i <= s->last; i++)
		if (s->t->lines.ptr[i].changed)
			return true;
	return false;
}

/* Is the place of the old side meant, when there is one on both? */
static bool prefer_old(const struct search *now, const struct search *was)
{
	if (!was->found || !now->found)
		return was->found;
	if (!touches(was))
		return false;
	return was->hint->removed || (!was->cost && now->cost && !touches(now));
}

/* The line to be named: the hint, the first one added, the first. */
static const struct shown_line *named(const struct search *s)
{
	const struct shown_line *l = s->t->lines.ptr + s->first;
	size_t n = s->last - s->first + 1, i;

	for (i = 0; i < n; i++)
		if (l[i].number == s->hint->line)
			return &l[i];
	for (i = 0; s->woven && i < n; i++)
		if (l[i].changed && !l[i].old)
			return &l[i];
	return l;
}

static struct span lines_of(const struct search *s)
{
	const struct fold *f = &s->t->fold;
	size_t from = f->lines.ptr[s->first], to = f->text.len;

	if (s->last + 1 < f->lines.len)
		to = f->lines.ptr[s->last + 1];
	return span_first(span_from(buf_span(&f->text), from), to - from);
}

static void fill(struct anchor *out, const struct search *s)
{
	const struct shown_line *l = named(s);

	*out = (struct anchor){ .line = l->number,
				.first = s->t->lines.ptr[s->first].number,
				.last = s->t->lines.ptr[s->last].number,
				.old = l->old,
				.code = lines_of(s) };
	for (size_t i = s->first; i <= s->last; i++) {
		const struct shown_line *one = &s->t->lines.ptr[i];

		out->changed |= one->changed;
		out->beside |= one->far <= ANCHOR_NEAR;
		out->masked |= one->masked;
	}
}

static bool find_way(struct anchor *out, const struct shown_file *f,
		     struct search *s)
{
	struct search was = *s;

	search(s, &f->side[SHOWN_NEW], false);
	search(&was, &f->side[SHOWN_OLD], false);
	if (prefer_old(s, &was))
		*s = was;
	if (!s->found)
		search(s, &f->side[SHOWN_WOVEN], true);
	if (s->found)
		fill(out, s);
	return s->found;
}

bool anchor_find(struct anchor *out, const struct shown_file *f,
		 const struct quotation *q, const struct anchor_hint *hint,
		 size_t *work)
{
	vec_each (struct wording, w, &q->ways) {
		struct search s = { .w = w, .hint = hint, .work = work };

		if (find_way(out, f, &s))
			return true;
	}
	return false;
}
