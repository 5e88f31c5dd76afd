/* The files of what matches best, read again as a whole and kept. */
#include <string.h>

#include "agent/survey_parts.h"
#include "base/arena.h"

struct keeping {
	uint32_t file[SURVEY_SOURCES];
	char id[SURVEY_SOURCES][41];
	size_t n;
};

static void want(struct keeping *k, const struct survey *s, uint32_t file)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->file[i] == file)
			return;
	if (k->n == SURVEY_SOURCES || !s->files.ptr[file].read)
		return;
	memcpy(k->id[k->n], s->files.ptr[file].entry->id, 41);
	k->file[k->n++] = file;
}

int survey_keep(struct surveyor *v, struct error *err)
{
	struct survey *s = v->out;
	struct keeping *k = arena_new(v->arena, struct keeping);
	struct survey_items traits = { 0 };
	struct span *texts;

	if (s->closest)
		want(k, s, s->closest->item->file);
	survey_traits(&traits, v->arena, s);
	vec_each (const struct survey_item *, it, &traits)
		want(k, s, (*it)->file);
	vec_each (struct survey_unit *, u, &s->units)
		want(k, s, (*u)->item->file);
	texts = arena_array(v->arena, k->n, sizeof(*texts));
	if (k->n &&
	    repo_blobs(texts, v->arena, v->repo, (const char(*)[41])k->id, k->n,
		       SURVEY_SOURCE_BYTES, err))
		return -1;
	for (size_t i = 0; i < k->n; i++) {
		struct source *source;

		if (!texts[i].ptr)
			continue;
		source = arena_new(v->arena, struct source);
		source_read(source, v->arena,
			    s->files.ptr[k->file[i]].entry->path, texts[i]);
		*vec_push(&s->sources, v->arena) =
			(struct survey_source){ k->file[i], source };
	}
	return 0;
}
