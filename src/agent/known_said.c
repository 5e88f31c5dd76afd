#include <ctype.h>
#include <string.h>

#include "agent/known_parts.h"
#include "agent/quote.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/markdown.h"

/* What models write around a word. */
#define MARKS "*_`[]() \t"
#define DIGITS_MAX 6

static const struct {
	const char *words;
	enum known_said said;
} words[] = {
	{ "still open", SAID_OPEN },	 { "still there", SAID_OPEN },
	{ "open", SAID_OPEN },		 { "not solved", SAID_OPEN },
	{ "unsolved", SAID_OPEN },	 { "solved", SAID_SOLVED },
	{ "resolved", SAID_SOLVED },	 { "fixed", SAID_SOLVED },
	{ "cannot tell", SAID_UNSURE },	 { "can't tell", SAID_UNSURE },
	{ "can not tell", SAID_UNSURE }, { "unknown", SAID_UNSURE },
	{ "unclear", SAID_UNSURE },
};

static struct span skip(struct span s, const char *bytes)
{
	while (s.len && s.ptr[0] && strchr(bytes, s.ptr[0]))
		s = span_from(s, 1);
	return s;
}

/* "k12": its number, 0 when there is none; *s goes behind it. */
static size_t take_id(struct span *s)
{
	struct span at = skip(*s, MARKS);
	size_t n = 0, digits = 0;

	if (!at.len || tolower((unsigned char)at.ptr[0]) != 'k')
		return 0;
	for (at = span_from(at, 1);
	     at.len && isdigit((unsigned char)at.ptr[0]) &&
	     digits++ < DIGITS_MAX;
	     at = span_from(at, 1))
		n = 10 * n + (size_t)(at.ptr[0] - '0');
	*s = at;
	return n;
}

static enum known_said take_word(struct span s)
{
	s = skip(s, MARKS);
	if (span_starts(s, "—") || span_starts(s, "–"))
		s = span_from(s, strlen("—"));
	else
		s = skip(s, ":-=,");
	s = skip(s, MARKS);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i].words);

		if (span_eqs_nocase(span_first(s, n), words[i].words) &&
		    (s.len == n || !isalnum((unsigned char)s.ptr[n])))
			return words[i].said;
	}
	return SAID_NOTHING;
}

/* What speaks against it. */
static const char *doubt(const struct known_outcome *k, enum known_said said)
{
	if (said == SAID_SOLVED && k->again)
		return " *(it is found again)*";
	if (said == SAID_SOLVED && k->row->state == KNOWN_STANDS)
		return " *(the code it quotes still stands there)*";
	if (said == SAID_OPEN && !k->again && k->row->state == KNOWN_NOT_AGAIN)
		return " *(the code it quotes is not there any more)*";
	return "";
}

/* The line with the place behind the id; false: it speaks of no row. */
static bool write_line(struct buf *out, const struct md_line *line,
		       struct known_outcome *of, size_t n)
{
	struct span rest = line->text;
	size_t number = take_id(&rest), end = line->raw.len;
	enum known_said said = take_word(rest);
	struct known_outcome *k;

	if (!number || number > n || said == SAID_NOTHING)
		return false;
	k = &of[number - 1];
	if (!k->said || said < k->said)
		k->said = said;
	while (end && isspace((unsigned char)line->raw.ptr[end - 1]))
		end--;
	buf_add(out, line->whole.ptr, (size_t)(rest.ptr - line->whole.ptr));
	buf_adds(out, " (");
	quote_place(out, k->row->entry->path, k->row->entry->line);
	buf_addc(out, ')');
	buf_add(out, rest.ptr, (size_t)(line->raw.ptr + end - rest.ptr));
	buf_adds(out, doubt(k, said));
	buf_add(out, line->raw.ptr + end, line->whole.len - end);
	return true;
}

static void read_section(struct section *s, struct arena *a,
			 struct known_outcome *of, size_t n)
{
	struct md_reader md = { .rest = s->text };
	struct buf out = { 0 };
	struct md_line line;
	bool any = false;

	while (md_next(&md, &line)) {
		if ((line.kind == MD_ITEM || line.kind == MD_TEXT) &&
		    write_line(&out, &line, of, n))
			any = true;
		else
			buf_addsp(&out, line.whole);
	}
	if (any)
		s->text = arena_span(a, buf_span(&out));
	buf_release(&out);
}

void known_said(struct report *r, struct arena *a, struct known_outcome *of,
		size_t n)
{
	vec_each (struct section, s, &r->sections)
		read_section(s, a, of, n);
}
