/*
 * Total: both sides are sorted, so one walk along them finds what is new, gone
 * or changed. Every rule here treats the two sides alike.
 */
#include "rust/cargo_parts.h"

#include <stdlib.h>

#include "base/buf.h"

struct diff {
	struct cargo_changes *out;
	struct arena *arena;
	const struct manifest *old, *new;
};

struct cargo_change *change_add(struct cargo_changes *out, struct arena *a,
				enum cargo_subject subject, enum cargo_op op,
				struct span name)
{
	struct cargo_change *c = vec_push(&out->rows, a);

	c->subject = subject;
	c->op = op;
	c->name = name;
	return c;
}

static int change_order(const void *pa, const void *pb)
{
	const struct cargo_change *a = pa, *b = pb;
	const struct span sa[] = { a->name, a->target, a->item };
	const struct span sb[] = { b->name, b->target, b->item };
	int order = (int)a->subject - (int)b->subject;
	size_t i;

	for (i = 0; i < 3 && !order; i++)
		order = span_order(sa[i], sb[i]);
	if (!order)
		order = (int)a->kind - (int)b->kind;
	return order ? order : (int)a->op - (int)b->op;
}

void changes_sort(struct cargo_changes *out, struct arena *a)
{
	out->rows.ptr = sort_stable(a, out->rows.ptr, out->rows.len,
				    sizeof(*out->rows.ptr), change_order);
	out->rows.cap = out->rows.len;
}

void change_level(struct cargo_change *c)
{
	c->level = version_level(c->old, c->new);
	c->down = c->level && version_compare(c->new, c->old) < 0;
}

static const struct fact *find_fact(const struct manifest *m,
				    enum fact_kind kind, struct span name)
{
	struct fact key = { .kind = kind, .name = name };

	return m->facts.len ? bsearch(&key, m->facts.ptr, m->facts.len,
				      sizeof(key), fact_order)
			    : NULL;
}

/* What one feature turns on is told with the feature when that is new. */
static bool told_with_feature(const struct diff *d, const struct fact *f)
{
	return f->kind == FACT_FEATURE_ITEM &&
	       (!find_fact(d->old, FACT_FEATURE, f->name) ||
		!find_fact(d->new, FACT_FEATURE, f->name));
}

static bool same_fact(const struct fact *o, const struct fact *n)
{
	return o->inherited == n->inherited && span_eq(o->value, n->value);
}

static void diff_fact(struct diff *d, const struct fact *o,
		      const struct fact *n)
{
	const struct fact *f = n ? n : o;
	enum cargo_op op = !o	? CARGO_ADDED
			   : !n ? CARGO_REMOVED
				: CARGO_CHANGED;
	struct cargo_change *c;

	if (o && n && (same_fact(o, n) || f->kind == FACT_FEATURE))
		return;
	if (told_with_feature(d, f))
		return;
	c = change_add(d->out, d->arena, SUBJECT_OF(f->kind), op, f->name);
	c->item = f->item;
	c->line = f->line;
	if (o)
		c->old = o->value;
	if (n)
		c->new = n->value;
	if (op == CARGO_CHANGED && !o->inherited && !n->inherited &&
	    (f->kind == FACT_VERSION || f->kind == FACT_RUST_VERSION))
		change_level(c);
}

static void diff_facts(struct diff *d)
{
	static const struct fact none = { 0 };
	const struct fact *o = FIRST(&d->old->facts, &none);
	const struct fact *n = FIRST(&d->new->facts, &none);
	const struct fact *oe = o + d->old->facts.len;
	const struct fact *ne = n + d->new->facts.len;

	while (o < oe || n < ne) {
		int order = o == oe ? 1 : n == ne ? -1 : fact_order(o, n);

		diff_fact(d, order <= 0 ? o : NULL, order >= 0 ? n : NULL);
		o += order <= 0;
		n += order >= 0;
	}
}

static struct cargo_change *about(struct diff *d, const struct dependency *dep,
				  unsigned subject, enum cargo_op op,
				  unsigned line)
{
	struct cargo_change *c = change_add(
		d->out, d->arena, (enum cargo_subject)subject, op, dep->name);

	c->kind = dep->kind;
	c->target = dep->target;
	c->line = line;
	return c;
}

/* A requirement of one version: after = ^ or ~ or nothing. */
static bool plain(struct span req, char *op)
{
	size_t i;

	*op = req.len && strchr("=^~", req.ptr[0]) && req.ptr[0] ? req.ptr[0]
								 : '^';
	if (req.len && req.ptr[0] == *op)
		req = span_trim(span_from(req, 1));
	for (i = 0; i < req.len; i++)
		if (!req.ptr[i] || strchr("<>=*, xX", req.ptr[i]))
			return false;
	return req.len && req.ptr[0] >= '0' && req.ptr[0] <= '9';
}

static void requirement_level(struct cargo_change *c)
{
	struct cargo_change bare = *c;
	char o, n;

	if (!plain(c->old, &o) || !plain(c->new, &n) || o != n)
		return;
	bare.old = span_trim(span_from(c->old, c->old.ptr[0] == o));
	bare.new = span_trim(span_from(c->new, c->new.ptr[0] == n));
	change_level(&bare);
	c->level = bare.level;
	c->down = bare.down;
}

static void diff_columns(struct diff *d, const struct dependency *o,
			 const struct dependency *n)
{
	bool half = (o->source == SOURCE_WORKSPACE) !=
		    (n->source == SOURCE_WORKSPACE);
	unsigned i;

	for (i = 0; i < DEPENDENCY_COLUMNS; i++) {
		struct cargo_change *c;

		/* the rest of one side stands in another file */
		if (span_eq(o->col[i].text, n->col[i].text) ||
		    (half && i != COLUMN_SOURCE && i != COLUMN_OPTIONAL))
			continue;
		c = about(d, n, SUBJECT_REQUIREMENT + i, CARGO_CHANGED,
			  n->col[i].line);
		c->old = o->col[i].text;
		c->new = n->col[i].text;
		if (i == COLUMN_REQUIREMENT)
			requirement_level(c);
		else if (span_eqs(c->old, "no") && span_eqs(c->new, "yes"))
			c->op = CARGO_ADDED;
		else if (span_eqs(c->old, "yes") && span_eqs(c->new, "no"))
			c->op = CARGO_REMOVED;
	}
}

static void diff_features(struct diff *d, const struct dependency *o,
			  const struct dependency *n)
{
	static const struct cargo_word none = { 0 };
	const struct cargo_word *x = FIRST(&o->features, &none);
	const struct cargo_word *y = FIRST(&n->features, &none);
	const struct cargo_word *xe = x + o->features.len;
	const struct cargo_word *ye = y + n->features.len;

	if ((o->source == SOURCE_WORKSPACE) != (n->source == SOURCE_WORKSPACE))
		return;
	while (x < xe || y < ye) {
		int order = x == xe ? 1 : y == ye ? -1 : word_order(x, y);

		if (order)
			about(d, n, SUBJECT_DEPENDENCY_FEATURE,
			      order < 0 ? CARGO_REMOVED : CARGO_ADDED,
			      order < 0 ? x->line : y->line)
				->item = order < 0 ? x->text : y->text;
		x += order <= 0;
		y += order >= 0;
	}
}

/* "1.0, git URL branch main, optional, no default features, features a, b" */
static struct span description(struct arena *a, const struct dependency *dep)
{
	struct buf b = { 0 };
	struct span all;

	buf_addsp(&b, dep->col[COLUMN_REQUIREMENT].text);
	if (!span_eqs(dep->col[COLUMN_SOURCE].text, "registry")) {
		buf_adds(&b, b.len ? ", " : "");
		buf_addsp(&b, dep->col[COLUMN_SOURCE].text);
	}
	if (dep->col[COLUMN_PACKAGE].text.len) {
		buf_adds(&b, b.len ? ", package " : "package ");
		buf_addsp(&b, dep->col[COLUMN_PACKAGE].text);
	}
	if (span_eqs(dep->col[COLUMN_OPTIONAL].text, "yes"))
		buf_adds(&b, b.len ? ", optional" : "optional");
	if (span_eqs(dep->col[COLUMN_DEFAULT].text, "no"))
		buf_adds(&b, b.len ? ", no default features"
				   : "no default features");
	vec_each (const struct cargo_word, w, &dep->features) {
		buf_adds(&b, w != dep->features.ptr ? ", "
			     : b.len		    ? ", features "
						    : "features ");
		buf_addsp(&b, w->text);
	}
	all = arena_span(a, buf_span(&b));
	buf_release(&b);
	return all;
}

static struct span section(struct arena *a, const struct dependency *dep)
{
	static const char *const names[] = {
		[DEPENDENCY_NORMAL] = "dependencies",
		[DEPENDENCY_BUILD] = "build-dependencies",
		[DEPENDENCY_DEV] = "dev-dependencies",
	};
	const char *name = names[dep->kind];

	if (!dep->target.len)
		return span_of(name);
	return span_of(arena_printf(a, "%s for %.*s", name,
				    SPAN_ARG(text_clip(dep->target, 200))));
}

static void came(struct diff *d, const struct dependency *n)
{
	about(d, n, SUBJECT_DEPENDENCY, CARGO_ADDED, n->line)->new =
		description(d->arena, n);
}

static void went(struct diff *d, const struct dependency *o)
{
	about(d, o, SUBJECT_DEPENDENCY, CARGO_REMOVED, o->line)->old =
		description(d->arena, o);
}

static void moved(struct diff *d, const struct dependency *o,
		  const struct dependency *n)
{
	struct cargo_change *c =
		about(d, n, SUBJECT_MOVED, CARGO_CHANGED, n->line);

	c->old = section(d->arena, o);
	c->new = section(d->arena, n);
	diff_columns(d, o, n);
	diff_features(d, o, n);
}

/* What has no partner of the same section: one of each kind is held back. */
struct leftover {
	const struct dependency *one[DEPENDENCY_WORKSPACE];
	size_t count;
};

static void hold(struct diff *d, struct leftover *left,
		 const struct dependency *dep,
		 void (*tell)(struct diff *d, const struct dependency *dep))
{
	/* several of a kind: no telling which moved where */
	if (dependency_class(dep->kind) || left->one[dep->kind])
		tell(d, dep);
	else
		left->one[dep->kind] = dep;
	left->count++;
}

/* From target to target first, then from kind to kind. */
static void pair_leftovers(struct diff *d, struct leftover *gone,
			   struct leftover *fresh)
{
	const struct dependency *from = NULL, *into = NULL;
	size_t i;

	for (i = 0; i < DEPENDENCY_WORKSPACE; i++) {
		if (gone->one[i] && fresh->one[i]) {
			moved(d, gone->one[i], fresh->one[i]);
			gone->one[i] = fresh->one[i] = NULL;
			gone->count--;
			fresh->count--;
		}
		from = gone->one[i] ? gone->one[i] : from;
		into = fresh->one[i] ? fresh->one[i] : into;
	}
	if (from && into && gone->count == 1 && fresh->count == 1) {
		moved(d, from, into);
		return;
	}
	for (i = 0; i < DEPENDENCY_WORKSPACE; i++) {
		if (gone->one[i])
			went(d, gone->one[i]);
		if (fresh->one[i])
			came(d, fresh->one[i]);
	}
}

/* All of one name on each side: [o, oe) and [n, ne). */
static void diff_group(struct diff *d, const struct dependency *o,
		       const struct dependency *oe, const struct dependency *n,
		       const struct dependency *ne)
{
	struct leftover gone = { 0 }, fresh = { 0 };

	while (o < oe || n < ne) {
		int order = o == oe ? 1 : n == ne ? -1 : dependency_order(o, n);

		if (order < 0) {
			hold(d, &gone, o, went);
		} else if (order > 0) {
			hold(d, &fresh, n, came);
		} else {
			diff_columns(d, o, n);
			diff_features(d, o, n);
		}
		o += order <= 0;
		n += order >= 0;
	}
	pair_leftovers(d, &gone, &fresh);
}

static int group_order(const struct dependency *a, const struct dependency *b)
{
	int order = dependency_class(a->kind) - dependency_class(b->kind);

	return order ? order : span_order(a->name, b->name);
}

static const struct dependency *group_end(const struct dependency *d,
					  const struct dependency *end)
{
	const struct dependency *first = d;

	while (d < end && !group_order(first, d))
		d++;
	return d;
}

static void diff_dependencies(struct diff *d)
{
	static const struct dependency none = { 0 };
	const struct dependency *o = FIRST(&d->old->deps, &none);
	const struct dependency *n = FIRST(&d->new->deps, &none);
	const struct dependency *oe = o + d->old->deps.len;
	const struct dependency *ne = n + d->new->deps.len;

	while (o < oe || n < ne) {
		int order = o == oe ? 1 : n == ne ? -1 : group_order(o, n);
		const struct dependency *ox = order <= 0 ? group_end(o, oe) : o;
		const struct dependency *nx = order >= 0 ? group_end(n, ne) : n;

		diff_group(d, o, ox, n, nx);
		o = ox;
		n = nx;
	}
}

void manifest_diff(struct cargo_changes *out, struct arena *a,
		   const struct manifest *old, const struct manifest *new)
{
	struct diff d = { out, a, old, new };

	*out = (struct cargo_changes){ 0 };
	diff_facts(&d);
	diff_dependencies(&d);
	changes_sort(out, a);
}
