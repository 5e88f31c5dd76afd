/* Who uses what changed, as far as the tree was read. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/names.h"

#define NEAREST 2u
/* Of a name that more items have, uses say nothing of one. */
#define RIVALS 5u

static uint32_t around(const struct touched *t)
{
	const struct outline *o = &t->s->outline;

	return outline_owner(o, (uint32_t)(t->item - o->item));
}

struct span edited_owner(const struct touched *t)
{
	uint32_t i = around(t);

	return i == OUTLINE_NONE ? (struct span){ 0 }
				 : t->s->outline.item[i].name;
}

bool edited_of_trait(const struct touched *t)
{
	uint32_t i = around(t);

	return i != OUTLINE_NONE && t->s->outline.item[i].trait_path.len > 0;
}

static const struct index_count *find(const struct offline *o, struct span name,
				      struct span owner, enum item_kind kind,
				      struct span home)
{
	vec_each (struct index_count *, at, &o->in->surround.index.counts)
		if ((*at)->kind == kind && span_eq((*at)->name, name) &&
		    span_eq((*at)->owner, owner) && span_eq((*at)->home, home))
			return *at;
	return NULL;
}

const struct index_count *edited_uses(const struct offline *o,
				      const struct touched *t)
{
	/* `T::from` may be any of its many */
	if (!t->item->name.len || t->item->kind == ITEM_IMPL ||
	    (edited_of_trait(t) && names_common(t->item->name)))
		return NULL;
	return find(o, t->item->name, edited_owner(t), t->item->kind,
		    t->s->path);
}

const struct index_count *variant_uses(const struct offline *o,
				       const struct touched *t,
				       struct span variant)
{
	return find(o, variant, t->item->name, ITEM_FN, t->s->path);
}

bool uses_known(const struct index_count *n)
{
	return n && !(n->owner.len && names_common(n->name));
}

bool uses_told(const struct index_count *n)
{
	/* in front of a common name its type stands */
	return n && (!uses_known(n) || n->rivals <= RIVALS);
}

bool uses_sure(const struct index_count *n)
{
	return n && (!uses_known(n) || !n->rivals);
}

void add_uses(struct buf *out, const struct index_count *n, struct span home)
{
	uint32_t said = 0;

	if (!n || !n->uses || !uses_told(n) || names_prelude(n->name))
		return;
	buf_addf(out, ", %u %s%s", n->uses, n->kind == ITEM_FN ? "call" : "use",
		 plural(n->uses));
	if (n->tests)
		buf_addf(out, " and %u in tests", n->tests);
	buf_addf(out, " in %u file%s", n->files, plural(n->files));
	if (n->rivals && uses_known(n))
		buf_addf(out, " by that name, which %u other item%s", n->rivals,
			 n->rivals == 1 ? " has" : "s have");
	for (uint32_t i = 0; i < n->places && said < NEAREST; i++) {
		buf_adds(out, said++ ? " and " : ", nearest ");
		add_place_in(out, home, n->place[i].path, n->place[i].line);
		home = n->place[i].path;
	}
}
