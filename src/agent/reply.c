/*
 * Two looks at the lines: every line that could be a section's heading is
 * noted with its form, then the forms are weighed and the text between the
 * accepted ones goes to its section. Total, linear, iterative.
 */
#include "agent/reply.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "agent/title.h"
#include "base/buf.h"
#include "base/markdown.h"
#include "core/remark.h"
#include "core/report.h"

/* Forms of a heading, outer ones first. */
enum form {
	FORM_LEVEL_6 = 6, /* 1 to 6: ATX and setext */
	FORM_BOLD,	  /* a bold line of its own */
	FORM_LABEL,	  /* `1. **Summary**: text`, `**Summary:** text` */
	FORM_PLAIN,	  /* `Summary:` */
	FORM_COUNT
};

struct candidate {
	struct title title;
	unsigned form;
	bool accepted;
	size_t indent;	   /* columns of an item's content */
	const char *begin; /* of its first line */
	const char *end;   /* behind its last line */
};

struct candidates {
	struct candidate *ptr;
	size_t len, cap;
};

/* An item's form: bold, or numbered and nothing but the name and a colon. */
static unsigned item_form(const struct md_line *line, const struct title *t)
{
	struct span raw = span_trim(line->raw);

	if (line->depth != 1 || line->indent > 3)
		return 0;
	if (t->bold)
		return FORM_LABEL;
	return isdigit((unsigned char)raw.ptr[0]) && (t->colon || !t->rest.len)
		       ? FORM_LABEL
		       : 0;
}

static unsigned text_form(const struct md_line *line, const struct title *t)
{
	/* at column 0 a lazy line of a list reads as an outer one */
	if (line->depth && line->indent)
		return 0;
	if (t->bold && (!t->rest.len || t->remark))
		return FORM_BOLD;
	if (t->bold && line->first)
		return FORM_LABEL;
	return line->first && t->colon && !t->rest.len ? FORM_PLAIN : 0;
}

/* The heading form of a line that holds a section's name; 0: it is none. */
static unsigned line_form(const struct md_line *line, const struct title *t)
{
	switch (line->kind) {
	case MD_HEADING:
		return line->depth ? 0 : line->level;
	case MD_ITEM:
		return item_form(line, t);
	case MD_TEXT:
		return text_form(line, t);
	default:
		return 0;
	}
}

static size_t content_indent(const struct md_line *line)
{
	if (line->kind != MD_ITEM || !line->text.ptr)
		return 0;
	return (size_t)(line->text.ptr - line->raw.ptr);
}

/*
 * Every line that could be a heading. A setext heading is known by its second
 * line: `held` is the one above, when it could be a heading then.
 */
static void find_candidates(struct candidates *found, struct arena *a,
			    const struct section_list *want, struct span text)
{
	struct md_reader md = { .rest = text };
	struct candidate held = { 0 };
	struct md_line line;

	while (md_next(&md, &line)) {
		struct candidate c = { 0 };
		const char *end = line.whole.ptr + line.whole.len;

		if (line.kind == MD_UNDERLINE && held.end && !line.depth) {
			/* the line above may be in the table already */
			if (held.form)
				found->len--;
			held.form = line.level;
			held.end = end;
			*vec_push(found, a) = held;
		}
		held = (struct candidate){ 0 };
		if ((line.kind != MD_HEADING && line.kind != MD_ITEM &&
		     line.kind != MD_TEXT) ||
		    !title_match(&c.title, want, line.text))
			continue;
		c.form = line_form(&line, &c.title);
		c.indent = content_indent(&line);
		c.begin = line.whole.ptr;
		c.end = end;
		if (line.kind == MD_TEXT && line.first && !line.depth)
			held = c;
		if (c.form)
			*vec_push(found, a) = c;
	}
}

/* The outermost form that at least two sections have, else the outermost. */
static unsigned ruling_form(const struct candidates *found, struct arena *a,
			    size_t sections)
{
	unsigned char *seen = arena_alloc(a, sections * FORM_COUNT);
	size_t different[FORM_COUNT] = { 0 };
	unsigned form;

	vec_each (struct candidate, c, found) {
		unsigned char *cell =
			&seen[c->form * sections + c->title.section];

		different[c->form] += !*cell;
		*cell = 1;
	}
	for (form = 1; form < FORM_COUNT; form++)
		if (different[form] > 1)
			return form;
	for (form = 1; form < FORM_COUNT && !different[form];)
		form++;
	return form;
}

/*
 * Headings of the ruling form count, and so do outer ones. A line of a weaker
 * form that names a section is content ("### Summary" under the tests)
 * unless that section has no heading otherwise and the line stands exactly
 * where it is due: behind the sections before it, in front of the next one.
 * Labels and plain lines are too common in prose to fill a gap.
 */
static void accept_headings(struct candidates *found, struct arena *a,
			    size_t sections)
{
	unsigned ruling = ruling_form(found, a, sections);
	bool *ruled = arena_alloc(a, sections);
	size_t *next = arena_array(a, found->len + 1, sizeof(*next));
	size_t i, due = 0;

	next[found->len] = sections;
	for (i = found->len; i-- > 0;) {
		struct candidate *c = &found->ptr[i];

		next[i] = next[i + 1];
		c->accepted = c->form <= ruling;
		if (c->accepted) {
			next[i] = c->title.section;
			ruled[c->title.section] = true;
		}
	}
	for (i = 0; i < found->len; i++) {
		struct candidate *c = &found->ptr[i];
		size_t at = c->title.section;

		if (!c->accepted && c->form <= FORM_BOLD && !ruled[at] &&
		    at >= due && at < next[i])
			c->accepted = true;
		if (c->accepted)
			due = at + 1;
	}
}

/* Is there anything to read, besides headings, rules and comments? */
static bool has_content(struct span text)
{
	struct md_reader md = { .rest = text };
	struct md_line line;
	size_t i;

	while (md_next(&md, &line)) {
		if (line.kind != MD_TEXT && line.kind != MD_ITEM &&
		    line.kind != MD_CODE && line.kind != MD_QUOTE)
			continue;
		for (i = 0; i < line.text.len; i++)
			if (isalnum((unsigned char)line.text.ptr[i]) ||
			    (unsigned char)line.text.ptr[i] >= 0x80)
				return true;
	}
	return false;
}

/* Rules between sections belong to none: off at both ends, as blank lines. */
static struct span trim_rules(struct span text)
{
	struct md_reader md = { .rest = text };
	const char *begin = NULL, *end = NULL;
	struct md_line line;

	while (md_next(&md, &line)) {
		if (line.kind == MD_RULE || line.kind == MD_BLANK)
			continue;
		if (!begin)
			begin = line.whole.ptr;
		/* white space at the end is nothing, at the start it may be */
		end = span_trim(line.raw).ptr + span_trim(line.raw).len;
	}
	if (!begin || end < begin)
		return (struct span){ "", 0 };
	return (struct span){ begin, (size_t)(end - begin) };
}

/* Blanks that begin every line, at most `most`. */
static size_t common_indent(struct span text, size_t most)
{
	struct span line;
	size_t n;

	while (text_line(&text, &line)) {
		if (!span_trim(line).len)
			continue;
		for (n = 0; n < most && line.ptr[n] == ' ';)
			n++;
		most = n;
	}
	return most;
}

/* The text of an item without the columns that made it the item's; what
 * stands under an item without being indented stays as it is. */
static struct span undent(struct arena *a, struct span text, size_t columns,
			  bool labelled)
{
	struct span line, out, below = text;
	struct buf b = { 0 };
	size_t n;

	/* the first line may stand behind the item's name */
	if (labelled)
		text_line(&below, &line);
	columns = common_indent(below, columns);
	if (!columns)
		return text;
	while (text_line(&text, &line)) {
		for (n = 0; n < columns && n < line.len && line.ptr[n] == ' ';)
			n++;
		buf_addsp(&b, span_from(line, n));
		if (text.len)
			buf_addc(&b, '\n');
	}
	out = arena_span(a, buf_span(&b));
	buf_release(&b);
	return out;
}

struct piece {
	struct span text;
	bool content;
};

static bool only_count(struct span remark)
{
	size_t i;

	for (i = 0; i < remark.len; i++)
		if (isalpha((unsigned char)remark.ptr[i]) ||
		    (unsigned char)remark.ptr[i] >= 0x80)
			return false;
	return true;
}

/* What stands under a heading, up to `end`. */
static struct piece take_piece(const struct candidate *c, const char *end,
			       struct arena *a)
{
	struct span body = { c->end, (size_t)(end - c->end) };
	struct span all = body;
	struct piece p;

	if (c->title.rest.len &&
	    !(c->title.remark && only_count(c->title.rest))) {
		all.ptr = c->title.rest.ptr;
		all.len = (size_t)(end - all.ptr);
	}
	/* "(must fix)" in a heading says nothing yet */
	p.content = has_content(c->title.remark ? body : all);
	p.text = trim_rules(all);
	if (c->indent)
		p.text = undent(a, p.text, c->indent, all.ptr != body.ptr);
	return p;
}

struct pieces {
	VEC(struct piece) list;
};

static void fill_section(struct section *s, const struct pieces *from,
			 struct arena *a)
{
	struct buf b = { 0 };
	size_t filled = 0;

	if (!from->list.len)
		return;
	s->duplicate = from->list.len > 1;
	s->state = SECTION_EMPTY;
	vec_each (struct piece, p, &from->list) {
		if (p->content)
			s->state = SECTION_PRESENT;
		if (!p->text.len)
			continue;
		s->text = p->text;
		if (filled++)
			buf_adds(&b, "\n\n");
		buf_addsp(&b, p->text);
	}
	if (filled > 1)
		s->text = arena_span(a, buf_span(&b));
	buf_release(&b);
}

static void add_sections(struct report *out, struct arena *a,
			 const struct section_list *want)
{
	size_t i;

	memset(&out->sections, 0, sizeof(out->sections));
	memset(&out->findings, 0, sizeof(out->findings));
	for (i = 0; i < want->len; i++)
		vec_push(&out->sections, a)->want = &want->want[i];
}

/* The text without its last line when that closes a fence of c; else {0}. */
static struct span before_closing(struct span text, char c)
{
	size_t at = text.len, n = 0;
	struct span last;

	while (at > 0 && text.ptr[at - 1] != '\n')
		at--;
	last = span_trim(span_from(text, at));
	while (n < last.len && last.ptr[n] == c)
		n++;
	if (n < 3 || n < last.len)
		return (struct span){ NULL, 0 };
	return span_first(text, at);
}

static bool begins_with_heading(struct span text)
{
	struct md_reader md = { .rest = span_trim(text) };
	struct md_line line;

	return md_next(&md, &line) && line.kind == MD_HEADING;
}

/*
 * A reply that stands in one ```markdown fence as a whole: what is in it. The
 * closing line of a reply cut short is not asked for.
 */
static struct span unwrap(struct span text, bool cut)
{
	struct md_reader md = { .rest = span_trim(text) };
	struct md_line line;
	struct span inner, body;

	if (!md_next(&md, &line) || line.kind != MD_FENCE)
		return text;
	inner = md.rest.ptr ? md.rest : SPAN("");
	if (!span_eqs_nocase(line.text, "markdown") &&
	    !span_eqs_nocase(line.text, "md") &&
	    !(!line.text.len && begins_with_heading(inner)))
		return text;
	body = before_closing(inner, line.raw.ptr[0]);
	if (body.ptr)
		return body;
	return cut ? inner : text;
}

/* Hand the text between accepted headings to their sections. */
static void share_out(struct report *out, struct arena *a,
		      const struct candidates *found, struct span text,
		      bool cut)
{
	struct pieces *pieces =
		arena_array(a, out->sections.len, sizeof(*pieces));
	const struct candidate *open = NULL;
	const char *end = text.ptr + text.len;
	size_t i;

	out->preamble = text;
	vec_each (struct candidate, c, found) {
		if (!c->accepted)
			continue;
		if (open)
			*vec_push(&pieces[open->title.section].list, a) =
				take_piece(open, c->begin, a);
		else
			out->preamble.len = (size_t)(c->begin - text.ptr);
		open = c;
	}
	out->preamble = span_trim(out->preamble);
	if (open)
		*vec_push(&pieces[open->title.section].list, a) =
			take_piece(open, end, a);
	for (i = 0; i < out->sections.len; i++)
		fill_section(&out->sections.ptr[i], &pieces[i], a);
	if (open && cut)
		out->sections.ptr[open->title.section].state = SECTION_CUT;
}

/* The text without the CR of its line ends. */
static struct span plain_ends(struct arena *a, struct span text)
{
	struct buf b = { 0 };
	struct span out;
	ptrdiff_t at;

	if (span_find(text, SPAN("\r\n")) < 0)
		return text;
	while ((at = span_find(text, SPAN("\r\n"))) >= 0) {
		buf_add(&b, text.ptr, (size_t)at);
		text = span_from(text, (size_t)at + 1);
	}
	buf_addsp(&b, text);
	out = arena_span(a, buf_span(&b));
	buf_release(&b);
	return out;
}

void reply_parse(struct report *out, struct arena *a,
		 const struct section_list *want, struct span text, bool cut)
{
	struct candidates found = { 0 };
	unsigned i;

	add_sections(out, a, want);
	if (!text.ptr)
		text = SPAN("");
	if (span_starts(text, "\xef\xbb\xbf"))
		text = span_from(text, 3);
	text = plain_ends(a, text);
	text = unwrap(text, cut);
	find_candidates(&found, a, want, text);
	if (found.len)
		accept_headings(&found, a, want->len);
	share_out(out, a, &found, text, cut);
	for (i = 0; i < out->sections.len; i++)
		remark_parse(out, a, i);
}

/* Is what `more` has of a section better than what there is? */
static bool better(const struct section *have, const struct section *more)
{
	switch (have->state) {
	case SECTION_MISSING:
		return more->state != SECTION_MISSING;
	case SECTION_EMPTY:
		return more->state == SECTION_PRESENT ||
		       more->state == SECTION_CUT;
	case SECTION_CUT:
		return more->state == SECTION_PRESENT;
	case SECTION_PRESENT:
		break;
	}
	return false;
}

void reply_merge(struct report *r, struct arena *a, const struct report *more)
{
	struct report old = *r;
	unsigned i;

	assert(r->sections.len == more->sections.len);
	memset(&r->findings, 0, sizeof(r->findings));
	for (i = 0; i < r->sections.len; i++) {
		const struct report *from = &old;

		if (better(&r->sections.ptr[i], &more->sections.ptr[i])) {
			r->sections.ptr[i] = more->sections.ptr[i];
			from = more;
		}
		vec_each (struct finding, f, &from->findings)
			if (f->section == i)
				*vec_push(&r->findings, a) = *f;
	}
	if (!r->preamble.len) {
		r->preamble = more->preamble;
	} else if (more->preamble.len) {
		struct buf b = { 0 };

		buf_addsp(&b, r->preamble);
		buf_adds(&b, "\n\n");
		buf_addsp(&b, more->preamble);
		r->preamble = arena_span(a, buf_span(&b));
		buf_release(&b);
	}
}
