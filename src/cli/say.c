#include "cli/say.h"

#include "agent/gather.h"
#include "agent/job.h"
#include "agent/prepare.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/log.h"
#include "cli/invocation.h"

const char *say_number(struct arena *a, long long n)
{
	char *s = arena_printf(a, "%lld", n);
	size_t len = span_of(s).len, i;
	char *out = arena_alloc(a, len + len / 3 + 1), *to = out;

	for (i = 0; i < len; i++) {
		if (i && s[i - 1] != '-' && (len - i) % 3 == 0)
			*to++ = ',';
		*to++ = s[i];
	}
	return out;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void say_left_out(const struct task_input *in)
{
	size_t n = in->change.untracked.len;

	if (n)
		log_note("%zu untracked .rs file%s left out, %.*s%s "
			 "(--untracked adds %s)",
			 n, n == 1 ? " is" : "s are",
			 SPAN_ARG(in->change.untracked.ptr[0]),
			 n > 1 ? " for one" : "", n == 1 ? "it" : "them");
	vec_each (struct span, path, &in->change.guides_edited)
		log_note("%.*s is edited but not committed; the committed one "
			 "counts (--guides-from=worktree takes the edited)",
			 SPAN_ARG(*path));
	vec_each (struct cover, c, &in->covers)
		if (c->state == COVER_SKIPPED)
			log_note("not sent: %.*s (%.*s)", SPAN_ARG(c->path),
				 SPAN_ARG(c->reason));
}

static void say_guides(const struct guide_list *g)
{
	size_t used = 0;

	vec_each (struct guide, one, &g->guides) {
		if (one->status == GUIDE_USED)
			used++;
		else
			log_note("guide %.*s: %s", SPAN_ARG(one->path),
				 guide_status_name(one->status));
	}
	if (used)
		log_note("%zu guide%s from the %.*s", used, plural(used),
			 SPAN_ARG(g->source));
}

static const char *price(struct arena *a, const struct job_estimate *e)
{
	if (e->prompt_cost < 0)
		return "price unknown";
	return arena_printf(a, "about $%.3f, at most $%.3f", e->prompt_cost,
			    e->most_cost);
}

void say_before(const struct job *job, const struct invocation *inv)
{
	const struct task_input *in = job->input;
	struct job_estimate e = job_estimate(job);
	struct arena a = { 0 };

	(void)inv;
	if (in->task == &task_design)
		log_note("%.*s (%zu file%s shown)", SPAN_ARG(in->title),
			 in->files.len, plural(in->files.len));
	else
		log_note("reviewing %.*s, +%u -%u lines", SPAN_ARG(in->title),
			 in->change.added, in->change.removed);
	say_left_out(in);
	say_guides(&in->guides);
	if (job->agent.report.masked)
		log_note("%zu secret%s masked", job->agent.report.masked,
			 job->agent.report.masked == 1 ? " is" : "s are");
	log_note("sending %s KB, about %s tokens, to %s, model %s (%s)",
		 say_number(&a, (long long)((job->body.len + 1023) / 1024)),
		 say_number(&a, (long long)e.tokens), job->endpoint->host,
		 job->agent.config.params.model, price(&a, &e));
	arena_release(&a);
}

void say_empty(struct error *out, const struct job *job)
{
	const struct task_input *in = job->input;
	const struct rev_spec *spec = &in->request->spec;
	const char *next;

	if (spec->npaths || in->range.paths.len)
		next = "those paths did not change; leave them out, or see "
		       "`git status`";
	else if (in->change.untracked.len)
		next = "untracked files: `architect review --untracked`";
	else if (spec->staged)
		next = "nothing is staged: `git add` first, or `architect "
		       "review`";
	else if (spec->commit)
		next = "the commit changes no file";
	else if (in->range.new_side == SIDE_WORKTREE && !spec->nwords)
		next = "no uncommitted change; the last commit is `architect "
		       "review HEAD~1`";
	else
		next = "both sides are the same; `git log` shows what to name";
	error_set(out, ERR_REPO, "nothing to review: %s", next);
}
