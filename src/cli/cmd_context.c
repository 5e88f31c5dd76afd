/* What would be sent, and why. Nothing is. */
#include <stdlib.h>
#include <string.h>

#include "agent/count.h"
#include "agent/job.h"
#include "agent/prepare.h"
#include "agent/task.h"
#include "base/buf.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pager.h"
#include "cli/run.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "llm/ask.h"
#include "llm/provider.h"

extern const char prompt_rust_systems_architect[], prompt_contract[],
	prompt_task_review[], prompt_task_code[], prompt_task_design[],
	prompt_known[], prompt_repair[], prompt_continue[];

static int show_agent_file(struct error *err)
{
	static const struct {
		const char *name, *text;
	} files[] = {
		{ "contract.md", prompt_contract },
		{ "task-review.md", prompt_task_review },
		{ "task-code.md", prompt_task_code },
		{ "task-design.md", prompt_task_design },
		{ "known.md", prompt_known },
		{ "repair.md", prompt_repair },
		{ "continue.md", prompt_continue },
	};
	struct buf out = { 0 };
	size_t i;
	int rc;

	buf_adds(&out, prompt_rust_systems_architect);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		buf_addf(&out, "\n<!-- %s -->\n\n%s", files[i].name,
			 files[i].text);
	rc = output_write(buf_span(&out), err);
	buf_release(&out);
	return rc;
}

static void add_cover(struct buf *out, const struct cover *c)
{
	static const char *const words[] = {
		[COVER_FULL] = "full",
		[COVER_HUNKS] = "in part",
		[COVER_SUMMARY] = "summary only",
		[COVER_SKIPPED] = "not sent",
	};

	buf_addf(out, "  %s", words[c->state]);
	if (c->state == COVER_HUNKS)
		buf_addf(out, ", %u of %u hunks", c->hunks_sent, c->hunks);
	if (c->reason.len)
		buf_addf(out, ": %.*s", SPAN_ARG(c->reason));
	if (c->part && c->part == c->last_part)
		buf_addf(out, ", part %u", c->part);
	else if (c->part)
		buf_addf(out, ", parts %u to %u", c->part, c->last_part);
	if (c->summary.len) {
		buf_adds(out, ": ");
		text_visible_line(out, c->summary);
	}
	buf_addc(out, '\n');
}

static void show_files(struct buf *out, const struct task_input *in)
{
	size_t i;

	if (in->covers.len)
		buf_adds(out, "\nfiles\n");
	for (i = 0; i < in->covers.len; i++) {
		const struct cover *c = &in->covers.ptr[i];

		buf_adds(out, "  ");
		text_visible_line(out, c->path);
		if (i < in->change.files.len) {
			const struct file_change *f = &in->change.files.ptr[i];

			if (in->range.all)
				buf_addf(out, "  %u line%s", f->added,
					 text_plural(f->added));
			else
				buf_addf(out, "  %s +%u -%u",
					 file_status_name(f->status), f->added,
					 f->removed);
		}
		add_cover(out, c);
	}
	vec_each (struct span, path, &in->change.untracked) {
		buf_adds(out, "  ");
		text_visible_line(out, *path);
		buf_adds(out, "  untracked: left out\n");
	}
}

/* The tree's lines that go beside the patch. */
static void show_surround(struct buf *out, const struct surround *s)
{
	struct arena a = { 0 };

	if (!s->pages.most)
		return;
	buf_addf(out, "\nbeside the patch: %s bytes of at most %s",
		 say_number(&a, (long long)s->pages.bytes),
		 say_number(&a, (long long)s->pages.most));
	if (s->left_out)
		buf_addf(out, ", %u without room", s->left_out);
	buf_addf(out, "; %zu of %zu Rust files read\n", s->index.files,
		 s->tree_files > s->index.files ? s->tree_files
						: s->index.files);
	vec_each (struct surround_item, i, &s->items) {
		buf_adds(out, "  ");
		text_visible_line(out, i->path);
		buf_addf(out, ":%u  %s", i->line, surround_kind_name(i->kind));
		if (i->name.len) {
			buf_addc(out, ' ');
			text_visible_line(out, text_clip(i->name, 100));
		}
		buf_addf(out, ", %zu bytes\n", i->bytes);
	}
	if (s->cargo.len)
		buf_addf(out, "  dependencies, %zu bytes\n", s->cargo.len);
	arena_release(&a);
}

static void show_guides(struct buf *out, const struct guide_list *g)
{
	buf_adds(out, "\nguides");
	if (g->source.len)
		buf_addf(out, " from the %.*s", SPAN_ARG(g->source));
	buf_addc(out, '\n');
	if (!g->guides.len)
		buf_adds(out, "  none found\n");
	vec_each (struct guide, one, &g->guides) {
		buf_adds(out, "  ");
		text_visible_line(out, one->path);
		if (one->imported_by.len) {
			buf_adds(out, "  imported by ");
			text_visible_line(out, one->imported_by);
		}
		buf_addf(out, "  %s", guide_status_name(one->status));
		if (one->status == GUIDE_USED)
			buf_addf(out, ", %zu bytes", one->text.len);
		buf_addc(out, '\n');
	}
}

static void show_window(struct buf *out, const struct job *job,
			const struct settings *s, struct arena *a)
{
	int64_t window = job_window(job, s);

	if (window)
		buf_addf(out,
			 "  window   %s tokens, %s of them for the reply\n",
			 say_number(a, window),
			 say_number(a, job->agent.config.params.max_output));
	else
		buf_addf(out, "  window   unknown: %s--window says it\n",
			 job->endpoint->window ? "" : "--ask-server asks, ");
}

/* What is put together while the parts are looked at. */
struct view {
	const struct run *run;
	struct buf out;
	struct error room; /* of the first part that fits no request */
	struct {
		int64_t tokens;	 /* estimated */
		int64_t counted; /* by the provider, where it counts */
		size_t bytes;
		double prompt_cost, most_cost; /* negative: not known */
	} all;
	struct mask_counts masked;
};

static void show_sums(struct view *v, const struct job *job, struct arena *a)
{
	struct buf *out = &v->out;

	buf_addf(out, "  prompt   %s bytes, about %s tokens",
		 say_number(a, (long long)v->all.bytes),
		 say_number(a, (long long)v->all.tokens));
	if (job->counted)
		buf_addf(out, ", %s as %s counts them",
			 say_number(a, (long long)v->all.counted),
			 job->endpoint->host);
	else if (v->run->inv->ask_server)
		buf_addf(out, ", not counted by %s", job->endpoint->host);
	if (job->review->parts > 1)
		buf_addf(out, ", in %zu requests\n", job->review->parts);
	else
		buf_addf(out, ", id %.10s\n", job->agent.report.prompt_id);
	show_window(out, job, &v->run->inv->settings, a);
	if (v->all.prompt_cost >= 0)
		buf_addf(out, "  price    about $%.4f, at most $%.4f\n",
			 v->all.prompt_cost, v->all.most_cost);
	else
		buf_adds(out, "  price    unknown\n");
	buf_addf(out, "  masked   %zu", v->masked.total);
	buf_adds(out, v->masked.total ? ": " : "");
	mask_counts_write(out, &v->masked);
	buf_addc(out, '\n');
}

static void show_request(struct view *v, const struct job *job)
{
	const struct run *run = v->run;
	const struct agent_config *c = &job->agent.config;
	struct buf *out = &v->out;
	struct arena a = { 0 };

	if (job->review->offline) {
		buf_adds(out, "\nno request: the offline reviewer asks no "
			      "model\n");
		return;
	}
	buf_addf(out, "\nrequest\n  to       %s (%s)\n", job->endpoint->url,
		 job->endpoint->base_url_from);
	buf_addf(out, "  key      %s\n",
		 job->endpoint->key_from	  ? job->endpoint->key_from
		 : run->inv->settings.key_command ? "from architect.keyCommand"
		 : strcmp(run->inv->settings.provider, "auto")
			 ? "none is set"
			 : "none is set: a review would be the offline one");
	buf_addf(out, "  model    %s\n", c->params.model);
	buf_addf(out, "  agent    %s\n", job->input->agent.source);
	show_sums(v, job, &a);
	arena_release(&a);
}

/* The provider's own count takes the estimate's place, where there is one. */
static int ask_count(const struct run *run, struct job *job, struct error *err)
{
	struct answer got = { 0 };
	struct http_request rq;
	struct buf body = { 0 };
	int rc = 0;

	if (!run->inv->ask_server || !job->input || !job->endpoint->count_url)
		return 0;
	count_request(&rq, &body, job);
	rc = ask(&got, run->http, &rq, COUNT_MAX, run->wake_fd, err);
	job->count_asked = true;
	if (!rc && answer_ok(&got))
		count_take(job, count_read(buf_span(&got.body)));
	answer_release(&got);
	buf_release(&body);
	return rc;
}

/* One part of several. */
static void show_part(struct view *v, const struct job *job)
{
	const struct part_sum *sum = &job->review->plan.sum[job->part];
	struct arena a = { 0 };

	if (!job->part)
		buf_addf(&v->out, "\nin %zu parts\n", job->review->parts);
	buf_addf(
		&v->out,
		"  part %zu  %u file%s, %u hunk%s, %s bytes beside them; about "
		"%s tokens, %s bytes, id %.10s\n",
		job->part + 1, sum->files, text_plural(sum->files), sum->hunks,
		text_plural(sum->hunks),
		say_number(&a, (long long)job->input->surround.pages.bytes),
		say_number(&a, (long long)job_estimate(job).tokens),
		say_number(&a, (long long)job->body.len),
		job->agent.report.prompt_id);
	arena_release(&a);
}

/* estimate: the tokens of its prompt before anybody counted them. */
static void show_job(struct view *v, const struct job *job, int64_t estimate)
{
	const struct review *rv = job->review;
	const struct task_input *in = rv->input;
	struct job_estimate e = job_estimate(job);

	v->all.tokens += estimate;
	v->all.counted += e.tokens;
	v->all.prompt_cost += e.prompt_cost;
	v->all.most_cost += e.most_cost;
	v->all.bytes += job->body.len;
	mask_counts_add(&v->masked, &job->agent.report.masked);
	if (v->run->inv->request) {
		buf_addsp(&v->out, buf_span(&job->body));
		buf_adds(&v->out, rv->parts > 1 ? "\n" : "");
		return;
	}
	if (rv->parts > 1)
		show_part(v, job);
	else
		show_surround(&v->out, job->input ? &job->input->surround
						  : &in->surround);
	if (job->part + 1 < rv->parts)
		return;
	show_guides(&v->out, &in->guides);
	show_request(v, job);
}

static int show(struct view *v, struct review *rv, struct error *err)
{
	int rc = 0;

	if (!v->run->inv->request) {
		text_visible_line(&v->out, rv->input->title);
		buf_addc(&v->out, '\n');
		show_files(&v->out, rv->input);
	}
	for (size_t i = 0; !rc && i < rv->parts; i++) {
		struct job job = { .review = rv, .part = i };
		int64_t estimate;

		rc = job_prepare(&job, err);
		estimate = job.agent.prompt_tokens;
		if (!rc)
			rc = ask_count(v->run, &job, err);
		if (!rc)
			show_job(v, &job, estimate);
		if (!rc && !v->room.kind)
			job_check_room(&job, rv->settings, &v->room);
		agent_release(&job.agent);
		buf_release(&job.body);
		count_release(&job);
		arena_release(&job.arena);
	}
	if (!rc)
		rc = output_write(buf_span(&v->out), err);
	if (!rc && v->room.kind) {
		*err = v->room;
		rc = -1;
	}
	return rc;
}

static int prepare_and_show(struct run *run, const struct task *task,
			    struct error *err)
{
	struct review *rv = review_open();
	struct view v = { .run = run };
	struct task_request rq;
	struct error empty;
	int rc;

	rc = run_request(&rq, run, task, err);
	if (!rc)
		rc = review_prepare(rv, run->repo, &rq, &run->inv->settings,
				    &run->endpoint, NULL, err);
	if (!rc && rv->empty) {
		say_empty(&empty, rv);
		rc = output_write(span_of(empty.msg), err) ||
		     output_write(SPAN("\n"), err);
	} else if (!rc) {
		rc = show(&v, rv, err);
		if (!rc && run->inv->settings.require_full_coverage)
			rc = report_check_coverage(&rv->report, err);
	}
	buf_release(&v.out);
	review_close(rv);
	return rc;
}

/* What a review would go by, all told. */
static void show_in_use(struct buf *out, struct run *run)
{
	const struct endpoint *ep = &run->endpoint;
	const struct provider *p = ep->provider;
	const struct settings *s = &run->inv->settings;
	bool keyless = p->key_needed && !ep->key && !s->key_command;
	bool chosen = !strcmp(s->provider, "auto");
	bool by_address =
		s->base_url ||
		(!ep->offline && !strcmp(ep->base_url_from, "OPENAI_BASE_URL"));

	buf_adds(out, "\nIn use:\n");
	if (ep->offline || (keyless && chosen && !by_address)) {
		options_show_line(out, "provider", "offline",
				  ep->offline ? "--provider"
					      : "no credential is set");
		return;
	}
	options_show_line(out, "provider", p->name,
			  !chosen      ? "--provider"
			  : by_address ? "the address"
				       : "the credential set");
	options_show_line(out, "base-url", ep->base_url, ep->base_url_from);
	if (ep->model)
		options_show_line(out, "model", ep->model, ep->model_from);
	else
		options_show_line(out, "model",
				  p->default_model ? p->default_model : "-",
				  !p->default_model ? "none: --model names one"
				  : p->protocol == &anthropic_protocol
					  ? "default, if the agent file "
					    "names none"
					  : "default");
	options_show_line(out, "key", ep->key ? "(set)" : "-",
			  ep->key	   ? ep->key_from
			  : !p->key_needed ? "none is needed"
			  : s->key_command ? "architect.keyCommand"
					   : provider_keys(p, &run->arena));
}

/* Names that other programs have made usual; their values may be secrets. */
static void show_usual(struct buf *out)
{
	static const char *const names[] = {
		"HTTPS_PROXY",	 "https_proxy",	   "ALL_PROXY",
		"NO_PROXY",	 "SSL_CERT_FILE",  "SSL_CERT_DIR",
		"NO_COLOR",	 "CLICOLOR_FORCE", "COLUMNS",
		"PAGER",	 "GIT_PAGER",	   "GIT_DIR",
		"GIT_WORK_TREE", "GIT_INDEX_FILE", "XDG_STATE_HOME",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (getenv(names[i]) && *getenv(names[i]))
			options_show_line(out, names[i], "(set)",
					  "environment");
}

static int show_settings(struct run *run, struct error *err)
{
	struct buf out = { 0 };
	int rc;

	options_show(&out, run->inv);
	show_in_use(&out, run);
	show_usual(&out);
	rc = pager_write(pager_command(&run->inv->settings), buf_span(&out),
			 NULL, err);
	buf_release(&out);
	return rc;
}

static int ask_server(struct run *run, struct error *err)
{
	if (run_ready(run, err) || signals_open(&run->wake_fd, err))
		return -1;
	run_ask(run, true);
	return 0;
}

int cmd_context(struct invocation *inv, struct error *err)
{
	const struct task *task = inv->all ? &task_code : &task_review;
	struct run run = { 0 };
	int rc;

	if (inv->agent_file)
		return show_agent_file(err);
	if (inv->nwords && (!strcmp(inv->words[0], "review") ||
			    !strcmp(inv->words[0], "design"))) {
		if (!strcmp(inv->words[0], "design"))
			task = &task_design;
		inv->words++;
		inv->nwords--;
	}
	if (task != &task_design && run_wants_diff(inv))
		task = &task_patch;
	rc = run_open(&run, inv, inv->ask_server ? RUN_KEY | RUN_HTTP : 0, err);
	if (!rc && inv->ask_server)
		rc = ask_server(&run, err);
	if (!rc)
		rc = inv->show_settings ? show_settings(&run, err)
					: prepare_and_show(&run, task, err);
	signals_close();
	run_close(&run);
	return rc;
}
