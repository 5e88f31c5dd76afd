/* rustdump commits: rules over the history of a repository. */
#include "rustdump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "repo/repo.h"
#include "rust/rules.h"

/* Shorter lines come back by chance. */
#define MOVED_MIN 12

struct history {
	struct repo *repo;
	struct arena arena; /* of one commit */
	const char *old_rev, *new_rev;
	const char *rev; /* whose tree is read */
	VEC(struct rule_file) files;
	VEC(uint64_t) gone; /* hashes of removed lines, sorted */
};

static uint64_t line_hash(struct span line)
{
	uint64_t h = 14695981039346656037u;

	line = span_trim(line);
	for (size_t i = 0; i < line.len; i++)
		h = (h ^ (unsigned char)line.ptr[i]) * 1099511628211u;
	return line.len < MOVED_MIN ? 0 : h;
}

static int by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static bool was_removed(const struct history *h, struct span line)
{
	uint64_t hash = line_hash(line);

	return hash && h->gone.len &&
	       bsearch(&hash, h->gone.ptr, h->gone.len, sizeof(hash), by_value);
}

static void collect_removed(struct history *h, const struct change *c)
{
	memset(&h->gone, 0, sizeof(h->gone));
	vec_each (const struct file_change, f, &c->files)
		vec_each (const struct hunk, k, &f->hunks)
			vec_each (const struct diff_line, l, &k->lines)
				if (l->origin == '-')
					*vec_push(&h->gone, &h->arena) =
						line_hash(l->text);
	if (h->gone.len)
		qsort(h->gone.ptr, h->gone.len, sizeof(*h->gone.ptr), by_value);
}

static struct span tree_text(void *ctx, struct span path)
{
	struct history *h = ctx;
	struct error err = { 0 };
	struct span text = { 0 };

	if (repo_file(&text, &h->arena, h->repo, h->rev,
		      arena_cstr(&h->arena, path), &err))
		return (struct span){ 0 };
	return text;
}

static const struct source *tree_source(void *ctx, struct span path)
{
	struct history *h = ctx;
	struct span text = tree_text(ctx, path);
	struct source *s;

	if (!text.ptr)
		return NULL;
	s = arena_new(&h->arena, struct source);
	source_read(s, &h->arena, path, text);
	return s;
}

static const struct source *read_side(struct history *h, const char *id,
				      struct span path)
{
	struct error err = { 0 };
	struct span text;
	struct source *s;

	if (!*id || repo_blob(&text, &h->arena, h->repo, id, &err))
		return NULL;
	s = arena_new(&h->arena, struct source);
	source_read(s, &h->arena, path, text);
	return s;
}

static void add_file(struct history *h, const struct file_change *f)
{
	struct rule_file file = {
		.now = read_side(h, f->new_id, f->path),
		.was = read_side(h, f->old_id, f->old_path),
	};
	struct reach_tree tree = { h, tree_source, tree_text };
	struct reach *reach;
	uint8_t *line;

	if (!file.now && !file.was)
		return;
	if (file.now) {
		uint32_t lines = file.now->lx.lines;

		line = arena_array(&h->arena, lines + 2u, 1);
		vec_each (const struct hunk, k, &f->hunks)
			vec_each (const struct diff_line, l, &k->lines)
				if (l->origin == '+' && l->new_no <= lines)
					line[l->new_no] =
						(uint8_t)(LINE_ADDED |
							  (was_removed(h,
								       l->text)
								   ? LINE_MOVED
								   : 0));
		file.line = line;
	}
	h->rev = file.now ? h->new_rev : h->old_rev;
	reach = arena_new(&h->arena, struct reach);
	reach_find(reach, &h->arena, &tree, f->path);
	file.reach = reach;
	*vec_push(&h->files, &h->arena) = file;
}

static void print_group(const char *id, const struct rule_group *g)
{
	const struct rule_place *p = &g->places.ptr[0];
	struct buf b = { 0 };

	rule_group_write(&b, g);
	printf("%.12s\t%s\t%.*s\t%s%u\t%c,%s\t%u\t%s\n", id, g->rule->id,
	       SPAN_ARG(g->path), p->old ? "-" : "", p->line,
	       "ABC"[g->rule->tier], finding_level_name(g->level), g -> total,
	       buf_cstr(&b));
	buf_release(&b);
}

static int dump_commit(struct history *h, const struct commit_info *info,
		       struct error *err)
{
	struct rev_spec spec = { .commit = info->id };
	struct rule_report report;
	struct rule_input in = { 0 };
	struct rev_range range;
	struct change c;

	if (repo_resolve(&range, &h->arena, h->repo, &spec, err) ||
	    repo_diff(&c, &h->arena, h->repo, &range, err))
		return -1;
	memset(&h->files, 0, sizeof(h->files));
	h->new_rev = info->id;
	h->old_rev = arena_printf(&h->arena, "%s^", info->id);
	collect_removed(h, &c);
	vec_each (const struct file_change, f, &c.files)
		if (span_ends(f->path, ".rs") && !f->submodule)
			add_file(h, f);
	in.file = h->files.ptr;
	in.files = h->files.len;
	rules_run(&report, &h->arena, &in);
	vec_each (const struct rule_group, g, &report.groups)
		print_group(info->id, g);
	printf("%.12s\tcommit\t\t%zu\t\t%u\t%u\t%.*s\n", info->id,
	       report.groups.len, report.lines, report.files,
	       SPAN_ARG(info->subject));
	return 0;
}

int dump_commits(const char *dir, const char *range, struct error *err)
{
	static const struct repo_limits limits = { 60000, (int64_t)1 << 30,
						   4 << 20, 64 << 20 };
	struct history h = { 0 };
	struct commit_list list;
	struct arena a = { 0 };
	int rc;

	rc = repo_start(NULL, err);
	if (!rc)
		rc = repo_open(&h.repo, dir, &limits, err);
	if (!rc)
		rc = repo_commits(&list, &a, h.repo, range, err);
	for (size_t i = 0; !rc && i < list.commits.len; i++) {
		rc = dump_commit(&h, &list.commits.ptr[i], err);
		arena_reset(&h.arena);
	}
	if (h.repo)
		repo_close(h.repo);
	repo_stop();
	arena_release(&h.arena);
	arena_release(&a);
	return rc;
}
