#include "agent/baseline_read.h"

#include <string.h>

#include "agent/baseline.h"
#include "agent/gather_parts.h"
#include "base/arena.h"
#include "base/fs.h"
#include "core/settings.h"

/* Where the file is, and what holds it. */
struct place {
	struct task_input *in;
	struct arena *arena;
	struct repo *repo;
	const char *file;
	/* In the repository, as it is called and with links followed; NULL:
	 * outside. */
	const char *names[2];
	const char *full[2]; /* the same from the root */
	const char *name;    /* the one that was found */
};

/* The path in the work tree, without the work tree's own; NULL: outside. */
static const char *inside(const struct place *p, const char *path)
{
	struct span top = p->in->info.workdir, s = span_of(path);

	if (!top.len || s.len <= top.len ||
	    !span_eq(span_first(s, top.len), top))
		return NULL;
	return path + top.len;
}

/* In the tree of a revision (NULL: HEAD's): text->ptr is NULL when it is not.
 */
static int look_in(struct place *p, const char *rev, struct span *text,
		   struct error *err)
{
	*text = (struct span){ 0 };
	for (size_t i = 0; i < 2 && !text->ptr; i++) {
		if (!p->names[i])
			continue;
		if (repo_file(text, p->arena, p->repo, rev, p->names[i], err))
			return -1;
		p->name = p->names[i];
	}
	return 0;
}

/* Does the change bring the file: has its new side, or what lies between, what
 * the base has not? */
static int brought(struct place *p, bool *is, struct error *err)
{
	const struct rev_range *range = &p->in->range;
	struct span text;

	if (range->new_side == SIDE_TREE && !range->all) {
		if (look_in(p, range->new_tree, &text, err))
			return -1;
		*is = text.ptr != NULL;
		if (*is || !*range->trust_tree)
			return 0;
		/* a later commit of the branch may */
	}
	if (p->in->info.head[0] && look_in(p, NULL, &text, err))
		return -1;
	*is = p->in->info.head[0] && text.ptr;
	for (size_t i = 0; i < 2 && !*is && !range->untracked; i++)
		*is = p->names[i] &&
		      change_file(&p->in->change, span_of(p->names[i]));
	return 0;
}

static int parse_base(struct place *p, struct baseline *b, const char *rev,
		      struct span text, struct error *err)
{
	const struct rev_range *range = &p->in->range;
	const char *tree = rev_trusted(range);
	const char *id = range->all ? p->in->info.head : *tree ? tree : rev;
	struct span disk = { 0 };

	b->path = span_of(p->name);
	b->from = span_of(arena_printf(p->arena, "%s %.12s",
				       range->all ? "HEAD" : "the base tree",
				       id));
	if (fs_read(&disk, p->arena, p->file, BASELINE_BYTES, NULL) ||
	    !span_eq(disk, text))
		b->warning = arena_printf(p->arena,
					  "%s differs from that of %.*s, "
					  "which counts",
					  p->file, SPAN_ARG(b->from));
	return baseline_parse(b, p->arena, text, err);
}

int baseline_load(struct baseline *out, bool *there, struct arena *a,
		  const char *path, struct error *err)
{
	struct span text;

	out->name = path;
	*there = !fs_absent(path);
	if (!*there)
		return 0;
	if (fs_read(&text, a, path, BASELINE_BYTES, err)) {
		err->kind = ERR_USAGE;
		return error_prefix(err, "baseline");
	}
	return baseline_parse(out, a, text, err);
}

/* Nothing counts as known: why is a clause. */
static int disown(struct place *p, struct baseline *b, const char *why)
{
	b->path = span_of(p->name	? p->name
			  : p->names[0] ? p->names[0]
			  : p->names[1] ? p->names[1]
					: p->file);
	b->from = span_of(arena_printf(p->arena, "nothing: %s", why));
	b->warning = arena_printf(p->arena,
				  "%s is not used: %s, so nothing counts as "
				  "known",
				  p->file, why);
	return 0;
}

static bool below(const char *full, struct span path)
{
	struct span s = span_of(full);

	return s.len > path.len && s.ptr[s.len - path.len - 1] == '/' &&
	       span_eq(span_from(s, s.len - path.len), path);
}

/* May the path of a diff be the file's? It may be written from any folder, so
 * only of what is outside of the diff's own work tree it is known not to be. */
static bool may_be(const struct place *p, struct span path)
{
	bool known = p->in->info.workdir.len && !p->in->given->no_repo;

	if (known && !p->names[0] && !p->names[1])
		return false;
	for (size_t i = 0; i < 2; i++)
		if (p->full[i] && below(p->full[i], path))
			return true;
	return false;
}

/* Does a diff that was given speak of the file? */
static bool in_diff(const struct place *p)
{
	vec_each (const struct file_change, f, &p->in->change.files)
		if (may_be(p, f->path) || may_be(p, f->old_path))
			return true;
	return false;
}

static int load(struct place *p, struct baseline *b, struct error *err)
{
	const char *rev;
	struct span text;
	bool is = false;

	b->name = p->file;
	if (p->in->given && in_diff(p))
		return disown(p, b,
			      "the diff changes it, and what is here may hold "
			      "that already");
	if (gather_base(p->in, &rev) && (rev || p->in->info.head[0])) {
		if (look_in(p, rev, &text, err))
			return -1;
		if (text.ptr)
			return parse_base(p, b, rev, text, err);
	}
	if (brought(p, &is, err))
		return -1;
	if (is)
		return disown(p, b, "the change itself adds it");
	if (baseline_load(b, &is, p->arena, p->file, err))
		return -1;
	if (!is)
		return error_set(err, ERR_USAGE,
				 "there is no baseline %s: write it with "
				 "--write-baseline",
				 p->file);
	return 0;
}

int baseline_read(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err)
{
	struct place p = { .in = in, .arena = a, .repo = r };
	struct baseline *b = arena_new(a, struct baseline);

	if (!s->baseline)
		return 0;
	p.file = s->baseline;
	p.full[0] = fs_absolute(a, p.file);
	p.full[1] = fs_real(a, p.file);
	for (size_t i = 0; i < 2; i++)
		p.names[i] = inside(&p, p.full[i]);
	in->baseline = b;
	return load(&p, b, err);
}
