#include "core/remark.h"

#include <ctype.h>
#include <string.h>

#include "core/remark_parts.h"
#include "base/buf.h"
#include "base/markdown.h"
#include "core/report.h"

/* Bytes of a dash, colon or comma at the start of s. */
size_t remark_separator(struct span s)
{
	if (span_starts(s, "\xe2\x80\x94") || span_starts(s, "\xe2\x80\x93"))
		return 3;
	return s.len && (s.ptr[0] == ':' || s.ptr[0] == '-' || s.ptr[0] == ',');
}

static struct span skip_separators(struct span s)
{
	size_t n;

	for (;;) {
		s = span_trim(s);
		n = remark_separator(s);
		if (!n)
			return s;
		s = span_from(s, n);
	}
}

static bool mark(char c)
{
	return c == '*' || c == '_' || c == '`';
}

static struct span skip_marks(struct span s)
{
	while (s.len && mark(s.ptr[0]))
		s = span_from(s, 1);
	return s;
}

static struct span skip_emphasis(struct span s)
{
	while (s.len && mark(s.ptr[0]) && s.ptr[0] != '`')
		s = span_from(s, 1);
	return s;
}

/* What parts a level or a place from what follows: separators, and emphasis
 * that closes among them. Emphasis that opens stays. */
struct span remark_gap(struct span s)
{
	struct span after;

	s = skip_separators(s);
	after = skip_emphasis(s);
	if (after.ptr != s.ptr && (!after.len || after.ptr[0] == ' '))
		s = skip_separators(after);
	return s;
}

/* `[ ] ` and `[x] ` of a task list. */
static struct span skip_task_box(struct span s)
{
	if (s.len > 3 && s.ptr[0] == '[' && s.ptr[2] == ']' &&
	    strspn(s.ptr + 1, " xX") >= 1)
		return span_trim(span_from(s, 3));
	return s;
}

/* Letters, blanks and hyphens at the start of s: what a level is made of. */
static struct span level_word(struct span s)
{
	size_t n = 0;

	while (n < s.len && n < 24 &&
	       (isalpha((unsigned char)s.ptr[n]) || s.ptr[n] == ' ' ||
		s.ptr[n] == '-' || s.ptr[n] == '_'))
		n++;
	return span_first(s, n);
}

enum dress { DRESS_NONE, DRESS_BRACKETS, DRESS_MARKS };

/*
 * Take the level off the start of *s. Without brackets or marks the word must
 * end at a colon; "should fix" begins many a sentence.
 */
static int take_level(struct span *s, enum dress *dress)
{
	struct span at = skip_marks(skip_task_box(*s)), word;
	bool marks = at.len < skip_task_box(*s).len;
	char close = 0;
	int level;

	if (at.len && (at.ptr[0] == '[' || at.ptr[0] == '(')) {
		close = at.ptr[0] == '[' ? ']' : ')';
		at = skip_marks(span_from(at, 1));
	}
	word = level_word(at);
	if (!close && !marks && word.len && word.ptr[word.len - 1] == '_')
		return -1;
	while (word.len && mark(word.ptr[word.len - 1]))
		word.len--;
	level = finding_level_find(word);
	if (level < 0)
		return -1;
	at = span_from(at, word.len);
	if (!close && !marks && (!at.len || at.ptr[0] != ':'))
		return -1;
	at = skip_marks(at);
	if (close) {
		if (!at.len || at.ptr[0] != close)
			return -1;
		at = skip_marks(span_from(at, 1));
	}
	*dress = close ? DRESS_BRACKETS : DRESS_MARKS;
	*s = remark_gap(at);
	return level;
}

/* The text of one item, line by line, into a finding. */
struct item {
	struct remark remark;
	struct buf text, quote;
	unsigned depth;
	bool open, quoting, quoted, text_done;
	unsigned fence_indent;
	const char *fence_begin; /* of an open one */
};

static void add_line(struct buf *b, struct span line, char sep)
{
	if (b->len)
		buf_addc(b, sep);
	buf_addsp(b, line);
}

/* It ends before `end`. */
static void close_item(struct item *it, const char *end, struct remarks *out,
		       struct arena *a)
{
	struct finding *f = &it->remark.finding;

	if (it->open) {
		it->remark.item.len = (size_t)(end - it->remark.item.ptr);
		f->text = arena_span(a, span_trim(buf_span(&it->text)));
		f->quote = arena_span(a, buf_span(&it->quote));
		*vec_push(&out->rows, a) = it->remark;
	}
	it->open = false;
}

static void open_item(struct item *it, const struct md_line *line,
		      unsigned section)
{
	struct span s = line->text;
	enum dress dress;
	int level = take_level(&s, &dress);
	size_t mark;
	bool place;

	it->remark = (struct remark){ .finding = { .section = section },
				      .place = { s.ptr, 0 },
				      .number = { s.ptr, 0 },
				      .words = s.ptr,
				      .words_end = s.ptr + s.len,
				      .item = line->whole };
	if (level < 0)
		return;
	place = remark_place(&it->remark, &s);
	if (dress != DRESS_BRACKETS && !place)
		return;
	it->remark.finding.level = (enum finding_level)level;
	mark = finding_mark_at(s);
	it->remark.words = mark ? remark_gap(span_from(s, mark)).ptr : s.ptr;
	buf_reset(&it->text);
	buf_reset(&it->quote);
	buf_addsp(&it->text, s);
	it->depth = line->depth;
	it->open = true;
	it->quoting = it->quoted = it->text_done = false;
	it->fence_begin = NULL;
}

/* A line that is one code span: what it holds. */
static bool only_code(struct span s, struct span *code)
{
	struct md_inline in = { .rest = s };
	enum md_part kind;
	struct span part;

	if (!md_part(&in, &kind, &part) || kind != MD_SPAN || in.rest.len)
		return false;
	while (part.len > 1 && part.ptr[0] == '`') {
		part = span_from(part, 1);
		part.len--;
	}
	*code = span_trim(part);
	return true;
}

/* The line is one of the quote's, unless there was one. */
static void extend_quoted(struct item *it, const struct md_line *line)
{
	struct span *q = &it->remark.quoted;

	if (it->quoted)
		return;
	if (!q->len)
		q->ptr = it->fence_begin ? it->fence_begin : line->whole.ptr;
	q->len = (size_t)(line->whole.ptr + line->whole.len - q->ptr);
}

static void add_quote(struct item *it, const struct md_line *line,
		      struct span text)
{
	if (it->quoted)
		return;
	it->quoting = true;
	extend_quoted(it, line);
	add_line(&it->quote, text, '\n');
}

static void end_quote(struct item *it)
{
	if (!it->quoting && !it->quoted)
		it->remark.quoted.len = 0;
	it->quoted |= it->quoting;
	it->quoting = false;
}

/* A quoted line may itself be dressed as code: `> `let x = 1;`` */
static struct span undress(struct span line)
{
	struct span code;

	return only_code(line, &code) ? code : line;
}

/* A line below an item's first. */
static void feed_item(struct item *it, const struct md_line *line)
{
	struct span code;

	switch (line->kind) {
	case MD_QUOTE:
		it->text_done |= it->text.len > 0;
		/* not a lazy line, nor the fence that some put in there */
		if (*span_trim(line->raw).ptr == '>' &&
		    !span_starts(line->text, "```") &&
		    !span_starts(line->text, "~~~"))
			add_quote(it, line, undress(line->text));
		else
			extend_quoted(it, line);
		return;
	case MD_FENCE:
		if (!line->opens && it->quoting)
			extend_quoted(it, line);
		end_quote(it);
		it->text_done |= it->text.len > 0;
		it->fence_indent = line->indent;
		it->fence_begin = line->opens ? line->whole.ptr : NULL;
		return;
	case MD_CODE:
		add_quote(it, line, md_dedent(line->raw, it->fence_indent));
		return;
	case MD_TEXT:
		end_quote(it);
		if (only_code(line->text, &code) && !it->quoted) {
			add_quote(it, line, code);
			it->text_done |= it->text.len > 0;
		} else if (!it->text_done) {
			add_line(&it->text, line->text, ' ');
			it->remark.words_end = line->text.ptr + line->text.len;
		}
		return;
	default:
		end_quote(it);
		it->text_done |= it->text.len > 0;
	}
}

/* A list item: a finding of its own, or more words to the one it is in. */
static void take_item(struct item *it, const struct md_line *line,
		      struct remarks *out, struct arena *a, unsigned section)
{
	struct span s = line->text;
	enum dress dress;

	if (it->open && line->depth > it->depth && take_level(&s, &dress) < 0) {
		end_quote(it);
		it->text_done = true;
		return;
	}
	close_item(it, line->whole.ptr, out, a);
	open_item(it, line, section);
}

/* Does the line stand behind the item? A quotation that lost its indentation
 * does not, a paragraph behind the list does. */
static bool leaves_item(const struct item *it, const struct md_line *line)
{
	return line->kind == MD_HEADING || line->kind == MD_RULE ||
	       (line->kind == MD_TEXT && line->depth < it->depth);
}

void remark_read(struct remarks *out, struct arena *a, struct span text,
		 unsigned section)
{
	struct md_reader md = { .rest = text };
	struct item it = { 0 };
	struct md_line line;

	while (md_next(&md, &line)) {
		if (line.kind == MD_ITEM)
			take_item(&it, &line, out, a, section);
		else if (it.open && leaves_item(&it, &line))
			close_item(&it, line.whole.ptr, out, a);
		else if (it.open)
			feed_item(&it, &line);
	}
	if (it.open)
		close_item(&it, text.ptr + text.len, out, a);
	buf_release(&it.text);
	buf_release(&it.quote);
}

void remark_parse(struct report *r, struct arena *a, unsigned section)
{
	struct remarks list = { 0 };

	remark_read(&list, a, r->sections.ptr[section].text, section);
	vec_each (struct remark, rm, &list.rows)
		*vec_push(&r->findings, a) = rm->finding;
}
