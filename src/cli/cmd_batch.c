/* Many jobs, one record a line as each ends. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/job.h"
#include "agent/prepare.h"
#include "agent/task.h"
#include "base/buf.h"
#include "base/ci_log.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "cli/batch_input.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/keep.h"
#include "cli/output.h"
#include "cli/site.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "render/render.h"
#include "repo/repo.h"

#define MAX_INPUT (64 * 1024 * 1024)
#define TICK_MS 250

struct open_repo {
	const char *dir;
	struct repo *repo;
};

struct batch {
	struct run run;
	/* the source's thread */
	struct arena arena;
	const char *intent; /* of jobs that bring none; may be NULL */
	struct span rest;   /* of the input file */
	size_t line_no;
	bool from_range;
	struct commit_list commits;
	size_t jobs; /* given so far */
	size_t next_commit;
	VEC(const char *) ids; /* seen so far, sorted */
	VEC(struct open_repo) repos;
	/* the caller's thread */
	struct progress progress;
	unsigned done, failed, tripped;
	bool said;
	struct buf record;
	struct site site;
};

/* A repository of the batch: the current one, or another, opened once. */
static int find_repo(struct batch *b, const char *dir, struct repo **out,
		     struct error *err)
{
	struct repo_limits limits = run_repo_limits(&b->run.inv->settings);
	struct open_repo *o;

	*out = b->run.repo;
	if (!dir)
		return 0;
	vec_each (struct open_repo, known, &b->repos)
		if (!strcmp(known->dir, dir)) {
			*out = known->repo;
			return 0;
		}
	if (repo_open(out, dir, &limits, err))
		return -1;
	o = vec_push(&b->repos, &b->arena);
	o->dir = arena_strdup(&b->arena, dir);
	o->repo = *out;
	return 0;
}

/* Ids are unique: false when this one came before. */
static bool new_id(struct batch *b, const char *id)
{
	size_t lo = 0, hi = b->ids.len;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = strcmp(id, b->ids.ptr[mid]);

		if (!c)
			return false;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	vec_push(&b->ids, &b->arena);
	memmove(&b->ids.ptr[lo + 1], &b->ids.ptr[lo],
		(b->ids.len - 1 - lo) * sizeof(*b->ids.ptr));
	b->ids.ptr[lo] = arena_strdup(&b->arena, id);
	return true;
}

static int prepare(struct batch *b, struct review *rv,
		   const struct batch_line *in, struct error *err)
{
	const struct settings *s = &b->run.inv->settings;
	struct task_request *rq = arena_new(&rv->arena, struct task_request);
	const char **word = arena_new(&rv->arena, const char *);
	struct repo *repo;

	rq->task = in->design ? &task_design : &task_review;
	rq->text = in->design;
	rq->agent = in->agent ? in->agent : s->agent;
	rq->guides_from = run_guides_from(s->guides_from);
	rq->spec.paths = (const char *const *)in->paths;
	rq->spec.npaths = in->npaths;
	if (b->from_range) {
		rq->spec.paths = (const char *const *)b->run.inv->paths;
		rq->spec.npaths = b->run.inv->npaths;
	}
	rq->spec.dashdash = true;
	if (b->from_range) {
		rq->spec.commit = in->review;
		rq->spec.trust = b->commits.trust;
	} else if (in->review && *in->review) {
		*word = in->review;
		rq->spec.words = word;
		rq->spec.nwords = 1;
	}
	/* a job's own is text, whatever it begins with */
	rq->intent = in->intent ? in->intent : b->intent;
	if (find_repo(b, in->repo, &repo, err))
		return -1;
	return review_prepare(rv, repo, rq, s, &b->run.endpoint, in->model,
			      err);
}

static bool next_line(struct batch *b, struct span *line)
{
	while (text_line(&b->rest, line)) {
		b->line_no++;
		*line = span_trim(*line);
		if (line->len)
			return true;
	}
	return false;
}

static int next_of_file(struct batch *b, struct review *rv)
{
	struct arena *a = &rv->arena;
	struct batch_line in;
	struct span line;

	if (!next_line(b, &line))
		return 0;
	rv->id = arena_printf(a, "line %zu", b->line_no);
	if (batch_line_parse(&in, a, line, &rv->err)) {
		error_prefix(&rv->err, "line %zu", b->line_no);
		return 1;
	}
	if (!new_id(b, in.id)) {
		error_set(&rv->err, ERR_USAGE,
			  "line %zu: the id \"%.60s\" was given before",
			  b->line_no, in.id);
		return 1;
	}
	rv->id = arena_strdup(a, in.id);
	prepare(b, rv, &in, &rv->err);
	return 1;
}

static int next_of_range(struct batch *b, struct review *rv)
{
	struct batch_line in = { 0 };

	if (b->next_commit == b->commits.commits.len)
		return 0;
	in.review = b->commits.commits.ptr[b->next_commit++].id;
	rv->id = arena_strdup(&rv->arena, in.review);
	prepare(b, rv, &in, &rv->err);
	return 1;
}

static int next_review(void *ctx, struct review *rv)
{
	struct batch *b = ctx;

	rv->number = ++b->jobs;
	return b->from_range ? next_of_range(b, rv) : next_of_file(b, rv);
}

static void stop(void *ctx)
{
	(void)ctx;
	repo_stop();
}

/* The first job that is to be sent says where all of them go. */
static int on_ready(void *ctx, struct job *job, struct error *err)
{
	struct batch *b = ctx;

	(void)err;
	if (!b->said && job->review->offline)
		say_offline(job->review);
	else if (!b->said) {
		say_window(job, &b->run.inv->settings);
		log_note("sending to %s, model %s, %lld at once",
			 job->endpoint->host, job->agent.config.params.model,
			 (long long)b->run.inv->settings.jobs);
	}
	b->said = true;
	log_info("%s: %.*s, %zu bytes", job->review->id,
		 SPAN_ARG(job->review->input->title), job->body.len);
	return 0;
}

static void on_progress(void *ctx, struct job *job, const char *what)
{
	(void)ctx;
	if (what && job->review->parts > 1)
		log_info("%s, part %zu of %zu: %s", job->review->id,
			 job->part + 1, job->review->parts, what);
	else if (what)
		log_info("%s: %s", job->review->id, what);
}

static void on_tick(void *ctx)
{
	struct batch *b = ctx;

	progress_tick(&b->progress);
}

static const char *status_name(enum job_status s)
{
	static const char *const names[] = {
		[JOB_COMPLETE] = "complete",
		[JOB_INCOMPLETE] = "incomplete",
		[JOB_EMPTY] = "empty",
		[JOB_FAILED] = "failed",
	};

	return names[s];
}

static void add_quoted(struct buf *out, struct span value)
{
	struct buf quoted = { 0 };

	json_quote(&quoted, value);
	ci_log_json(out, buf_span(&quoted));
	buf_release(&quoted);
}

static void add_string(struct buf *out, const char *key, const char *value)
{
	struct buf shown = { 0 };

	buf_addf(out, ",\"%s\":", key);
	text_visible_line(&shown, span_of(value));
	add_quoted(out, buf_span(&shown));
	buf_release(&shown);
}

static int write_record(struct batch *b, struct review *rv, const char *why,
			struct error *err)
{
	struct buf *out = &b->record;

	buf_reset(out);
	buf_adds(out, "{\"id\":");
	add_quoted(out, span_of(rv->id));
	add_string(out, "status", status_name(rv->status));
	buf_addf(out, ",\"exit\":%d,\"report\":", (int)rv->err.kind);
	if (rv->status == JOB_COMPLETE)
		render_json_line(out, &rv->report);
	else
		buf_adds(out, "null");
	buf_adds(out, ",\"usage\":");
	render_usage_json(out, &rv->usage);
	if (why)
		add_string(out, "error", why);
	else
		buf_adds(out, ",\"error\":null");
	buf_adds(out, "}\n");
	return output_write(buf_span(out), err);
}

/* The review's error, with where its text was kept. */
static const char *explain(struct review *rv)
{
	const char *path = NULL;

	if (rv->status != JOB_COMPLETE)
		path = keep_text(&rv->arena, review_text(rv, &rv->arena),
				 rv->report.prompt_id);
	if (!path)
		return rv->err.msg;
	return arena_printf(&rv->arena, "%s; what came is kept in %s",
			    rv->err.msg, path);
}

static void check_report(struct batch *b, struct review *rv)
{
	const struct settings *s = &b->run.inv->settings;

	report_check_gate(&rv->report, s->fail_on, &rv->err);
	if (s->require_full_coverage)
		report_check_coverage(&rv->report, &rv->err);
}

static int on_done(void *ctx, struct review *rv, struct error *err)
{
	struct batch *b = ctx;
	const char *why = NULL;
	struct error empty;

	progress_done(&b->progress);
	if (rv->status == JOB_EMPTY) {
		say_empty(&empty, rv);
		if (b->run.inv->settings.fail_on_empty)
			rv->err = empty;
		log_info("%s: %s", rv->id, empty.msg);
	}
	if (rv->status == JOB_COMPLETE && rv->input->task == &task_review)
		check_report(b, rv);
	if (rv->err.kind)
		why = explain(rv);
	b->done++;
	b->tripped += rv->err.kind == ERR_GATE;
	b->failed += rv->err.kind != ERR_NONE && rv->err.kind != ERR_GATE;
	b->progress.done = b->done;
	b->progress.failed = b->failed;
	if (write_record(b, rv, why, err))
		return -1;
	return site_add(&b->site, rv, status_name(rv->status), why, err);
}

static bool reads_stdin(const char *word)
{
	return word && !strcmp(word, "-");
}

static int open_input(struct batch *b, struct error *err)
{
	struct invocation *inv = b->run.inv;

	if (run_intent(&b->intent, &b->arena, inv->settings.intent,
		       reads_stdin(inv->input) ? "-i -" : NULL, err))
		return -1;
	say_waiting(inv->input, "jobs", "-i FILE reads a file");
	if (inv->input && !inv->nwords)
		return fs_read(&b->rest, &b->arena, inv->input, MAX_INPUT, err);
	if (inv->input || inv->nwords != 1)
		return error_set(err, ERR_USAGE,
				 "batch takes one range, as `architect batch "
				 "main..HEAD`, or -i FILE");
	if (reads_stdin(inv->words[0]))
		return error_set(err, ERR_USAGE,
				 "batch takes one range or -i FILE: `architect "
				 "batch -i -` reads jobs from stdin");
	if (!strstr(inv->words[0], ".."))
		return error_set(
			err, ERR_USAGE,
			"batch takes a range and '%s' is none: `main..%s` "
			"is a branch's commits, `architect review "
			"--commit %s` one commit",
			inv->words[0], inv->words[0], inv->words[0]);
	b->from_range = true;
	return repo_commits(&b->commits, &b->arena, b->run.repo, inv->words[0],
			    err);
}

static int run_jobs(struct batch *b, struct error *err)
{
	struct error late = { 0 };
	struct job_source source = { .next = next_review,
				     .stop = stop,
				     .ctx = b };
	struct job_events on = {
		.ready = on_ready,
		.progress = on_progress,
		.done = on_done,
		.tick = on_tick,
		.tick_ms = isatty(STDERR_FILENO) ? TICK_MS : 0,
		.ctx = b,
	};
	int rc;

	if (run_ready(&b->run, err) || signals_open(&b->run.wake_fd, err))
		return -1;
	run_ask(&b->run, true);
	progress_open(&b->progress, b->run.inv->settings.quiet, true);
	b->run.inv->settings.patient = true;
	rc = jobs_run(&source, b->run.http, &b->run.inv->settings, &on,
		      b->run.wake_fd, err);
	/* of a batch that was stopped, what is there */
	if (site_index(&b->site, &late) && !rc)
		*err = late;
	if (rc || late.kind)
		return -1;
	if (!b->done)
		log_note("the batch holds no job: one is a line such as "
			 "{\"id\": \"a\", \"review\": \"main..HEAD\"}");
	if (b->failed)
		return error_set(err, ERR_PARTIAL,
				 "%u of %u jobs did not complete; each record "
				 "says why",
				 b->failed, b->done);
	if (b->tripped)
		return error_set(err, ERR_GATE,
				 "%u of %u jobs have findings for --fail-on "
				 "%s; each record says which",
				 b->tripped, b->done,
				 b->run.inv->settings.fail_on);
	return 0;
}

int cmd_batch(struct invocation *inv, struct error *err)
{
	struct batch b = { 0 };
	int rc;

	rc = run_open(&b.run, inv, RUN_KEY | RUN_HTTP, err);
	if (!rc)
		rc = open_input(&b, err);
	if (!rc)
		rc = site_open(&b.site, inv->pages, &inv->settings, err);
	if (!rc)
		rc = run_jobs(&b, err);
	progress_close(&b.progress);
	signals_close();
	run_close(&b.run);
	vec_each (struct open_repo, o, &b.repos)
		repo_close(o->repo);
	arena_release(&b.arena);
	buf_release(&b.record);
	site_close(&b.site);
	return rc;
}
