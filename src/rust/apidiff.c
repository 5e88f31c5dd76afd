/*
 * Items of both sides are sorted by what makes them the same, and what stands
 * together is matched: first within its file and module, then anywhere in the
 * change, then by all but the name.
 */
#include "rust/apidiff.h"

#include <stdlib.h>

#include "rust/apidiff_parts.h"

/* Smaller items are alike by chance. */
#define RENAME_TOKENS 12

struct ref {
	uint64_t key, scope, tokens;
	uint32_t index;
	bool now;
};

struct refs {
	VEC(struct ref) rows;
};

static int order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_key(const void *x, const void *y)
{
	const struct ref *a = x, *b = y;
	int c = order(a->key, b->key);

	if (!c)
		c = order(a->scope, b->scope);
	if (!c)
		c = (int)a->now - (int)b->now;
	return c ? c : order(a->index, b->index);
}

static int by_tokens(const void *x, const void *y)
{
	const struct ref *a = x, *b = y;
	int c = order(a->tokens, b->tokens);

	return c ? c : order(a->index, b->index);
}

static void sort(struct ref *row, size_t n,
		 int (*by)(const void *, const void *))
{
	if (n > 1)
		qsort(row, n, sizeof(*row), by);
}

static void pair(struct api_entries *e, uint32_t was, uint32_t now,
		 bool other_name)
{
	e->rows.ptr[was].mate = now;
	e->rows.ptr[now].mate = was;
	e->rows.ptr[was].other_name = other_name;
	e->rows.ptr[now].other_name = other_name;
}

enum pass { PASS_SAME, PASS_MOVED, PASS_RENAMED };

/* Those of a run whose tokens are the same. */
static void match_equal(struct api_entries *e, struct ref *run, size_t olds,
			size_t n, enum pass pass)
{
	size_t i = 0, k = olds;

	sort(run, olds, by_tokens);
	sort(run + olds, n - olds, by_tokens);
	while (i < olds && k < n) {
		int c = order(run[i].tokens, run[k].tokens);

		if (!c)
			pair(e, run[i].index, run[k].index,
			     pass == PASS_RENAMED);
		i += c <= 0;
		k += c >= 0;
	}
}

/* The rest of a run, in the order of the files. */
static void match_rest(struct api_entries *e, struct ref *run, size_t olds,
		       size_t n)
{
	size_t i = 0, k = olds;

	sort(run, n, by_key);
	for (;;) {
		while (i < olds &&
		       e->rows.ptr[run[i].index].mate != OUTLINE_NONE)
			i++;
		while (k < n && e->rows.ptr[run[k].index].mate != OUTLINE_NONE)
			k++;
		if (i == olds || k == n)
			return;
		pair(e, run[i].index, run[k].index, false);
	}
}

static void match_run(struct api_entries *e, struct ref *run, size_t n,
		      enum pass pass)
{
	size_t olds = 0;

	while (olds < n && !run[olds].now)
		olds++;
	if (!olds || olds == n)
		return;
	match_equal(e, run, olds, n, pass);
	/* a test of the same name elsewhere is another test */
	if (pass == PASS_SAME ||
	    (pass == PASS_MOVED && n == 2 && !e->rows.ptr[run[0].index].test))
		match_rest(e, run, olds, n);
}

static struct ref ref_of(const struct api_entry *e, uint32_t index,
			 enum pass pass)
{
	struct ref r = { .key = e->key,
			 .tokens = e->tokens,
			 .index = index,
			 .now = e->now };

	if (pass == PASS_SAME)
		r.scope = e->scope;
	if (pass == PASS_RENAMED) {
		r.key = hash_add(hash_add(e->rest, e->kind), e->file);
		r.tokens = e->rest;
	}
	return r;
}

static void match(struct api_entries *e, struct arena *a, enum pass pass)
{
	struct refs refs = { 0 };
	struct ref *r;
	size_t n;

	for (uint32_t i = 0; i < e->rows.len; i++) {
		const struct api_entry *row = &e->rows.ptr[i];

		if (row->mate == OUTLINE_NONE &&
		    (pass != PASS_RENAMED || row->size >= RENAME_TOKENS))
			*vec_push(&refs.rows, a) = ref_of(row, i, pass);
	}
	sort(refs.rows.ptr, refs.rows.len, by_key);
	for (size_t i = 0; i < refs.rows.len; i += n) {
		r = &refs.rows.ptr[i];
		for (n = 1; i + n < refs.rows.len && r[n].key == r->key &&
			    r[n].scope == r->scope;)
			n++;
		match_run(e, r, n, pass);
	}
}

/* What of a side is there, to be asked by key or by name. */
struct pool {
	VEC(struct ref) rows;
};

struct diff {
	struct api_diff *out;
	struct arena *arena;
	const struct rule_file *file;
	struct api_entries entries;
	struct pool was, now; /* by key */
	struct pool names;    /* of new items that others can name */
	struct api_known known;
	bool *globs; /* by file: has it a new `pub use …::*`? */
};

static const struct item *item_of(const struct diff *d,
				  const struct api_entry *e)
{
	const struct rule_file *f = &d->file[e->file];

	return &(e->now ? f->now : f->was)->outline.item[e->item];
}

static uint64_t name_hash(struct span name)
{
	return hash_span(HASH_START, name);
}

static void add_to(struct pool *p, struct arena *a, uint64_t key,
		   uint32_t index)
{
	*vec_push(&p->rows, a) = (struct ref){ .key = key, .index = index };
}

static void fill_pools(struct diff *d)
{
	for (uint32_t i = 0; i < d->entries.rows.len; i++) {
		const struct api_entry *e = &d->entries.rows.ptr[i];

		add_to(e->now ? &d->now : &d->was, d->arena, e->key, i);
		if (e->now && (e->open || !e->top))
			add_to(&d->names, d->arena, name_hash(e->name), i);
		if (e->now && e->kind == ITEM_USE && e->mate == OUTLINE_NONE &&
		    span_eqs(e->name, "*"))
			d->globs[e->file] = true;
	}
	sort(d->was.rows.ptr, d->was.rows.len, by_key);
	sort(d->now.rows.ptr, d->now.rows.len, by_key);
	sort(d->names.rows.ptr, d->names.rows.len, by_key);
}

/* The first row of a key, or NULL. */
static const struct ref *find(const struct pool *p, uint64_t key)
{
	size_t from = 0, to = p->rows.len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (p->rows.ptr[mid].key < key)
			from = mid + 1;
		else
			to = mid;
	}
	return from < p->rows.len && p->rows.ptr[from].key == key
		       ? &p->rows.ptr[from]
		       : NULL;
}

/* Of a member or impl: the type or trait on its side, or NULL. */
static const struct api_entry *owner(const struct diff *d,
				     const struct api_entry *e)
{
	const struct ref *r =
		e->owner ? find(e->now ? &d->now : &d->was, e->owner) : NULL;

	return r ? &d->entries.rows.ptr[r->index] : NULL;
}

/* Is it not to be had any more by the name that it had? */
static bool truly_gone(const struct diff *d, const struct api_entry *e)
{
	const struct api_entry *of = owner(d, e);

	if (find(&d->now, e->key) || d->globs[e->file] ||
	    (e->kind != ITEM_IMPL && find(&d->names, name_hash(e->name))))
		return false;
	/* whoever it was part of went with it, or has another name */
	if (of && (of->mate == OUTLINE_NONE || of->other_name))
		return false;
	return e->top || of || e->kind != ITEM_IMPL;
}

/* A trait that no other crate can implement. */
static bool sealed(const struct source *s, uint32_t trait)
{
	struct span header = outline_header(&s->outline, trait);

	return span_find(header, SPAN("ealed")) >= 0 ||
	       span_find(header, SPAN("private")) >= 0;
}

/* Must those who implement the trait write the new item? */
static bool required(const struct diff *d, const struct api_entry *e)
{
	const struct source *s = d->file[e->file].now;
	const struct item *it = &s->outline.item[e->item];
	const struct api_entry *of = owner(d, e);

	if (!e->open || !of || of->kind != ITEM_TRAIT ||
	    of->mate == OUTLINE_NONE || !d->entries.rows.ptr[of->mate].open ||
	    sealed(s, of->item))
		return false;
	return it->kind == ITEM_FN
		       ? it->open == OUTLINE_NONE
		       : api_find(s, it->key, it->last, TOKEN_EQ) == it->last;
}

static void set_side(struct api_row *row, const struct diff *d,
		     const struct api_entry *e)
{
	const struct source *s =
		e->now ? d->file[e->file].now : d->file[e->file].was;

	if (e->now) {
		row->now_file = e->file;
		row->now = e->item;
		row->now_token = e->token;
		row->now_public = e->open;
		row->new_name = e->name;
	} else {
		row->was_file = e->file;
		row->was = e->item;
		row->was_token = e->token;
		row->was_public = e->open;
		row->name = e->name;
	}
	row->test |= e->test;
	if (e->test && e->now)
		row->now_asserts = api_asserts(s, e->item);
	else if (e->test)
		row->was_asserts = api_asserts(s, e->item);
}

/* Is it part of a trait or impl that is new or gone as a whole, or is derived
 * on the other side? */
static bool unsaid(const struct diff *d, const struct api_entry *e)
{
	const struct api_entry *of = owner(d, e);

	if (!of || (of->kind != ITEM_TRAIT && of->kind != ITEM_IMPL))
		return false;
	return of->mate == OUTLINE_NONE ||
	       item_of(d, &d->entries.rows.ptr[of->mate])->kind != of->kind;
}

static void add_alone(struct diff *d, const struct api_entry *e)
{
	struct api_row *row;

	if (e->kind != ITEM_IMPL && unsaid(d, e))
		return;
	row = vec_push(&d->out->rows, d->arena);
	row->op = e->now ? API_ADDED : API_REMOVED;
	row->kind = e->kind;
	row->was = row->now = OUTLINE_NONE;
	set_side(row, d, e);
	row->name = row->new_name = e->name;
	if (e->now) {
		if (required(d, e)) {
			row->breaking = API_BREAKING;
			row->what = SPAN("required");
		}
	} else if (e->open && truly_gone(d, e)) {
		row->breaking = API_BREAKING;
	}
}

/* Its visibility differs because of what it stands in, which has its own row.
 */
static bool only_around(const struct diff *d, const struct api_entry *was,
			const struct api_entry *now)
{
	return was->scope == now->scope &&
	       (was->kind == ITEM_IMPL ||
		item_of(d, was)->vis == item_of(d, now)->vis);
}

static void add_pair(struct diff *d, const struct api_entry *was,
		     const struct api_entry *now)
{
	bool same = was->tokens == now->tokens;
	struct api_row row = { .op = API_CHANGED, .kind = now->kind };

	set_side(&row, d, was);
	set_side(&row, d, now);
	if (row.was_public != row.now_public && only_around(d, was, now))
		row.was_public = row.now_public = false;
	if (same && row.was_public == row.now_public && !was->other_name)
		return;
	row.moved = was->scope != now->scope && was->kind != ITEM_IMPL;
	row.ignored = was->test && item_of(d, now)->flags &
					   ~item_of(d, was)->flags &
					   ITEM_IGNORED;
	if (was->other_name) {
		row.op = API_RENAMED;
		if (was->open && truly_gone(d, was))
			row.breaking = API_BREAKING;
	} else {
		api_compare(&row, d->arena, d->file, &d->known);
		if (!row.was_public)
			row.breaking = API_COMPATIBLE;
	}
	*vec_push(&d->out->rows, d->arena) = row;
}

static uint32_t row_line(const struct rule_file *file, const struct api_row *r)
{
	return r->now != OUTLINE_NONE
		       ? look_line(file[r->now_file].now, r->now_token)
		       : look_line(file[r->was_file].was, r->was_token);
}

struct sorted {
	struct api_row row;
	uint32_t file, line, index;
	bool old;
};

static int by_place(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	int c = order(a->file, b->file);

	if (!c)
		c = (int)a->old - (int)b->old;
	if (!c)
		c = order(a->line, b->line);
	return c ? c : order(a->index, b->index);
}

static void sort_rows(struct diff *d)
{
	size_t n = d->out->rows.len;
	struct sorted *s = arena_array(d->arena, n, sizeof(*s));

	for (size_t i = 0; i < n; i++) {
		const struct api_row *r = &d->out->rows.ptr[i];

		s[i].row = *r;
		s[i].old = r->now == OUTLINE_NONE;
		s[i].file = s[i].old ? r->was_file : r->now_file;
		s[i].line = row_line(d->file, r);
		s[i].index = (uint32_t)i;
	}
	if (n)
		qsort(s, n, sizeof(*s), by_place);
	for (size_t i = 0; i < n; i++)
		d->out->rows.ptr[i] = s[i].row;
}

void api_diff(struct api_diff *out, struct arena *a,
	      const struct rule_file *file, size_t files)
{
	struct diff d = { .out = out, .arena = a, .file = file };

	*out = (struct api_diff){ 0 };
	d.globs = arena_array(a, files, sizeof(*d.globs));
	for (uint32_t i = 0; i < files; i++) {
		api_collect(&d.entries, a, &file[i], i, false);
		api_collect(&d.entries, a, &file[i], i, true);
	}
	match(&d.entries, a, PASS_SAME);
	match(&d.entries, a, PASS_MOVED);
	match(&d.entries, a, PASS_RENAMED);
	api_match_tests(&d.entries, a, file);
	fill_pools(&d);
	api_aliases_read(&d.known.was, a, file, files, false);
	api_aliases_read(&d.known.now, a, file, files, true);
	vec_each (const struct api_entry, e, &d.entries.rows) {
		if (e->mate == OUTLINE_NONE)
			add_alone(&d, e);
		else if (!e->now)
			add_pair(&d, e, &d.entries.rows.ptr[e->mate]);
	}
	sort_rows(&d);
}
