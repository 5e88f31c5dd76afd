/*
 * Line by line. The reader of blocks is given each line as it is written out,
 * so that what it takes for code is code to whoever reads the report. No HTML
 * block is let begin: inside of one nothing could be escaped. No code span is
 * let run over a line's end, for the same reason.
 */
#include "render/defuse.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/markdown.h"

/* How far a tag or a link's target is looked at; longer ones are none. */
#define LOOK_MAX 256
/* A link's label is no longer (CommonMark). */
#define LABEL_MAX 999

/* Elements of HTML, those of old included; in lower case, with blanks. */
static const char elements[] =
	" a abbr acronym address applet area article aside audio b base "
	"basefont bdi bdo bgsound big blink blockquote body br button canvas "
	"caption center cite code col colgroup content data datalist dd del "
	"details dfn dialog dir div dl dt element em embed fieldset figcaption "
	"figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header "
	"hgroup hr html i iframe image img input ins isindex kbd keygen label "
	"legend li link listing main map mark marquee math menu menuitem meta "
	"meter multicol nav nextid nobr noembed noframes noscript object ol "
	"optgroup option output p param picture plaintext portal pre progress "
	"q rb rp rt rtc ruby s samp script search section select shadow slot "
	"small source spacer span strike strong style sub summary sup svg "
	"table tbody td template textarea tfoot th thead time title tr track "
	"tt u ul var video wbr xml xmp ";

/* One line on its way. */
struct inline_text {
	struct buf *out;
	struct span s;
	size_t at;
	bool begun;    /* more than markers of blocks was seen */
	bool shown;    /* only what nothing would be shown of is changed */
	uint64_t dead; /* lengths of back-tick runs that nothing closes */
};

static bool element(struct span name)
{
	char word[16];
	size_t i;

	if (name.len + 3 > sizeof(word))
		return false;
	word[0] = ' ';
	for (i = 0; i < name.len; i++)
		word[i + 1] = (char)tolower((unsigned char)name.ptr[i]);
	word[i + 1] = ' ';
	word[i + 2] = '\0';
	return strstr(elements, word) != NULL;
}

/* Could the `<` that begins s begin HTML or an autolink? `Vec<u8>` cannot, in
 * the middle of a line. */
static bool tag(struct span s, bool begun)
{
	size_t n = 1, i;

	if (s.len < 2 ||
	    (!isalpha((unsigned char)s.ptr[1]) && !strchr("!/?", s.ptr[1])))
		return false;
	if (!begun || !isalpha((unsigned char)s.ptr[1]))
		return true;
	while (n < s.len && isalnum((unsigned char)s.ptr[n]))
		n++;
	if (n < s.len && s.ptr[n] == '-')
		return true;
	if (element(span_from(span_first(s, n), 1)))
		return true;
	for (i = n; i < s.len && i < LOOK_MAX && s.ptr[i] != '>'; i++) {
		bool colon = s.ptr[i] == ':' && i + 1 < s.len;

		if (s.ptr[i] == '=' || s.ptr[i] == '@')
			return true;
		if (colon && s.ptr[i + 1] == ':')
			i++;
		else if (colon && s.ptr[i + 1] != ' ')
			return true;
	}
	return i == s.len || s.ptr[i] != '>';
}

/* Does a link go to a file of the repository? s begins behind its `(`. */
static bool local_target(struct span s)
{
	size_t n = 0;

	while (n < s.len && n < LOOK_MAX &&
	       (isalnum((unsigned char)s.ptr[n]) || strchr("_./#-", s.ptr[n])))
		n++;
	return n && n < s.len && s.ptr[n] == ')' && s.ptr[0] != '/';
}

/* Could the `[` that begins s begin the definition of a link's target, also
 * once what follows is escaped? `[must-fix] a` cannot. */
static bool definition(struct span s)
{
	size_t i = 1;

	for (; i < s.len && i < LOOK_MAX; i++) {
		bool tick = i + 1 < s.len && s.ptr[i + 1] == '`';

		if (strchr("[]!\n", s.ptr[i]) || (s.ptr[i] == '\\' && !tick))
			break;
	}
	if (i + 1 >= s.len || s.ptr[i] != ']')
		return true;
	return s.ptr[i + 1] == ':' ||
	       (s.ptr[i + 1] == '(' && !local_target(span_from(s, i + 2)));
}

/* Could it begin one as it stands, here or in the lines below? A label has no
 * other bracket in it. */
static bool defines(struct span s)
{
	size_t i = 1;

	for (; i < s.len && i <= LABEL_MAX && s.ptr[i] != '\n'; i++) {
		if (s.ptr[i] == '[')
			return false;
		if (s.ptr[i] == ']')
			return i + 1 < s.len && s.ptr[i + 1] == ':';
		i += s.ptr[i] == '\\';
	}
	return i <= LABEL_MAX;
}

/* The code span that begins s with n back-ticks, or empty. */
static struct span code_span(struct inline_text *t, struct span s, size_t n)
{
	size_t at = n, run;

	if (n > 63 || t->dead >> n & 1)
		return (struct span){ 0 };
	for (; at < s.len; at += run ? run : 1) {
		run = 0;
		while (at + run < s.len && s.ptr[at + run] == '`')
			run++;
		if (run == n)
			return span_first(s, at + n);
	}
	t->dead |= UINT64_C(1) << n;
	return (struct span){ 0 };
}

static void take_ticks(struct inline_text *t, struct span s)
{
	struct span code;
	size_t n = 0;

	while (n < s.len && s.ptr[n] == '`')
		n++;
	code = code_span(t, s, n);
	if (code.len) {
		buf_addsp(t->out, code);
		t->at += code.len;
		return;
	}
	t->at += n;
	while (n--)
		buf_adds(t->out, "\\`");
}

/* What stands in place of the n bytes that begin s; NULL: themselves. */
static const char *replaced(const struct inline_text *t, struct span s,
			    size_t *n)
{
	char c = s.ptr[0], next = s.len > 1 ? s.ptr[1] : '\0';

	*n = 1;
	if (c == '\\' && ispunct((unsigned char)next)) {
		*n = 2;
		return NULL;
	}
	if (t->shown)
		return c == '[' && defines(s) ? "\\[" : NULL;
	if (c == '<' && tag(s, t->begun))
		return "&lt;";
	if (c == '!' && next == '[') {
		*n = 2;
		return "!\\[";
	}
	if (c == '[' && !t->begun && definition(s))
		return "\\[";
	if (c == ']' && next == '(' && !local_target(span_from(s, 2)))
		return "\\]";
	return NULL;
}

/* May it stand before what a line, an item or a quotation begins with? */
static bool marker(char c)
{
	return c && strchr(" \t>-+*.)0123456789", c);
}

static void add_inline(struct buf *out, struct span s, bool shown)
{
	struct inline_text t = { .out = out, .s = s, .shown = shown };

	while (t.at < s.len) {
		struct span rest = span_from(s, t.at);
		const char *text;
		size_t n;

		if (shown && (t.begun || rest.ptr[0] == '`')) {
			buf_addsp(out, rest);
			return;
		}
		if (rest.ptr[0] == '`') {
			take_ticks(&t, rest);
			t.begun = true;
			continue;
		}
		text = replaced(&t, rest, &n);
		if (text)
			buf_adds(out, text);
		else
			buf_addsp(out, span_first(rest, n));
		t.begun |= !marker(rest.ptr[0]);
		t.at += n;
	}
}

void defuse_line(struct buf *out, struct span text)
{
	add_inline(out, text, false);
}

/* A fence's line within a quotation: whatever is around it there, it begins or
 * ends nothing but code. */
static bool quoted_fence(const struct md_reader *md, const struct md_line *line)
{
	unsigned base = line->depth ? md->items[line->depth - 1] : 0;
	struct span s = span_trim(line->raw);
	size_t n = 0;

	if (line->kind != MD_QUOTE || line->indent > base + 3 ||
	    !span_starts(s, ">"))
		return false;
	s = span_from(s, 1);
	while (n < s.len && n < 3 && s.ptr[n] == ' ')
		n++;
	s = span_from(s, n);
	n = 0;
	while (n < s.len && s.ptr[n] == '`')
		n++;
	return n >= 3 && span_chr(span_from(s, n), '`') < 0;
}

/* A line as it is written out, and the reader behind it. */
static struct span defused(struct buf *b, struct md_reader *md, struct span s,
			   bool shown)
{
	struct md_reader as_is = *md, changed = *md;
	struct md_line line, other;

	as_is.rest = s;
	md_next(&as_is, &line);
	buf_reset(b);
	add_inline(b, s, false);
	changed.rest = buf_span(b);
	md_next(&changed, &other);
	/* what is code, but for HTML blocks, is code either way */
	if (line.kind == MD_FENCE || line.opens || other.kind == MD_CODE ||
	    quoted_fence(&as_is, &line)) {
		*md = as_is;
		return s;
	}
	*md = changed;
	if (shown) {
		buf_reset(b);
		add_inline(b, s, true);
	}
	return buf_span(b);
}

static void add_lines(struct buf *out, struct md_reader *md, struct span text,
		      bool shown)
{
	const char *end = text.ptr + text.len;
	struct buf b = { 0 };
	struct span s;

	while (text_line(&text, &s)) {
		/* with its LF, if it has one */
		s.len += s.ptr + s.len < end;
		buf_addsp(out, defused(&b, md, s, shown));
	}
	buf_release(&b);
}

void defuse_markdown(struct buf *out, struct span text)
{
	struct md_reader md = { 0 };

	add_lines(out, &md, text, false);
	md_close(out, &md);
}

void defuse_definitions(struct buf *out, struct span text)
{
	struct md_reader md = { 0 };

	add_lines(out, &md, text, true);
}
