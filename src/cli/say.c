#include "cli/say.h"

#include <string.h>
#include <unistd.h>

#include "agent/baseline.h"
#include "agent/cover.h"
#include "agent/gather.h"
#include "agent/job.h"
#include "agent/prepare.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "core/settings.h"
#include "llm/models.h"
#include "llm/provider.h"

/* Files left out that are named one by one. */
#define NAMED 5u

void say_waiting(const char *path, const char *what, const char *instead)
{
	if (path && !strcmp(path, "-") && isatty(STDIN_FILENO))
		log_note("waiting for %s on stdin, to its end (Ctrl-D); %s",
			 what, instead);
}

const char *say_number(struct arena *a, long long n)
{
	struct buf b = { 0 };
	const char *s;

	text_add_number(&b, n);
	s = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return s;
}

/* The first few by name; what is shown as a summary as a number. */
static void say_not_sent(const struct task_input *in)
{
	size_t skipped = 0, summaries = 0, cut = 0;

	vec_each (struct cover, c, &in->covers) {
		cut += c->state == COVER_HUNKS;
		summaries += c->state == COVER_SUMMARY && c->hunks &&
			     !cover_lock(c->path);
		if (c->state == COVER_SKIPPED && !c->unread &&
		    skipped++ < NAMED)
			log_note("not sent: %.*s (%.*s)", SPAN_ARG(c->path),
				 SPAN_ARG(c->reason));
	}
	if (skipped > NAMED)
		log_note("not sent: %zu more (the report lists them)",
			 skipped - NAMED);
	if (cut)
		log_note("%zu file%s sent in part: --max-parts leaves no room "
			 "for more (the report lists them)",
			 cut, cut == 1 ? " is" : "s are");
	if (summaries && in->task != &task_design)
		log_note("%zu generated, vendored or minified file%s not sent "
			 "but as a summary (--include GLOB shows more)",
			 summaries, summaries == 1 ? " is" : "s are");
}

/* Rust that the program's own rules do not look at, one by name. */
static void say_unread(const struct task_input *in)
{
	const struct cover *first = NULL;
	size_t n = 0;

	vec_each (struct cover, c, &in->covers) {
		if (!c->unread)
			continue;
		n++;
		first = first ? first : c;
	}
	if (n)
		log_note("%zu Rust file%s looked at by no rule: %.*s%s "
			 "(%.*s)",
			 n, n == 1 ? " is" : "s are", SPAN_ARG(first->path),
			 n > 1 ? " for one" : "",
			 SPAN_ARG(first->reason.len ? first->reason
						    : first->note));
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
	n = in->change.guides_edited.len;
	if (n)
		log_note("%.*s%s new or edited, but not committed; the "
			 "committed guides count (--guides-from=worktree takes "
			 "those)",
			 SPAN_ARG(in->change.guides_edited.ptr[0]),
			 n > 1 ? " and others are" : " is");
	if (in->baseline && in->baseline->warning)
		log_note("%s", in->baseline->warning);
	say_not_sent(in);
	say_unread(in);
}

/* Of a diff that was given: what of it is not what it might seem. */
static void say_given(const struct given *g)
{
	if (!g)
		return;
	if (g->no_repo)
		log_note("the diff alone is read: %s", g->no_repo);
	if (g->lines)
		log_note("of %zu file%s only the diff's lines are known: rules "
			 "that need whole files say nothing of %s",
			 g->lines, text_plural(g->lines),
			 g->lines == 1 ? "it" : "them");
	if (g->one_sided_len)
		log_note("%zu file%s on one side only, %.*s%s, %s left out by "
			 "diff (`diff -ruN` takes them in)",
			 g->one_sided_len, text_plural(g->one_sided_len),
			 SPAN_ARG(g->one_sided),
			 g->one_sided_len > 1 ? " for one" : "",
			 g->one_sided_len == 1 ? "is" : "are");
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
		log_note("%zu guide%s from the %.*s", used, text_plural(used),
			 SPAN_ARG(g->source));
}

static const char *price(struct arena *a, const struct job_estimate *e)
{
	if (e->prompt_cost < 0)
		return "price unknown";
	return arena_printf(a, "about $%.3f, and up to $%.3f with the reply",
			    e->prompt_cost, e->most_cost);
}

void say_offline(const struct review *rv)
{
	const char *what =
		rv->input->task == &task_design ? "survey" : "review";

	if (rv->endpoint->by_default)
		log_note("no model is configured: an offline %s, nothing is "
			 "sent (for a model set ANTHROPIC_API_KEY, or see "
			 "`architect doctor`)",
			 what);
	else
		log_note("an offline %s: no model is consulted, nothing is "
			 "sent",
			 what);
	if (!strcmp(rv->settings->on_secret, "fail"))
		log_note("--on-secret=fail holds nothing back where nothing "
			 "is sent; --fail-on should-fix ends with 1 on a "
			 "secret that the change adds");
}

void say_window(const struct job *job, const struct settings *s)
{
	const struct agent_config *c = &job->agent.config;
	const char *near;

	if (job_window(job, s))
		return;
	near = model_near(c->provider->name, c->params.model);
	/* who sells tokens refuses a prompt that is too long */
	log_note("the window of %s is not known%s: --window TOKENS says it"
		 "%s%s%s",
		 c->params.model,
		 c->provider->key_needed
			 ? ""
			 : ", and too long a prompt may be cut silently",
		 near ? " (or did you mean " : "", near ? near : "",
		 near ? "?)" : "");
}

void say_patch(const struct report *r)
{
	if (!r->patch.len)
		log_note("no patch: no finding has an edit that is known to "
			 "apply%s%.*s",
			 r->patch_note.len ? "; " : "",
			 SPAN_ARG(r->patch_note));
	else if (r->patch_note.len)
		log_note("left out of the patch: %.*s",
			 SPAN_ARG(r->patch_note));
}

static void say_masked(const struct mask_counts *c)
{
	struct buf kinds = { 0 };

	if (!c->total)
		return;
	mask_counts_write(&kinds, c);
	log_note("%zu secret%s masked: %s", c->total,
		 c->total == 1 ? " is" : "s are", buf_cstr(&kinds));
	buf_release(&kinds);
}

static void say_sending(const struct job *job, struct arena *a)
{
	const struct review *rv = job->review;
	struct job_estimate e =
		rv->parts > 1 ? review_estimate(rv) : job_estimate(job);

	if (rv->parts > 1)
		log_note("sending in %zu parts, about %s tokens in all, to "
			 "%s, model %s (%s)",
			 rv->parts, say_number(a, (long long)e.tokens),
			 job->endpoint->host, job->agent.config.params.model,
			 price(a, &e));
	else
		log_note("sending %s KB, about %s tokens, to %s, model %s (%s)",
			 say_number(a,
				    (long long)((job->body.len + 1023) / 1024)),
			 say_number(a, (long long)e.tokens),
			 job->endpoint->host, job->agent.config.params.model,
			 price(a, &e));
}

void say_before(const struct job *job, const struct settings *s)
{
	const struct review *rv = job->review;
	const struct task_input *in = rv->input;
	struct arena a = { 0 };

	if (in->task == &task_design && rv->offline)
		log_note("%.*s", SPAN_ARG(rv->report.title));
	else if (in->task == &task_design)
		log_note("%.*s (%zu file%s shown)", SPAN_ARG(in->title),
			 in->files.len, text_plural(in->files.len));
	else if (in->range.all)
		log_note("reviewing existing code: %.*s, %u lines",
			 SPAN_ARG(in->title), in->change.added);
	else
		log_note("reviewing %.*s, +%u -%u lines", SPAN_ARG(in->title),
			 in->change.added, in->change.removed);
	say_left_out(in);
	say_given(in->given);
	say_guides(&in->guides);
	if (rv->offline) {
		say_offline(rv);
		arena_release(&a);
		return;
	}
	if (rv->parts < 2)
		say_masked(&job->agent.report.masked);
	else if (in->masked.rows.len)
		log_note("%zu line%s of the change hold%s secrets, which are "
			 "masked",
			 in->masked.rows.len, text_plural(in->masked.rows.len),
			 in->masked.rows.len == 1 ? "s" : "");
	say_window(job, s);
	say_sending(job, &a);
	arena_release(&a);
}

void say_known(const struct report *r)
{
	struct buf counts = { 0 };

	if (!r->baseline)
		return;
	report_ages_write(&counts, r);
	log_note("baseline %.*s: %s", SPAN_ARG(r->baseline_name),
		 buf_cstr(&counts));
	buf_release(&counts);
}

void say_empty(struct error *out, const struct review *rv)
{
	const struct task_input *in = rv->input;
	const struct rev_spec *spec = &in->request->spec;
	const char *next;

	if (in->empty_why)
		next = in->empty_why;
	else if (in->change.untracked.len)
		next = "only untracked files: `architect review --untracked`";
	else if (spec->npaths || in->range.paths.len)
		next = "those paths do not differ; `git status` and `git log "
		       "--stat` show what does";
	else if (spec->staged)
		next = "nothing is staged: `git add` first, or `architect "
		       "review`";
	else if (spec->commit)
		next = "the commit changes no file";
	else if (in->range.new_side == SIDE_WORKTREE && !in->info.head[0])
		next = "there is no commit and no file yet";
	else if (in->range.new_side == SIDE_WORKTREE)
		next = "the work tree holds no change; the last commit is "
		       "`architect review --commit HEAD`";
	else
		next = "both sides are the same; `git log` shows what to name";
	error_set(out, ERR_REPO, "nothing to review: %s", next);
}
