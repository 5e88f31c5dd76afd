/* Critical Issues: unsafe code in what changed, and the lines that decide what
 * the changed code does. */
#include "agent/offline_parts.h"

#include <stdlib.h>

#include "agent/quote.h"
#include "rust/look.h"
#include "rust/safety.h"

#define UNSAFES 5u
#define DECISIONS 10u
#define BRANCHING 5u
#define PLACES 4u	/* of one fact */
#define JOINED_MAX 500u /* decisions that are compared with all others */

/* ---- unsafe code */

/* An unsafe block, impl or fn at `unsafe`. */
struct unsafe {
	const struct touched *t;
	uint32_t at;
};

struct unsafes {
	VEC(struct unsafe) rows;
};

static bool unsafe_at(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == KW_UNSAFE &&
	       (safety_block(s, i) || safety_impl(s, i));
}

/* Those of what is no item of its own in it: on added lines, and others. */
static void find_unsafe(struct offline *o, struct unsafes *new,
			struct unsafes *old, const struct touched *t)
{
	const struct source *s = t->s;
	uint32_t end = t->item->last + 1;

	if (t->item->kind == ITEM_IMPL || t->item->kind == ITEM_MOD ||
	    t->item->kind == ITEM_TRAIT || t->item->kind == ITEM_CALL)
		end = item_body_start(s, t->item);
	for (uint32_t i = t->item->head; i < end; i++) {
		struct unsafe u = { .t = t, .at = i };

		if (!unsafe_at(s, i) || s->context.flags[i] & CONTEXT_MACRO_DEF)
			continue;
		if (edited_new(t, s->lx.tok[i].line))
			*vec_push(&new->rows, o->arena) = u;
		else if (t->change->parts & PART_BODY && t->was)
			*vec_push(&old->rows, o->arena) = u;
	}
}

/* What its comment says, as a code span of at most `max` bytes. */
static void add_safety(struct offline *o, struct safety *safety,
		       const struct unsafe *u, size_t max)
{
	uint32_t c;

	if (safety->s != u->t->s)
		safety_read(safety, o->arena, u->t->s, SAFETY_FORMAL);
	c = safety_comment(safety, u->at);
	if (c == SAFETY_NONE)
		buf_adds(o->out, "without a SAFETY comment");
	else
		quote_short(o->out, safety_text(safety, o->arena, c), max);
}

static uint32_t unsafe_line(const struct unsafe *u)
{
	return u->t->s->lx.tok[u->at].line;
}

/* Is that it has no comment a finding already? */
static bool found(const struct offline *o, const struct unsafe *u)
{
	vec_each (struct rule_group, g, &o->in->code.rules.groups)
		if (!strcmp(g->rule->id, "unsafe-without-safety") &&
		    span_eq(g->path, u->t->s->path))
			return true;
	return false;
}

static void add_new_unsafe(struct offline *o, struct facts *f,
			   const struct unsafe *u, struct safety *safety)
{
	if (safety->s != u->t->s)
		safety_read(safety, o->arena, u->t->s, SAFETY_FORMAL);
	if (safety_comment(safety, u->at) == SAFETY_NONE && found(o, u))
		return;
	if (!fact_begin(f, u->t->s->path, unsafe_line(u), false))
		return;
	if (safety_impl(u->t->s, u->at)) {
		buf_adds(o->out, word_new(o));
		edited_name(o->out, u->t);
	} else {
		buf_addf(o->out, "%sunsafe block in ", word_new(o));
		edited_code_path(o, u->t);
	}
	buf_adds(o->out, ": ");
	add_safety(o, safety, u, QUOTE_MAX);
	fact_end(f);
}

/* The n blocks of one item that the change leaves as they are. */
static void add_old_unsafes(struct offline *o, struct facts *f,
			    const struct unsafe *u, uint32_t n,
			    struct safety *safety)
{
	if (!fact_begin(f, u->t->s->path, unsafe_line(u), false))
		return;
	edited_code_path(o, u->t);
	buf_addf(o->out, " changed around %u unsafe block%s: ", n, plural(n));
	for (uint32_t i = 0; i < n && i < PLACES; i++) {
		add_comma(o->out, i);
		buf_addf(o->out, ":%u ", unsafe_line(&u[i]));
		add_safety(o, safety, &u[i], QUOTE_MAX / 2);
	}
	if (n > PLACES)
		buf_addf(o->out, " and %u more", n - PLACES);
	fact_end(f);
}

/* For the Action Items. */
static void remember(struct offline *o, const struct unsafe *u,
		     struct safety *safety)
{
	struct touched *t = &o->touched.ptr[u->t - o->touched.ptr];
	uint32_t c;

	if (safety->s != t->s)
		safety_read(safety, o->arena, t->s, SAFETY_FORMAL);
	c = safety_comment(safety, u->at);
	t->unsafe_line = unsafe_line(u);
	if (c != SAFETY_NONE)
		t->safety = safety_text(safety, o->arena, c);
}

static void add_unsafes(struct offline *o)
{
	struct facts f = { .o = o, .most = UNSAFES };
	struct safety safety = { 0 };
	struct unsafes new = { 0 }, old = { 0 };

	vec_each (struct touched, t, &o->touched)
		if (t->now && !t->aside)
			find_unsafe(o, &new, &old, t);
	vec_each (struct unsafe, u, &new.rows)
		add_new_unsafe(o, &f, u, &safety);
	for (size_t i = 0, n; i < old.rows.len; i += n) {
		remember(o, &old.rows.ptr[i], &safety);
		n = 1;
		while (i + n < old.rows.len &&
		       old.rows.ptr[i + n].t == old.rows.ptr[i].t)
			n++;
		add_old_unsafes(o, &f, &old.rows.ptr[i], (uint32_t)n, &safety);
	}
	facts_close(&f, "place with unsafe code", "places with unsafe code");
}

/* ---- decisions */

/* One that differs, with others of the same words. */
struct decided {
	const struct touched *t;
	const struct decision_change *c;
	uint64_t hash;
	uint32_t weight;
	struct decided *same; /* the first one like it, or NULL */
};

struct decideds {
	VEC(struct decided) rows;
	/* of functions that came and went as a whole */
	struct decisions came, gone;
};

static const struct decision_changes *decide(struct offline *o,
					     const struct touched *t)
{
	struct decision_changes *d;
	struct decisions now, was;
	const struct item *old;

	if (!t->now || !t->was || !(t->change->parts & PART_BODY) ||
	    t->item->kind != ITEM_FN || t->item->open == OUTLINE_NONE)
		return NULL;
	old = &t->was->outline.item[t->change->was];
	if (old->open == OUTLINE_NONE)
		return NULL;
	d = arena_new(o->arena, struct decision_changes);
	decision_find(&now, o->arena, t->now, t->item->open, t->item->last);
	decision_find(&was, o->arena, t->was, old->open, old->last);
	decision_diff(d, o->arena, t->now, &now, t->was, &was);
	return d;
}

static uint32_t weigh(const struct decision_change *c)
{
	const struct decision *d = c->now ? c->now : c->was;

	if (c->now && c->was)
		return 4;
	switch (d->kind) {
	case DECISION_CHECK:
		return c->was ? 4 : 2;
	case DECISION_IF:
	case DECISION_WHILE:
	case DECISION_LOGIC:
	case DECISION_RETURN:
		return 3;
	case DECISION_ARM:
		return 2;
	default:
		return 1;
	}
}

/* Those of a function that has but one side. */
static void add_whole(struct offline *o, struct decideds *out,
		      const struct touched *t)
{
	struct decisions *to = t->now ? &out->came : &out->gone, of;

	if (t->item->kind != ITEM_FN || (t->now && t->was))
		return;
	decision_find(&of, o->arena, t->s, t->item->head, t->item->last + 1);
	vec_each (struct decision, d, &of.rows)
		*vec_push(&to->rows, o->arena) = *d;
}

static void find_decisions(struct offline *o, struct decideds *out)
{
	vec_each (struct touched, t, &o->touched) {
		const struct decision_changes *d =
			t->aside ? NULL : decide(o, t);

		add_whole(o, out, t);
		if (!d)
			continue;
		vec_each (struct decision_change, c, &d->rows)
			*vec_push(&out->rows, o->arena) = (struct decided){
				.t = t,
				.c = c,
				.hash = (c->now ? c->now->hash : 1) * 31 +
					(c->was ? c->was->hash : 1),
				.weight = weigh(c),
			};
	}
}

static bool holds(const struct decisions *in, uint64_t hash)
{
	size_t n = 0;

	vec_each (struct decision, d, &in->rows)
		if (n++ < JOINED_MAX && d->hash == hash)
			return true;
	return false;
}

/* What is gone here and new there was moved. Of what is left, the first one of
 * the same words in a file speaks for all. */
static void join_decisions(struct decideds *d)
{
	struct decided *rows = d->rows.ptr;
	size_t n = d->rows.len < JOINED_MAX ? d->rows.len : JOINED_MAX;

	for (size_t i = 0; i < n; i++)
		if ((!rows[i].c->now &&
		     holds(&d->came, rows[i].c->was->hash)) ||
		    (!rows[i].c->was && holds(&d->gone, rows[i].c->now->hash)))
			rows[i].weight = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			if (rows[i].weight && rows[k].weight &&
			    !rows[i].c->was && !rows[k].c->now &&
			    rows[i].c->now->hash == rows[k].c->was->hash)
				rows[i].weight = rows[k].weight = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i && !rows[i].same; k++)
			if (rows[k].weight && !rows[k].same &&
			    rows[k].hash == rows[i].hash &&
			    rows[k].t->s == rows[i].t->s)
				rows[i].same = &rows[k];
}

static int heavier(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? 1 : *a > *b ? -1 : 0;
}

static bool speaks(const struct decided *d)
{
	return d->weight && !d->same;
}

/* The least weight of the `most` that weigh most. */
static uint32_t least(struct offline *o, const struct decideds *d,
		      uint32_t most)
{
	uint32_t *w = arena_array(o->arena, d->rows.len + 1, sizeof(*w)), n = 0;

	vec_each (struct decided, one, &d->rows)
		if (speaks(one))
			w[n++] = one->weight;
	if (n <= most)
		return 1;
	qsort(w, n, sizeof(*w), heavier);
	return w[most - 1];
}

static uint32_t line_of(const struct decided *d)
{
	const struct decision_change *c = d->c;

	return c->now ? d->t->now->lx.tok[c->now->at].line
		      : d->t->was->lx.tok[c->was->at].line;
}

static void add_where(struct offline *o, const struct decideds *all,
		      const struct decided *first)
{
	uint32_t n = 0;

	buf_adds(o->out, ", in ");
	edited_code_path(o, first->t);
	vec_each (struct decided, d, &all->rows) {
		if (d->same != first || n++ >= PLACES)
			continue;
		buf_addf(o->out, "%s:%u", n == 1 ? "; also at " : ", ",
			 line_of(d));
	}
	if (n > PLACES)
		buf_addf(o->out, " and %u more", n - PLACES);
}

static void add_decision(struct offline *o, struct facts *f,
			 const struct decideds *all, const struct decided *one)
{
	const struct decision_change *c = one->c;
	const struct decision *d = c->now ? c->now : c->was;
	const struct source *s = c->now ? one->t->now : one->t->was;

	if (!fact_begin(f, s->path, line_of(one), !c->now))
		return;
	buf_adds(o->out, decision_name(d->kind));
	if (c->now && c->was) {
		buf_adds(o->out, " changed: ");
		quote_became(o->out, one->t->was, c->was->from, c->was->to,
			     one->t->now, d->from, d->to);
	} else {
		buf_adds(o->out, c->now ? " added" : " removed");
		if (d->to > d->from) {
			buf_adds(o->out, ": ");
			quote_tokens(o->out, s, d->from, d->to);
		}
	}
	add_where(o, all, one);
	fact_end(f);
}

static void add_decisions(struct offline *o)
{
	struct facts f = { .o = o, .most = DECISIONS };
	struct decideds found = { 0 };
	uint32_t from;

	find_decisions(o, &found);
	join_decisions(&found);
	from = least(o, &found, facts_most(&f));
	vec_each (struct decided, d, &found.rows) {
		if (!speaks(d))
			continue;
		o->touched.ptr[d->t - o->touched.ptr].decisions++;
		if (d->weight < from)
			f.left++;
		else
			add_decision(o, &f, &found, d);
	}
	facts_close(&f, "changed decision", "changed decisions");
}

/* ---- new functions */

static uint32_t count_kind(const struct decisions *d, enum decision_kind from,
			   enum decision_kind to)
{
	uint32_t n = 0;

	vec_each (struct decision, one, &d->rows)
		n += one->kind >= from && one->kind <= to;
	return n;
}

static uint32_t count_questions(const struct touched *t)
{
	uint32_t n = 0;

	for (uint32_t i = t->item->head; i <= t->item->last; i++)
		n += look_kind(t->s, i) == TOKEN_QUESTION && i &&
		     look_kind(t->s, i + 1) != KW_SELF &&
		     look_kind(t->s, i - 1) != TOKEN_COLON &&
		     look_kind(t->s, i - 1) != TOKEN_PLUS;
	return n;
}

struct branching {
	const struct touched *t;
	uint32_t ifs, arms, outs, questions;
};

static uint32_t branches(const struct branching *b)
{
	return b->ifs + b->arms + b->outs + b->questions;
}

static int most_branches(const void *x, const void *y)
{
	const struct branching *a = x, *b = y;

	if (branches(a) != branches(b))
		return branches(a) < branches(b) ? 1 : -1;
	return a->t < b->t ? -1 : a->t > b->t;
}

static void add_branching(struct offline *o, const struct branching *b)
{
	const struct {
		uint32_t n;
		const char *one, *many;
	} what[] = {
		{ b->ifs, "condition", "conditions" },
		{ b->arms, "match arm", "match arms" },
		{ b->outs, "way out", "ways out" },
		{ b->questions, "`?`", "`?`" },
	};
	uint32_t said = 0;

	buf_adds(o->out, o->all ? "" : "new: ");
	edited_code_path(o, b->t);
	buf_adds(o->out, " has ");
	for (size_t i = 0; i < sizeof(what) / sizeof(*what); i++) {
		if (!what[i].n)
			continue;
		add_comma(o->out, said++);
		add_count(o->out, what[i].n, what[i].one, what[i].many);
	}
}

/* Where new code branches most. */
static void add_new_code(struct offline *o)
{
	struct facts f = { .o = o, .most = BRANCHING };
	struct branching *all =
		arena_array(o->arena, o->touched.len + 1, sizeof(*all));
	size_t n = 0;

	vec_each (struct touched, t, &o->touched) {
		struct branching b = { .t = t };
		struct decisions d;

		if (t->aside || !t->now || t->was || t->item->kind != ITEM_FN)
			continue;
		decision_find(&d, o->arena, t->s, t->item->head,
			      t->item->last + 1);
		b.ifs = count_kind(&d, DECISION_IF, DECISION_WHILE);
		b.arms = count_kind(&d, DECISION_ARM, DECISION_ARM);
		b.outs = count_kind(&d, DECISION_RETURN, DECISION_CONTINUE);
		b.questions = count_questions(t);
		if (branches(&b))
			all[n++] = b;
	}
	if (n)
		qsort(all, n, sizeof(*all), most_branches);
	for (size_t i = 0; i < n; i++)
		if (edited_fact(&f, all[i].t)) {
			add_branching(o, &all[i]);
			fact_end(&f);
		}
	facts_close(&f, "function that branches", "functions that branch");
}

void offline_critical(struct offline *o)
{
	size_t len = o->out->len;

	vec_each (struct touched, t, &o->touched) {
		t->decisions = t->unsafe_line = 0;
		t->safety = (struct span){ 0 };
	}
	add_unsafes(o);
	add_decisions(o);
	if (o->out->len == len)
		add_new_code(o);
}
