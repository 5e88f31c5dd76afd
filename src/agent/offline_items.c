/* What the change does to items, with the lines of each. */
#include "agent/offline_parts.h"

#include "agent/quote.h"

#define NONE OUTLINE_NONE

/* The rows of one file's items, by their index; NONE: none. */
struct rows {
	uint32_t *now, *was;
};

static uint32_t *none_array(struct arena *a, const struct source *s)
{
	uint32_t n = s ? s->outline.count : 0;
	uint32_t *p = arena_array(a, n + 1, sizeof(*p));

	for (uint32_t i = 0; i <= n; i++)
		p[i] = NONE;
	return p;
}

/* The row of the item on this line, or NONE. */
static uint32_t row_at(const struct source *s, const uint32_t *row,
		       uint32_t line)
{
	uint32_t i = s ? outline_at_line(&s->outline, line) : NONE;

	while (i != NONE && !item_diff_counts(&s->outline.item[i]))
		i = s->outline.item[i].parent;
	return i == NONE ? NONE : row[i];
}

static void count_lines(struct offline *o, const struct rows *rows,
			const struct rule_file *rf, const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			uint32_t row;

			if (l->origin == '+') {
				row = row_at(rf->now, rows->now, l->new_no);
				if (row != NONE)
					o->touched.ptr[row].added++;
			} else if (l->origin == '-') {
				row = row_at(rf->was, rows->was, l->old_no);
				if (row != NONE)
					o->touched.ptr[row].removed++;
			}
		}
}

static void add_touched(struct offline *o, const struct item_change *c)
{
	const struct code *code = &o->in->code;
	struct touched *t = vec_push(&o->touched, o->arena);
	const struct rule_file *f = &code->rule_files.ptr[c->file];
	const struct rule_file *old = &code->rule_files.ptr[c->was_file];
	bool gone = c->now == NONE;

	t->change = c;
	t->now = gone ? NULL : f->now;
	t->was = c->was == NONE ? NULL : old->was;
	t->s = gone ? t->was : t->now;
	t->item = &t->s->outline.item[gone ? c->was : c->now];
	t->file = gone ? old : f;
	t->is_test = t->item->flags & ITEM_TEST;
	t->test = f->test || source_test(t->s, t->item->key);
}

/* The files that are understood, in their order, with the change's own row. */
static void count_files(struct offline *o)
{
	const struct code *code = &o->in->code;
	struct rows *rows =
		arena_array(o->arena, code->rule_files.len + 1, sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < code->rule_files.len; i++) {
		rows[i].now = none_array(o->arena, code->rule_files.ptr[i].now);
		rows[i].was = none_array(o->arena, code->rule_files.ptr[i].was);
	}
	for (uint32_t i = 0; i < code->items.rows.len; i++) {
		const struct item_change *c = &code->items.rows.ptr[i];

		if (c->now != NONE)
			rows[c->file].now[c->now] = i;
		if (c->was != NONE)
			rows[c->was_file].was[c->was] = i;
	}
	vec_each (struct code_file, c, &code->files) {
		if (!c->understood)
			continue;
		count_lines(o, &rows[n], &code->rule_files.ptr[n],
			    &o->in->change.files.ptr[c->index]);
		n++;
	}
}

void edited_find(struct offline *o)
{
	vec_each (struct item_change, c, &o->in->code.items.rows)
		add_touched(o, c);
	if (!o->touched.len) {
		/* so that its end may be asked for */
		vec_push(&o->touched, o->arena);
		o->touched.len = 0;
	}
	count_files(o);
	o->tests_only = true;
	vec_each (struct touched, t, &o->touched)
		o->tests_only &= t->test;
	vec_each (struct touched, t, &o->touched)
		t->aside = t->test && !o->tests_only;
}

uint32_t edited_line(const struct touched *t)
{
	return t->s->lx.tok[t->item->key].line;
}

bool edited_fact(struct facts *f, const struct touched *t)
{
	return fact_begin(f, t->s->path, edited_line(t), !t->now);
}

bool edited_code(const struct touched *t)
{
	return t->item->kind == ITEM_FN || t->item->kind == ITEM_CONST ||
	       t->item->kind == ITEM_STATIC;
}

bool edited_new(const struct touched *t, uint32_t line)
{
	return t->now && t->file->line && t->file->line[line] & LINE_ADDED;
}

/* ---- names */

/* "Clone for Pool" of an impl; what it is called otherwise. */
static void add_own_name(struct buf *b, const struct item *it)
{
	if (it->kind != ITEM_IMPL) {
		buf_addsp(b, it->name);
		return;
	}
	if (it->trait_path.len) {
		buf_adds(b, it->flags & ITEM_NEGATIVE ? "!" : "");
		buf_addsp(b, it->trait_path);
		buf_adds(b, " for ");
	}
	buf_addsp(b, it->self_type);
}

struct span edited_path(struct arena *a, const struct source *s, uint32_t item)
{
	const struct item *it = &s->outline.item[item], *up;
	uint32_t owner = outline_owner(&s->outline, item);
	struct buf b = { 0 };
	struct span path;

	if (owner != NONE) {
		up = &s->outline.item[owner];
		if (up->trait_path.len)
			buf_addf(&b, "<%.*s as %.*s>", SPAN_ARG(up->self_type),
				 SPAN_ARG(up->trait_path));
		else
			buf_addsp(&b, up->name.len ? up->name : up->self_type);
		buf_adds(&b, "::");
	}
	add_own_name(&b, it);
	path = arena_span(a, buf_span(&b));
	buf_release(&b);
	return path;
}

void edited_name(struct buf *out, const struct touched *t)
{
	const struct item *it = t->item;
	const struct lexer *lx = &t->s->lx;
	struct arena a = { 0 };
	struct span path =
		edited_path(&a, t->s, (uint32_t)(it - t->s->outline.item));

	if (it->kind == ITEM_CALL) {
		buf_adds(out, "macro call ");
	} else {
		struct span words = lexer_range(lx, it->head, it->key);

		/* `macro_rules!` and what a macro names */
		if (span_chr(words, '`') >= 0 || words.len > 60)
			words = lexer_text(lx, it->key);
		text_visible_line(out, words);
		buf_addc(out, ' ');
	}
	quote_code(out, path);
	arena_release(&a);
}

void edited_code_path(struct offline *o, const struct touched *t)
{
	uint32_t item = (uint32_t)(t->item - t->s->outline.item);

	quote_code(o->out, edited_path(o->arena, t->s, item));
}
