#include "agent/merge.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/markdown.h"
#include "core/remark.h"
#include "core/report.h"

/* A list item of a section with all that belongs to it: what is indented below
 * it, and what follows up to the next item. */
struct block {
	struct span text;    /* its lines, from its marker on */
	struct span body;    /* behind the marker */
	size_t order;	     /* among its part's items */
	unsigned level;	     /* of its gravest finding; LEVEL_COUNT: none */
	size_t first, count; /* its findings, in found */
	bool joined;	     /* another stands for it */
};

struct found {
	const struct finding *finding;
	size_t block;
	const char *rest;   /* what stands in the block behind its words */
	struct found *same; /* of another part, told under this one */
	bool under;	    /* it is told under another */
};

/* One section while it is put together. */
struct merge {
	struct arena *arena;
	struct report *out;
	unsigned section;
	size_t parts;
	const struct report *const *part;
	VEC(struct block) blocks;
	VEC(struct found) found;
	struct buf lead; /* what stands before the lists */
	struct buf text;
};

static bool says_none(struct span text)
{
	text = span_trim(text);
	return span_eqs_nocase(text, "none.") || span_eqs_nocase(text, "none");
}

/* Behind another text, with an empty line between; a fence or comment that it
 * leaves open is closed. */
static void add_closed(struct buf *out, struct span text)
{
	struct md_reader md = { .rest = span_trim(text) };
	struct md_line line;

	if (!md.rest.len)
		return;
	if (out->len)
		buf_adds(out, "\n\n");
	buf_addsp(out, md.rest);
	while (md_next(&md, &line))
		;
	md_close(out, &md);
}

/* ---- a section's text in blocks */

static bool top_item(const struct md_line *l)
{
	return l->kind == MD_ITEM && l->depth == 1;
}

static bool heading(const struct md_line *l)
{
	return !l->depth && (l->kind == MD_HEADING || l->kind == MD_UNDERLINE);
}

static void open_block(struct merge *m, struct span text,
		       const struct md_line *l, size_t order)
{
	const char *end = text.ptr + text.len;
	const char *body = l->text.ptr ? l->text.ptr : l->whole.ptr;

	*vec_push(&m->blocks, m->arena) = (struct block){
		.text = { l->whole.ptr, (size_t)(end - l->whole.ptr) },
		.body = { body, (size_t)(end - body) },
		.order = order,
		.level = LEVEL_COUNT,
	};
}

/* It ends where the next one begins. */
static void end_block(struct merge *m, const char *end)
{
	struct block *b = &m->blocks.ptr[m->blocks.len - 1];

	b->text.len = (size_t)(end - b->text.ptr);
	b->body.len = (size_t)(end - b->body.ptr);
}

/* Cut the text at its outer items; false: a heading stands among them, and the
 * order of what it heads is its own. */
static bool split(struct merge *m, struct span text)
{
	struct md_reader md = { .rest = text };
	struct span lead = text;
	size_t order = 0;
	struct md_line l;

	while (md_next(&md, &l)) {
		if (heading(&l))
			return false;
		if (!top_item(&l))
			continue;
		if (order)
			end_block(m, l.whole.ptr);
		else
			lead.len = (size_t)(l.whole.ptr - text.ptr);
		open_block(m, text, &l, order++);
	}
	lead = span_trim(lead);
	if (!says_none(lead) &&
	    !(lead.len <= m->lead.len &&
	      span_eq(lead,
		      span_from(buf_span(&m->lead), m->lead.len - lead.len))))
		add_closed(&m->lead, lead);
	return true;
}

/* The part's findings of this section, each to the block it stands in; false
 * when the text does not hold the same ones. */
static bool find(struct merge *m, struct span text, size_t part, size_t from)
{
	const struct report *r = m->part[part];
	struct remarks read = { 0 };
	size_t k = 0, b = from;

	remark_read(&read, m->arena, text, m->section);
	vec_each (struct finding, f, &r->findings) {
		const struct remark *rm;

		if (f->section != m->section)
			continue;
		if (k == read.rows.len)
			return false;
		rm = &read.rows.ptr[k++];
		while (b + 1 < m->blocks.len &&
		       rm->place.ptr >= m->blocks.ptr[b + 1].text.ptr)
			b++;
		if (b >= m->blocks.len ||
		    rm->place.ptr < m->blocks.ptr[b].text.ptr)
			return false;
		if (f->level < m->blocks.ptr[b].level)
			m->blocks.ptr[b].level = f->level;
		if (!m->blocks.ptr[b].count++)
			m->blocks.ptr[b].first = m->found.len;
		*vec_push(&m->found, m->arena) = (struct found){
			.finding = f, .block = b, .rest = rm->words_end
		};
	}
	return k == read.rows.len;
}

/* ---- findings that several parts make */

static int by_fingerprint(const void *x, const void *y)
{
	const struct found *a = *(struct found *const *)x,
			   *b = *(struct found *const *)y;
	int c = strcmp(a->finding->fingerprint, b->finding->fingerprint);

	return c ? c : a < b ? -1 : a > b;
}

/* A block that holds nothing but this finding can stand under another. */
static bool alone(const struct merge *m, const struct found *f)
{
	return m->blocks.ptr[f->block].count == 1;
}

static void join_findings(struct merge *m)
{
	size_t n = m->found.len, i;
	struct found **row = arena_array(m->arena, n + 1, sizeof(*row));
	struct found *first = NULL, *last = NULL;

	for (i = 0; i < n; i++)
		row[i] = &m->found.ptr[i];
	if (n)
		qsort(row, n, sizeof(*row), by_fingerprint);
	for (i = 0; i < n; i++) {
		struct block *b = &m->blocks.ptr[row[i]->block], *to;

		if (!first || !*row[i]->finding->fingerprint ||
		    strcmp(first->finding->fingerprint,
			   row[i]->finding->fingerprint) != 0 ||
		    !alone(m, row[i]) || !alone(m, first)) {
			first = last = row[i];
			continue;
		}
		to = &m->blocks.ptr[first->block];
		if (b->level < to->level)
			to->level = b->level;
		b->joined = row[i]->under = true;
		last = last->same = row[i];
	}
}

/* ---- the section anew */

static int by_level(const void *x, const void *y)
{
	const struct block *a = *(struct block *const *)x,
			   *b = *(struct block *const *)y;

	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	return a < b ? -1 : a > b;
}

static int by_turn(const void *x, const void *y)
{
	const struct block *a = *(struct block *const *)x,
			   *b = *(struct block *const *)y;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return a < b ? -1 : a > b;
}

static int by_body(const void *x, const void *y)
{
	const struct block *a = *(struct block *const *)x,
			   *b = *(struct block *const *)y;
	struct span s = span_trim(a->body), t = span_trim(b->body);
	int c = memcmp(s.ptr, t.ptr, s.len < t.len ? s.len : t.len);

	if (!c)
		c = (s.len > t.len) - (s.len < t.len);
	return c ? c : a < b ? -1 : a > b;
}

static struct block **sorted(struct merge *m,
			     int (*order)(const void *, const void *))
{
	size_t n = m->blocks.len;
	struct block **row = arena_array(m->arena, n + 1, sizeof(*row));

	for (size_t i = 0; i < n; i++)
		row[i] = &m->blocks.ptr[i];
	if (n)
		qsort(row, n, sizeof(*row), order);
	return row;
}

static void add_item(struct buf *out, struct span text)
{
	struct md_reader md = { .rest = span_trim(text) };
	struct md_line line;

	if (out->len)
		buf_addc(out, '\n');
	buf_addsp(out, md.rest);
	while (md_next(&md, &line))
		;
	md_close(out, &md);
}

/* What stands in a finding's block behind its words: the quote, and more. */
static struct span rest_of(const struct merge *m, const struct found *f)
{
	struct span block = m->blocks.ptr[f->block].text;
	size_t at = (size_t)(f->rest - block.ptr);

	return at < block.len ? span_from(block, at) : (struct span){ 0 };
}

/* The others' words, where they differ, as an item of the item. */
static void add_same(struct merge *m, const struct found *f)
{
	struct span said = span_trim(f->finding->text);
	struct span quote = span_trim(rest_of(m, f));

	for (const struct found *o = f->same; o; o = o->same) {
		struct span text = span_trim(o->finding->text), line;
		struct span rest = rest_of(m, o);
		const char *lead = "\n  - Said of another part: ";

		if (span_eq(text, said) && span_eq(span_trim(rest), quote))
			continue;
		for (; text_line(&text, &line); lead = "\n    ")
			buf_addf(&m->text, "%s%.*s", lead, SPAN_ARG(line));
		while (text_line(&rest, &line))
			if (span_trim(line).len)
				buf_addf(&m->text, "\n  %.*s", SPAN_ARG(line));
	}
}

static void push_finding(struct merge *m, const struct finding *f,
			 unsigned level)
{
	struct finding *to = vec_push(&m->out->findings, m->arena);

	*to = *f;
	to->level = (enum finding_level)level;
}

static void write_findings(struct merge *m)
{
	struct block **row;

	join_findings(m);
	row = sorted(m, by_level);
	for (size_t i = 0; i < m->blocks.len; i++) {
		const struct block *b = row[i];
		const struct found *f =
			b->count ? &m->found.ptr[b->first] : NULL;

		if (b->joined)
			continue;
		add_item(&m->text, b->text);
		if (b->count == 1)
			add_same(m, f);
		for (size_t k = 0; k < b->count; k++)
			push_finding(m, f[k].finding,
				     b->count == 1 ? b->level
						   : f[k].finding->level);
	}
}

/* "12. " and the item, its other lines moved to stand below its words. */
static void add_numbered(struct buf *out, const struct block *b, size_t number)
{
	size_t at = out->len ? out->len + 1 : 0, width, i;
	size_t marker = (size_t)(b->body.ptr - b->text.ptr);
	struct span rest = span_trim(b->body), line;
	struct buf item = { 0 };

	buf_addf(out, "%s%zu. ", out->len ? "\n" : "", number);
	width = out->len - at;
	if (text_line(&rest, &line))
		buf_addsp(&item, line);
	while (text_line(&rest, &line)) {
		buf_addc(&item, '\n');
		for (i = marker; line.len && i < width; i++)
			buf_addc(&item, ' ');
		buf_addsp(&item, line);
	}
	buf_addsp(out, buf_span(&item));
	buf_release(&item);
}

/* What several parts ask for in the same words is asked for once; then the
 * first of each part, the second of each … */
static void write_actions(struct merge *m)
{
	struct block **row = sorted(m, by_body);
	size_t number = 0;

	for (size_t i = 1; i < m->blocks.len; i++)
		row[i]->joined = span_eq(span_trim(row[i]->body),
					 span_trim(row[i - 1]->body));
	row = sorted(m, by_turn);
	for (size_t i = 0; i < m->blocks.len; i++)
		if (!row[i]->joined)
			add_numbered(&m->text, row[i], ++number);
	vec_each (struct found, f, &m->found)
		push_finding(m, f->finding, f->finding->level);
}

static const struct section *section_of(const struct merge *m, size_t part)
{
	const struct report *r = m->part[part];

	return r && m->section < r->sections.len ? &r->sections.ptr[m->section]
						 : NULL;
}

/* One part behind the other, as they are. */
static void write_plain(struct merge *m, bool named)
{
	for (size_t i = 0; i < m->parts; i++) {
		const struct section *s = section_of(m, i);

		if (!s)
			continue;
		if (span_trim(s->text).len && !says_none(s->text)) {
			if (named)
				buf_addf(&m->text, "%s**Part %zu of %zu**",
					 m->text.len ? "\n\n" : "", i + 1,
					 m->parts);
			add_closed(&m->text, s->text);
		}
		vec_each (struct finding, f, &m->part[i]->findings)
			if (f->section == m->section)
				push_finding(m, f, f->level);
	}
}

/* ---- all of it */

/* Every part's text in blocks with its findings; false when one has another
 * form. */
static bool read_blocks(struct merge *m)
{
	for (size_t i = 0; i < m->parts; i++) {
		const struct section *s = section_of(m, i);
		size_t from = m->blocks.len;

		if (s && !(split(m, s->text) && find(m, s->text, i, from)))
			return false;
	}
	return m->blocks.len > 0;
}

static void write_section(struct merge *m, const struct section_want *want)
{
	bool named = !strcmp(want->id, "summary");

	if (named || !strcmp(want->id, "code-examples") || !read_blocks(m)) {
		write_plain(m, named);
		return;
	}
	if (!strcmp(want->id, "action-items"))
		write_actions(m);
	else
		write_findings(m);
	if (!m->lead.len)
		return;
	buf_adds(&m->lead, "\n\n");
	buf_addsp(&m->lead, buf_span(&m->text));
	buf_reset(&m->text);
	buf_addsp(&m->text, buf_span(&m->lead));
}

/* Present when it is in every part; else as the first that lacks it. */
static enum section_state state_of(const struct merge *m)
{
	bool any = false;

	for (size_t i = 0; i < m->parts; i++) {
		const struct section *s = section_of(m, i);

		if (s && s->state != SECTION_PRESENT)
			return s->state;
		any |= s != NULL;
	}
	return any ? SECTION_PRESENT : SECTION_MISSING;
}

static void merge_section(struct report *out, struct arena *a,
			  const struct section_want *want, unsigned section,
			  const struct report *const *part, size_t n)
{
	struct section *to = vec_push(&out->sections, a);
	struct merge m = { .arena = a,
			   .out = out,
			   .section = section,
			   .parts = n,
			   .part = part };

	write_section(&m, want);
	*to = (struct section){ .want = want, .state = state_of(&m) };
	if (m.text.len)
		to->text = arena_span(a, span_trim(buf_span(&m.text)));
	else if (to->state == SECTION_PRESENT)
		to->text = SPAN("None.");
	buf_release(&m.lead);
	buf_release(&m.text);
}

void merge_reports(struct report *out, struct arena *a,
		   const struct section_list *want,
		   const struct report *const *part, size_t n)
{
	struct buf preamble = { 0 };

	if (n == 1 && part[0]) {
		report_copy(out, a, part[0]);
		return;
	}
	out->sections.len = out->findings.len = 0;
	for (size_t i = 0; i < n; i++)
		if (part[i])
			add_closed(&preamble, part[i]->preamble);
	out->preamble = arena_span(a, buf_span(&preamble));
	buf_release(&preamble);
	for (unsigned i = 0; i < want->len; i++)
		merge_section(out, a, &want->want[i], i, part, n);
}
