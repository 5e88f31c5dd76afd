/*
 * Which lines does a code example replace? Three ways tell: the signs of a
 * diff, a function of the same name around the place, and a statement that
 * begins and ends as the quoted one. Total; see fix_parts.h for the time.
 */
#include "agent/fix_parts.h"

#include <string.h>

#include "base/buf.h"
#include "rust/look.h"

/* Lines from the place at which a diff's lines are looked for, and the most
 * that one hunk or a quotation may have. */
#define WINDOW 200u
#define LINES_MAX 400u
#define QUOTE_MAX 12u
/* What an example may have more lines than what it stands for. */
#define GROWTH_MAX 12u

struct lines {
	VEC(struct span) rows;
};

struct match {
	struct finding *f;
	struct arena *keep, *a; /* of the fix, and of all else */
	const struct fix_file *file;
	const struct example *e;
};

static struct span line_of(const struct fix_file *file, uint32_t no)
{
	return file->line[no - 1];
}

static bool all_shown(const struct fix_file *file, uint32_t first,
		      uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (!file->shown[i])
			return false;
	return true;
}

/* Lines [first, last] become these: what stays the same at both ends is no
 * part of it. */
static bool replace(const struct match *m, uint32_t first, uint32_t last,
		    const struct lines *new)
{
	size_t from = 0, to = new->rows.len;
	struct buf b = { 0 };

	if (!all_shown(m->file, first, last))
		return false;
	while (first <= last && from < to &&
	       span_eq(line_of(m->file, first), new->rows.ptr[from])) {
		first++;
		from++;
	}
	while (last >= first && to > from &&
	       span_eq(line_of(m->file, last), new->rows.ptr[to - 1])) {
		last--;
		to--;
	}
	if (first > last && from == to)
		return false;
	for (; from < to; from++) {
		buf_addsp(&b, new->rows.ptr[from]);
		buf_addc(&b, '\n');
	}
	*vec_push(&m->f->fix, m->keep) =
		(struct finding_edit){ first, last,
				       arena_span(m->keep, buf_span(&b)) };
	buf_release(&b);
	return true;
}

static void split(struct lines *out, struct arena *a, struct span text)
{
	struct span line;

	while (text_line(&text, &line))
		*vec_push(&out->rows, a) = line;
}

/* ---- a diff */

static bool stands_at(const struct fix_file *file, const struct lines *l,
		      uint32_t at)
{
	if (at + l->rows.len - 1 > file->lines)
		return false;
	for (size_t i = 0; i < l->rows.len; i++)
		if (!span_eq(line_of(file, at + (uint32_t)i), l->rows.ptr[i]))
			return false;
	return true;
}

/* Where the lines stand; 0: nowhere near, or in two places that do not hold
 * the line that is spoken of. */
static uint32_t find_near(const struct match *m, const struct lines *l)
{
	uint32_t at = m->e->at, n = (uint32_t)l->rows.len, found = 0;
	uint32_t from = at > WINDOW ? at - WINDOW : 1;

	for (uint32_t i = from; i <= at + WINDOW; i++) {
		if (!stands_at(m->file, l, i))
			continue;
		if (at >= i && at < i + n)
			return i;
		if (found)
			return 0;
		found = i;
	}
	return found;
}

static bool match_hunk(const struct match *m, const struct lines *old,
		       const struct lines *new)
{
	uint32_t at;

	if (!old->rows.len || old->rows.len > LINES_MAX)
		return false;
	at = find_near(m, old);
	return at && replace(m, at, at + (uint32_t)old->rows.len - 1, new);
}

/* A header of git's, or what stands between two hunks. */
static bool between(struct span line)
{
	return span_starts(line, "@@") || span_starts(line, "--- ") ||
	       span_starts(line, "+++ ") || span_starts(line, "diff ") ||
	       span_starts(line, "index ");
}

static bool match_diff(const struct match *m)
{
	struct span rest = m->e->code, line = { 0 };
	size_t had = m->f->fix.len;
	bool more = true, good = true;

	while (more && good) {
		struct lines old = { 0 }, new = { 0 };

		while ((more = text_line(&rest, &line)) && !between(line)) {
			char sign = line.len ? *line.ptr : ' ';

			if (sign != ' ' && sign != '+' && sign != '-')
				return false;
			line = span_from(line, 1);
			if (sign != '+')
				*vec_push(&old.rows, m->a) = line;
			if (sign != '-')
				*vec_push(&new.rows, m->a) = line;
		}
		if (old.rows.len || new.rows.len)
			good = match_hunk(m, &old, &new);
	}
	if (!good)
		m->f->fix.len = had;
	return good && m->f->fix.len > had;
}

/* ---- Rust */

/* Does the code leave something out, or to be written by somebody? */
static bool elides(const struct source *s)
{
	static const char *const words[] = { "...",
					     "\xe2\x80\xa6",
					     "unchanged",
					     "existing",
					     "rest of",
					     "as before",
					     "same as",
					     "omitted",
					     "placeholder",
					     "to do",
					     ("T"
					      "ODO") };

	for (uint32_t i = 0; i < s->lx.count; i++)
		if (span_eqs(lexer_text(&s->lx, i), "...") ||
		    look_match(s, i, "todo !") != LOOK_NONE ||
		    look_match(s, i, "unimplemented !") != LOOK_NONE)
			return true;
	for (uint32_t i = 0; i < s->lx.comments; i++) {
		const struct comment *c = &s->lx.comment[i];
		struct span text = { s->lx.src.ptr + c->start, c->len };

		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (span_find(text, span_of(words[k])) >= 0)
				return true;
	}
	return false;
}

static struct span indent_of(struct span line)
{
	size_t n = 0;

	while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t'))
		n++;
	return span_first(line, n);
}

/* Does a literal run over lines, so that white space in it counts? */
static bool long_literal(const struct source *s)
{
	for (uint32_t i = 0; i < s->lx.count; i++)
		if (lexer_last_line(&s->lx, i) != s->lx.tok[i].line)
			return true;
	return false;
}

/* Lines [from, to) of the example, indented as the file's line is. */
static bool indent_as(struct lines *out, const struct match *m,
		      const struct source *s, const struct lines *code,
		      size_t from, size_t to, struct span model)
{
	struct span want = indent_of(model);
	struct span have = indent_of(code->rows.ptr[from]);
	bool moves = !span_eq(want, have);

	if (moves && long_literal(s))
		return false;
	for (size_t i = from; i < to; i++) {
		struct span line = code->rows.ptr[i];

		if (moves && span_trim(line).len) {
			if (!span_eq(span_first(line, have.len), have))
				return false;
			line = span_from(line, have.len);
			line = span_of(arena_printf(m->a, "%.*s%.*s",
						    SPAN_ARG(want),
						    SPAN_ARG(line)));
		} else if (!span_trim(line).len) {
			line.len = 0;
		}
		*vec_push(&out->rows, m->a) = line;
	}
	return true;
}

/* Does an item have its lines for itself? */
static bool alone(const struct source *s, const struct item *it,
		  uint32_t first_token)
{
	const struct lexer *lx = &s->lx;

	return (!first_token || lexer_last_line(lx, first_token - 1) <
					lx->tok[first_token].line) &&
	       (it->last + 1 >= lx->count ||
		lx->tok[it->last + 1].line > lexer_last_line(lx, it->last));
}

/* The one function that the example writes; no other item but what it is a
 * member of. */
static const struct item *only_fn(const struct source *s)
{
	const struct item *fn = NULL;

	for (uint32_t i = 0; i < s->outline.count; i++) {
		const struct item *it = &s->outline.item[i];

		if (it->flags & (ITEM_LOCAL | ITEM_IN_MACRO))
			continue;
		if (it->kind == ITEM_FN && !fn && it->open != OUTLINE_NONE)
			fn = it;
		else if (it->kind != ITEM_IMPL)
			return NULL;
	}
	return fn;
}

/* The file's function of that name around the place, or near above it. */
static const struct item *same_fn(const struct match *m, struct span name)
{
	const struct outline *o = &m->file->now->outline;
	const struct item *found = NULL;

	for (uint32_t i = 0; i < o->count; i++) {
		const struct item *it = &o->item[i];

		if (it->kind == ITEM_FN && it->open != OUTLINE_NONE &&
		    span_eq(it->name, name) && it->lead_line <= m->e->at &&
		    m->e->at <= it->last_line)
			found = it; /* the innermost comes last */
	}
	return found;
}

static bool match_fn(const struct match *m, const struct source *s,
		     const struct lines *code)
{
	const struct item *new = only_fn(s), *old;
	struct lines made = { 0 };
	bool docs;
	uint32_t first, from;

	if (!source_understood(s) || !new || new->flags & ITEM_CUT ||
	    !(old = same_fn(m, new->name)))
		return false;
	docs = new->lead_line < new->line;
	first = docs ? old->lead_line : old->line;
	from = docs ? new->lead_line : new->line;
	if (!alone(m->file->now, old, docs ? old->lead : old->head) ||
	    !alone(s, new, docs ? new->lead : new->head) ||
	    old->last_line > m->file->lines || new->last_line > code->rows.len)
		return false;
	return indent_as(&made, m, s, code, from - 1, new->last_line,
			 line_of(m->file, first)) &&
	       replace(m, first, old->last_line, &made);
}

/* Brackets that a text opens less those it closes; those it closes first. */
static void depth_of(const struct lexer *lx, int *net, int *low)
{
	*net = *low = 0;
	for (uint32_t i = 0; i < lx->count; i++) {
		enum token_kind k = (enum token_kind)lx->tok[i].kind;

		*net += lexer_opens(k) - lexer_closes(k);
		*low = *net < *low ? *net : *low;
	}
}

/* Do two texts begin and end alike and leave brackets alike? */
static bool alike(const struct lexer *x, const struct lexer *y)
{
	int net[2], low[2];

	if (!x->count || !y->count || x->errors || y->errors ||
	    !span_eq(lexer_text(x, 0), lexer_text(y, 0)) ||
	    !span_eq(lexer_text(x, x->count - 1), lexer_text(y, y->count - 1)))
		return false;
	depth_of(x, &net[0], &low[0]);
	depth_of(y, &net[1], &low[1]);
	return net[0] == net[1] && low[0] == low[1];
}

/* The first of the lines that are quoted, or 0. */
static uint32_t find_quote(const struct match *m, const struct lines *quote)
{
	uint32_t n = (uint32_t)quote->rows.len, at = m->e->at;

	if (!n || n > QUOTE_MAX)
		return 0;
	for (uint32_t i = at >= n ? at - n + 1 : 1; i <= at; i++) {
		uint32_t k = 0;

		while (k < n && i + k <= m->file->lines &&
		       span_eq(span_trim(line_of(m->file, i + k)),
			       span_trim(quote->rows.ptr[k])))
			k++;
		if (k == n)
			return i;
	}
	return 0;
}

static bool match_statement(const struct match *m, const struct source *s,
			    const struct lines *code)
{
	struct lines quote = { 0 }, made = { 0 };
	struct lexer lx;
	uint32_t first, last;

	split(&quote, m->a, m->e->quote);
	first = find_quote(m, &quote);
	if (!first || code->rows.len > quote.rows.len + GROWTH_MAX)
		return false;
	last = first + (uint32_t)quote.rows.len - 1;
	lexer_run(&lx, m->a, m->e->quote);
	if (!alike(&lx, &s->lx))
		return false;
	return indent_as(&made, m, s, code, 0, code->rows.len,
			 line_of(m->file, first)) &&
	       replace(m, first, last, &made);
}

bool fix_match(struct finding *f, struct arena *keep, struct arena *a,
	       const struct fix_file *file, const struct example *e)
{
	const struct match m = { f, keep, a, file, e };
	struct lines code = { 0 };
	struct source s;

	if (!e->at || e->at > file->lines)
		return false;
	if (e->diff)
		return match_diff(&m);
	if (!file->now)
		return false;
	source_skim(&s, a, file->path, e->code);
	if (!s.lx.count || s.lx.errors || elides(&s))
		return false;
	split(&code, a, e->code);
	return match_fn(&m, &s, &code) || match_statement(&m, &s, &code);
}
