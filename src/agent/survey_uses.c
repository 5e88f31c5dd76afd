/* Who uses the closest implementation outside of its own file: read again are
 * the files that may name it. */
#include <stdlib.h>
#include <string.h>

#include "agent/survey_parts.h"
#include "base/arena.h"

#define USES_FILES 96u
#define USES_BYTES (3u << 20)

struct candidates {
	const struct survey *s;
	uint32_t file[USES_FILES];
	char id[USES_FILES][41];
	size_t n;
};

/* A file that speaks of all that the name does, by distance. */
static void choose(struct candidates *c, uint32_t terms, unsigned distance)
{
	const struct survey *s = c->s;
	uint32_t home = s->closest->item->file;

	for (uint32_t i = 0; i < s->files.len && c->n < USES_FILES; i++) {
		const struct survey_file *f = &s->files.ptr[i];

		if (!f->read || f->vendored || (f->any & terms) != terms ||
		    survey_distance(s, i, home) != distance ||
		    (!terms && distance > 2))
			continue;
		memcpy(c->id[c->n], f->entry->id, sizeof(c->id[0]));
		c->file[c->n++] = i;
	}
}

static const struct index_crate *crates(struct surveyor *v)
{
	const struct survey *s = v->out;
	struct index_crate *row =
		arena_array(v->arena, s->crates.len, sizeof(*row));

	for (size_t i = 0; i < s->crates.len; i++) {
		row[i].folder = s->crates.ptr[i].folder;
		row[i].name = s->crates.ptr[i].name;
	}
	return row;
}

static bool countable(const struct survey_item *it)
{
	return it->kind != ITEM_MOD && it->kind != ITEM_IMPL;
}

int survey_count_uses(struct surveyor *v, struct error *err)
{
	struct survey *s = v->out;
	struct candidates *c;
	const struct survey_item *it;
	struct span *texts;
	struct arena blobs = { 0 };
	int rc = 0;

	if (!s->closest || !countable(s->closest->item))
		return 0;
	it = s->closest->item;
	c = arena_new(v->arena, struct candidates);
	c->s = s;
	for (unsigned distance = 1; distance <= 3; distance++)
		choose(c, it->mark.name | it->mark.weak, distance);
	index_init(&s->index, v->arena, crates(v), s->crates.len);
	s->uses = index_count(&s->index, it->name, it->owner, it->kind,
			      s->files.ptr[it->file].entry->path);
	texts = arena_array(v->arena, c->n, sizeof(*texts));
	if (c->n)
		rc = repo_blobs(texts, &blobs, v->repo,
				(const char(*)[41])c->id, c->n, USES_BYTES,
				err);
	for (size_t i = 0; !rc && i < c->n; i++)
		if (texts[i].ptr)
			index_add(&s->index, &v->scratch,
				  s->files.ptr[c->file[i]].entry->path,
				  texts[i]);
	s->uses_files = (uint32_t)c->n;
	arena_release(&blobs);
	return rc;
}
