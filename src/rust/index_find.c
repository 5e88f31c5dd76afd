/*
 * Which definition a reference means. Total; linear in the definitions kept of
 * its name.
 */
#include <string.h>

#include "rust/index_parts.h"
#include "rust/names.h"

/* Ranks are steps, and within one how far below a re-export may reach. */
#define STEP 4u
#define RANK_NONE (STEP * 100)
/* What the path in front says of where a definition lies. */
enum fit { FIT_NOT, FIT_ANY, FIT_WITHIN, FIT_EXACT };

static bool under(struct span path, struct span start)
{
	return !start.len ||
	       (path.len >= start.len &&
		!memcmp(path.ptr, start.ptr, start.len) &&
		(path.len == start.len || path.ptr[start.len] == ':'));
}

static struct span parent(struct span module)
{
	size_t n = module.len;

	while (n && module.ptr[n - 1] != ':')
		n--;
	return span_first(module, n >= 2 ? n - 2 : 0);
}

/* Take the first segment off a path. */
static struct span take_first(struct span *path)
{
	ptrdiff_t at = span_find(*path, SPAN("::"));
	struct span first = at < 0 ? *path : span_first(*path, (size_t)at);

	*path = at < 0 ? span_from(*path, path->len)
		       : span_from(*path, (size_t)at + 2);
	return first;
}

static enum fit fit_module(struct span module, struct span want)
{
	if (span_eq(module, want))
		return FIT_EXACT;
	return under(module, want) ? FIT_WITHIN : FIT_NOT;
}

static bool known_crate(const struct index *ix, struct span name)
{
	for (size_t i = 0; i < ix->crates; i++)
		if (span_eq(ix->crate[i].name, name))
			return true;
	return false;
}

/* `a::b` is a module below this one, or one that a `use` brings. */
static enum fit fit_relative(const struct definition *d,
			     const struct index_site *from, struct span path)
{
	size_t n = path.len;

	if (!span_eq(d->crate, from->crate) || d->module.len < n ||
	    !span_eq(span_from(d->module, d->module.len - n), path))
		return FIT_NOT;
	return d->module.len == n || d->module.ptr[d->module.len - n - 1] == ':'
		       ? FIT_EXACT
		       : FIT_NOT;
}

/* Does the definition lie where the path says? A path may name a re-export:
 * what lies below it may be meant. */
static enum fit fits(const struct index *ix, const struct definition *d,
		     struct span path, const struct index_site *from)
{
	struct span rest = path, first = take_first(&rest);
	struct span here = from->module;
	bool same = span_eq(d->crate, from->crate);

	if (!path.len)
		return FIT_ANY;
	if (span_eqs(first, "crate"))
		return same ? fit_module(d->module, rest) : FIT_NOT;
	if (span_eqs(first, "self"))
		return same && under(d->module, here) ? FIT_WITHIN : FIT_NOT;
	if (span_eqs(first, "super")) {
		while (span_eqs(first, "super")) {
			here = parent(here);
			path = rest;
			first = take_first(&rest);
		}
		return same && under(d->module, here) ? FIT_WITHIN : FIT_NOT;
	}
	if (known_crate(ix, first))
		return span_eq(d->crate, first) ? fit_module(d->module, rest)
						: FIT_NOT;
	return fit_relative(d, from, path);
}

static bool kind_fits(const struct definition *d, const struct reference *r)
{
	bool owned = d->owner.len && d->kind != ITEM_IMPL;

	if (owned != (r->kind == REFERENCE_METHOD || r->owner.len > 0))
		return false;
	switch (r->kind) {
	case REFERENCE_METHOD:
		return d->kind == ITEM_FN;
	case REFERENCE_CALL:
		return d->kind == ITEM_FN || d->kind == ITEM_STRUCT ||
		       d->kind == ITEM_TYPE;
	case REFERENCE_LITERAL:
		return d->kind == ITEM_STRUCT || d->kind == ITEM_UNION ||
		       d->kind == ITEM_ENUM || d->kind == ITEM_TYPE;
	case REFERENCE_MACRO:
		return d->kind == ITEM_MACRO;
	default:
		return d->kind != ITEM_IMPL && d->kind != ITEM_MACRO &&
		       d->kind != ITEM_MOD;
	}
}

/* Can code of that file name it? Tests, benches and examples in folders of
 * their own are crates of their own. */
static bool visible(const struct definition *d, const struct index_site *from)
{
	if (span_eq(d->path, from->path))
		return true;
	if (d->flags & ITEM_LOCAL || (d->test && !from->test))
		return false;
	return (span_eq(d->crate, from->crate) && d->test == from->test) ||
	       d->vis == VIS_PUB || d->of_trait || d->trait.len ||
	       d->flags & ITEM_EXPORTED;
}

/* How many modules deeper than the path in front the definition lies. */
static unsigned depth(const struct definition *d, struct span path)
{
	unsigned n = 0;

	for (size_t i = 0; i + 1 < d->module.len; i++)
		n += d->module.ptr[i] == ':' && d->module.ptr[i + 1] == ':';
	for (size_t i = 0; i + 1 < path.len; i++)
		n -= n && path.ptr[i] == ':' && path.ptr[i + 1] == ':';
	return n < STEP ? n : STEP - 1;
}

/* 0 is best. */
static unsigned rank(const struct index *ix, const struct definition *d,
		     const struct reference *r, const struct index_site *from)
{
	enum fit fit;
	unsigned worse = 0;

	if (!kind_fits(d, r) || !visible(d, from))
		return RANK_NONE;
	if (r->owner.len && !span_eq(d->owner, r->owner)) {
		if (!d->of_trait)
			return RANK_NONE;
		worse = 6 * STEP;
	}
	if (span_eq(d->path, from->path))
		return worse;
	/* exported macros lie at their crate's root, wherever they stand */
	fit = r->kind == REFERENCE_MACRO ? FIT_ANY
					 : fits(ix, d, r->module, from);
	if (fit == FIT_EXACT)
		return worse + STEP;
	if (fit == FIT_WITHIN)
		return worse + 2 * STEP + depth(d, r->module);
	if (span_eq(d->crate, from->crate))
		return fit == FIT_ANY || r->owner.len ||
				       span_starts(r->module, "crate") ||
				       span_starts(r->module, "super")
			       ? worse + 3 * STEP
			       : RANK_NONE;
	return fit == FIT_ANY ? worse + 4 * STEP : RANK_NONE;
}

static int order(const struct definition *a, const struct definition *b)
{
	size_t n = a->path.len < b->path.len ? a->path.len : b->path.len;
	int c = n ? memcmp(a->path.ptr, b->path.ptr, n) : 0;

	if (c || a->path.len != b->path.len)
		return c ? c : a->path.len < b->path.len ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

static void put(struct index_answer *out, const struct definition *d)
{
	size_t i = out->len;

	if (i == INDEX_CANDIDATES) {
		if (order(d, out->candidate[i - 1]) >= 0)
			return;
		i--;
	} else {
		out->len++;
	}
	for (; i && order(d, out->candidate[i - 1]) < 0; i--)
		out->candidate[i] = out->candidate[i - 1];
	out->candidate[i] = d;
}

/* A trait's own declaration stands for its implementations. */
static bool stands_for(const struct definition *t, const struct definition *d)
{
	return t && d != t && span_eq(d->trait, t->owner);
}

static void find(struct index_answer *out, const struct index *ix,
		 const struct reference *r, const struct index_site *from)
{
	const struct index_name *n = index_name(ix, r->name);
	const struct definition *d, *trait = NULL;
	unsigned best = RANK_NONE;
	size_t alike = 0;

	out->known = n ? n->known : 0;
	if (!n || (!r->owner.len && names_common(r->name)))
		return;
	for (d = n->first; d; d = d->next) {
		unsigned k = rank(ix, d, r, from);

		if (k < best)
			trait = NULL;
		if (k < best)
			best = k;
		if (k == best && k < RANK_NONE && d->of_trait &&
		    (!trait || order(d, trait) < 0))
			trait = d;
	}
	for (d = n->first; d && best < RANK_NONE; d = d->next) {
		if (rank(ix, d, r, from) != best || stands_for(trait, d))
			continue;
		put(out, d);
		alike++;
	}
	if (alike > INDEX_CANDIDATES && !r->owner.len)
		out->len = 0;
}

void index_find(struct index_answer *out, const struct index *ix,
		const struct reference *r, const struct index_site *from)
{
	struct reference alone = *r;

	*out = (struct index_answer){ 0 };
	find(out, ix, r, from);
	/* what a receiver derefs to is not known */
	alone.owner.len = 0;
	if (!out->len && r->owner.len && r->kind == REFERENCE_METHOD)
		find(out, ix, &alone, from);
}
