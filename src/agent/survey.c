#include "agent/survey.h"

#include <stdlib.h>
#include <string.h>

#include "agent/cover.h"
#include "agent/redact.h"
#include "agent/survey_parts.h"
#include "base/arena.h"

/* ---- the files, in the order they are read */

struct reading {
	struct surveyor *v;
	uint32_t *file; /* index by the order of the question */
	char (*id)[41];
	size_t n;
};

static bool regular(const struct tree_entry *e)
{
	return (e->mode & 0170000) == 0100000;
}

/* Where the part of the path that ends at `end` begins. */
static size_t part_start(struct span path, size_t end)
{
	while (end && path.ptr[end - 1] != '/')
		end--;
	return end;
}

static size_t drop(struct span path, size_t end, const char *suffix)
{
	return span_ends(span_first(path, end), suffix) ? end - strlen(suffix)
							: end;
}

/* The file's own name, or its folder's: where the last part that tells
 * something begins. */
static size_t stem_start(struct span path)
{
	size_t end = drop(path, path.len, "/mod.rs");

	end = drop(path, drop(path, end, "/lib.rs"), "/main.rs");
	return part_start(path, drop(path, end, "/src"));
}

static void mark_path(struct surveyor *v, struct survey_file *f)
{
	struct span path = f->entry->path;
	struct term_hits hits = { 0 };
	size_t stem = stem_start(path), near;

	near = part_start(path, drop(path, stem ? stem - 1 : 0, "/src"));
	arena_reset(&v->scratch);
	terms_scan(&v->out->terms, &v->scratch, path, &hits);
	vec_each (struct term_hit, h, &hits.rows)
		*(h->at >= stem	  ? &f->stem
		  : h->at >= near ? &f->near
				  : &f->folder) |= (uint32_t)1 << h->term;
}

static void list_files(struct surveyor *v)
{
	vec_each (struct tree_entry, e, &v->tree->entries) {
		struct survey_file *f;

		if (!span_ends(e->path, ".rs") || !regular(e) ||
		    redact_path(e->path))
			continue;
		f = vec_push(&v->out->files, v->arena);
		f->entry = e;
		f->role = source_role(e->path);
		f->vendored = cover_vendored(e->path) ||
			      span_starts(e->path, "target/");
		f->crate = survey_crate_of(v->out, e->path);
		f->module = survey_module(v, f->crate, e->path);
		if (f->crate != SURVEY_NONE) {
			v->out->crates.ptr[f->crate].files++;
			v->out->crates.ptr[f->crate].role[f->role]++;
		}
		mark_path(v, f);
	}
}

/* What is read first when not all can be. */
static unsigned rank(const struct survey_file *f)
{
	static const unsigned roles[] = {
		[ROLE_LIBRARY] = 4, [ROLE_BINARY] = 4,	[ROLE_TEST] = 2,
		[ROLE_BENCH] = 1,   [ROLE_EXAMPLE] = 2, [ROLE_BUILD] = 3,
	};

	return roles[f->role] + (f->stem || f->near || f->folder ? 8 : 0) +
	       (f->vendored ? 0 : 16);
}

static void put_in_order(struct reading *in)
{
	const struct survey *s = in->v->out;

	in->file = arena_array(in->v->arena, s->files.len, sizeof(*in->file));
	in->id = arena_array(in->v->arena, s->files.len, sizeof(*in->id));
	for (unsigned level = 32; level-- > 0;)
		for (uint32_t i = 0; i < s->files.len; i++)
			if (rank(&s->files.ptr[i]) == level) {
				memcpy(in->id[in->n], s->files.ptr[i].entry->id,
				       sizeof(*in->id));
				in->file[in->n++] = i;
			}
}

static void take_blob(void *ctx, size_t i, struct span text)
{
	struct reading *in = ctx;

	if (text.ptr)
		survey_read(in->v, in->file[i], text);
}

static int read_files(struct surveyor *v, struct error *err)
{
	struct reading in = { .v = v };
	struct arena texts = { 0 };
	int rc = 0;

	put_in_order(&in);
	if (in.n)
		rc = repo_each_blob(take_blob, &in, &texts, v->repo,
				    (const char(*)[41])in.id, in.n,
				    SURVEY_BYTES, err);
	arena_release(&texts);
	v->out->left_out = (uint32_t)v->out->files.len - v->out->read;
	return rc;
}

int survey_take(struct survey *out, struct arena *a, struct repo *r,
		const struct tree_list *tree, struct span request,
		struct error *err)
{
	struct surveyor v = { .out = out, .arena = a, .repo = r, .tree = tree };
	int rc;

	terms_parse(&out->terms, a, request);
	rc = survey_crates(&v, err);
	if (!rc) {
		list_files(&v);
		rc = read_files(&v, err);
	}
	if (!rc) {
		survey_rank(&v);
		rc = survey_keep(&v, err);
	}
	if (!rc)
		rc = survey_count_uses(&v, err);
	arena_release(&v.scratch);
	return rc;
}
