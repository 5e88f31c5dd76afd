/* Idiomatic Rust: what panics, before and after; how functions fail; lints,
 * derives and documentation; how long functions have become. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/look.h"
#include "rust/panics.h"

#define NONE OUTLINE_NONE

#define PANICS 4u
#define ATTRIBUTES 4u
#define DOCS 3u
#define SIZES 3u
#define ERRORS 3u
#define NAMES 6u /* of one line */

#define GREW_LINES 10u
#define LONG_LINES 60u

/* ---- panics */

struct panics {
	uint32_t n[PANIC_KINDS];
	uint32_t total;
	uint32_t first, fresh; /* lines: the first; how many on added ones */
};

static void count_panics(struct panics *out, const struct source *s,
			 const struct rule_file *f, bool now)
{
	for (uint32_t i = 0; s && i < s->lx.count; i++) {
		enum panic_kind kind = panic_at(s, i);
		uint32_t line = s->lx.tok[i].line;

		if (kind == PANIC_NONE || kind == PANIC_ASSERT || f->test ||
		    source_test(s, i))
			continue;
		out->n[kind]++;
		out->total++;
		if (!out->first)
			out->first = line;
		if (!now ||
		    (f->line[line] & (LINE_ADDED | LINE_MOVED)) != LINE_ADDED)
			continue;
		if (!out->fresh)
			out->first = line;
		out->fresh++;
	}
}

static void add_panic_lines(struct buf *out, const struct source *s,
			    const struct rule_file *f)
{
	uint32_t n = 0;

	buf_adds(out, "; on added lines: ");
	for (uint32_t i = 0; i < s->lx.count; i++) {
		enum panic_kind kind = panic_at(s, i);
		uint32_t line = s->lx.tok[i].line;

		if (kind == PANIC_NONE || kind == PANIC_ASSERT ||
		    source_test(s, i) ||
		    (f->line[line] & (LINE_ADDED | LINE_MOVED)) != LINE_ADDED ||
		    n++ >= NAMES)
			continue;
		add_comma(out, n - 1);
		buf_addf(out, "`%s` (:%u)", panic_name(kind), line);
	}
	if (n > NAMES)
		buf_addf(out, " and %u more", n - NAMES);
}

static void add_panics_of(struct offline *o, struct facts *list,
			  const struct rule_file *f)
{
	struct panics now = { 0 }, was = { 0 };
	const struct source *s = f->now ? f->now : f->was;
	uint32_t said = 0;

	count_panics(&now, f->now, f, true);
	count_panics(&was, f->was, f, false);
	if (!now.fresh && !memcmp(now.n, was.n, sizeof(now.n)))
		return;
	if (!fact_begin(list, now.total ? s->path : f->was->path,
			now.total ? now.first : was.first, !now.total))
		return;
	buf_adds(o->out, "calls that panic, tests aside: ");
	for (int k = 0; k < PANIC_KINDS; k++) {
		if (!now.n[k] && !was.n[k])
			continue;
		add_comma(o->out, said++);
		buf_addf(o->out, "`%s` ", panic_name((enum panic_kind)k));
		if (f->was && f->now && now.n[k] != was.n[k])
			buf_addf(o->out, "%u → %u", was.n[k], now.n[k]);
		else
			buf_addf(o->out, "%u%s", f->now ? now.n[k] : was.n[k],
				 f->now ? "" : " → 0");
	}
	if (now.fresh && f->was)
		add_panic_lines(o->out, s, f);
	fact_end(list);
}

static void add_panics(struct offline *o)
{
	const struct code *code = &o->in->code;
	struct facts f = { .o = o, .most = PANICS };

	vec_each (struct rule_file, file, &code->rule_files)
		add_panics_of(o, &f, file);
	facts_close(&f, "file with calls that panic",
		    "files with calls that panic");
}

/* ---- how functions fail */

/* The tokens of the error type of a function's result: *from == *to when it
 * has none. The second argument of Result; of an alias the alias. */
static void error_type(const struct source *s, const struct item *fn,
		       uint32_t *from, uint32_t *to)
{
	uint32_t end = item_body_start(s, fn), i = fn->key, name = NONE;
	uint32_t depth = 0, comma = NONE;

	*from = *to = 0;
	while (i < end && look_kind(s, i) != TOKEN_ARROW)
		i = s->tree.mate[i] + 1;
	for (i++; i < end && look_kind(s, i) != TOKEN_LESS; i++) {
		if (look_kind(s, i) == KW_WHERE || look_kind(s, i) == KW_IMPL)
			return;
		if (lexer_name(look_kind(s, i)))
			name = i;
	}
	if (name == NONE || !look_is(s, name, "Result") || i >= end)
		return;
	*from = look_path_start(s, name);
	*to = name + 1;
	for (; i < end; i = s->tree.mate[i] + 1) {
		enum token_kind kind = look_kind(s, i);

		if (kind == TOKEN_LESS)
			depth++;
		else if (kind == TOKEN_COMMA && depth == 1)
			comma = i;
		else if (kind == TOKEN_GREATER && !--depth)
			break;
	}
	if (comma == NONE || i >= end)
		return;
	*from = comma + 1;
	*to = i;
}

static bool same_tokens(const struct source *s, uint32_t a, uint32_t a_end,
			const struct source *t, uint32_t b, uint32_t b_end)
{
	if (a_end - a != b_end - b)
		return false;
	for (; a < a_end; a++, b++)
		if (!span_eq(lexer_text(&s->lx, a), lexer_text(&t->lx, b)))
			return false;
	return true;
}

/* Functions that came, or whose way to fail changed. */
static bool fails_anew(const struct touched *t, uint32_t *from, uint32_t *to)
{
	uint32_t old_from, old_to;
	const struct item *old;

	if (t->aside || !t->now || t->item->kind != ITEM_FN)
		return false;
	error_type(t->now, t->item, from, to);
	if (*from == *to)
		return false;
	if (!t->was)
		return true;
	old = &t->was->outline.item[t->change->was];
	error_type(t->was, old, &old_from, &old_to);
	return !same_tokens(t->now, *from, *to, t->was, old_from, old_to);
}

static void add_error(struct offline *o, const struct source *s, uint32_t from,
		      uint32_t to)
{
	if (to > from && look_is(s, to - 1, "Result")) {
		buf_adds(o->out, "error type of the alias ");
		quote_code(o->out, look_path(s, o->arena, to - 1));
	} else {
		buf_adds(o->out, "error type ");
		quote_tokens(o->out, s, from, to);
	}
	buf_adds(o->out, ": ");
}

/* One line an error type: the functions that have it. */
static void add_errors(struct offline *o)
{
	struct facts f = { .o = o, .most = ERRORS };
	bool *said = arena_alloc(o->arena, o->touched.len + 1);
	const struct touched *all = o->touched.ptr;

	for (size_t i = 0; i < o->touched.len; i++) {
		uint32_t from, to, n = 1;

		if (said[i] || !fails_anew(&all[i], &from, &to) ||
		    !edited_fact(&f, &all[i]))
			continue;
		add_error(o, all[i].s, from, to);
		edited_code_path(o, &all[i]);
		for (size_t k = i + 1; k < o->touched.len; k++) {
			uint32_t b, b_to;

			if (all[k].s != all[i].s || said[k] ||
			    !fails_anew(&all[k], &b, &b_to) ||
			    !same_tokens(all[i].s, from, to, all[k].s, b, b_to))
				continue;
			said[k] = true;
			if (n++ >= NAMES)
				continue;
			buf_adds(o->out, ", ");
			edited_code_path(o, &all[k]);
			buf_addf(o->out, " (:%u)", edited_line(&all[k]));
		}
		if (n > NAMES)
			buf_addf(o->out, " and %u more", n - NAMES);
		fact_end(&f);
	}
	facts_close(&f, "error type of functions", "error types of functions");
}

/* ---- attributes */

struct attributes {
	VEC(struct span) rows; /* `#[…]` */
};

static void find_attributes(struct attributes *out, struct arena *a,
			    const struct source *s, const struct item *it)
{
	uint32_t i = it->lead;

	while (i < it->head && look_kind(s, i) == TOKEN_HASH) {
		uint32_t end = s->tree.mate[i + 1];

		*vec_push(&out->rows, a) = lexer_range(&s->lx, i, end);
		i = end + 1;
	}
}

static bool has_attribute(const struct attributes *in, struct span one)
{
	vec_each (struct span, s, &in->rows)
		if (span_eq(*s, one))
			return true;
	return false;
}

/* "#[derive" of `#[derive(Clone)]` */
static struct span attribute_name(struct span s)
{
	size_t n = 2;

	while (n < s.len && s.ptr[n] != '(' && s.ptr[n] != ']' &&
	       s.ptr[n] != '=')
		n++;
	return span_first(s, n);
}

/* Does the other side have one of that name, which this one has not? */
static bool replaced(struct span one, const struct attributes *own,
		     const struct attributes *other)
{
	vec_each (struct span, s, &other->rows)
		if (!has_attribute(own, *s) &&
		    span_eq(attribute_name(*s), attribute_name(one)))
			return true;
	return false;
}

static uint32_t add_missing(struct offline *o, const char *word,
			    const struct attributes *of,
			    const struct attributes *in)
{
	uint32_t n = 0;

	vec_each (struct span, s, &of->rows) {
		if (has_attribute(in, *s) || replaced(*s, of, in))
			continue;
		buf_adds(o->out, n++ ? ", " : word);
		quote_code(o->out, *s);
	}
	return n;
}

/* What an attribute of the same name says now. */
static uint32_t add_replaced(struct offline *o, const struct attributes *now,
			     const struct attributes *was)
{
	uint32_t n = 0;

	vec_each (struct span, s, &now->rows) {
		if (has_attribute(was, *s) || !replaced(*s, now, was))
			continue;
		buf_adds(o->out, n++ ? ", " : " changes to ");
		quote_code(o->out, *s);
	}
	return n;
}

static bool allows(const struct attributes *in)
{
	vec_each (struct span, s, &in->rows)
		if (span_starts(*s, "#[allow") || span_starts(*s, "#[expect"))
			return true;
	return false;
}

/* What attributes an item gained and lost; of a new one lints that it is let
 * off. */
static void add_attributes(struct offline *o)
{
	struct facts f = { .o = o, .most = ATTRIBUTES };

	vec_each (struct touched, t, &o->touched) {
		struct attributes now = { 0 }, was = { 0 };
		uint32_t n;

		if (t->aside || !t->now ||
		    (t->was && !(t->change->parts & PART_ATTRIBUTES)))
			continue;
		find_attributes(&now, o->arena, t->now, t->item);
		if (t->was)
			find_attributes(&was, o->arena, t->was,
					&t->was->outline.item[t->change->was]);
		else if (!allows(&now))
			continue;
		if (!edited_fact(&f, t))
			continue;
		edited_code_path(o, t);
		fact_subject(&f);
		n = add_replaced(o, &now, &was);
		n += add_missing(o,
				 n	  ? ", gains "
				 : t->was ? " gains "
					  : " has ",
				 &now, &was);
		add_missing(o, n ? ", loses " : " loses ", &was, &now);
		fact_end(&f);
	}
	facts_close(&f, "item with attributes", "items with attributes");
}

/* ---- documentation */

static uint32_t doc_lines(const struct source *s, const struct item *it)
{
	return outline_doc_lines(&s->outline, (uint32_t)(it - s->outline.item));
}

static bool undocumented(const struct touched *t)
{
	const struct item *it = t->item;
	struct attributes all = { 0 };
	struct arena a = { 0 };
	bool doc = false;

	if (t->aside || t->was || it->vis != VIS_PUB || it->kind == ITEM_MOD ||
	    doc_lines(t->s, it) || t->s->role != ROLE_LIBRARY ||
	    it->flags & ITEM_HIDDEN)
		return false;
	find_attributes(&all, &a, t->s, it);
	vec_each (struct span, s, &all.rows)
		doc |= span_starts(*s, "#[doc");
	arena_release(&a);
	return !doc;
}

static void add_docs(struct offline *o)
{
	const struct touched *t = o->touched.ptr, *next;
	const struct touched *end = t + o->touched.len;
	struct facts f = { .o = o, .most = DOCS };

	for (; t < end; t = next) {
		const struct touched *first = NULL;
		uint32_t n = 0;

		for (next = t; next < end && next->s == t->s; next++)
			if (undocumented(next) && !first)
				first = next;
		if (!first || !edited_fact(&f, first))
			continue;
		buf_addf(o->out,
			 "%s`pub` without documentation: ", word_new(o));
		for (; first < next; first++) {
			if (!undocumented(first) || n++ >= NAMES)
				continue;
			add_comma(o->out, n - 1);
			edited_code_path(o, first);
			if (n > 1)
				buf_addf(o->out, " (:%u)", edited_line(first));
		}
		if (n > NAMES)
			buf_addf(o->out, " and %u more", n - NAMES);
		fact_end(&f);
	}
	facts_close(&f, "file with undocumented `pub` items",
		    "files with undocumented `pub` items");
}

static void add_became(struct buf *out, uint32_t was, uint32_t now)
{
	if (was != now)
		buf_addf(out, "%u → ", was);
	buf_addf(out, "%u", now);
}

/* Documentation that changed, a line each file. */
static void add_doc_changes(struct offline *o)
{
	const struct touched *t = o->touched.ptr, *next;
	const struct touched *end = t + o->touched.len;
	struct facts f = { .o = o, .most = DOCS };

	for (; t < end; t = next) {
		uint32_t n = 0;

		for (next = t; next < end && next->file == t->file; next++) {
			const struct item *old;

			if (!next->now || !next->was ||
			    !(next->change->parts & PART_DOCS))
				continue;
			if (!n && !edited_fact(&f, next))
				break;
			if (n++ >= NAMES)
				continue;
			buf_adds(o->out,
				 n > 1 ? ", " : "documentation changed: ");
			edited_code_path(o, next);
			old = &next->was->outline.item[next->change->was];
			buf_adds(o->out, " (");
			if (n > 1)
				buf_addf(o->out, ":%u, ", edited_line(next));
			add_became(o->out, doc_lines(next->was, old),
				   doc_lines(next->now, next->item));
			buf_adds(o->out, " lines)");
		}
		if (n > NAMES)
			buf_addf(o->out, " and %u more", n - NAMES);
		if (n)
			fact_end(&f);
		while (next < end && next->file == t->file)
			next++;
	}
	facts_close(&f, "file whose documentation changed",
		    "files whose documentation changed");
}

/* ---- length */

static uint32_t lines_of(const struct item *it)
{
	return it->last_line - it->line + 1;
}

/* How deep the blocks of a function nest. */
static uint32_t depth_of(const struct source *s, const struct item *it)
{
	uint32_t depth = 0, most = 0;

	if (it->open == NONE)
		return 0;
	for (uint32_t i = it->open; i <= it->last; i++) {
		if (look_kind(s, i) == TOKEN_OPEN_BRACE)
			most = ++depth > most ? depth : most;
		else if (look_kind(s, i) == TOKEN_CLOSE_BRACE && depth)
			depth--;
	}
	return most;
}

static void add_size(struct offline *o, const struct touched *t)
{
	const struct item *old =
		t->was ? &t->was->outline.item[t->change->was] : NULL;
	uint32_t depth = depth_of(t->now, t->item), before;

	edited_code_path(o, t);
	buf_adds(o->out, ": ");
	if (old && lines_of(old) != lines_of(t->item))
		buf_addf(o->out, "%u → ", lines_of(old));
	buf_addf(o->out, "%u line%s, blocks nest ", lines_of(t->item),
		 plural(lines_of(t->item)));
	before = old ? depth_of(t->was, old) : depth;
	if (before != depth)
		buf_addf(o->out, "%u → ", before);
	buf_addf(o->out, "%u deep", depth);
}

static bool grew(const struct touched *t)
{
	const struct item *old;

	if (t->aside || !t->now || t->item->kind != ITEM_FN)
		return false;
	if (!t->was)
		return lines_of(t->item) >= LONG_LINES;
	old = &t->was->outline.item[t->change->was];
	return lines_of(t->item) >= lines_of(old) + GREW_LINES ||
	       lines_of(old) >= lines_of(t->item) + GREW_LINES;
}

/* The function with the most changed lines, when nothing else is to be said. */
static const struct touched *most_changed(const struct offline *o)
{
	const struct touched *most = NULL;

	vec_each (struct touched, t, &o->touched)
		if (t->now && t->item->kind == ITEM_FN && !t->aside &&
		    (!most ||
		     t->added + t->removed > most->added + most->removed))
			most = t;
	return most;
}

static void add_sizes(struct offline *o, bool alone)
{
	struct facts f = { .o = o, .most = SIZES };
	const struct touched *most;

	vec_each (struct touched, t, &o->touched) {
		if (!grew(t) || !edited_fact(&f, t))
			continue;
		add_size(o, t);
		fact_end(&f);
	}
	facts_close(&f, "function with its length",
		    "functions with their length");
	most = most_changed(o);
	if (f.said || !alone || !most || !edited_fact(&f, most))
		return;
	add_size(o, most);
	fact_end(&f);
}

void offline_idiom(struct offline *o)
{
	size_t len = o->out->len;

	add_panics(o);
	add_errors(o);
	offline_clones(o);
	add_attributes(o);
	add_docs(o);
	add_doc_changes(o);
	add_sizes(o, o->out->len == len);
}
