#include "render/prose_parts.h"

#include <ctype.h>
#include <string.h>

/* A head is no longer. */
#define LOOK_MAX 1024

unsigned prose_level_ink(enum finding_level level)
{
	/* as compilers colour error, warning and note */
	static const unsigned inks[LEVEL_COUNT] = {
		[LEVEL_MUST_FIX] = INK_RED | INK_BOLD,
		[LEVEL_SHOULD_FIX] = INK_MAGENTA | INK_BOLD,
		[LEVEL_QUESTION] = INK_CYAN | INK_BOLD,
		[LEVEL_NICE_TO_HAVE] = INK_GREEN | INK_BOLD,
	};

	return inks[level];
}

/* Bytes of "[must-fix]" at the start, and its level; 0: there is none. */
static size_t level_at(struct span s, enum finding_level *level)
{
	ptrdiff_t end = span_chr(s, ']');
	int found;

	if (end < 2 || s.ptr[0] != '[')
		return 0;
	found = finding_level_find((struct span){ s.ptr + 1, (size_t)end - 1 });
	if (found < 0)
		return 0;
	*level = (enum finding_level)found;
	return (size_t)end + 1;
}

/* Bytes of a word that could be a place: it has a line number, or is a path. */
static size_t place_at(struct span s)
{
	size_t n = 0, i;

	while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != '\n')
		n++;
	for (i = 1; i + 1 < n; i++) {
		bool digit = isdigit((unsigned char)s.ptr[i + 1]);

		if ((s.ptr[i] == ':' && digit) || s.ptr[i] == '/' ||
		    (s.ptr[i] == '.' && !digit))
			return n;
	}
	return 0;
}

/* Bytes up to the blank before the dash behind a place; 0: there is none. */
static size_t dash_at(struct span s)
{
	ptrdiff_t at = span_find(s, SPAN(" \u2014 "));

	if (at < 0)
		at = span_find(s, SPAN(" \u2013 "));
	if (at < 0)
		at = span_find(s, SPAN(" - "));
	return at < 0 ? 0 : (size_t)at;
}

/* What doubts a finding stands out from what only places it. */
static unsigned mark_ink(struct span mark)
{
	if (span_starts(mark, "(contradicted"))
		return INK_RED;
	if (span_starts(mark, "(unverified"))
		return INK_MAGENTA;
	return INK_DIM;
}

/* Marks, each in parentheses and in emphasis until now. */
static void tint_marks(struct flow *f, size_t from, size_t to)
{
	while (from < to) {
		size_t n = from;

		while (n < to && f->ink.ptr[n] & INK_ITALIC)
			n++;
		if (n > from)
			memset(f->ink.ptr + from,
			       (int)mark_ink((struct span){ f->text.ptr + from,
							    n - from }),
			       n - from);
		from = n + (n == from);
	}
}

size_t prose_head(struct prose *p, bool *finding)
{
	struct flow *f = &p->flow;
	struct span s = span_first(buf_span(&f->text), LOOK_MAX);
	enum finding_level level = LEVEL_QUESTION;
	size_t n = level_at(s, &level), place, dash;

	*finding = n > 0;
	if (n)
		flow_tint(f, 0, n, prose_level_ink(level));
	while (n < s.len && s.ptr[n] == ' ')
		n++;
	place = place_at(span_from(s, n));
	dash = dash_at(span_from(s, n));
	if (!place || !dash || dash < place)
		return 0;
	flow_tint(f, n, n + place, INK_BOLD);
	tint_marks(f, n + place, n + dash);
	return *finding ? n + dash : 0;
}

void prose_split(struct flow *f, size_t head, struct flow *to, struct arena *a)
{
	struct span dash = span_from(buf_span(&f->text), head + 1);
	ptrdiff_t blank = span_chr(dash, ' ');

	flow_append(to, a, f);
	buf_cut(&to->text, head);
	buf_cut(&to->ink, head);
	to->links.len = 0;
	f->links.len = 0;
	flow_drop(f, head + 1 + (size_t)(blank < 0 ? 0 : blank + 1));
}
