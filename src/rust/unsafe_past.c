#include "rust/unsafe_past.h"

#include "base/arena.h"
#include "rust/apidiff_parts.h"
#include "rust/look.h"
#include "rust/rules.h"

/* So many without a word make a custom. */
#define CUSTOM_MIN 2
/* So many tokens of one are compared, and how many there are. */
#define TEXT_MAX 256

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

/* The fn around it and its type; an impl's type. */
static uint64_t place(const struct source *s, uint32_t i)
{
	uint32_t item = safety_impl(s, i)
				? outline_at(&s->outline, s->lx.tok[i].start)
				: source_item(s, i, ITEM_FN);
	const struct item *it;
	uint64_t h = HASH_START;

	if (item == OUTLINE_NONE)
		return h;
	it = &s->outline.item[item];
	h = hash_add(h, it->kind);
	h = hash_span(h, it->kind == ITEM_IMPL ? it->self_type : it->name);
	if (it->kind != ITEM_FN || it->parent == OUTLINE_NONE)
		return h;
	it = &s->outline.item[it->parent];
	return it->kind == ITEM_IMPL ? hash_span(h, it->self_type) : h;
}

/* The block's tokens, or the impl's up to its body. */
static uint64_t text(const struct source *s, uint32_t i)
{
	uint32_t end = i + 1, most = i + TEXT_MAX;

	if (safety_impl(s, i))
		while (end < most && look_kind(s, end) != TOKEN_OPEN_BRACE)
			end++;
	else if (tree_paired(&s->tree, end))
		end = s->tree.mate[end];
	if (most > s->lx.count)
		most = s->lx.count;
	return hash_add(hash_tokens(s, i, end < most ? end : most), end - i);
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
			continue;
		}
		*vec_push(&p->was_place.rows, a) = place(s, i);
		*vec_push(&p->text.rows, a) = text(s, i);
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

void unsafe_past_read(struct unsafe_past *out, struct arena *a,
		      const struct rule_input *in)
{
	*out = (struct unsafe_past){ .in = in };
	out->file = arena_array(a, in->files + 1, sizeof(*out->file));
	for (size_t i = 0; i < in->files; i++) {
		const struct rule_file *f = &in->file[i];
		struct unsafe_count now = read_side(out, a, f->now, true);

		out->file[i] = read_side(out, a, f->was, false);
		add(&out->was, &out->file[i]);
		add(&out->now, &now);
	}
	hashes_sort(&out->text);
	hashes_sort(&out->was_place);
	hashes_sort(&out->now_place);
}

bool unsafe_known(const struct unsafe_past *p, const struct rule_file *f,
		  uint32_t i)
{
	uint64_t where = place(f->now, i);

	bool impl = safety_impl(f->now, i);

	return p->now.bare[impl] <= p->was.bare[impl] ||
	       hashes_has(&p->text, text(f->now, i)) ||
	       hashes_count(&p->was_place, where) >=
		       hashes_count(&p->now_place, where);
}

bool unsafe_custom(const struct unsafe_past *p, const struct rule_file *f,
		   bool impl)
{
	struct unsafe_count n = f->was ? p->file[f - p->in->file] : p->was;

	return n.bare[impl] >= CUSTOM_MIN && n.said[impl] < n.bare[impl];
}
