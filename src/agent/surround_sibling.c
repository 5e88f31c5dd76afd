/*
 * Who else implements the traits that the change implements anew.
 */
#include "agent/surround_parts.h"

#include "base/arena.h"
#include "rust/names.h"

/* Implementations looked for. */
#define TRAITS_MAX 12u
/* Impls on added lines that are looked for on the old side. */
#define LOOKED_MAX 1000u

static bool old_impl(const struct source *was, const struct item *it)
{
	for (uint32_t i = 0; was && i < was->outline.count; i++) {
		const struct item *old = &was->outline.item[i];

		if (old->kind == ITEM_IMPL && old->trait_path.len &&
		    span_eq(old->trait_path, it->trait_path) &&
		    span_eq(old->self_type, it->self_type))
			return true;
	}
	return false;
}

static void want_of(struct chooser *c, const struct code_file *f,
		    const struct item *it)
{
	struct span trait = index_last_segment(it->trait_path);
	struct surround_trait *row;

	if (names_plain_trait(trait) || item_test(f->now, it) ||
	    f->now->generated)
		return;
	vec_each (struct surround_trait, t, &c->out->traits)
		if (span_eq(t->name, trait))
			return;
	row = vec_push(&c->out->traits, c->arena);
	row->name = trait;
	row->self_type = it->self_type;
	row->path = f->now->path;
	row->line = it->line;
	index_want(&c->out->index, trait, INDEX_IMPL, SPAN(""));
}

void want_siblings(struct chooser *c)
{
	uint32_t looked = 0;

	if (c->in->range.all)
		return; /* nothing is new */
	vec_each (struct code_file, f, &c->in->code.files) {
		for (uint32_t i = 0; f->now && i < f->now->outline.count; i++) {
			const struct item *it = &f->now->outline.item[i];

			if (it->kind == ITEM_IMPL && it->trait_path.len &&
			    f->line[it->line] & LINE_ADDED &&
			    c->out->traits.len < TRAITS_MAX &&
			    looked++ < LOOKED_MAX && !old_impl(f->was, it))
				want_of(c, f, it);
		}
	}
}

/* Is it of this change? Then it is no pattern to follow. */
static bool added(const struct chooser *c, const struct definition *d)
{
	vec_each (struct code_file, f, &task_whole(c->in)->code.files)
		if (f->now && span_eq(f->now->path, d->path))
			return f->line[d->line] & LINE_ADDED;
	return false;
}

/* Nearer to the new one: smaller. */
static unsigned farness(const struct chooser *c, const struct surround_trait *t,
			const struct definition *d)
{
	return (d->test ? 4 : 0) +
	       index_distance(&c->out->index, t->path, d->path);
}

static void keep_nearest(const struct chooser *c, struct surround_trait *t,
			 const struct definition *d)
{
	uint32_t i = t->nears;

	if (i < SURROUND_SIBLINGS)
		t->nears++;
	else if (farness(c, t, d) >= farness(c, t, t->near[--i]))
		return;
	for (; i && farness(c, t, d) < farness(c, t, t->near[i - 1]); i--)
		t->near[i] = t->near[i - 1];
	t->near[i] = d;
}

static void offer_sibling(struct chooser *c, const struct definition *d,
			  unsigned rank)
{
	struct offer *o = offer_add(c, SURROUND_SIBLING,
				    page_of(&c->out->pages, d->path));
	struct piece *heads = &o->whole;

	o->name = d->self_type;
	o->rank = rank;
	o->test = d->test;
	if (!rank && d->whole.text.len) {
		piece_add(&o->whole, c->arena, d->whole);
		heads = &o->less;
		heads->page = o->whole.page;
	}
	piece_add(heads, c->arena, d->header);
	vec_each (struct excerpt, e, &d->members)
		piece_add(heads, c->arena, *e);
}

void choose_siblings(struct chooser *c)
{
	vec_each (struct surround_trait, t, &c->out->traits) {
		const struct definition *d =
			index_first(&c->out->index, t->name);

		for (; d; d = d->next)
			if (d->kind == ITEM_IMPL && !added(c, d)) {
				t->others++;
				keep_nearest(c, t, d);
			}
		for (uint32_t i = 0; i < t->nears; i++)
			offer_sibling(c, t->near[i], i);
	}
}
