#include "agent/quotation.h"

#include <ctype.h>
#include <string.h>

#include "agent/fold.h"
#include "base/arena.h"

/* Letters and digits that tell a place from others. */
#define TELLING 2u
/* Bytes of a part that tell so, and of one that may end within a word. */
#define PART_TELLS 8u
#define PART_CUT 12u

/* The quotation's lines in one reading. */
struct reading {
	VEC(struct span) lines;
	uint32_t number;
	bool plus, minus;
};

static char sign_of(const struct reading *r)
{
	if (r->plus && r->minus)
		return '*';
	return r->plus ? '+' : r->minus ? '-' : 0;
}

/* ---- parts */

static bool telling(struct span text, size_t least)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len && n < least; i++)
		n += fold_word(text.ptr[i]);
	return n >= least;
}

/* cut_begin, cut_end: an ellipsis stands there. */
static void add_part(struct wording *w, struct arena *a, struct span text,
		     bool cut_begin, bool cut_end)
{
	struct buf b = { 0 };

	fold_text(&b, text);
	if (b.len && w->parts.len < QUOTATION_PARTS)
		*vec_push(&w->parts, a) = (struct quoted_part){
			.text = arena_span(a, buf_span(&b)),
			.ellipsis = cut_begin,
			.cut_begin = cut_begin && b.len >= PART_CUT,
			.cut_end = cut_end && b.len >= PART_CUT,
		};
	buf_release(&b);
}

/* Bytes of an ellipsis at the start of s. */
static size_t ellipsis(struct span s)
{
	if (span_starts(s, "\xe2\x80\xa6"))
		return 3;
	return span_starts(s, "...") ? 3 : 0;
}

static ptrdiff_t find_ellipsis(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.ptr[i] == '.' || s.ptr[i] == '\xe2') &&
		    ellipsis(span_from(s, i)))
			return (ptrdiff_t)i;
	return -1;
}

/* Without the comment that an ellipsis was put into. */
static struct span bare(struct span s, bool begins_cut, bool ends_cut)
{
	s = span_trim(s);
	if (begins_cut && span_starts(s, "*/"))
		s = span_trim(span_from(s, 2));
	if (ends_cut && (span_ends(s, "//") || span_ends(s, "/*")))
		s = span_trim(span_first(s, s.len - 2));
	return s;
}

/* What stands between ellipses, each on its own. */
static bool split(struct wording *w, struct arena *a, struct span text)
{
	bool cut = false, any = false;
	ptrdiff_t at;

	while ((at = find_ellipsis(text)) >= 0) {
		add_part(w, a, bare(span_first(text, (size_t)at), cut, true),
			 cut, true);
		text = span_from(text, (size_t)at + 3);
		cut = any = true;
	}
	add_part(w, a, bare(text, cut, false), cut, false);
	return any;
}

static struct span join(struct arena *a, const struct reading *r)
{
	struct buf b = { 0 };
	struct span all;

	vec_each (const struct span, line, &r->lines) {
		buf_addsp(&b, *line);
		buf_addc(&b, '\n');
	}
	all = arena_span(a, buf_span(&b));
	buf_release(&b);
	return all;
}

/* ---- ways */

static struct wording begin(const struct reading *r)
{
	return (struct wording){ .number = r->number, .sign = sign_of(r) };
}

static void add_way(struct quotation *out, struct arena *a, struct wording w)
{
	bool tells = w.parts.len == 1;

	w.plain = w.parts.len == 1 && !telling(w.parts.ptr[0].text, TELLING);
	vec_each (struct quoted_part, p, &w.parts)
		tells |= p->text.len >= PART_TELLS && telling(p->text, TELLING);
	if (tells)
		*vec_push(&out->ways, a) = w;
}

static void add_whole(struct quotation *out, struct arena *a,
		      const struct reading *r)
{
	struct wording w = begin(r);

	add_part(&w, a, join(a, r), false, false);
	add_way(out, a, w);
}

/* With something left out: where ellipses stand, then between any lines. */
static void add_parts(struct quotation *out, struct arena *a,
		      const struct reading *r)
{
	struct wording cut = begin(r), lines = begin(r);
	bool any = split(&cut, a, join(a, r));

	if (any)
		add_way(out, a, cut);
	vec_each (const struct span, line, &r->lines)
		split(&lines, a, *line);
	if (lines.parts.len > 1 && lines.parts.len > cut.parts.len)
		add_way(out, a, lines);
}

/* ---- readings */

/* Take a sign off a line. */
static bool take_sign(struct reading *r, struct span *line)
{
	if (!line->len || (line->ptr[0] != '+' && line->ptr[0] != '-'))
		return false;
	r->plus |= line->ptr[0] == '+';
	r->minus |= line->ptr[0] == '-';
	*line = span_from(*line, 1);
	return true;
}

/* "88 + ", "88   ", "88: ", "88 | ", "L88: "; false: no such margin. */
static bool take_margin(struct reading *r, struct span *line)
{
	struct span s = span_trim(*line);
	uint64_t number = 0;
	size_t n = 0;

	if (s.len && s.ptr[0] == 'L')
		s = span_from(s, 1);
	for (; n < s.len && n < 9 && isdigit((unsigned char)s.ptr[n]); n++)
		number = number * 10 + (uint64_t)(s.ptr[n] - '0');
	if (!n)
		return false;
	s = span_from(s, n);
	if (s.len && (s.ptr[0] == ':' || s.ptr[0] == '|'))
		s = span_from(s, 1);
	else if (s.len && !isspace((unsigned char)s.ptr[0]))
		return false;
	s = span_trim(s);
	if (s.len && s.ptr[0] == '|')
		s = span_trim(span_from(s, 1));
	if (s.len == 1 || (s.len > 1 && isspace((unsigned char)s.ptr[1])))
		take_sign(r, &s);
	if (!r->number)
		r->number = (uint32_t)number;
	*line = s;
	return true;
}

static bool without_margin(struct reading *out, struct arena *a,
			   const struct reading *r)
{
	vec_each (const struct span, line, &r->lines) {
		struct span s = *line;

		if (span_trim(s).len && !take_margin(out, &s))
			return false;
		*vec_push(&out->lines, a) = s;
	}
	return out->number > 0;
}

static bool without_signs(struct reading *out, struct arena *a,
			  const struct reading *r)
{
	bool any = false;

	vec_each (const struct span, line, &r->lines) {
		struct span s = *line;

		any |= take_sign(out, &s);
		*vec_push(&out->lines, a) = s;
	}
	return any;
}

/* Back-ticks around a line within a fence. */
static bool without_ticks(struct reading *out, struct arena *a,
			  const struct reading *r)
{
	bool any = false;

	vec_each (const struct span, line, &r->lines) {
		struct span s = span_trim(*line);

		if (s.len > 2 && span_starts(s, "`") && span_ends(s, "`")) {
			s = span_first(span_from(s, 1), s.len - 2);
			any = true;
		}
		*vec_push(&out->lines, a) = s;
	}
	return any;
}

/* What Markdown would print for an escape or entity at the start of s: its
 * length, 0 when there is none. */
static size_t escape(struct span s, char *c)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = {
		{ "&lt;", '<' },   { "&gt;", '>' },   { "&amp;", '&' },
		{ "&quot;", '"' }, { "&#39;", '\'' },
	};

	if (s.len > 1 && s.ptr[0] == '\\' && ispunct((unsigned char)s.ptr[1])) {
		*c = s.ptr[1];
		return 2;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (span_starts(s, entities[i].name)) {
			*c = entities[i].c;
			return strlen(entities[i].name);
		}
	return 0;
}

static bool without_escapes(struct reading *out, struct arena *a,
			    const struct reading *r)
{
	bool any = false;

	vec_each (const struct span, line, &r->lines) {
		char *plain = arena_alloc(a, line->len + 1), c = 0;
		size_t n = 0, i = 0, skip;

		while (i < line->len) {
			skip = escape(span_from(*line, i), &c);
			plain[n++] = skip ? c : line->ptr[i];
			any |= skip > 0;
			i += skip ? skip : 1;
		}
		*vec_push(&out->lines, a) = (struct span){ plain, n };
	}
	return any;
}

void quotation_read(struct quotation *out, struct arena *a, struct span quote)
{
	static bool (*const readers[])(struct reading *, struct arena *,
				       const struct reading *) = {
		without_margin,
		without_signs,
		without_ticks,
		without_escapes,
	};
	enum { READERS = sizeof(readers) / sizeof(readers[0]) };
	struct reading all[READERS + 1] = { 0 };
	struct buf seen = { 0 };
	struct span rest, line;
	size_t n = 1;

	text_visible(&seen, quote);
	rest = arena_span(a, buf_span(&seen));
	buf_release(&seen);
	while (text_line(&rest, &line))
		*vec_push(&all[0].lines, a) = line;
	for (size_t i = 0; i < READERS; i++) {
		all[n] = (struct reading){ 0 };
		n += readers[i](&all[n], a, &all[0]);
	}
	for (size_t i = 0; i < n; i++)
		add_whole(out, a, &all[i]);
	for (size_t i = 0; i < n; i++)
		add_parts(out, a, &all[i]);
}
