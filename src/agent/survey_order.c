/*
 * What matches, best first; which of it is the closest implementation, and what
 * goes with that one.
 */
#include <stdlib.h>

#include "agent/survey_parts.h"
#include "base/arena.h"

/* What matches less than this share of the best is not worth naming. */
#define LEAST 0.25
#define SIBLINGS 3 /* other implementations of a trait */

/* Does a term speak of the unit itself, not only of where it stands? */
static bool speaks(const struct survey_unit *u)
{
	return u->mark.name | u->mark.weak | u->mark.doc | u->members.name |
	       u->members.weak;
}

static int by_score(const void *x, const void *y)
{
	const struct survey_unit *a = *(struct survey_unit *const *)x;
	const struct survey_unit *b = *(struct survey_unit *const *)y;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return a->item < b->item ? -1 : a->item > b->item;
}

/* Of a type and its functions the best alone is kept; of a module and what it
 * holds, the module when it comes first. */
static bool told_already(const struct survey *s, const struct survey_unit *u)
{
	vec_each (struct survey_unit *, k, &s->units)
		if (u->owner == *k || (*k)->owner == u ||
		    (u->owner && u->owner == (*k)->owner) ||
		    (u->item->kind == ITEM_MOD &&
		     u->item->file == (*k)->item->file))
			return true;
	return false;
}

static void order(struct survey *s, struct arena *a, struct survey_units *all)
{
	vec_each (struct survey_unit *, u, all) {
		survey_score(s, *u);
		if (!speaks(*u))
			(*u)->score = 0;
		s->matched += (*u)->score > 0 && !(*u)->owner &&
			      (*u)->item->kind != ITEM_MOD;
	}
	if (all->len)
		qsort(all->ptr, all->len, sizeof(*all->ptr), by_score);
	vec_each (struct survey_unit *, u, all) {
		if (s->units.len == SURVEY_UNITS || (*u)->score <= 0 ||
		    (*u)->score < all->ptr[0]->score * LEAST)
			break;
		if (!told_already(s, *u))
			*vec_push(&s->units, a) = *u;
	}
}

/* An implementation rather than a trait. */
static void choose_closest(struct survey *s)
{
	vec_each (struct survey_unit *, u, &s->units)
		if ((*u)->item->kind != ITEM_TRAIT) {
			s->closest = *u;
			break;
		}
	if (!s->closest && s->units.len)
		s->closest = s->units.ptr[0];
}

static void score_places(struct survey *s)
{
	uint32_t home;

	vec_each (struct survey_unit *, u, &s->units) {
		struct survey_file *f = &s->files.ptr[(*u)->item->file];

		f->score += (*u)->score;
		if (f->crate != SURVEY_NONE)
			s->crates.ptr[f->crate].score += (*u)->score;
	}
	/* the closest one's file and crate stand first */
	if (!s->closest)
		return;
	s->files.ptr[s->closest->item->file].score += 10;
	home = s->files.ptr[s->closest->item->file].crate;
	if (home != SURVEY_NONE)
		s->crates.ptr[home].score += 10;
}

/* ---- what goes with the closest implementation */

static void relate(struct survey *s, uint32_t file, double how)
{
	if (s->files.ptr[file].related < how)
		s->files.ptr[file].related = how;
}

/* Other implementations of a trait: the nearest files, a few. */
static void relate_siblings(struct survey *s, const struct survey_item *trait)
{
	uint32_t home = s->closest->item->file;
	unsigned n = 0;

	for (unsigned distance = 0; distance <= 3; distance++)
		vec_each (const struct survey_item, it, &s->items)
			if (n < SIBLINGS && it->kind == ITEM_IMPL &&
			    it->file != home &&
			    span_eq(it->trait, trait->name) &&
			    survey_distance(s, it->file, home) == distance) {
				relate(s, it->file, 0.2);
				n++;
			}
}

static bool implemented(const struct survey *s, const struct survey_item *trait)
{
	vec_each (const struct survey_item, it, &s->items)
		if (span_eq(it->trait, trait->name) &&
		    survey_impl_of_closest(s, it))
			return true;
	return false;
}

/* The traits it implements and who else does, the root of its crate. */
static void relate_files(struct survey *s, struct arena *a)
{
	struct survey_items traits = { 0 };
	uint32_t home;

	if (!s->closest)
		return;
	home = s->files.ptr[s->closest->item->file].crate;
	survey_traits(&traits, a, s);
	vec_each (const struct survey_item *, it, &traits)
		if (implemented(s, *it)) {
			relate(s, (*it)->file, 0.3);
			relate_siblings(s, *it);
		}
	for (uint32_t i = 0; i < s->files.len; i++)
		if (s->files.ptr[i].crate == home && home != SURVEY_NONE &&
		    !s->files.ptr[i].module.len &&
		    s->files.ptr[i].role == ROLE_LIBRARY)
			relate(s, i, 0.1);
}

static struct span last_part(struct span module)
{
	size_t n = module.len;

	while (n && module.ptr[n - 1] != ':')
		n--;
	return span_from(module, n);
}

/* A file may be what is asked for by its name alone: `queue/rabbitmq.rs`. */
static void add_modules(struct surveyor *v)
{
	struct survey *s = v->out;

	for (uint32_t i = 0; i < s->files.len; i++) {
		const struct survey_file *f = &s->files.ptr[i];
		struct survey_item *it;

		if (!f->read || !f->stem || !f->module.len ||
		    (f->role != ROLE_LIBRARY && f->role != ROLE_BINARY))
			continue;
		it = vec_push(&s->items, v->arena);
		it->kind = ITEM_MOD;
		it->file = i;
		it->line = it->lead_line = 1;
		it->last_line = f->lines;
		it->name = last_part(f->module);
		it->parts = (uint32_t)terms_parts(it->name);
		it->mark.name = it->mark.head = f->stem;
		it->mark.doc = f->doc;
		it->mark.body = f->any;
	}
}

void survey_rank(struct surveyor *v)
{
	struct survey_units all = { 0 };

	survey_weigh(v->out);
	add_modules(v);
	survey_collect(&all, v);
	order(v->out, v->arena, &all);
	choose_closest(v->out);
	score_places(v->out);
	relate_files(v->out, v->arena);
}
