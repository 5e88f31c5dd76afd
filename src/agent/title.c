#include "agent/title.h"

#include <ctype.h>
#include <string.h>

#include "core/report.h"

/* Numbers, emoji and marks before a name; more of it is no title. */
#define PREFIX_MAX 32

/*
 * Other names that models give to the eight, and that can be no other section.
 * A bare "Architecture" or "Performance" is not here: it is as often a
 * sub-heading of some other section.
 */
static const struct {
	const char *id, *name;
} aliases[] = {
	/* what a report of some length calls it */
	{ "summary", "executive summary" },
	{ "summary", "overall summary" },
	{ "summary", "review summary" },
	{ "summary", "design summary" },
	{ "summary", "summary of findings" },
	{ "summary", "summary of the review" },
	/* the noun varies, "critical" is what tells it */
	{ "critical-issues", "critical findings" },
	{ "critical-issues", "critical problems" },
	{ "critical-issues", "critical bugs" },
	/* the adjective as a noun */
	{ "architecture", "architecture observations" },
	{ "architecture", "architectural considerations" },
	{ "architecture", "architecture considerations" },
	/* one half of the name, or both without the noun */
	{ "async-performance", "async performance" },
	{ "async-performance", "performance async considerations" },
	{ "async-performance", "performance considerations" },
	{ "async-performance", "async considerations" },
	{ "async-performance", "asynchronous performance considerations" },
	{ "idiomatic-rust", "idiomatic rust" },
	{ "idiomatic-rust", "idiomatic suggestions" },
	{ "idiomatic-rust", "idiomatic rust improvements" },
	{ "idiomatic-rust", "rust idiomatic suggestions" },
	{ "code-examples", "example code" },
	{ "code-examples", "code samples" },
	{ "testing", "test recommendations" },
	{ "testing", "testing suggestions" },
	/* the order of priority is asked for */
	{ "action-items", "prioritized action items" },
	{ "action-items", "prioritised action items" },
	{ "action-items", "recommended action items" },
};

/* Take one code point off *s: is it part of a word? Letters of other scripts
 * are; dashes, symbols and emoji are not. */
static bool word_char(struct span *s)
{
	int32_t cp = text_utf8(s);

	if (cp < 0x80)
		return cp > 0 && isalnum(cp);
	return cp >= 0xC0 && !(cp >= 0x2000 && cp < 0x3000) &&
	       !(cp >= 0xFE00 && cp <= 0xFE0F) && cp != 0xFEFF && cp < 0x1F000;
}

/* Bytes at the start of s that are part of words, or that are not. */
static size_t run(struct span s, bool of_words)
{
	struct span rest = s, at = s;

	while (at.len && word_char(&rest) == of_words)
		at = rest;
	return s.len - at.len;
}

/* The next word, taken off *s together with what stands before it. */
static struct span next_word(struct span *s)
{
	struct span word = span_from(*s, run(*s, false));

	word = span_first(word, run(word, true));
	*s = span_from(*s, (size_t)(word.ptr - s->ptr) + word.len);
	return word;
}

/* Words that say nothing, also where a name is written with `&` or `/`. */
static bool filler(struct span word)
{
	return span_eqs_nocase(word, "and");
}

static struct span next_real_word(struct span *s)
{
	struct span word;

	do
		word = next_word(s);
	while (word.len && filler(word));
	return word;
}

/* Equal but for case and a plural s. */
static bool same_word(struct span a, struct span b)
{
	if (a.len > 1 && tolower((unsigned char)a.ptr[a.len - 1]) == 's')
		a.len--;
	if (b.len > 1 && tolower((unsigned char)b.ptr[b.len - 1]) == 's')
		b.len--;
	return a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len);
}

/* Take the name off the start of *s, with the marks that end it ("Why?"). */
static bool take_name(struct span *s, const char *name)
{
	struct span want = span_of(name), have = *s, marks = want, w;

	while ((w = next_real_word(&want)).len) {
		struct span h = next_real_word(&have);

		if (!h.len || !same_word(h, w))
			return false;
		marks = want;
	}
	if (have.len >= marks.len && marks.len &&
	    !memcmp(have.ptr, marks.ptr, marks.len))
		have = span_from(have, marks.len);
	*s = have;
	return true;
}

static bool mark(char c)
{
	return c == '*' || c == '_' || c == '`';
}

/*
 * Drop what may stand before a name: marks, a number, emoji. False when that
 * is a quotation, HTML, a link or a table's row.
 */
static bool skip_prefix(struct span *s, bool *bold)
{
	struct span rest = *s;
	size_t i, n;

	for (;;) {
		struct span word = next_word(&rest);

		for (i = 0; i < word.len; i++)
			if (!isdigit((unsigned char)word.ptr[i]))
				break;
		if (!word.len || i < word.len) {
			n = (size_t)(word.ptr - s->ptr);
			break;
		}
	}
	if (n == s->len || n > PREFIX_MAX)
		return false;
	for (i = 0; i < n; i++) {
		if (s->ptr[i] && strchr("<>[|!~", s->ptr[i]))
			return false;
		if (i + 1 < n && s->ptr[i] == s->ptr[i + 1] &&
		    (s->ptr[i] == '*' || s->ptr[i] == '_'))
			*bold = true;
	}
	*s = span_from(*s, n);
	return true;
}

/* Closing marks, once. */
static bool take_marks(struct span *s)
{
	size_t n = 0;

	while (n < s->len && n < 4 && mark(s->ptr[n]))
		n++;
	*s = span_from(*s, n);
	return n >= 2;
}

/* A dash with white space before it, `spaced`, or one that is no hyphen. */
static bool take_dash(struct span *s, bool spaced)
{
	static const char *const dashes[] = { "\xe2\x80\x94", "\xe2\x80\x93" };
	size_t i, n = 0;

	while (spaced && n < s->len && s->ptr[n] == '-')
		n++;
	for (i = 0; !n && i < 2; i++)
		if (span_starts(*s, dashes[i]))
			n = 3;
	*s = span_from(*s, n);
	return n > 0;
}

/* Trailing emoji and their like. */
static void skip_symbols(struct span *s)
{
	struct span rest = *s;

	while (s->len && (unsigned char)s->ptr[0] >= 0x80 &&
	       !span_starts(*s, "\xe2\x80\x94") &&
	       !span_starts(*s, "\xe2\x80\x93")) {
		if (word_char(&rest))
			return;
		*s = span_trim(rest);
		rest = *s;
	}
}

/* `(…)` behind the name, and what may follow it. */
static bool read_remark(struct title *t, struct span s, bool closed)
{
	struct span after = span_from(s, (size_t)span_chr(s, ')') + 1);
	struct span remark = span_first(s, s.len - after.len);

	if (!closed && t->bold)
		closed = take_marks(&after);
	after = span_trim(after);
	if (after.len && after.ptr[0] == ':') {
		t->colon = true;
		after = span_from(after, 1);
		if (!closed && t->bold)
			closed = take_marks(&after);
	}
	skip_symbols(&after);
	after = span_trim(after);
	if (after.len && !t->colon)
		return false;
	t->bold &= closed;
	t->remark = !after.len;
	t->rest = t->remark ? remark : s;
	return true;
}

/* What stands behind the name; false when it makes it another title. */
static bool read_tail(struct title *t, struct span s)
{
	bool closed = take_marks(&s), spaced;

	spaced = s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t');
	s = span_trim(s);
	skip_symbols(&s);
	if (!closed && t->bold)
		closed = take_marks(&s);
	if (s.len && s.ptr[0] == '(' && span_chr(s, ')') > 0)
		return read_remark(t, s, closed);
	if (s.len && s.ptr[0] == ':') {
		t->colon = true;
		s = span_from(s, 1);
	} else if (s.len && take_dash(&s, spaced)) {
		t->colon = true;
	} else if (s.len) {
		return false;
	}
	if (t->colon && t->bold && !closed)
		closed = take_marks(&s);
	t->bold &= closed;
	t->rest = span_trim(s);
	return true;
}

static bool try_name(struct title *t, struct span s, const char *name)
{
	struct title found = *t;

	/* most lines end here: every line of a reply is tried */
	if (isalnum((unsigned char)*name) &&
	    tolower((unsigned char)s.ptr[0]) != tolower((unsigned char)*name))
		return false;
	if (!take_name(&s, name) || !read_tail(&found, s))
		return false;
	*t = found;
	return true;
}

bool title_match(struct title *out, const struct section_list *want,
		 struct span text)
{
	struct title t = { 0 };
	size_t i, k;

	text = span_trim(text);
	if (!text.len || !skip_prefix(&text, &t.bold))
		return false;
	for (i = 0; i < want->len; i++) {
		bool same = try_name(&t, text, want->want[i].name);

		for (k = 0; !same && k < sizeof(aliases) / sizeof(aliases[0]);
		     k++)
			same = !strcmp(aliases[k].id, want->want[i].id) &&
			       try_name(&t, text, aliases[k].name);
		if (!same)
			continue;
		t.section = (unsigned)i;
		*out = t;
		return true;
	}
	return false;
}
