/* Gathering for a design: what the tree holds that the request speaks of, and
 * the files that are sent whole. */
#include <stdlib.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/gather_parts.h"
#include "agent/notices.h"
#include "agent/redact.h"
#include "agent/survey.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/settings.h"

#define MAX_TREE 100000
#define MAX_CANDIDATES 64
#define MAX_READ_BYTES (1u << 20)
#define MAX_FILES_BYTES (72 * 1024)
#define MAX_ONE_FILE (48 * 1024)
#define MAX_MANIFESTS 4
/* A file that matches less than this share of the best is not sent whole. */
#define SHARE 0.5
#define MAX_TITLE 80

static bool regular(const struct tree_entry *e)
{
	return (e->mode & 0170000) == 0100000;
}

static bool matches(struct span path, const char *pattern)
{
	struct span p = span_of(pattern);

	if (span_starts(p, "./"))
		p = span_from(p, 2);
	return !p.len || span_eqs(p, ".") || text_glob(p, path);
}

static bool under(struct span path, const struct rev_spec *spec)
{
	size_t i;

	for (i = 0; i < spec->npaths; i++)
		if (matches(path, spec->paths[i]))
			return true;
	return false;
}

static const char *basename_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The path of the tree that was perhaps meant, or NULL: near as a whole, else
 * by its last part. */
static const char *nearest_path(const struct tree_list *tree, struct arena *a,
				const char *pattern)
{
	size_t n = tree->entries.len, i;
	const char **names = arena_array(a, 2 * n + 1, sizeof(*names));
	const char **bases = names + n, *near;

	for (i = 0; i < n; i++) {
		names[i] = arena_cstr(a, tree->entries.ptr[i].path);
		bases[i] = basename_of(names[i]);
	}
	near = text_nearest(pattern, names, n);
	if (near)
		return near;
	near = text_nearest(basename_of(pattern), bases, n);
	for (i = 0; near && i < n; i++)
		if (bases[i] == near)
			return names[i];
	return NULL;
}

/* A path that was named and is not there would silently mean less. */
static int check_paths(const struct task_input *in, struct arena *a,
		       struct error *err)
{
	const struct rev_spec *spec = &in->request->spec;
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < spec->npaths && !in->tree.truncated; i++) {
		const char *near;
		bool any = false;

		vec_each (struct tree_entry, e, &in->tree.entries)
			any = any || matches(e->path, spec->paths[i]);
		if (any)
			continue;
		near = nearest_path(&in->tree, a, spec->paths[i]);
		if (near)
			text_visible_line(&b, span_of(near));
		error_set(err, ERR_REPO,
			  "no file of HEAD's tree matches '%s'%s%s%s",
			  spec->paths[i], near ? "; did you mean '" : "",
			  buf_cstr(&b), near ? "'?" : "");
		buf_release(&b);
		return -1;
	}
	return 0;
}

/* ---- the files that are sent whole */

struct candidate {
	const struct tree_entry *entry;
	double score;
};

struct candidates {
	VEC(struct candidate) rows;
};

static int by_score(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static const struct survey_crate *crate_at(const struct survey *s,
					   struct span manifest)
{
	vec_each (const struct survey_crate, c, &s->crates)
		if (span_eq(c->path, manifest))
			return c;
	return NULL;
}

/* The manifest of the workspace, and of crates that hold what matches. */
static double manifest_score(const struct survey *s, struct span path)
{
	const struct survey_crate *c = crate_at(s, path);

	if (span_eqs(path, "Cargo.toml"))
		return 500;
	return c && c->score > 0 ? 400 + c->score : 0;
}

static bool crate_root(const struct survey_file *f)
{
	return !f->module.len && !f->vendored &&
	       (f->role == ROLE_LIBRARY || f->role == ROLE_BINARY);
}

/* What matches well, then what goes with the closest implementation; where
 * nothing matches, the crates' roots tell most. */
static double rust_score(const struct survey *s, const struct survey_file *f)
{
	if (!s->closest)
		return crate_root(f) ? 1 : 0;
	if (f->score >= s->closest->score * SHARE)
		return 1 + f->score;
	return f->related;
}

/* How much a file is what the request speaks of; 0 is not at all. */
static double file_score(const struct task_input *in,
			 const struct tree_entry *e)
{
	const struct survey *s = in->survey;
	const struct rev_spec *spec = &in->request->spec;
	uint32_t i;

	if (spec->npaths && under(e->path, spec))
		return 1000;
	if (text_glob(SPAN("Cargo.toml"), e->path))
		return manifest_score(s, e->path);
	i = span_ends(e->path, ".rs") ? survey_path(s, e->path) : SURVEY_NONE;
	return i == SURVEY_NONE ? 0 : rust_score(s, &s->files.ptr[i]);
}

static void rank_files(struct candidates *out, const struct task_input *in,
		       struct arena *a)
{
	vec_each (struct tree_entry, e, &in->tree.entries) {
		double score = file_score(in, e);

		if (score > 0 && regular(e) && !redact_path(e->path))
			*vec_push(&out->rows, a) =
				(struct candidate){ e, score };
	}
	if (out->rows.len)
		qsort(out->rows.ptr, out->rows.len, sizeof(*out->rows.ptr),
		      by_score);
	if (out->rows.len > MAX_CANDIDATES)
		out->rows.len = MAX_CANDIDATES;
}

static void send_whole(struct task_input *in, struct arena *a,
		       const struct tree_entry *e, struct span text)
{
	struct source_file *f = vec_push(&in->files, a);

	f->path = e->path;
	f->text = text;
	*vec_push(&in->covers, a) = (struct cover){ .path = e->path };
}

/* Take files whole, best first, while there is room. */
static int take_files(struct task_input *in, struct arena *a, struct repo *r,
		      struct error *err)
{
	struct candidates c = { 0 };
	size_t room = MAX_FILES_BYTES, manifests = 0, i;
	struct span *texts;
	char(*ids)[41];

	rank_files(&c, in, a);
	texts = arena_array(a, c.rows.len, sizeof(*texts));
	ids = arena_array(a, c.rows.len, sizeof(*ids));
	for (i = 0; i < c.rows.len; i++)
		memcpy(ids[i], c.rows.ptr[i].entry->id, sizeof(*ids));
	if (c.rows.len && repo_blobs(texts, a, r, (const char(*)[41])ids,
				     c.rows.len, MAX_READ_BYTES, err))
		return -1;
	for (i = 0; i < c.rows.len; i++) {
		const struct tree_entry *e = c.rows.ptr[i].entry;

		if (!texts[i].ptr || texts[i].len > MAX_ONE_FILE ||
		    texts[i].len > room || span_chr(texts[i], '\0') >= 0 ||
		    (span_ends(e->path, "Cargo.toml") &&
		     ++manifests > MAX_MANIFESTS))
			continue;
		room -= texts[i].len;
		send_whole(in, a, e, texts[i]);
	}
	return 0;
}

/* Files of which parts are shown, for the ledger. */
static void cover_parts(struct task_input *in, struct arena *a)
{
	vec_each (const struct survey_source, k, &in->survey->sources) {
		struct span path = k->source->path;
		bool whole = false;

		vec_each (const struct source_file, f, &in->files)
			whole = whole || span_eq(f->path, path);
		if (!whole)
			*vec_push(&in->covers, a) = (struct cover){
				.path = path,
				.state = COVER_SUMMARY,
				.reason = SPAN("declarations that match"),
			};
	}
}

/* The request's first line, as far as it is a title's length. */
static struct span name_request(struct arena *a, const char *text)
{
	struct span rest = span_trim(span_of(text)), line = { 0 }, part;

	text_line(&rest, &line);
	part = text_clip(span_trim(line), MAX_TITLE);
	return span_of(
		arena_printf(a, "a design for: %.*s%s", SPAN_ARG(part),
			     rest.len || part.len < line.len ? "…" : ""));
}

int gather_design(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err)
{
	struct survey *survey = arena_new(a, struct survey);
	VEC(struct span) paths = { 0 };

	if (in->info.head[0] && repo_tree(&in->tree, a, r, NULL, MAX_TREE, err))
		return -1;
	if (check_paths(in, a, err) ||
	    survey_take(survey, a, r, &in->tree, span_of(in->request->text),
			err))
		return -1;
	in->survey = survey;
	if (take_files(in, a, r, err))
		return -1;
	cover_parts(in, a);
	vec_each (struct cover, c, &in->covers)
		*vec_push(&paths, a) = c->path;
	in->title = name_request(a, in->request->text);
	if (gather_guides(in, a, r, s, paths.ptr, paths.len, err))
		return -1;
	notices_add(in, a, s->trust_allows);
	return 0;
}
