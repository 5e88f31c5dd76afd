/* Gathering for a review: the change, its guides, its stated intent. */
#include "agent/gather.h"

#include "agent/baseline_read.h"
#include "agent/cover.h"
#include "agent/gather_parts.h"
#include "agent/notices.h"
#include "agent/task.h"
#include "agent/trust.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/settings.h"

#define MAX_INTENT_COMMITS 50

int gather_guides(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, const struct span *paths, size_t n,
		  struct error *err)
{
	struct guide_rules rules = {
		.from = in->request->guides_from,
		.max_bytes = s->max_guides,
		.import_depth = (unsigned)s->import_depth,
	};

	return repo_guides(&in->guides, a, r,
			   in->task == &task_design ? NULL : &in->range, paths,
			   n, &rules, err);
}

/* How many of the reviewed paths differ from HEAD in the work tree. */
static int count_uncommitted(size_t *n, const struct task_input *in,
			     struct arena *a, struct repo *r, struct error *err)
{
	struct rev_range since_head = { 0 };
	struct change change = { 0 };
	const struct rev_spec none = { 0 };

	if (repo_resolve(&since_head, a, r, &none, err))
		return -1;
	since_head.paths.ptr = in->range.paths.ptr;
	since_head.paths.len = in->range.paths.len;
	since_head.untracked = in->range.untracked;
	if (repo_diff(&change, a, r, &since_head, err))
		return -1;
	*n = change.files.len;
	return 0;
}

/* "2 commits + 3 uncommitted files", in the words of what was asked. */
/* "a..b", or "a...b" as it was asked for: the old side's name then is "merge
 * base of a and b", and no ref's name holds a blank. */
static const char *dotted(const struct rev_range *rr, struct arena *a)
{
	static const char of[] = "merge base of ";
	struct span old = rr->old_name;
	ptrdiff_t end;

	if (span_starts(old, of)) {
		old = span_from(old, strlen(of));
		end = span_chr(old, ' ');
		if (end > 0)
			return arena_printf(a, "%.*s...%.*s", (int)end, old.ptr,
					    SPAN_ARG(rr->new_name));
	}
	return arena_printf(a, "%.*s..%.*s", SPAN_ARG(rr->old_name),
			    SPAN_ARG(rr->new_name));
}

static void name_range(struct task_input *in, struct arena *a,
		       size_t uncommitted)
{
	const struct rev_range *rr = &in->range;
	size_t n = in->change.files.len;
	const char *t;

	if (rr->all)
		t = arena_printf(a, "%zu file%s of %.*s as %s", n,
				 text_plural(n), SPAN_ARG(rr->new_name),
				 n == 1 ? "it stands" : "they stand");
	else if (in->request->spec.commit)
		t = arena_printf(a, "commit %.10s (%zu file%s)", rr->new_commit,
				 n, text_plural(n));
	else if (rr->new_side == SIDE_INDEX)
		t = arena_printf(a, "%zu staged file%s against %.*s", n,
				 text_plural(n), SPAN_ARG(rr->old_name));
	else if (rr->new_side == SIDE_WORKTREE && rr->commits && !uncommitted)
		t = arena_printf(a, "%u commit%s since %.*s (%zu file%s)",
				 rr->commits, text_plural(rr->commits),
				 SPAN_ARG(rr->old_name), n, text_plural(n));
	else if (rr->new_side == SIDE_WORKTREE && rr->commits)
		t = arena_printf(
			a, "%u commit%s + %zu uncommitted file%s against %.*s",
			rr->commits, text_plural(rr->commits), uncommitted,
			text_plural(uncommitted), SPAN_ARG(rr->old_name));
	else if (rr->new_side == SIDE_WORKTREE)
		t = arena_printf(a, "%zu uncommitted file%s against %.*s", n,
				 text_plural(n), SPAN_ARG(rr->old_name));
	else if (rr->commits)
		t = arena_printf(a, "%u commit%s, %s (%zu file%s)", rr->commits,
				 text_plural(rr->commits), dotted(rr, a), n,
				 text_plural(n));
	else
		t = arena_printf(a, "%.*s against %.*s (%zu file%s)",
				 SPAN_ARG(rr->new_name), SPAN_ARG(rr->old_name),
				 n, text_plural(n));
	in->title = span_of(t);
}

/* Does the prompt show more of the file than that it has changed? */
static bool shown(const struct cover *c, const struct file_change *f)
{
	if (c->state != COVER_SUMMARY)
		return c->state != COVER_SKIPPED;
	return f->submodule || f->status == FILE_RENAMED ||
	       f->status == FILE_COPIED || f->status == FILE_TYPE_CHANGED ||
	       (f->old_mode && f->new_mode && f->old_mode != f->new_mode);
}

static int refuse_hidden(const struct cover *c, const struct task_input *in,
			 struct error *err)
{
	size_t others = in->change.files.len - 1;
	struct buf path = { 0 };

	text_visible_line(&path, text_clip(c->path, 200));
	if (others)
		buf_addf(&path, " (%.*s) and %zu more", SPAN_ARG(c->reason),
			 others);
	else
		buf_addf(&path, " (%.*s)", SPAN_ARG(c->reason));
	error_set(err, ERR_REPO, "nothing of the %s can be shown: %s",
		  in->range.all ? "code" : "change", buf_cstr(&path));
	buf_release(&path);
	return -1;
}

static const char *why_empty(const struct task_input *in, bool chosen)
{
	if (!in->change.files.len)
		return NULL;
	if (chosen)
		return "only files that are excluded, generated, vendored, "
		       "binary or lists of versions (--include GLOB takes "
		       "files in)";
	if (in->given && in->given->lines)
		return "only lock files changed, and the lines of a diff do "
		       "not tell what of (in a clone it is known)";
	return in->range.all ? "only binary or lock files are there"
			     : "only binary or lock files changed";
}

/* Is a path that did not change one at all? A gate must not pass for the sake
 * of a slip of the pen. */
static int check_paths(const struct task_input *in, struct arena *a,
		       struct repo *r, struct error *err)
{
	const struct rev_spec *asked = &in->request->spec;
	const char *tree = arena_cstr(a, in->range.new_name);

	if (!in->info.head[0] || in->change.untracked.len)
		return 0;
	for (size_t i = 0; i < asked->npaths; i++) {
		struct rev_spec path = { .all = true,
					 .dashdash = true,
					 .words = &tree,
					 .nwords = in->range.new_commit[0] != 0,
					 .paths = &asked->paths[i],
					 .npaths = 1 };
		struct rev_spec word = { .words = &asked->paths[i],
					 .nwords = 1,
					 .dashdash = true };
		struct rev_range range = { 0 };
		struct error unknown = { 0 };

		if (!repo_resolve(&range, a, r, &path, &unknown))
			continue;
		if (!repo_resolve(&range, a, r, &word, NULL))
			return error_set(err, ERR_REPO,
					 "'%s' behind `--` is taken for a "
					 "path: revisions go before it",
					 asked->paths[i]);
		return error_set(err, ERR_REPO, "%s", unknown.msg);
	}
	return 0;
}

/* A model that is shown nothing finds nothing wrong: do not ask it. */
static int check_shown(struct task_input *in, struct arena *a,
		       struct error *err)
{
	const struct cover *skipped = NULL;
	bool chosen = false; /* there are files that --include would show */
	size_t i;

	for (i = 0; i < in->change.files.len; i++) {
		const struct cover *c = &in->covers.ptr[i];

		if (shown(c, &in->change.files.ptr[i]) ||
		    (c->state == COVER_SUMMARY &&
		     lock_tells(a, &in->change.files.ptr[i])))
			return 0;
		if (c->state == COVER_SKIPPED && !c->counts && !skipped)
			skipped = c;
		chosen |= c->state == COVER_SKIPPED ||
			  (c->hunks && c->state == COVER_SUMMARY &&
			   !cover_lock(c->path));
	}
	if (skipped)
		return refuse_hidden(skipped, in, err);
	in->empty = true;
	if (!in->empty_why)
		in->empty_why = why_empty(in, chosen);
	return 0;
}

int gather_covers(struct task_input *in, struct arena *a,
		  const struct settings *s, struct error *err)
{
	vec_each (struct file_change, f, &in->change.files)
		cover_file(vec_push(&in->covers, a), f, s, in->range.all);
	return check_shown(in, a, err);
}

int gather_read(struct task_input *in, struct arena *a, struct repo *r,
		const struct settings *s, struct error *err)
{
	VEC(struct span) paths = { 0 };

	vec_each (struct file_change, f, &in->change.files)
		*vec_push(&paths, a) = f->path;
	cover_summaries(in, a);
	if (in->baseline)
		known_find(&in->known, a, in, in->baseline);
	masked_find(&in->masked, a, in);
	code_read(in, a, r, s);
	if (!(in->given && in->given->no_repo) &&
	    gather_guides(in, a, r, s, paths.ptr, paths.len, err))
		return -1;
	if (in->given)
		patch_check_guides(in);
	notices_add(in, a, s->trust_allows);
	return 0;
}

int gather_review(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err)
{
	struct error nowhere = { 0 };
	size_t uncommitted = 0;

	if (repo_resolve(&in->range, a, r, &in->request->spec, err))
		return -1;
	in->range.texts = true;
	if (repo_diff(&in->change, a, r, &in->range, err) ||
	    trust_read(&in->trust, a, r, &in->range, &in->change, err) ||
	    baseline_read(in, a, r, s, err) || gather_covers(in, a, s, err))
		return -1;
	if (in->empty && !in->empty_why && check_paths(in, a, r, &nowhere)) {
		/* one commit of many may be older than the path */
		if (!in->request->spec.commit)
			return error_set(err, nowhere.kind, "%s", nowhere.msg);
		in->empty_why = arena_strdup(a, nowhere.msg);
	}
	if (in->empty)
		return 0;
	if (in->range.commits && repo_intent(&in->commits, a, r, &in->range,
					     MAX_INTENT_COMMITS, err))
		return -1;
	if (in->range.new_side == SIDE_WORKTREE && in->range.commits &&
	    count_uncommitted(&uncommitted, in, a, r, err))
		return -1;
	name_range(in, a, uncommitted);
	return gather_read(in, a, r, s, err);
}

bool gather_base(const struct task_input *in, const char **rev)
{
	const struct rev_range *r = &in->range;

	*rev = NULL; /* HEAD: a design or existing code has no other side */
	if (in->task == &task_design || r->all)
		return true;
	if (*r->trust_tree) {
		*rev = r->trust_tree;
		return true;
	}
	*rev = r->old_commit[0] ? r->old_commit : r->old_tree;
	return r->old_side != SIDE_EMPTY && **rev;
}

int task_gather(struct task_input *out, struct arena *a, struct repo *r,
		const struct task_request *rq, const struct settings *s,
		struct error *err)
{
	const char *rev;
	bool base;

	*out = (struct task_input){ .task = rq->task, .request = rq };
	if ((rq->task != &task_patch && repo_info(&out->info, a, r, err)) ||
	    rq->task->gather(out, a, r, s, err))
		return -1;
	base = gather_base(out, &rev) && !(out->given && out->given->agents);
	return agent_file_load(&out->agent, a, base ? r : NULL, rev, rq->agent,
			       err);
}
