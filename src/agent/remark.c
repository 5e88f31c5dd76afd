#include "agent/remark.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/markdown.h"
#include "core/report.h"

/* A name without a folder and a line is a path only when it ends in these. */
static const char *const suffixes[] = {
	"rs",	     "toml",	   "lock",	   "md",
	"yml",	     "yaml",	   "json",	   "sh",
	"txt",	     "sql",	   "py",	   "js",
	"ts",	     "html",	   "css",	   "c",
	"h",	     "cpp",	   "hpp",	   "cc",
	"proto",     "cfg",	   "ini",	   "conf",
	"in",	     "xml",	   "csv",	   "gitattributes",
	"gitignore", "gitmodules", "dockerignore",
};

static const char *const names[] = { "Makefile", "Dockerfile", "justfile",
				     "LICENSE", "CODEOWNERS" };

/* Bytes of a dash, colon or comma at the start of s. */
static size_t separator(struct span s)
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
		n = separator(s);
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

/* What parts a level or a place from what follows: separators, and emphasis
 * that closes among them. Emphasis that opens stays. */
static struct span skip_gap(struct span s)
{
	struct span after;

	s = skip_separators(s);
	after = skip_marks(s);
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
	*s = skip_gap(at);
	return level;
}

/* Digits at the start of s as a number; 0 when none, or too large. */
static uint32_t number_at(struct span s)
{
	uint64_t n = 0;

	for (; s.len && isdigit((unsigned char)s.ptr[0]); s = span_from(s, 1))
		if (n <= UINT32_MAX)
			n = n * 10 + (uint64_t)(s.ptr[0] - '0');
	return n > UINT32_MAX ? 0 : (uint32_t)n;
}

static size_t digits(struct span s)
{
	size_t n = 0;

	while (n < s.len && isdigit((unsigned char)s.ptr[n]))
		n++;
	return n;
}

/* What joins a number to the end of its range or to its column. */
static size_t joint(struct span s)
{
	size_t n = 0;

	if (span_starts(s, "\xe2\x80\x93"))
		n = 3;
	else if (s.len && (s.ptr[0] == '-' || s.ptr[0] == ':'))
		n = 1;
	if (n && n < s.len && (s.ptr[n] == 'L' || s.ptr[n] == 'l'))
		n++;
	return n && digits(span_from(s, n)) ? n : 0;
}

/* The number at the start of s with its range or column: "88-92", "88:5". */
static struct span take_number(struct remark *rm, struct span s)
{
	size_t n = digits(s), join;

	rm->finding.line = rm->last = number_at(s);
	while ((join = joint(span_from(s, n))) > 0) {
		if (s.ptr[n] != ':')
			rm->last = number_at(span_from(s, n + join));
		n += join + digits(span_from(s, n + join));
	}
	if (rm->last < rm->finding.line)
		rm->last = rm->finding.line;
	rm->number = span_first(s, n);
	return span_from(s, n);
}

/* Where the number of `:88`, `:L88`, `#L88` at the start of s begins; 0: it
 * is none. */
static size_t line_hint(struct span s)
{
	size_t n = 1;

	if (!s.len || (s.ptr[0] != ':' && s.ptr[0] != '#'))
		return 0;
	if (s.len > 1 && (s.ptr[1] == 'L' || s.ptr[1] == 'l'))
		n++;
	return number_at(span_from(s, n)) ? n : 0;
}

static bool known_suffix(struct span path)
{
	size_t at = path.len, i;

	while (at > 0 && path.ptr[at - 1] != '.' && path.ptr[at - 1] != '/')
		at--;
	if (at > 0 && path.ptr[at - 1] == '.')
		for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
			if (span_eqs_nocase(span_from(path, at), suffixes[i]))
				return true;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (span_eqs(span_from(path, at), names[i]))
			return true;
	return false;
}

/* Where the line's number of a place begins, its path before `end`: the first
 * that is, of code the first that nothing follows. 0: none. */
static size_t find_number(struct remark *rm, struct span token, bool code,
			  size_t *end)
{
	size_t first = 0;

	for (size_t i = 1; i < token.len; i++) {
		size_t hint = line_hint(span_from(token, i));

		if (!hint)
			continue;
		if (!first) {
			first = i + hint;
			*end = i;
		}
		if (!code)
			break;
		if (!take_number(rm, span_from(token, i + hint)).len) {
			*end = i;
			return i + hint;
		}
	}
	return first;
}

/* Split "path:88-92" or "path#L88"; false when it is no place. */
static bool read_place(struct remark *rm, struct span token, bool code)
{
	struct finding *f = &rm->finding;
	size_t end = token.len, hint = find_number(rm, token, code, &end);
	struct span path = span_first(token, end);

	while (path.len && strchr(":,.;)", path.ptr[path.len - 1]) &&
	       path.ptr[path.len - 1])
		path.len--;
	if (!path.len || span_find(path, SPAN("::")) >= 0 ||
	    span_find(path, SPAN("://")) >= 0)
		return false;
	if (!known_suffix(path) &&
	    !(hint && (span_chr(path, '/') >= 0 || span_chr(path, '.') >= 0)))
		return false;
	f->path = path;
	f->line = rm->last = 0;
	rm->number = span_from(path, path.len);
	if (hint)
		take_number(rm, span_from(token, hint));
	return true;
}

/* "(line 88)", ", line 88", "line 88", "L88" behind a path. */
static struct span spelled_line(struct remark *rm, struct span s)
{
	struct span at = s;

	if (at.len && strchr("(,", at.ptr[0]) && at.ptr[0])
		at = span_trim(span_from(at, 1));
	if (at.len > 4 && !strncasecmp(at.ptr, "line", 4)) {
		at = span_from(at, 4);
		if (at.ptr[0] == 's')
			at = span_from(at, 1);
		at = span_trim(at);
	} else if (at.len > 1 && at.ptr[0] == 'L') {
		at = span_from(at, 1);
	} else {
		return s;
	}
	if (!digits(at))
		return s;
	at = take_number(rm, at);
	return at.len && at.ptr[0] == ')' ? span_from(at, 1) : at;
}

/* `_` is no mark here: it begins many a name. */
static bool place_mark(char c)
{
	return c == '*' || c == '`';
}

static struct span skip_place_marks(struct span s)
{
	while (s.len && place_mark(s.ptr[0]))
		s = span_from(s, 1);
	return s;
}

/* Where the place at the start of s ends: at `end`, or for plain text at white
 * space, a mark or a dash. */
static size_t place_length(struct span s, char end)
{
	size_t n = 0;

	for (; n < s.len && n < 1024; n++) {
		if (s.ptr[n] == end || s.ptr[n] == '\t')
			break;
		if (end == ' ' &&
		    (place_mark(s.ptr[n]) || separator(span_from(s, n)) == 3))
			break;
	}
	return n;
}

/* A line that stands behind a path: `:88-92`, "(line 88)"; what follows it. */
static struct span outer_line(struct remark *rm, struct span s)
{
	size_t hint = line_hint(s);

	if (!hint)
		return spelled_line(rm, span_trim(s));
	return take_number(rm, span_from(s, hint));
}

/* Bytes that a sentence puts behind a plain place: "src/a.rs:88:". */
static size_t trailing(const struct remark *rm, struct span token)
{
	const char *used = rm->number.ptr + rm->number.len;
	size_t n = token.len - (size_t)(used - token.ptr), i;

	for (i = 0; i < n; i++)
		if (!used[i] || !strchr(":,.;)", used[i]))
			return 0;
	return n;
}

/* Where a link's address ends, when one stands there. */
static struct span skip_address(struct span s)
{
	ptrdiff_t end = s.len && s.ptr[0] == '(' ? span_chr(s, ')') : -1;

	return end > 0 ? span_from(s, (size_t)end + 1) : s;
}

/* The place in a code span of several back-ticks, for a path that has some;
 * what follows it. False: s is none. */
static bool take_ticked(struct remark *rm, struct span s, struct span *after)
{
	struct md_inline in = { .rest = s };
	enum md_part kind;
	struct span part, token;
	size_t ticks = 0;

	if (!span_starts(s, "``") || !md_part(&in, &kind, &part) ||
	    kind != MD_SPAN)
		return false;
	while (part.ptr[ticks] == '`')
		ticks++;
	token = span_first(span_from(part, ticks), part.len - 2 * ticks);
	*after = in.rest;
	return read_place(rm, span_trim(token), true);
}

/* Take a place off the start of *s: plain, bold, in back-ticks, a link. */
static bool take_place(struct remark *rm, struct span *s)
{
	struct span at = skip_place_marks(*s), token, after, last;
	char end = at.ptr > s->ptr && at.ptr[-1] == '`' ? '`' : ' ';
	const char *behind;

	if (take_ticked(rm, *s, &after)) {
		last = rm->finding.line ? after : outer_line(rm, after);
		behind = rm->finding.line ? last.ptr : after.ptr;
		rm->place = span_first(*s, (size_t)(behind - s->ptr));
		*s = skip_gap(last);
		return true;
	}
	if (end == ' ' && at.len && at.ptr[0] == '[') {
		at = skip_place_marks(span_from(at, 1));
		end = ']';
	}
	token = span_first(at, place_length(at, end));
	after = span_from(at, token.len);
	while (token.len && place_mark(token.ptr[token.len - 1]))
		token.len--;
	if (!read_place(rm, token, end == '`'))
		return false;
	if (end != ' ')
		after = span_from(after, 1);
	if (end == ']')
		after = skip_address(after);
	last = skip_place_marks(after);
	behind = last.ptr;
	if (end == ' ' && behind == after.ptr)
		behind -= trailing(rm, token);
	if (!rm->finding.line) {
		last = outer_line(rm, last);
		behind = rm->finding.line ? last.ptr : behind;
	}
	rm->place = span_first(*s, (size_t)(behind - s->ptr));
	*s = skip_gap(last);
	return true;
}

/* The text of one item, line by line, into a finding. */
struct item {
	struct remark remark;
	struct buf text, quote;
	unsigned depth;
	bool open, quoting, quoted, text_done, fence;
	unsigned fence_indent;
};

static void add_line(struct buf *b, struct span line, char sep)
{
	if (b->len)
		buf_addc(b, sep);
	buf_addsp(b, line);
}

static void close_item(struct item *it, struct remarks *out, struct arena *a)
{
	struct finding *f = &it->remark.finding;

	if (it->open) {
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
	bool place;

	it->remark = (struct remark){ .finding = { .section = section },
				      .place = { s.ptr, 0 },
				      .number = { s.ptr, 0 },
				      .words_end = s.ptr + s.len };
	if (level < 0)
		return;
	place = take_place(&it->remark, &s);
	if (dress != DRESS_BRACKETS && !place)
		return;
	it->remark.finding.level = (enum finding_level)level;
	buf_reset(&it->text);
	buf_reset(&it->quote);
	buf_addsp(&it->text, s);
	it->depth = line->depth;
	it->open = true;
	it->quoting = it->quoted = it->text_done = it->fence = false;
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

static void add_quote(struct item *it, struct span line)
{
	if (it->quoted)
		return;
	it->quoting = true;
	add_line(&it->quote, line, '\n');
}

static void end_quote(struct item *it)
{
	it->quoted |= it->quoting;
	it->quoting = false;
}

/* Without the columns that the fence itself is indented by. */
static struct span dedent(struct span line, unsigned columns)
{
	while (line.len && columns-- && line.ptr[0] == ' ')
		line = span_from(line, 1);
	return line;
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
			add_quote(it, undress(line->text));
		return;
	case MD_FENCE:
		end_quote(it);
		it->text_done |= it->text.len > 0;
		it->fence_indent = line->indent;
		return;
	case MD_CODE:
		add_quote(it, dedent(line->raw, it->fence_indent));
		return;
	case MD_TEXT:
		end_quote(it);
		if (only_code(line->text, &code) && !it->quoted) {
			add_quote(it, code);
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
	close_item(it, out, a);
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
			close_item(&it, out, a);
		else if (it.open)
			feed_item(&it, &line);
	}
	close_item(&it, out, a);
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
