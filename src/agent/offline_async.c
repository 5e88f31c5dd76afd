/* Async and performance: where what changed waits, what it shares, what it
 * allocates and copies. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/effect.h"
#include "rust/guard.h"
#include "rust/look.h"

#define AWAITS 5u
#define SHARED 6u
#define COSTS 5u
#define NAMES 6u /* of one line */
#define LINES 4u /* of one name */

/* What one side of a changed item has and the other has not. */
struct difference {
	const struct source *s;
	VEC(struct effect) rows;
};

static bool shares(const struct effect *e)
{
	return e->kind < EFFECT_ALLOC;
}

/* ---- what it shares, what it costs */

/* Those of `of` that `in` has no partner for; partners are used up. */
static void subtract(struct offline *o, struct difference *out,
		     const struct source *s, const struct effects *of,
		     const struct source *t, const struct effects *in)
{
	bool *used = arena_alloc(o->arena, in->rows.len + 1);

	out->s = s;
	vec_each (struct effect, e, &of->rows) {
		size_t i = 0;

		while (i < in->rows.len &&
		       (used[i] || !effect_same(s, e, t, &in->rows.ptr[i])))
			i++;
		if (i < in->rows.len)
			used[i] = true;
		else
			*vec_push(&out->rows, o->arena) = *e;
	}
}

static void differ(struct offline *o, const struct touched *t,
		   struct difference *now, struct difference *was)
{
	struct effects new = { 0 }, old = { 0 };

	if (t->now)
		effects_find(&new, o->arena, t->now, t->item->head,
			     t->item->last + 1);
	if (t->was) {
		const struct item *it = &t->was->outline.item[t->change->was];

		effects_find(&old, o->arena, t->was, it->head, it->last + 1);
	}
	subtract(o, now, t->now, &new, t->was, &old);
	subtract(o, was, t->was, &old, t->now, &new);
}

static bool said_before(const struct difference *d, const struct effect *e)
{
	for (const struct effect *b = d->rows.ptr; b < e; b++)
		if (effect_same(d->s, b, d->s, e))
			return true;
	return false;
}

/* The lines on which the same stands from e on. */
static void add_lines(struct buf *out, const struct difference *d,
		      const struct effect *e, bool old)
{
	const struct effect *end = d->rows.ptr + d->rows.len;
	uint32_t n = 0;

	if (d->rows.len == 1 && !e->in_loop)
		return; /* it is the fact's own line */
	buf_adds(out, old ? " (before: " : " (");
	for (const struct effect *b = e; b < end; b++) {
		if (!effect_same(d->s, b, d->s, e) || n++ >= LINES)
			continue;
		add_comma(out, n - 1);
		buf_addf(out, "%s%u%s", old ? "" : ":",
			 d->s->lx.tok[b->at].line,
			 b->in_loop ? " in a loop" : "");
	}
	if (n > LINES)
		buf_addf(out, " and %u more", n - LINES);
	buf_addc(out, ')');
}

static uint32_t add_effects(struct buf *out, const struct difference *d,
			    bool shared, bool old)
{
	uint32_t n = 0;

	vec_each (struct effect, e, &d->rows) {
		if (shares(e) != shared || said_before(d, e) || n++ >= NAMES)
			continue;
		add_comma(out, n - 1);
		quote_tokens(out, d->s, e->from, e->to);
		add_lines(out, d, e, old);
	}
	if (n > NAMES)
		buf_addf(out, " and %u more", n - NAMES);
	return n;
}

static const struct effect *first_of(const struct difference *d, bool shared)
{
	vec_each (struct effect, e, &d->rows)
		if (shares(e) == shared)
			return e;
	return NULL;
}

/* One line: what a changed item shares now, or costs. */
static void add_differences(struct facts *f, const struct touched *t,
			    const struct difference *now,
			    const struct difference *was, bool shared)
{
	const struct effect *new = first_of(now, shared);
	const struct effect *old = first_of(was, shared);
	struct buf *out = f->o->out;
	const struct source *s = new ? now->s : was->s;

	if ((!new && !old) ||
	    !fact_begin(f, s->path, s->lx.tok[(new ? new : old)->at].line,
			!new))
		return;
	edited_code_path(f->o, t);
	if (new) {
		buf_adds(out, t->was ? " adds " : " has ");
		add_effects(out, now, shared, false);
	}
	if (old) {
		buf_adds(out, new ? "; drops " : " drops ");
		add_effects(out, was, shared, true);
	}
	fact_end(f);
}

/* Of a new function only what it does again and again. */
static void keep_loops(struct difference *d)
{
	size_t n = 0;

	vec_each (struct effect, e, &d->rows)
		if (e->in_loop || shares(e))
			d->rows.ptr[n++] = *e;
	d->rows.len = n;
}

static void add_all(struct offline *o, bool shared, bool loops, struct facts *f)
{
	vec_each (struct touched, t, &o->touched) {
		struct difference now = { 0 }, was = { 0 };

		if (t->aside || !edited_code(t) ||
		    (!t->now && t->change->inside != OUTLINE_NONE))
			continue;
		differ(o, t, &now, &was);
		if (!shared && !t->now)
			continue;
		if (loops && !t->was)
			keep_loops(&now);
		add_differences(f, t, &now, &was, shared);
	}
}

/* ---- where it waits */

static bool awaits(const struct source *s, uint32_t i)
{
	return look_kind(s, i) == KW_AWAIT && i &&
	       look_kind(s, i - 1) == TOKEN_DOT &&
	       !(s->context.flags[i] & CONTEXT_MACRO_DEF);
}

/* A changed item that waits. */
struct waiting {
	const struct touched *t;
	uint32_t all, fresh; /* places; of them on added lines */
	uint32_t first;	     /* the first line, of those */
};

struct waitings {
	VEC(struct waiting) rows;
};

static void find_waiting(struct offline *o, struct waitings *out)
{
	vec_each (struct touched, t, &o->touched) {
		struct waiting w = { .t = t };

		if (t->aside || !t->now || !edited_code(t) ||
		    !(t->change->parts & PART_CODE || !t->was))
			continue;
		for (uint32_t i = t->item->head; i <= t->item->last; i++) {
			uint32_t line = t->s->lx.tok[i].line;

			if (!awaits(t->s, i))
				continue;
			if (!w.all || (!w.fresh && edited_new(t, line)))
				w.first = line;
			w.all++;
			w.fresh += edited_new(t, line);
		}
		if (w.all)
			*vec_push(&out->rows, o->arena) = w;
	}
}

/* What is held at one of its `.await`s. */
static uint32_t add_guards(struct buf *out, const struct touched *t,
			   const struct guards *g)
{
	uint32_t n = 0;

	vec_each (struct guard, one, &g->row) {
		if (!one->awaits || one->call < t->item->head ||
		    one->call > t->item->last || n++ >= LINES)
			continue;
		buf_addf(out, "; %s guard ", one->of);
		quote_code(out, one->evidence);
		buf_addf(out, " of :%u is alive at :%u",
			 t->s->lx.tok[one->call].line,
			 t->s->lx.tok[g->await.ptr[one->await]].line);
	}
	return n;
}

/* One that holds a guard meanwhile. */
static bool add_holding(struct facts *f, const struct waiting *w,
			const struct guards *g)
{
	struct buf held = { 0 };
	uint32_t n = add_guards(&held, w->t, g);

	if (n && edited_fact(f, w->t)) {
		edited_code_path(f->o, w->t);
		buf_addf(f->o->out, " awaits at %u place%s", w->all,
			 plural(w->all));
		buf_addsp(f->o->out, buf_span(&held));
		fact_end(f);
	}
	buf_release(&held);
	return n;
}

/* The others, in one line: those that wait on an added line, or not. */
static void add_waiting(struct facts *f, const struct waitings *all,
			const bool *said, bool fresh)
{
	struct buf *out = f->o->out;
	struct span last = { 0 };
	uint32_t n = 0;

	for (size_t i = 0; i < all->rows.len; i++) {
		const struct waiting *w = &all->rows.ptr[i];

		if (said[i] || (w->fresh > 0) != fresh)
			continue;
		if (!n && !fact_begin(f, w->t->s->path, w->first, false))
			return;
		if (n++ >= NAMES)
			continue;
		if (n > 1)
			buf_adds(out, ", ");
		else
			buf_adds(out, fresh ? "awaits, no guard known to be "
					      "alive there: "
					    : "awaits as before: ");
		edited_code_path(f->o, w->t);
		if (n > 1) {
			buf_adds(out, " (");
			add_place_in(out, last, w->t->s->path, w->first);
			buf_addc(out, ')');
		}
		if (w->all > 1)
			buf_addf(out, " %u times", w->all);
		last = w->t->s->path;
	}
	if (n > NAMES)
		buf_addf(out, " and %u more", n - NAMES);
	if (n)
		fact_end(f);
}

static void add_awaits(struct offline *o, struct facts *f)
{
	struct waitings all = { 0 };
	struct guards g = { 0 };
	const struct source *s = NULL;
	bool *said;

	find_waiting(o, &all);
	said = arena_alloc(o->arena, all.rows.len + 1);
	for (size_t i = 0; i < all.rows.len; i++) {
		const struct waiting *w = &all.rows.ptr[i];

		if (s != w->t->s)
			guards_find(&g, o->arena, w->t->s,
				    (1u << GUARD_KINDS) - 1);
		s = w->t->s;
		said[i] = add_holding(f, w, &g);
	}
	add_waiting(f, &all, said, true);
	add_waiting(f, &all, said, false);
}

void offline_async(struct offline *o)
{
	struct facts waits = { .o = o, .most = AWAITS };
	struct facts shared = { .o = o, .most = SHARED };
	struct facts costs = { .o = o, .most = COSTS };

	add_awaits(o, &waits);
	facts_close(&waits, "item that awaits", "items that await");
	add_all(o, true, false, &shared);
	facts_close(&shared, "other task, lock, channel or atomic",
		    "items with other tasks, locks, channels or atomics");
	add_all(o, false, true, &costs);
	if (!waits.said && !shared.said && !costs.said)
		add_all(o, false, false, &costs);
	facts_close(&costs, "item that allocates or copies",
		    "items that allocate or copy");
}
