/* The change map: which items changed, came, went, moved, and where. */
#include "agent/offline_parts.h"

#include <stdlib.h>

#include "agent/quote.h"

#define NONE OUTLINE_NONE

#define MAP_CHANGED 8u
#define MAP_ADDED 7u
#define MAP_REMOVED 4u
#define MAP_MOVED 3u
#define MAP_TESTS 3u
#define MAP_OUTSIDE 3u
#define MAP_NAMES 8u /* of one line */

/* An item that holds others, and is little without them. */
static bool container(const struct touched *t)
{
	return t->item->kind == ITEM_IMPL || t->item->kind == ITEM_MOD ||
	       t->item->kind == ITEM_EXTERN_BLOCK || t->item->kind == ITEM_CALL;
}

static bool around(const struct touched *t)
{
	return t->change->inside == NONE;
}

/* ---- totals */

enum { CLASS_FN, CLASS_TYPE, CLASS_IMPL, CLASS_OTHER, CLASSES };

static int class_of(const struct item *it)
{
	switch (it->kind) {
	case ITEM_FN:
		return CLASS_FN;
	case ITEM_STRUCT:
	case ITEM_ENUM:
	case ITEM_UNION:
	case ITEM_TRAIT:
	case ITEM_TYPE:
		return CLASS_TYPE;
	case ITEM_IMPL:
		return CLASS_IMPL;
	default:
		return CLASS_OTHER;
	}
}

static void add_classes(struct buf *out, const size_t n[CLASSES])
{
	static const char *const names[CLASSES][2] = {
		{ "fn", "fns" },
		{ "type", "types" },
		{ "impl", "impls" },
		{ "other item", "other items" },
	};
	size_t said = 0;

	for (int i = 0; i < CLASSES; i++) {
		if (!n[i])
			continue;
		add_comma(out, said++);
		add_count(out, n[i], names[i][0], names[i][1]);
	}
}

struct totals {
	size_t op[OP_RENAMED + 1][CLASSES];
	size_t tests[OP_RENAMED + 1];
	size_t async, unsafe, pub, comments;
};

static bool in_context(const struct touched *t, unsigned flag)
{
	const struct source *s = t->s;

	for (uint32_t i = t->item->head; i <= t->item->last; i++)
		if (s->context.flags[i] & flag)
			return true;
	return false;
}

static void count(struct totals *n, const struct touched *t)
{
	const struct item *it = t->item;

	if (t->test) {
		n->tests[t->change->op] += t->is_test;
		return;
	}
	if (t->change->op == OP_CHANGED && !(t->change->parts & PART_CODE)) {
		n->comments++;
		return;
	}
	n->op[t->change->op][class_of(it)]++;
	if (it->kind == ITEM_FN) {
		n->async +=
			it->flags & ITEM_ASYNC || in_context(t, CONTEXT_ASYNC);
		n->unsafe += it->flags & ITEM_UNSAFE ||
			     in_context(t, CONTEXT_UNSAFE);
	}
	n->pub += it->vis == VIS_PUB;
}

static void add_marks(struct buf *out, const struct totals *n)
{
	const struct {
		size_t n;
		const char *what;
	} marks[] = {
		{ n->pub, "`pub`" },
		{ n->async, "async" },
		{ n->unsafe, "with unsafe code" },
	};
	size_t said = 0;

	for (size_t i = 0; i < 3; i++)
		if (marks[i].n)
			buf_addf(out, "%s%zu %s", said++ ? ", " : ". Of these ",
				 marks[i].n, marks[i].what);
}

void add_totals(struct offline *o)
{
	static const char *const changed[] = { "added", "removed", "changed",
					       "moved", "renamed" };
	struct totals n = { 0 };
	size_t said = 0;

	vec_each (struct touched, t, &o->touched)
		count(&n, t);
	for (int op = 0; op <= OP_RENAMED; op++) {
		struct buf b = { 0 };

		add_classes(&b, n.op[op]);
		if (b.len)
			buf_addf(o->out, "%s%s %s", said++ ? ", " : ": ",
				 buf_cstr(&b), o->all ? "read" : changed[op]);
		buf_release(&b);
	}
	if (n.comments)
		buf_addf(o->out, "%s%zu changed in comments alone",
			 said ? ", " : ": ", n.comments);
	add_marks(o->out, &n);
}

/* ---- what changed */

static void add_parts(struct buf *out, unsigned parts)
{
	static const char *const names[] = { "attributes", "signature", "body",
					     "docs", "comments" };
	size_t said = 0;

	for (unsigned i = 0; i < 5; i++)
		if (parts & 1u << i) {
			add_comma(out, said++);
			buf_adds(out, names[i]);
		}
}

static bool is_changed(const struct touched *t)
{
	return !t->test && t->change->op == OP_CHANGED &&
	       t->change->parts & PART_CODE;
}

static uint32_t weight(const struct touched *t)
{
	uint32_t w = t->added + t->removed;

	if (container(t))
		return 1;
	return w + (t->item->vis == VIS_PUB ? 4 : 1) +
	       (t->change->parts & PART_HEADER ? 10 : 0);
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? 1 : *a > *b ? -1 : 0;
}

/* The least weight of the `most` that weigh most. */
static uint32_t least_weight(const struct offline *o, uint32_t most)
{
	uint32_t *w = arena_array(o->arena, o->touched.len + 1, sizeof(*w));
	uint32_t n = 0;

	vec_each (struct touched, t, &o->touched)
		if (is_changed(t))
			w[n++] = weight(t);
	if (n <= most)
		return 0;
	qsort(w, n, sizeof(*w), by_number);
	return w[most - 1];
}

static void add_changed(struct offline *o)
{
	struct facts f = { .o = o, .most = MAP_CHANGED };
	uint32_t least = least_weight(o, facts_most(&f));

	vec_each (struct touched, t, &o->touched) {
		if (!is_changed(t))
			continue;
		if (weight(t) < least) {
			f.left++;
			continue;
		}
		if (!edited_fact(&f, t))
			continue;
		edited_name(o->out, t);
		buf_adds(o->out, " changed: ");
		add_parts(o->out, t->change->parts);
		if (t->added || t->removed)
			buf_addf(o->out, " (+%u -%u)", t->added, t->removed);
		add_uses(o->out, edited_uses(o, t), t->s->path);
		fact_end(&f);
	}
	facts_close(&f, "changed item", "changed items");
}

/* ---- what came and went */

/* Items of one kind that came or went side by side in one place. */
static bool together(const struct touched *a, const struct touched *b)
{
	return a->s == b->s && a->change->op == b->change->op &&
	       a->item->kind == b->item->kind &&
	       a->item->parent == b->item->parent &&
	       a->item->kind != ITEM_IMPL && a->item->kind != ITEM_MOD;
}

/* How many rows each one holds. */
static uint32_t *count_held(const struct offline *o)
{
	uint32_t *n = arena_array(o->arena, o->touched.len + 1, sizeof(*n));

	vec_each (struct touched, t, &o->touched)
		if (t->change->inside != NONE)
			n[t->change->inside]++;
	return n;
}

static void add_others(struct offline *o, const struct touched *t,
		       const struct touched *end)
{
	uint32_t n = 1, left = 0;

	for (; t < end; t++) {
		if (n++ >= MAP_NAMES) {
			left++;
			continue;
		}
		buf_adds(o->out, ", ");
		quote_code(o->out, t->item->name);
		buf_addf(o->out, " (:%u)", edited_line(t));
	}
	if (left)
		buf_addf(o->out, " and %u more", left);
}

static bool came_or_went(const struct touched *t, enum item_op op)
{
	return t->change->op == op && around(t) && !t->test;
}

static void add_come_or_gone(struct offline *o, enum item_op op, uint32_t most)
{
	const struct touched *t = o->touched.ptr, *next;
	const struct touched *end = t + o->touched.len;
	struct facts f = { .o = o, .most = most };
	uint32_t *held = count_held(o);

	for (; t < end; t = next) {
		uint32_t holds;

		next = t + 1;
		if (!came_or_went(t, op))
			continue;
		while (next < end && came_or_went(next, op) &&
		       together(t, next))
			next++;
		if (!edited_fact(&f, t))
			continue;
		buf_adds(o->out, op == OP_ADDED ? word_added(o) : "removed ");
		edited_name(o->out, t);
		add_others(o, t + 1, next);
		holds = held[t - o->touched.ptr];
		if (holds)
			buf_addf(o->out, ", with %u item%s in it", holds,
				 plural(holds));
		fact_end(&f);
	}
	if (op == OP_ADDED)
		facts_close(&f, "place with items", "places with items");
	else
		facts_close(&f, "place with removed items",
			    "places with removed items");
}

static void add_moved(struct offline *o)
{
	struct facts f = { .o = o, .most = MAP_MOVED };

	vec_each (struct touched, t, &o->touched) {
		enum item_op op = t->change->op;
		const struct item *was;

		if ((op != OP_MOVED && op != OP_RENAMED) || t->test ||
		    !edited_fact(&f, t))
			continue;
		was = &t->was->outline.item[t->change->was];
		edited_name(o->out, t);
		if (op == OP_RENAMED) {
			buf_adds(o->out, " was called ");
			quote_code(o->out, was->name);
		} else {
			buf_adds(o->out, " stood at ");
			quote_place(o->out, t->was->path,
				    t->was->lx.tok[was->key].line);
			buf_adds(o->out, " (before)");
		}
		if (t->change->parts & PART_CODE) {
			buf_adds(o->out, "; changed: ");
			add_parts(o->out, t->change->parts & PART_CODE);
		}
		fact_end(&f);
	}
	facts_close(&f, "moved or renamed item", "moved or renamed items");
}

/* ---- tests */

static void add_tests_of(struct offline *o, const struct touched *t,
			 const struct touched *end)
{
	static const char *const words[] = { "added", "removed", "changed",
					     "moved", "renamed" };
	const struct touched *first = t;

	for (int op = 0; op <= OP_RENAMED; op++) {
		uint32_t n = 0;

		for (t = first; t < end; t++) {
			if (!t->is_test || (int)t->change->op != op)
				continue;
			n++;
			if (n == 1 && !o->all)
				buf_addf(o->out, "%s%s ",
					 o->out->ptr[o->out->len - 1] == ' '
						 ? ""
						 : "; ",
					 words[op]);
			if (n > MAP_NAMES)
				continue;
			add_comma(o->out, n - 1);
			quote_code(o->out, t->item->name);
			buf_addf(o->out, " (%s%u)",
				 t->now ? ":" : "before: ", edited_line(t));
		}
		if (n > MAP_NAMES)
			buf_addf(o->out, " and %u more",
				 n - (uint32_t)MAP_NAMES);
	}
}

static void add_tests(struct offline *o)
{
	const struct touched *t = o->touched.ptr, *next;
	const struct touched *end = t + o->touched.len;
	struct facts f = { .o = o, .most = MAP_TESTS };

	for (; t < end; t = next) {
		const struct touched *first = NULL;
		uint32_t n = 0;

		for (next = t; next < end && next->file == t->file; next++) {
			n += next->is_test;
			if (next->is_test && !first)
				first = next;
		}
		if (!first || !edited_fact(&f, first))
			continue;
		buf_addf(o->out, "%s ", n == 1 ? "test" : "tests");
		add_tests_of(o, t, next);
		fact_end(&f);
	}
	facts_close(&f, "file with tests", "files with tests");
}

/* Lines of a side's file, and where they begin. */
static uint32_t first_changed(const struct file_change *f, char origin)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin == origin)
				return origin == '+' ? l->new_no : l->old_no;
	return 0;
}

static bool has_row(const struct offline *o, const struct source *now,
		    const struct source *was)
{
	vec_each (struct touched, t, &o->touched)
		if ((now && t->now == now) || (was && t->was == was))
			return true;
	return false;
}

/* Rust files whose items are all as they were. */
static void add_outside(struct offline *o)
{
	struct facts f = { .o = o, .most = MAP_OUTSIDE };

	vec_each (struct code_file, c, &o->in->code.files) {
		const struct file_change *fc =
			&o->in->change.files.ptr[c->index];
		uint32_t now = first_changed(fc, '+');
		uint32_t was = first_changed(fc, '-');

		if (!c->understood || (!now && !was) ||
		    has_row(o, c->now, c->was) ||
		    !fact_begin(&f, now ? fc->path : fc->old_path,
				now ? now : was, !now))
			continue;
		buf_adds(o->out, "imports, comments or layout alone (");
		add_extent(o, fc);
		buf_addc(o->out, ')');
		fact_end(&f);
	}
	facts_close(&f, "file of imports, comments or layout",
		    "files of imports, comments or layout");
}

void offline_map(struct offline *o)
{
	add_changed(o);
	add_come_or_gone(o, OP_ADDED, MAP_ADDED);
	add_come_or_gone(o, OP_REMOVED, MAP_REMOVED);
	add_moved(o);
	add_tests(o);
	add_outside(o);
}
