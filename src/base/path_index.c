#include "base/path_index.h"

#include "base/arena.h"

struct path_slot {
	struct span path; /* ptr is NULL: free */
	size_t row;
};

/* FNV-1a; a hostile tree can make it slow, not wrong */
static uint64_t hash(struct span s)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3;
	return h ^ h >> 32;
}

static struct path_slot *slot_of(const struct path_index *x, struct span path)
{
	size_t i = (size_t)hash(path) & (x->size - 1);

	while (x->slots[i].path.ptr && !span_eq(x->slots[i].path, path))
		i = (i + 1) & (x->size - 1);
	return &x->slots[i];
}

size_t path_index_find(const struct path_index *x, struct span path)
{
	const struct path_slot *s;

	if (!x->size)
		return PATH_NONE;
	s = slot_of(x, path);
	return s->path.ptr ? s->row : PATH_NONE;
}

static void grow(struct path_index *x, struct arena *a)
{
	struct path_index old = *x;

	x->size = old.size ? 2 * old.size : 64;
	x->slots = arena_array(a, x->size, sizeof(*x->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].path.ptr)
			*slot_of(x, old.slots[i].path) = old.slots[i];
}

void path_index_add(struct path_index *x, struct arena *a, struct span path,
		    size_t row)
{
	struct path_slot *s;

	if (4 * x->used >= 3 * x->size)
		grow(x, a);
	s = slot_of(x, path);
	if (s->path.ptr)
		return;
	*s = (struct path_slot){ path, row };
	if (!path.ptr)
		s->path.ptr = "";
	x->used++;
}
