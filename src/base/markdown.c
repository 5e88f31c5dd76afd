/*
 * Line by line, and no byte is read more than MD_DEPTH_MAX + a few times: a
 * line may hold that many item markers, each of which is first tried as a
 * rule. Every function takes any bytes.
 */
#include "base/markdown.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"

/* Blocks that swallow lines until their end appears (CommonMark 4.6, kinds 1
 * and 2). */
static const struct md_html {
	const char *begin, *end;
	enum md_kind kind;
} htmls[] = {
	{ "<!--", "-->", MD_COMMENT },
	{ "<pre", "</pre>", MD_CODE },
	{ "<script", "</script>", MD_CODE },
	{ "<style", "</style>", MD_CODE },
	{ "<textarea", "</textarea>", MD_CODE },
};

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* strchr() finds the NUL too. */
static bool one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Columns of white space at the start of s, which begins at `column`; *n
 * bytes. */
static unsigned columns(struct span s, unsigned column, size_t *n)
{
	unsigned at = column;

	for (*n = 0; *n < s.len && blank(s.ptr[*n]); ++*n)
		at += s.ptr[*n] == '\t' ? 4 - at % 4 : 1;
	return at - column;
}

static size_t run_of(struct span s, char c)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == c)
		n++;
	return n;
}

static bool all_blank(struct span s)
{
	return span_trim(s).len == 0;
}

static bool heading(struct span s, struct md_line *line)
{
	size_t n = run_of(s, '#'), end;

	if (n < 1 || n > 6 || (n < s.len && !blank(s.ptr[n])))
		return false;
	line->kind = MD_HEADING;
	line->level = (unsigned)n;
	s = span_trim(span_from(s, n));
	for (end = s.len; end > 0 && s.ptr[end - 1] == '#';)
		end--;
	if (!end || blank(s.ptr[end - 1]))
		s = span_trim(span_first(s, end));
	line->text = s;
	return true;
}

static bool underline(struct span s, struct md_line *line)
{
	char c = s.ptr[0];

	if ((c != '=' && c != '-') || !all_blank(span_from(s, run_of(s, c))))
		return false;
	line->kind = MD_UNDERLINE;
	line->level = c == '=' ? 1 : 2;
	return true;
}

static bool rule(struct span s)
{
	size_t i, n = 0;

	if (!one_of(s.ptr[0], "*-_"))
		return false;
	for (i = 0; i < s.len; i++) {
		if (s.ptr[i] == s.ptr[0])
			n++;
		else if (!blank(s.ptr[i]))
			return false;
	}
	return n >= 3;
}

/* A fence's marker: its length, 0 when s begins with none. */
static size_t fence(struct span s)
{
	size_t n;

	if (s.ptr[0] != '`' && s.ptr[0] != '~')
		return 0;
	n = run_of(s, s.ptr[0]);
	if (n < 3 || (s.ptr[0] == '`' && span_chr(span_from(s, n), '`') >= 0))
		return 0;
	return n;
}

static bool starts_nocase(struct span s, const char *word)
{
	size_t n = strlen(word);

	return s.len >= n && !strncasecmp(s.ptr, word, n);
}

static const struct md_html *html(struct span s)
{
	size_t i, n;

	if (s.ptr[0] != '<')
		return NULL;
	for (i = 0; i < sizeof(htmls) / sizeof(htmls[0]); i++) {
		n = strlen(htmls[i].begin);
		if (starts_nocase(s, htmls[i].begin) &&
		    (i == 0 || s.len == n || !isalnum((unsigned char)s.ptr[n])))
			return &htmls[i];
	}
	return NULL;
}

/* An item's marker: its length, 0 when s begins with none. */
static size_t marker(struct span s, bool in_text)
{
	size_t n = 0;

	if (one_of(s.ptr[0], "-+*")) {
		n = 1;
	} else {
		while (n < s.len && n < 10 && isdigit((unsigned char)s.ptr[n]))
			n++;
		if (n < 1 || n > 9 || n == s.len || !one_of(s.ptr[n], ".)"))
			return 0;
		/* "in 2024.\n" must not begin a list within a paragraph */
		if (in_text && !(n == 1 && s.ptr[0] == '1'))
			return 0;
		n++;
	}
	if (n < s.len && !blank(s.ptr[n]))
		return 0;
	if (in_text && all_blank(span_from(s, n)))
		return 0;
	return n;
}

/* A line inside an open HTML block, its first one included. */
static void html_line(struct md_reader *r, const struct md_html *h,
		      struct span s, struct md_line *line)
{
	size_t n = strlen(h->end), i;

	r->html = h;
	line->kind = h->kind;
	line->text = h->kind == MD_CODE ? line->raw : (struct span){ "", 0 };
	for (i = 0; i + n <= s.len; i++) {
		if (s.ptr[i] != h->end[0] ||
		    strncasecmp(s.ptr + i, h->end, n) != 0)
			continue;
		r->html = NULL;
		if (h->kind == MD_COMMENT)
			line->text = span_trim(span_from(s, i + n));
		return;
	}
}

/* Is text that a next line may continue what stands behind a `>`? */
static void quote_line(struct md_reader *r, struct span s, struct md_line *line)
{
	struct span in = span_trim(s);
	size_t n;

	line->kind = MD_QUOTE;
	line->text = span_trim(span_from(s, 1));
	do
		in = span_trim(span_from(in, 1));
	while (in.len && in.ptr[0] == '>');
	n = in.len ? fence(in) : 0;
	if (n)
		r->quote_fence = !r->quote_fence;
	r->in_quote = in.len && !n && !r->quote_fence && in.ptr[0] != '#' &&
		      !rule(in);
}

static void open_fence(struct md_reader *r, struct span s, size_t n,
		       struct md_line *line)
{
	r->fence_char = s.ptr[0];
	r->fence_len = n > 0xffff ? 0xffff : (unsigned)n;
	r->fence_depth = r->depth;
	line->opens = true;
}

/* What begins at s, a block's start within the open items; false: text. */
static bool block_start(struct md_reader *r, struct span s,
			struct md_line *line)
{
	size_t n;

	if (s.ptr[0] == '>') {
		quote_line(r, s, line);
	} else if (heading(s, line)) {
		;
	} else if ((n = fence(s)) > 0) {
		open_fence(r, s, n, line);
		line->kind = MD_FENCE;
		line->text = span_trim(span_from(s, n));
	} else if (rule(s)) {
		line->kind = MD_RULE;
	} else if (html(s)) {
		html_line(r, html(s), span_from(s, 2), line);
	} else {
		return false;
	}
	return true;
}

/*
 * The markers at the start of s, which stands at `column`: each opens an item.
 * What follows the last one may open a fence, a comment or a paragraph in it.
 */
static bool item_start(struct md_reader *r, struct span s, unsigned column,
		       struct md_line *line)
{
	struct md_line inner = *line;
	size_t n = marker(s, r->in_text), skip;
	unsigned gap = 0;

	if (!n)
		return false;
	r->in_text = false;
	while (n && !rule(s)) {
		column += (unsigned)n;
		s = span_from(s, n);
		gap = columns(s, column, &skip);
		s = span_from(s, skip);
		if (r->depth < MD_DEPTH_MAX)
			r->depth++;
		r->items[r->depth - 1] =
			column + (gap > 4 || gap < 1 || !s.len ? 1 : gap);
		column += gap;
		n = s.len && gap <= 4 && r->depth < MD_DEPTH_MAX
			    ? marker(s, false)
			    : 0;
	}
	line->kind = MD_ITEM;
	line->depth = r->depth;
	line->text = span_trim(s);
	if (s.len && gap <= 4 && !block_start(r, s, &inner))
		r->in_text = true;
	line->opens = inner.opens;
	return true;
}

/* A line of an open fence; false when the fence ended before it. */
static bool fence_line(struct md_reader *r, struct span s, unsigned kept,
		       struct md_line *line)
{
	unsigned base = r->fence_depth ? r->items[r->fence_depth - 1] : 0;

	if (s.len && kept < r->fence_depth) {
		r->fence_len = 0;
		return false;
	}
	line->kind = MD_CODE;
	line->text = line->raw;
	line->depth = r->fence_depth;
	if (s.len && line->indent < base + 4 && s.ptr[0] == r->fence_char &&
	    run_of(s, r->fence_char) >= r->fence_len &&
	    all_blank(span_from(s, run_of(s, r->fence_char)))) {
		r->fence_len = 0;
		line->kind = MD_FENCE;
		line->text = (struct span){ "", 0 };
	}
	return true;
}

/* Text, or code by its indentation; `kept` items are still open. */
static void text_or_code(struct md_reader *r, unsigned kept, bool deep,
			 bool in_text, bool in_quote, struct md_line *line)
{
	if (in_quote) {
		line->kind = MD_QUOTE;
		r->in_quote = true;
		return;
	}
	line->kind = MD_TEXT;
	line->first = !in_text;
	if (in_text) {
		/* lazy: still a line of the innermost item's paragraph */
		r->in_text = true;
		return;
	}
	r->depth = kept;
	if (deep) {
		line->kind = MD_CODE;
		line->text = line->raw;
	} else {
		r->in_text = true;
	}
}

/* A line that stands in no fence, HTML block and is not blank. */
static void classify(struct md_reader *r, struct span s, unsigned kept,
		     struct md_line *line)
{
	unsigned base = kept ? r->items[kept - 1] : 0, open = r->depth;
	bool in_text = r->in_text, in_quote = r->in_quote;
	bool deep = line->indent >= base + 4;

	r->in_quote = false;
	if (s.ptr[0] != '>')
		r->quote_fence = false;
	if (!deep && in_text && kept == open && underline(s, line)) {
		r->in_text = false;
		return;
	}
	r->in_text = in_text && kept == open;
	r->depth = kept;
	if (!deep &&
	    (block_start(r, s, line) || item_start(r, s, line->indent, line))) {
		/* an item set in_text for what it holds */
		if (line->kind != MD_ITEM)
			r->in_text = false;
		return;
	}
	r->depth = open;
	r->in_text = false;
	text_or_code(r, kept, deep, in_text, in_quote, line);
}

static void read_line(struct md_reader *r, struct md_line *line)
{
	unsigned kept = 0;
	struct span s;
	size_t skip;

	line->indent = columns(line->raw, 0, &skip);
	s = span_from(line->raw, skip);
	line->text = span_trim(s);
	if (!line->text.len)
		s.len = 0;
	while (kept < r->depth && (!s.len || line->indent >= r->items[kept]))
		kept++;
	line->depth = r->depth;
	if (r->fence_len && fence_line(r, s, kept, line))
		return;
	if (r->html && (!s.len || kept == r->depth)) {
		html_line(r, r->html, s, line);
		return;
	}
	r->html = NULL;
	if (!s.len) {
		line->kind = MD_BLANK;
		r->in_text = r->in_quote = r->quote_fence = false;
		return;
	}
	classify(r, s, kept, line);
	line->depth = r->depth;
}

bool md_next(struct md_reader *r, struct md_line *line)
{
	struct span before = r->rest;

	*line = (struct md_line){ 0 };
	if (!text_line(&r->rest, &line->raw))
		return false;
	line->whole = span_first(before, before.len - r->rest.len);
	if (span_ends(line->raw, "\r"))
		line->raw.len--;
	read_line(r, line);
	return true;
}

struct span md_dedent(struct span line, unsigned columns)
{
	while (line.len && columns-- && line.ptr[0] == ' ')
		line = span_from(line, 1);
	return line;
}

bool md_fence_open(const struct md_reader *r)
{
	return r->fence_len > 0;
}

static void begin_line(struct buf *out, const struct md_reader *r,
		       unsigned depth)
{
	unsigned n = depth ? r->items[depth - 1] : 0;

	buf_addc(out, '\n');
	while (n--)
		buf_addc(out, ' ');
}

void md_close(struct buf *out, const struct md_reader *r)
{
	unsigned n;

	if (r->fence_len) {
		begin_line(out, r, r->fence_depth);
		for (n = 0; n < r->fence_len; n++)
			buf_addc(out, r->fence_char);
	} else if (r->html) {
		begin_line(out, r, r->depth);
		buf_adds(out, r->html->end);
	}
}

/* The end of a code span whose back-ticks, n of them, begin s; 0: none. */
static size_t code_span(struct md_inline *in, struct span s, size_t n)
{
	size_t at = n, m;

	/* what was sought in vain once is not sought again: linear */
	if (n > 63 || in->dead >> n & 1)
		return 0;
	while (at < s.len) {
		ptrdiff_t next = span_chr(span_from(s, at), '`');

		if (next < 0)
			break;
		at += (size_t)next;
		m = run_of(span_from(s, at), '`');
		at += m;
		if (m == n)
			return at;
	}
	in->dead |= UINT64_C(1) << n;
	return 0;
}

/* The end of a comment that begins s; 0: none. Bit 0 remembers a failure. */
static size_t comment(struct md_inline *in, struct span s)
{
	ptrdiff_t end;

	if (!span_starts(s, "<!--") || in->dead & 1)
		return 0;
	end = span_find(span_from(s, 2), SPAN("-->"));
	if (end < 0)
		in->dead |= 1;
	return end < 0 ? 0 : (size_t)end + 5;
}

bool md_part(struct md_inline *in, enum md_part *kind, struct span *part)
{
	struct span s = in->rest;
	size_t at = 0, n, end = 0;

	if (!s.len)
		return false;
	*kind = MD_PLAIN;
	while (at < s.len && !end) {
		struct span here = span_from(s, at);

		n = 1;
		if (here.ptr[0] == '`') {
			n = run_of(here, '`');
			*kind = MD_SPAN;
			end = code_span(in, here, n);
		} else if (here.ptr[0] == '<') {
			*kind = MD_INLINE_COMMENT;
			end = comment(in, here);
		}
		if (!end)
			at += n;
	}
	if (!end || at)
		*kind = MD_PLAIN;
	*part = span_first(s, at ? at : end);
	in->rest = span_from(s, part->len);
	return true;
}
