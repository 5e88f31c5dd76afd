/*
 * Total. The versions of one crate are paired by what they share most: first
 * version and source, then the version, then what is compatible, then whatever
 * is left, newest with newest. Every rule treats the two sides alike.
 */
#include "rust/cargo_parts.h"

#include "base/buf.h"

/* The packages of one name on one side; used: already paired. */
struct side {
	const struct lock_package *p;
	size_t len;
	bool *used;
};

struct diff {
	struct cargo_changes *out;
	struct arena *arena;
};

static struct cargo_change *row(struct diff *d, enum cargo_subject subject,
				const struct lock_package *o,
				const struct lock_package *n)
{
	struct cargo_change *c = change_add(d->out, d->arena, subject,
					    !o	 ? CARGO_ADDED
					    : !n ? CARGO_REMOVED
						 : CARGO_CHANGED,
					    n ? n->name : o->name);

	c->line = n ? n->line : o->line;
	return c;
}

/* Without the commit that Cargo.lock writes behind a git source. */
static struct span where(const struct lock_package *p)
{
	ptrdiff_t commit = span_chr(p->source, '#');

	return commit < 0 ? p->source : span_first(p->source, (size_t)commit);
}

static void source_row(struct diff *d, const struct lock_package *o,
		       const struct lock_package *n)
{
	struct cargo_change *c = row(d, SUBJECT_CRATE_SOURCE, o, n);

	c->old = o->source.len ? o->source : SPAN("a path");
	c->new = n->source.len ? n->source : SPAN("a path");
	if (span_eq(o->version, n->version))
		c->item = n->version;
}

static void same_package(struct diff *d, const struct lock_package *o,
			 const struct lock_package *n)
{
	struct cargo_change *c;

	if (span_eq(o->checksum, n->checksum))
		return;
	c = row(d, SUBJECT_CHECKSUM, o, n);
	c->op = !o->checksum.len   ? CARGO_ADDED
		: !n->checksum.len ? CARGO_REMOVED
				   : CARGO_CHANGED;
	c->item = n->version;
	c->old = o->checksum;
	c->new = n->checksum;
}

static void bumped(struct diff *d, const struct lock_package *o,
		   const struct lock_package *n)
{
	struct cargo_change *c = row(d, SUBJECT_CRATE, o, n);

	c->old = o->version;
	c->new = n->version;
	change_level(c);
	if (!span_eq(where(o), where(n)))
		source_row(d, o, n);
}

static bool crates_io(struct span source)
{
	return span_find(source, SPAN("crates.io")) >= 0;
}

static void alone(struct diff *d, const struct lock_package *o,
		  const struct lock_package *n)
{
	const struct lock_package *p = n ? n : o;
	struct cargo_change *c = row(d, SUBJECT_CRATE, o, n);

	*(n ? &c->new : &c->old) = p->version;
	if (!crates_io(p->source))
		c->item = p->source.len ? p->source : SPAN("a path");
}

static int same_all(const struct lock_package *o, const struct lock_package *n)
{
	int order = version_compare(o->version, n->version);

	return order ? order : span_order(o->source, n->source);
}

static int same_version(const struct lock_package *o,
			const struct lock_package *n)
{
	return version_compare(o->version, n->version);
}

static int compatible(const struct lock_package *o,
		      const struct lock_package *n)
{
	struct span a = version_major(o->version);
	struct span b = version_major(n->version);

	return span_eq(a, b) ? 0 : version_compare(o->version, n->version);
}

static int whatever(const struct lock_package *o, const struct lock_package *n)
{
	(void)o;
	(void)n;
	return 0;
}

/* In the order they are tried; each with what a pair of it means. */
static const struct {
	int (*match)(const struct lock_package *o,
		     const struct lock_package *n);
	void (*tell)(struct diff *d, const struct lock_package *o,
		     const struct lock_package *n);
} rules[] = {
	{ same_all, same_package },
	{ same_version, source_row },
	{ compatible, bumped },
	{ whatever, bumped },
};

/* From the newest down, so that newest meets newest. */
static void pair(struct diff *d, struct side *o, struct side *n, size_t rule)
{
	size_t i = o->len, j = n->len;

	while (i && j) {
		int order;

		if (o->used[i - 1] || n->used[j - 1]) {
			i -= o->used[i - 1];
			j -= j && n->used[j - 1];
			continue;
		}
		order = rules[rule].match(&o->p[i - 1], &n->p[j - 1]);
		if (!order) {
			rules[rule].tell(d, &o->p[i - 1], &n->p[j - 1]);
			o->used[i - 1] = n->used[j - 1] = true;
		}
		i -= order >= 0;
		j -= order <= 0;
	}
}

static size_t majors(const struct side *s)
{
	size_t i, n = s->len > 0;

	for (i = 1; i < s->len; i++)
		n += !span_eq(version_major(s->p[i - 1].version),
			      version_major(s->p[i].version));
	return n;
}

static struct span versions(struct arena *a, const struct side *s)
{
	struct buf b = { 0 };
	struct span all;
	size_t i;

	for (i = 0; i < s->len; i++) {
		if (i && span_eq(s->p[i].version, s->p[i - 1].version))
			continue;
		buf_adds(&b, i ? ", " : "");
		buf_addsp(&b, s->p[i].version);
	}
	all = arena_span(a, buf_span(&b));
	buf_release(&b);
	return all;
}

static void duplicates(struct diff *d, const struct side *o,
		       const struct side *n)
{
	size_t before = majors(o), after = majors(n);
	struct cargo_change *c;

	if (before == after || (before < 2 && after < 2))
		return;
	c = row(d, SUBJECT_DUPLICATE, o->len ? o->p : NULL,
		n->len ? n->p : NULL);
	c->op = before < after ? CARGO_ADDED : CARGO_REMOVED;
	c->old = versions(d->arena, o);
	c->new = versions(d->arena, n);
}

static void diff_crate(struct diff *d, struct side *o, struct side *n)
{
	size_t rule, i;

	for (rule = 0; rule < sizeof(rules) / sizeof(*rules); rule++)
		pair(d, o, n, rule);
	for (i = 0; i < o->len; i++)
		if (!o->used[i])
			alone(d, &o->p[i], NULL);
	for (i = 0; i < n->len; i++)
		if (!n->used[i])
			alone(d, NULL, &n->p[i]);
	duplicates(d, o, n);
}

/* Take all of this name off the front of what is left. */
static struct side take(struct side *left, struct span name)
{
	struct side s = { left->p, 0, left->used };

	while (s.len < left->len && span_eq(s.p[s.len].name, name))
		s.len++;
	left->p += s.len;
	left->used += s.len;
	left->len -= s.len;
	return s;
}

static struct side all_of(struct arena *a, const struct lock *l)
{
	static const struct lock_package none = { 0 };

	return (struct side){ FIRST(&l->packages, &none), l->packages.len,
			      arena_array(a, l->packages.len, sizeof(bool)) };
}

static void diff_format(struct diff *d, const struct lock *old,
			const struct lock *new)
{
	const struct span no_name = { 0 };
	struct cargo_change *c;

	if (span_eq(old->version, new->version))
		return;
	c = change_add(d->out, d->arena, SUBJECT_LOCK_VERSION, CARGO_CHANGED,
		       no_name);
	c->old = old->version;
	c->new = new->version;
	c->line = new->version_line ? new->version_line : old->version_line;
}

void lock_diff(struct cargo_changes *out, struct arena *a,
	       const struct lock *old, const struct lock *new)
{
	struct side o = all_of(a, old), n = all_of(a, new);
	struct diff d = { out, a };

	*out = (struct cargo_changes){ 0 };
	diff_format(&d, old, new);
	while (o.len || n.len) {
		bool from_old = o.len && (!n.len ||
					  span_order(o.p->name, n.p->name) < 0);
		struct span name = from_old ? o.p->name : n.p->name;
		struct side olds = take(&o, name), news = take(&n, name);

		diff_crate(&d, &olds, &news);
	}
	changes_sort(out, a);
}
