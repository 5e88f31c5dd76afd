#include "agent/prepare.h"

#include <string.h>

#include "agent/checks.h"
#include "agent/cover.h"
#include "agent/fix.h"
#include "agent/gather.h"
#include "agent/job.h"
#include "agent/offline.h"
#include "agent/prompt.h"
#include "agent/reply.h"
#include "agent/room.h"
#include "agent/task.h"
#include "base/buf.h"
#include "base/clock.h"
#include "core/settings.h"
#include "llm/models.h"
#include "llm/window.h"

static int hash_by_repo(void *ctx, char (*ids)[41], const struct span *texts,
			size_t n, struct error *err)
{
	return repo_hash(ids, ctx, texts, n, err);
}

/* --model, then the agent file's (Anthropic's own names), then the row's. */
static int choose_model(struct review *rv, const char *model, struct error *err)
{
	const struct endpoint *ep = rv->endpoint;
	const struct provider *p = ep->provider;
	struct span from_file = rv->input->agent.model;
	struct agent_config *c = &rv->config;
	const char *name = model ? model : ep->model;

	if (!name && p->protocol == &anthropic_protocol && from_file.len &&
	    !span_eqs(from_file, "inherit"))
		name = arena_cstr(&rv->arena, from_file);
	if (!name)
		name = p->default_model;
	if (!name)
		return error_set(err, ERR_USAGE,
				 "%s has no default model: name one with "
				 "--model (`architect doctor` lists those it "
				 "has)",
				 p->title);
	c->provider = p;
	c->model = model_find(p->name, name, &c->params.model);
	if (!c->model) {
		struct model *m = arena_new(&rv->arena, struct model);

		*m = model_blank(p->name, c->params.model);
		c->model = m;
	}
	if (ep->window && !rv->settings->window)
		c->model = window_model(ep->window, c->model, c->params.model);
	return 0;
}

/* What would be sent is the user's input, so it is that which fails. */
static int refuse_secrets(const struct review *rv,
			  const struct mask_counts *masked, const char *sent,
			  struct error *err)
{
	const struct task_input *in = rv->input;
	struct buf what = { 0 };

	if (!masked->total ||
	    !span_eqs(span_of(rv->settings->on_secret), "fail"))
		return 0;
	mask_counts_write(&what, masked);
	if (in->masked.rows.len) {
		const struct masked_line *l = &in->masked.rows.ptr[0];

		buf_adds(&what, ", one at ");
		text_visible_line(
			&what,
			text_clip(in->change.files.ptr[l->file].path, 200));
		buf_addf(&what, ":%u", l->line);
	}
	error_set(err, ERR_REPO,
		  "what would be sent holds %zu secret%s (%s): %s; take it "
		  "out, name other paths, or let it be masked "
		  "(--on-secret=mask)",
		  masked->total, text_plural(masked->total), buf_cstr(&what),
		  sent);
	buf_release(&what);
	return -1;
}

/* Of several parts together: before the first one is sent, those of the patch;
 * what stands beside it is known part by part. */
static int review_secrets(const struct review *rv, struct error *err)
{
	const struct masked_line *before = NULL;
	struct mask_counts masked = { 0 };

	vec_each (struct masked_line, l, &rv->input->masked.rows) {
		if (!masked_goes_on(before, l))
			mask_count(&masked, l->kind, 1);
		before = l;
	}
	return refuse_secrets(rv, &masked, "nothing was sent", err);
}

int job_check_room(const struct job *job, const struct settings *s,
		   struct error *err)
{
	if (!job->input)
		return 0;
	if (refuse_secrets(job->review, &job->agent.report.masked,
			   job->review->parts < 2
				   ? "nothing was sent"
				   : "the part that holds it was not sent",
			   err))
		return -1;
	return room_check(job, s, err);
}

static void copy_id(char to[41], const char *commit, const char *tree)
{
	memcpy(to, commit[0] ? commit : tree, 41);
}

static void fill_ledger(struct review *rv)
{
	struct report *r = &rv->report;
	const struct task_input *in = rv->input;
	const struct endpoint *ep = rv->endpoint;

	r->task = in->task->name;
	r->title = in->title;
	r->existing = in->range.all;
	if (in->task != &task_design)
		r->change = &in->change;
	vec_each (struct cover, c, &in->covers)
		*vec_push(&r->files, &rv->arena) = *c;
	r->guides = in->guides;
	copy_id(r->old_id, in->range.old_commit, in->range.old_tree);
	copy_id(r->new_id, in->range.new_commit, in->range.new_tree);
	if (!r->existing)
		r->old_name = in->range.old_name;
	r->new_name = in->range.new_name;
	r->provider = span_of(ep->provider->name);
	r->host = span_of(ep->host);
	r->model = span_of(rv->config.params.model);
	r->offline = ep->offline;
	checks_ledger(r, &rv->arena, &in->code.rules);
}

/* A survey proposes nothing: it is called what it is, and it has read each of
 * its files to the end. */
static void call_survey(struct review *rv)
{
	struct report *r = &rv->report;

	r->title = span_of(arena_printf(
		&rv->arena, "a survey for: %.*s",
		SPAN_ARG(span_from(r->title, strlen("a design for: ")))));
	vec_each (struct cover, c, &r->files) {
		c->state = COVER_FULL;
		c->reason = (struct span){ 0 };
	}
}

/* The report without a model, through the same parser as a model's. */
static int prepare_offline(struct review *rv, struct error *err)
{
	struct report *r = &rv->report;
	struct arena *a = &rv->arena;
	struct buf text = { 0 };

	rv->offline = true;
	if (rv->input->task != &task_design) {
		cover_unread(rv->input);
		surround_read(rv->input, a, rv->repo);
	}
	offline_reply(&text, a, rv->input);
	reply_parse(r, a, &eight_sections, arena_span(a, buf_span(&text)),
		    false);
	buf_release(&text);
	if (!report_complete(r))
		return error_set(err, ERR_INTERNAL,
				 "the offline reviewer's own reply lacks a "
				 "section (%s)",
				 report_gap(r, a));
	checks_own(r, a, &rv->input->code.rules);
	fixes_join(r, a, rv->input);
	checks_rules(r, a);
	fill_ledger(rv);
	if (rv->input->task == &task_design)
		call_survey(rv);
	return 0;
}

struct job_estimate review_estimate(const struct review *rv)
{
	struct job_estimate e = { 0 };

	for (size_t i = 0; i < rv->parts; i++) {
		struct job_estimate one = room_estimate(
			&rv->config, rv->plan.each + rv->plan.sum[i].tokens);

		e.tokens += one.tokens;
		e.prompt_cost += one.prompt_cost;
		e.most_cost += one.most_cost;
	}
	if (e.prompt_cost < 0)
		e.prompt_cost = e.most_cost = -1;
	return e;
}

/* Of several parts together: what one of them may take is looked at later. */
static int review_check(const struct review *rv, struct error *err)
{
	const struct settings *s = rv->settings;
	struct job_estimate e;

	if (rv->parts < 2)
		return 0;
	if (review_secrets(rv, err))
		return -1;
	e = review_estimate(rv);
	if (s->max_tokens && e.tokens > s->max_tokens)
		return error_set(err, ERR_BUDGET,
				 "about %lld tokens in %zu parts are more than "
				 "--max-tokens %lld: nothing was sent",
				 (long long)e.tokens, rv->parts,
				 (long long)s->max_tokens);
	if (s->max_cost > 0 && e.prompt_cost > s->max_cost)
		return error_set(err, ERR_BUDGET,
				 "the prompts of %zu parts alone cost about "
				 "$%.4f, more than --max-cost %.4f: nothing "
				 "was sent",
				 rv->parts, e.prompt_cost, s->max_cost);
	return 0;
}

int review_prepare(struct review *rv, struct repo *r,
		   const struct task_request *rq, const struct settings *s,
		   const struct endpoint *ep, const char *model,
		   struct error *err)
{
	rv->repo = r;
	rv->settings = s;
	rv->endpoint = ep;
	rv->begun_ms = ep->offline ? clock_mono_ms() : 0;
	rv->input = arena_new(&rv->arena, struct task_input);
	if (task_gather(rv->input, &rv->arena, r, rq, s, err))
		return -1;
	if (rv->input->empty) {
		rv->empty = true;
		return 0;
	}
	if (ep->offline)
		return prepare_offline(rv, err);
	if (choose_model(rv, model, err))
		return -1;
	room_choose_reply(&rv->config, s);
	rv->config.sections = rv->input->agent.sections;
	rv->config.max_event = (size_t)s->max_event;
	parts_plan(&rv->plan, &rv->arena, rv->input, rv->config.model,
		   material_room(rv->input, &rv->config, s),
		   (size_t)s->max_parts);
	rv->parts = rv->plan.count;
	rv->report.parts = rv->parts;
	fill_ledger(rv);
	return review_check(rv, err);
}

/* The first turn; what stands beside the patch goes before the patch does, for
 * its room is an estimate. */
static int write_prompt(struct job *job, struct error *err)
{
	struct agent *ag = &job->agent;
	struct surround *around = &job->input->surround;

	if (prompt_build(&ag->chat, &job->arena, job->input, hash_by_repo,
			 job->review->repo, &ag->report.masked, err))
		return -1;
	agent_count(ag);
	if (room_for_window(job, job->review->settings) ||
	    !around->pages.rows.len)
		return 0;
	around->left_out += (uint32_t)around->items.len;
	around->pages.rows.len = around->items.len = around->pages.bytes = 0;
	ag->chat = (struct chat){ 0 };
	ag->counted = 0;
	if (prompt_build(&ag->chat, &job->arena, job->input, hash_by_repo,
			 job->review->repo, &ag->report.masked, err))
		return -1;
	agent_count(ag);
	return 0;
}

int job_prepare(struct job *job, struct error *err)
{
	const struct review *rv = job->review;
	struct arena *a = &job->arena;
	struct agent *ag = &job->agent;
	struct span body;

	job->endpoint = rv->endpoint;
	if (rv->empty || rv->offline)
		return 0;
	ag->config = rv->config;
	job->input = parts_input(&rv->plan, a, rv->input, job->part);
	if (job->input->task != &task_design)
		surround_read(job->input, a, rv->repo);
	if (write_prompt(job, err))
		return -1;
	room_fit_reply(job, rv->settings);
	agent_init(ag, a);
	agent_request(ag, &job->body);
	ag->report.prompt_bytes = job->body.len;
	body = buf_span(&job->body);
	return repo_hash(&ag->report.prompt_id, rv->repo, &body, 1, err);
}
