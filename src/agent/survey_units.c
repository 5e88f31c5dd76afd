/*
 * Items that stand for themselves, and the functions and impls that belong to
 * them: by the type's name, in the same crate, from the nearest file.
 */
#include <string.h>

#include "agent/survey_parts.h"
#include "base/arena.h"

/* A type with so many functions is no example; each of them may be one. */
#define LARGE 40u
/* Of more types of one name in a crate only some are looked at. */
#define CHAIN_MAX 128

struct table {
	struct survey *s;
	struct arena *arena;
	struct survey_unit **slot; /* types, traits, impls */
	size_t size;		   /* a power of two */
	struct survey_units *out;
};

static const struct survey_file *file_of(const struct survey *s,
					 const struct survey_item *it)
{
	return &s->files.ptr[it->file];
}

static size_t hash(uint32_t crate, struct span name)
{
	uint64_t h = 0xcbf29ce484222325 ^ crate; /* FNV-1a */

	for (size_t i = 0; i < name.len; i++)
		h = (h ^ (unsigned char)name.ptr[i]) * 0x100000001b3;
	return (size_t)(h ^ h >> 29);
}

static struct survey_unit **
slot_of(const struct table *t, const struct survey_item *it, struct span name)
{
	return &t->slot[hash(file_of(t->s, it)->crate, name) & (t->size - 1)];
}

static bool has_members(enum item_kind kind)
{
	return kind == ITEM_STRUCT || kind == ITEM_ENUM || kind == ITEM_UNION ||
	       kind == ITEM_TRAIT || kind == ITEM_IMPL;
}

static struct survey_unit *add_unit(struct table *t,
				    const struct survey_item *it)
{
	struct survey_unit *u = arena_new(t->arena, struct survey_unit);

	u->item = it;
	u->mark = it->mark;
	u->lines = it->last_line - it->line + 1;
	u->held = it->held;
	if (has_members(it->kind)) {
		struct survey_unit **slot = slot_of(t, it, it->name);

		u->next = *slot;
		*slot = u;
	}
	*vec_push(t->out, t->arena) = u;
	return u;
}

static size_t common(struct span a, struct span b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
		n++;
	return n;
}

/* May a member be this one's? The impls of another crate's type are together
 * by file. */
static bool may_own(const struct table *t, const struct survey_unit *u,
		    const struct survey_item *it)
{
	return file_of(t->s, u->item)->crate == file_of(t->s, it)->crate &&
	       span_eq(u->item->name, it->owner) &&
	       it->of_trait == (u->item->kind == ITEM_TRAIT) &&
	       (u->item->kind != ITEM_IMPL || u->item->file == it->file);
}

static struct survey_unit *owner_of(const struct table *t,
				    const struct survey_item *it)
{
	struct span path = file_of(t->s, it)->entry->path;
	struct survey_unit *best = NULL, *u = *slot_of(t, it, it->owner);
	size_t nearest = 0, near;

	for (size_t n = 0; u && n < CHAIN_MAX; u = u->next, n++) {
		if (!may_own(t, u, it))
			continue;
		near = 1 + common(path, file_of(t->s, u->item)->entry->path);
		if (near > nearest) {
			best = u;
			nearest = near;
		}
	}
	return best;
}

static void count(uint8_t *n, uint32_t mask)
{
	for (size_t t = 0; mask; t++, mask >>= 1)
		if (mask & 1 && n[t] < 255)
			n[t]++;
}

static void add_member(struct survey_unit *u, const struct survey_item *it)
{
	const struct survey_mark *m = &it->mark;

	u->members.name |= m->name;
	u->members.weak |= m->weak;
	u->members.doc |= m->doc;
	u->members.header |= m->header;
	u->members.body |= m->body;
	if (it->kind == ITEM_IMPL) {
		u->lines += it->last_line - it->line + 1;
		u->held += it->held;
		return;
	}
	count(u->member_names, m->name | m->weak);
	count(u->member_docs, m->doc);
	u->matched += (m->name | m->weak | m->doc) != 0;
}

static double member_score(const struct survey *s, const struct survey_item *it)
{
	double sum = 0;

	for (size_t t = 0; t < s->terms.term.len; t++) {
		uint32_t bit = (uint32_t)1 << t;
		const struct survey_mark *m = &it->mark;

		sum += s->weight[t] * (m->name & bit	 ? 1
				       : m->weak & bit	 ? 0.6
				       : m->doc & bit	 ? 0.4
				       : m->header & bit ? 0.2
							 : 0);
	}
	return sum;
}

/* Put it among those shown, best first, where it belongs. */
static void show_member(const struct survey *s, struct survey_unit *u,
			const struct survey_item *it)
{
	double score = member_score(s, it);
	uint32_t i = u->shown;

	if (score <= 0)
		return;
	while (i && member_score(s, u->member[i - 1]) < score)
		i--;
	if (i == SURVEY_MEMBERS)
		return;
	if (u->shown < SURVEY_MEMBERS)
		u->shown++;
	memmove(&u->member[i + 1], &u->member[i],
		(u->shown - 1 - i) * sizeof(u->member[0]));
	u->member[i] = it;
}

static void add_to_owner(struct table *t, const struct survey_item *it)
{
	struct survey_unit *u = owner_of(t, it);
	const struct survey_mark *m = &it->mark;

	if (!u && it->kind == ITEM_IMPL)
		u = add_unit(t, it);
	else if (u)
		add_member(u, it);
	if (u && it->kind != ITEM_IMPL && m->name | m->weak | m->doc)
		show_member(t->s, u, it);
}

/* Impls first: they may own, and they say how much a type holds. */
void survey_collect(struct survey_units *out, struct surveyor *v)
{
	struct table t = { .s = v->out, .arena = v->arena, .out = out };

	for (t.size = 64; t.size < 2 * v->out->items.len;)
		t.size *= 2;
	t.slot = arena_array(v->arena, t.size, sizeof(struct survey_unit *));
	vec_each (struct survey_item, it, &v->out->items)
		if (!it->owner.len)
			add_unit(&t, it);
	vec_each (struct survey_item, it, &v->out->items)
		if (it->owner.len && it->kind == ITEM_IMPL)
			add_to_owner(&t, it);
	vec_each (struct survey_item, it, &v->out->items) {
		const struct survey_unit *u;

		if (!it->owner.len || it->kind == ITEM_IMPL)
			continue;
		add_to_owner(&t, it);
		u = owner_of(&t, it);
		if (u && u->held > LARGE && it->mark.name | it->mark.weak)
			add_unit(&t, it)->owner = u;
	}
}
