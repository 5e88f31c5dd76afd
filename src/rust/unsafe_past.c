#include "rust/unsafe_past.h"

#include <stdlib.h>

#include "base/arena.h"
#include "rust/apidiff_parts.h"
#include "rust/look.h"
#include "rust/rules.h"

/* So many without a word make a custom. */
#define CUSTOM_MIN 2
/* So many tokens of one are compared, and how many there are. */
#define TEXT_MAX 256
/* So many of an item's are compared with one. */
#define ALIKE_MAX 16

static bool in_unsafe_fn(const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN);

	return fn != OUTLINE_NONE && s->outline.item[fn].flags & ITEM_UNSAFE;
}

bool unsafe_bare(const struct safety *safety, uint32_t i)
{
	const struct source *s = safety->s;

	if (safety_block(s, i) && in_unsafe_fn(s, i))
		return false;
	return (safety_block(s, i) || safety_impl(s, i)) &&
	       !safety_stated_row(safety, i);
}

/* The fn around it and its type, or the const; an impl's trait and type. */
static uint64_t place(const struct source *s, uint32_t i)
{
	uint32_t item =
		safety_impl(s, i) ? OUTLINE_NONE : source_item(s, i, ITEM_FN);
	const struct item *it;
	uint64_t h = HASH_START;

	if (item == OUTLINE_NONE)
		item = outline_at(&s->outline, s->lx.tok[i].start);
	if (item == OUTLINE_NONE)
		return h;
	it = &s->outline.item[item];
	h = hash_add(h, it->kind);
	if (it->kind == ITEM_IMPL)
		return hash_span(hash_span(h, it->trait_path), it->self_type);
	h = hash_span(h, it->name);
	if (it->parent == OUTLINE_NONE)
		return h;
	it = &s->outline.item[it->parent];
	return it->kind == ITEM_IMPL ? hash_span(h, it->self_type) : h;
}

/* Behind the block's last token, or the impl's before its body. */
static uint32_t text_end(const struct source *s, uint32_t i)
{
	uint32_t end = i + 1, most = i + TEXT_MAX;

	if (safety_impl(s, i))
		while (end < most && look_kind(s, end) != TOKEN_OPEN_BRACE)
			end++;
	else if (tree_paired(&s->tree, end))
		end = s->tree.mate[end];
	if (most > s->lx.count)
		most = s->lx.count;
	return end < most ? end : most;
}

static uint64_t text(const struct source *s, uint32_t i)
{
	return hash_tokens(s, i, text_end(s, i));
}

/* Its tokens, but for those that each begins with. */
static struct hashes words(struct arena *a, const struct source *s, uint32_t i)
{
	struct hashes h = { 0 };

	for (uint32_t k = i + 2; k < text_end(s, i); k++)
		*vec_push(&h.rows, a) = hash_tokens(s, k, k + 1);
	hashes_sort(&h);
	return h;
}

static struct unsafe_count read_side(struct unsafe_past *p, struct arena *a,
				     const struct source *s, bool now)
{
	struct unsafe_count n = { 0 };
	struct safety safety = { 0 };

	for (uint32_t i = 0; s && i < s->lx.count; i++) {
		if (!(safety_block(s, i) || safety_impl(s, i)) ||
		    source_test(s, i))
			continue;
		if (!safety.s)
			safety_read(&safety, a, s, SAFETY_ANY);
		if (!unsafe_bare(&safety, i)) {
			n.said[safety_impl(s, i)] += safety_stated(&safety, i);
			continue;
		}
		n.bare[safety_impl(s, i)]++;
		if (now) {
			*vec_push(&p->now_place.rows, a) = place(s, i);
			*vec_push(&p->now_text.rows, a) = text(s, i);
			continue;
		}
		*vec_push(&p->old, a) =
			(struct unsafe_old){ place(s, i), s, i };
		*vec_push(&p->was_text.rows, a) = text(s, i);
	}
	return n;
}

static void add(struct unsafe_count *to, const struct unsafe_count *n)
{
	for (size_t k = 0; k < 2; k++) {
		to->bare[k] += n->bare[k];
		to->said[k] += n->said[k];
	}
}

static int by_place(const void *x, const void *y)
{
	const struct unsafe_old *a = x, *b = y;

	return (a->place > b->place) - (a->place < b->place);
}

void unsafe_past_read(struct unsafe_past *out, struct arena *a,
		      const struct rule_input *in)
{
	*out = (struct unsafe_past){ .in = in };
	out->file = arena_array(a, in->files + 1, sizeof(*out->file));
	for (size_t i = 0; i < in->files; i++) {
		const struct rule_file *f = &in->file[i];

		read_side(out, a, f->now, true);
		out->file[i] = read_side(out, a, f->was, false);
		add(&out->was, &out->file[i]);
	}
	if (out->old.len)
		qsort(out->old.ptr, out->old.len, sizeof(*out->old.ptr),
		      by_place);
	hashes_sort(&out->was_text);
	hashes_sort(&out->now_text);
	hashes_sort(&out->now_place);
}

/* The first old one whose place is not below. */
static size_t old_from(const struct unsafe_past *p, uint64_t where)
{
	size_t from = 0, to = p->old.len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (p->old.ptr[mid].place < where)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* Do they share half of the longer one's tokens? Takes as long as these. */
static bool alike(struct arena *a, const struct hashes *these,
		  const struct unsafe_old *old)
{
	size_t n = these->rows.len, m = text_end(old->s, old->at) - old->at;
	struct hashes those;

	m = m > 2 ? m - 2 : 0;
	if (m > 2 * n || n > 2 * m)
		return false;
	those = words(a, old->s, old->at);
	return 2 * hashes_shared(these, &those) >= (n > m ? n : m);
}

/* Did the item around hold as many, and one much like it? An impl is what it
 * is of, whatever its bounds. */
static bool reworked(const struct unsafe_past *p, const struct source *s,
		     uint32_t i)
{
	uint64_t where = place(s, i);
	size_t first = old_from(p, where);
	size_t count = old_from(p, where + 1) - first;
	struct arena own = { 0 };
	struct hashes these;
	bool found = false;

	if (where == UINT64_MAX || !count ||
	    count < hashes_count(&p->now_place, where))
		return false;
	if (safety_impl(s, i))
		return true;
	these = words(&own, s, i);
	for (size_t k = 0; k < count && k < ALIKE_MAX && !found; k++)
		found = alike(&own, &these, &p->old.ptr[first + k]);
	arena_release(&own);
	return found;
}

bool unsafe_known(const struct unsafe_past *p, const struct rule_file *f,
		  uint32_t i)
{
	uint64_t code = text(f->now, i);
	size_t was = hashes_count(&p->was_text, code);

	return (was && was >= hashes_count(&p->now_text, code)) ||
	       reworked(p, f->now, i);
}

bool unsafe_custom(const struct unsafe_past *p, const struct rule_file *f,
		   bool impl)
{
	struct unsafe_count n = f->was ? p->file[f - p->in->file] : p->was;

	return n.bare[impl] >= CUSTOM_MIN && n.said[impl] < n.bare[impl];
}
