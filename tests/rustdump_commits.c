/* rustdump commits: rules over the history of a repository, each commit read
 * by the program's own way of a review. */
#include "rustdump.h"

#include <stdio.h>

#include "agent/gather.h"
#include "agent/task.h"
#include "base/buf.h"
#include "core/settings.h"
#include "rust/rules.h"

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

static int dump_commit(struct repo *r, struct arena *a,
		       const struct commit_info *info, struct error *err)
{
	static const struct settings settings = { .max_guides = 64 << 10 };
	const struct task_request rq = {
		.task = &task_review,
		.spec = { .commit = info->id },
	};
	struct task_input in;
	const struct rule_report *rules = &in.code.rules;

	if (task_gather(&in, a, r, &rq, &settings, err)) {
		fprintf(stderr, "%.12s: %s\n", info->id, err->msg);
		*err = (struct error){ 0 };
		return 0;
	}
	vec_each (const struct rule_group, g, &rules->groups)
		print_group(info->id, g);
	printf("%.12s\tcommit\t\t%zu\t\t%u\t%u\t%.*s\n", info->id,
	       rules->groups.len, rules->lines, rules->files,
	       SPAN_ARG(info->subject));
	return 0;
}

int dump_commits(const char *dir, const char *range, struct error *err)
{
	static const struct repo_limits limits = { 60000, (int64_t)1 << 30,
						   4 << 20, 64 << 20 };
	struct arena all = { 0 }, one = { 0 };
	struct commit_list list = { 0 };
	struct repo *r = NULL;
	int rc;

	rc = repo_start(NULL, err);
	if (!rc)
		rc = repo_open(&r, dir, &limits, err);
	if (!rc)
		rc = repo_commits(&list, &all, r, range, err);
	for (size_t i = 0; !rc && i < list.commits.len; i++) {
		rc = dump_commit(r, &one, &list.commits.ptr[i], err);
		arena_reset(&one);
	}
	if (r)
		repo_close(r);
	repo_stop();
	arena_release(&one);
	arena_release(&all);
	return rc;
}
