#include "render/flow.h"

#include <string.h>

#include "base/columns.h"
#include "render/paint.h"

void flow_add(struct flow *f, unsigned ink, struct span text)
{
	if (!text.len)
		return;
	buf_addsp(&f->text, text);
	memset(buf_reserve(&f->ink, text.len), (int)ink, text.len + 1);
	f->ink.len += text.len;
}

void flow_adds(struct flow *f, unsigned ink, const char *text)
{
	flow_add(f, ink, span_of(text));
}

void flow_append(struct flow *f, struct arena *a, const struct flow *from)
{
	size_t begin = f->text.len;

	buf_addsp(&f->text, buf_span(&from->text));
	buf_addsp(&f->ink, buf_span(&from->ink));
	vec_each (struct flow_link, l, &from->links)
		flow_link(f, a, begin + l->from, begin + l->to, l->url);
}

void flow_drop(struct flow *f, size_t n)
{
	buf_drop(&f->text, n);
	buf_drop(&f->ink, n);
}

void flow_tint(struct flow *f, size_t from, size_t to, unsigned ink)
{
	for (; from < to; from++)
		f->ink.ptr[from] = (char)(f->ink.ptr[from] | (int)ink);
}

void flow_link(struct flow *f, struct arena *a, size_t from, size_t to,
	       struct span url)
{
	*vec_push(&f->links, a) = (struct flow_link){ from, to, url };
}

void flow_reset(struct flow *f)
{
	buf_reset(&f->text);
	buf_reset(&f->ink);
	f->links.len = 0;
}

void flow_release(struct flow *f)
{
	buf_release(&f->text);
	buf_release(&f->ink);
}

/* ---- lines */

/* A place where a line may end: `to` is its last byte's end, `next` the next
 * line's first. */
struct gap {
	size_t to, next;
	size_t columns; /* up to `to` */
	size_t skipped; /* up to `next` */
};

struct wrap {
	struct flow_lines *out;
	struct arena *a;
	struct span text;
	size_t width;
	size_t from;		 /* of the line under way */
	size_t columns;		 /* up to the current byte */
	struct gap good;	 /* to == from: none */
	struct gap in_word;	 /* likewise */
	size_t end, end_columns; /* behind its last byte that is no blank */
	bool wide_before, opened;
};

/* Does a character not begin a line? */
static bool closing(struct span s)
{
	static const char marks[] =
		"\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b\uff09\u300d"
		"\u300f\u3011\u3009\u300b\u3015\u30fc\u3005\u30fb\uff5e";

	if (s.len == 1)
		return strchr(".,;:!?)]}'\"`", s.ptr[0]);
	return s.len >= 3 && memmem(marks, sizeof(marks) - 1, s.ptr, 3);
}

/* Does it not end one? */
static bool opening(struct span s)
{
	static const char marks[] =
		"\uff08\u300c\u300e\u3010\u3008\u300a\u3014";

	return s.len >= 3 && memmem(marks, sizeof(marks) - 1, s.ptr, 3);
}

/* A syllable of Hangul: its words stand between blanks. */
static bool hangul(struct span s)
{
	int32_t cp = text_utf8(&s);

	return cp >= 0xAC00 && cp <= 0xD7A3;
}

static void begin(struct wrap *w, size_t at)
{
	w->from = w->end = at;
	w->columns = w->end_columns = 0;
	w->good = w->in_word = (struct gap){ .to = at, .next = at };
	w->wide_before = w->opened = false;
}

static void push(struct wrap *w, size_t to, size_t columns)
{
	*vec_push(&w->out->rows, w->a) =
		(struct flow_line){ w->from, to, columns };
}

/* Break at a gap: what stands behind it begins the next line. */
static void break_at(struct wrap *w, struct gap g)
{
	size_t over = w->columns - g.skipped;
	size_t end = w->end > g.next ? w->end : g.next;
	size_t end_columns = w->end > g.next ? w->end_columns - g.skipped : 0;
	struct gap in_word = w->in_word;

	push(w, g.to, g.columns);
	begin(w, g.next);
	w->columns = over;
	w->end = end;
	w->end_columns = end_columns;
	if (in_word.to > g.next) {
		w->in_word = in_word;
		w->in_word.columns -= g.skipped;
		w->in_word.skipped -= g.skipped;
	}
}

/* The next cluster, at `at`, does not fit. */
static void overflow(struct wrap *w, size_t at)
{
	struct gap here = { at, at, w->columns, w->columns };

	if (w->good.to > w->from)
		break_at(w, w->good);
	else if (w->in_word.to > w->from && w->in_word.columns > w->width / 2)
		break_at(w, w->in_word);
	else if (w->end > w->from)
		break_at(w, here);
	else /* blanks alone */
		begin(w, at);
}

static void take_blank(struct wrap *w, size_t at)
{
	w->columns++;
	if (w->end > w->from)
		w->good = (struct gap){ w->end, at + 1, w->end_columns,
					w->columns };
	w->wide_before = w->opened = false;
}

static void take(struct wrap *w, size_t at, size_t next, unsigned columns)
{
	struct span s = { w->text.ptr + at, next - at };
	struct gap here = { at, at, w->columns, w->columns };
	bool wide = columns == 2 && !hangul(s);

	if (at > w->from && at == w->end && !w->opened && !closing(s) &&
	    (wide || w->wide_before))
		w->good = here;
	while (w->columns + columns > w->width && at > w->from) {
		size_t from = w->from;

		overflow(w, at);
		if (w->from == from)
			break;
	}
	w->columns += columns;
	w->end = next;
	w->end_columns = w->columns;
	w->wide_before = wide;
	w->opened = opening(s);
	if (s.len == 1 && strchr("/:_,", s.ptr[0]))
		w->in_word = (struct gap){ next, next, w->columns, w->columns };
}

void flow_wrap(struct flow_lines *out, struct arena *a, const struct flow *f,
	       size_t width)
{
	struct wrap w = { .out = out,
			  .a = a,
			  .text = buf_span(&f->text),
			  .width = width ? width : SIZE_MAX };
	struct span rest = w.text;

	begin(&w, 0);
	while (rest.len) {
		size_t at = w.text.len - rest.len;
		char c = rest.ptr[0];

		if (c == '\n') {
			push(&w, w.end, w.end_columns);
			rest = span_from(rest, 1);
			begin(&w, at + 1);
		} else if (c == ' ') {
			rest = span_from(rest, 1);
			take_blank(&w, at);
		} else {
			unsigned columns = columns_next(&rest);

			take(&w, at, w.text.len - rest.len, columns);
		}
	}
	if (w.text.len > w.from)
		push(&w, w.end, w.end_columns);
}

size_t flow_columns(const struct flow *f)
{
	struct span rest = buf_span(&f->text), line;
	size_t most = 0;

	while (text_line(&rest, &line)) {
		size_t n = columns_of(line);

		if (n > most)
			most = n;
	}
	return most;
}

/* ---- painting */

/* The first link that ends behind `at`. */
static size_t link_at(const struct flow *f, size_t at)
{
	size_t lo = 0, hi = f->links.len;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (f->links.ptr[mid].to <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void flow_paint(struct paint *p, const struct flow *f,
		const struct flow_line *line)
{
	size_t at = line->from, link = link_at(f, at);

	while (at < line->to) {
		const struct flow_link *l =
			link < f->links.len ? &f->links.ptr[link] : NULL;
		bool inside = l && l->from <= at;
		size_t stop = l ? (inside ? l->to : l->from) : line->to;
		size_t n = at + 1;

		if (stop > line->to)
			stop = line->to;
		while (n < stop && f->ink.ptr[n] == f->ink.ptr[at])
			n++;
		paint_text(p, (unsigned char)f->ink.ptr[at],
			   inside ? l->url : (struct span){ 0 },
			   (struct span){ f->text.ptr + at, n - at });
		at = n;
		link += inside && at == l->to;
	}
}
