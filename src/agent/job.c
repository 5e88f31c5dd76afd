/*
 * Two threads: the source's, which blocks on repositories and hands over jobs
 * ready to send (feed.c), and the caller's, which blocks on the network only.
 */
#include "agent/job.h"

#include <stdio.h>
#include <string.h>

#include "agent/count.h"
#include "agent/feed.h"
#include "agent/job_error.h"
#include "agent/room.h"
#include "agent/spending.h"
#include "base/clock.h"
#include "base/log.h"
#include "core/settings.h"
#include "llm/ask.h"
#include "llm/http.h"

#define IDLE_WAIT_MS 60000

struct jobs {
	struct feed feed;
	struct http *http;
	const struct settings *settings;
	const struct job_events *on;
	struct job *running;
	struct usage spent;	    /* by the jobs that are over */
	int64_t host_not_before_ms; /* a rate limit holds for all */
	bool warm; /* the provider has the shared prefix in its cache */
	bool warming;
	struct error fatal; /* a result could not be written: end */
};

static void progress(struct job *job, const char *what)
{
	const struct job_events *on = job->jobs->on;

	if (on->progress)
		on->progress(on->ctx, job, what);
}

static void finish(struct job *job, enum job_status status)
{
	struct jobs *j = job->jobs;

	job->state = JOB_OVER;
	if (job->ahead)
		j->warming = false; /* then another goes ahead */
	usage_add(&j->spent, &job->agent.spent);
	if (review_take(job->review, job, status))
		j->on->done(j->on->ctx, job->review, &j->fatal);
	else if (j->on->part)
		j->on->part(j->on->ctx, job, status);
}

static void fail(struct job *job)
{
	finish(job, job->err.kind == ERR_REPLY ? JOB_INCOMPLETE : JOB_FAILED);
}

static int on_bytes(void *ctx, struct span bytes, struct error *err)
{
	struct job *job = ctx;
	struct jobs *j = job->jobs;

	if (!job->answered)
		log_info("first byte after %lld ms",
			 (long long)(clock_mono_ms() - job->begun_ms));
	job->answered = true;
	j->warm = true;
	if (agent_feed(&job->agent, bytes, err))
		return -1;
	progress(job, NULL);
	if (turn_whole(&job->agent.turn))
		return 0;
	return spending_check(j->settings, &j->spent, j->running, NULL, err);
}

static void wait_and_retry(struct job *job, int64_t ms)
{
	char what[160];

	job->state = JOB_WAITING;
	job->not_before_ms = clock_mono_ms() + ms;
	snprintf(what, sizeof(what), "try %u of %u in %.1f s: %.110s",
		 job->tries + 1, (unsigned)job->jobs->settings->tries,
		 (double)ms / 1000, job->err.msg);
	progress(job, what);
	job->err = (struct error){ 0 };
}

/* Is there no budget left for another request of this job? err says so. */
static bool over_budget(struct job *job)
{
	struct jobs *j = job->jobs;

	return spending_check(j->settings, &j->spent, j->running, job,
			      &job->err) != 0;
}

/* How long a server may ask to wait: with many jobs, as long as time lasts. */
static int64_t wait_bound(const struct job *job)
{
	const struct settings *s = job->jobs->settings;

	if (!s->patient)
		return s->retry_after;
	return job->deadline_ms ? job->deadline_ms - clock_mono_ms()
				: INT64_MAX;
}

static void hold_host(struct jobs *j, int64_t ms)
{
	int64_t until = clock_mono_ms() + ms;

	if (until > j->host_not_before_ms)
		j->host_not_before_ms = until;
}

/* A try came to nothing: err says why. Again, or never. */
static void try_again(struct job *job, const struct http_result *res)
{
	struct jobs *j = job->jobs;
	struct retry_advice adv =
		retry_advise(res, job->tries, wait_bound(job));
	int64_t now = clock_mono_ms();

	agent_abandon_turn(&job->agent);
	if (job->ahead)
		j->warming = false;
	if (adv.too_long_s > 0) {
		job_explain_wait(&job->err, job->endpoint, adv.too_long_s);
		hold_host(j, adv.too_long_s * 1000);
		fail(job);
		return;
	}
	if (!adv.retry || job->tries >= (unsigned)j->settings->tries ||
	    job->err.kind != ERR_MODEL || over_budget(job)) {
		if (job->tries > 1 && job->err.kind == ERR_MODEL)
			error_prefix(&job->err, "after %u tries", job->tries);
		if (job->err.kind == ERR_MODEL)
			job_advise(&job->err, res, job->endpoint);
		fail(job);
		return;
	}
	if (job->deadline_ms && now + adv.delay_ms >= job->deadline_ms) {
		error_set(&job->err, ERR_BUDGET,
			  "the time limit (--timeout %lld s) leaves no room "
			  "for another try",
			  (long long)j->settings->timeout / 1000);
		fail(job);
		return;
	}
	if (adv.whole_host)
		hold_host(j, adv.delay_ms);
	wait_and_retry(job, adv.delay_ms);
}

static void send_next(struct job *job);

static const char *what_next(struct job *job)
{
	struct agent *ag = &job->agent;

	if (ag->mode != MODE_REPAIR)
		return "the reply was cut by its length: asking to go on";
	return arena_printf(&job->arena, "asking for what the reply lacks (%s)",
			    report_gap(&ag->report, &job->arena));
}

/* A server whose window nobody knows may have cut the prompt: its own count of
 * it tells, where that is less than any estimate can be wrong by. */
static void doubt_prompt(struct job *job)
{
	const struct agent *ag = &job->agent;
	int64_t read = usage_prompt(&ag->turn.usage);

	if (job_window(job, job->jobs->settings) || ag->chat.messages.len > 1 ||
	    read <= 0 || read >= ag->prompt_tokens / 2)
		return;
	progress(job,
		 arena_printf(&job->arena,
			      "%s counts %lld tokens of a prompt of about "
			      "%lld: it may have read only a part of it; give "
			      "its window with --window",
			      job->endpoint->host, (long long)read,
			      (long long)ag->prompt_tokens));
}

static void end_turn(struct job *job, const struct http_result *res)
{
	struct http_result as = *res;

	doubt_prompt(job);
	switch (agent_finish_turn(&job->agent, &job->err)) {
	case AGENT_REQUEST:
		job->tries = 0;
		agent_count(&job->agent);
		if (over_budget(job)) {
			fail(job);
			return;
		}
		progress(job, what_next(job));
		buf_reset(&job->body);
		agent_request(&job->agent, &job->body);
		send_next(job);
		return;
	case AGENT_RETRY:
		as.status = job->agent.turn.error_status;
		as.end = as.status ? HTTP_OK : HTTP_CUT;
		try_again(job, &as);
		return;
	case AGENT_DONE:
		finish(job, JOB_COMPLETE);
		return;
	case AGENT_FAILED:
		fail(job);
		return;
	}
}

/* Behind a message's own end nothing counts: not how the wire ended either. */
static bool said_all(const struct job *job, const struct http_result *res)
{
	return (res->end == HTTP_CUT || res->end == HTTP_IDLE_TIMEOUT) &&
	       res->status / 100 == 2 && turn_whole(&job->agent.turn);
}

static void on_done(void *ctx, const struct http_result *res,
		    const struct error *err)
{
	struct job *job = ctx;

	log_info("%s: status %d, %lld bytes, curl %d%s%s%s%s",
		 job->endpoint->host, res->status, (long long)res->bytes,
		 res->curl_code, *res->request_id ? ", request " : "",
		 res->request_id, *res->detail ? ", " : "", res->detail);
	if (res->end == HTTP_STOPPED) {
		job->err = *err;
		agent_abandon_turn(&job->agent);
		fail(job);
		return;
	}
	if (res->end != HTTP_OK && !said_all(job, res)) {
		job_explain_end(&job->err, res, job->endpoint,
				job->jobs->settings);
		try_again(job, res);
		return;
	}
	if (res->status < 200 || res->status > 299) {
		job_explain_status(&job->err, res, job->endpoint,
				   job->agent.config.params.model);
		try_again(job, res);
		return;
	}
	if (!job_event_stream(res)) {
		error_set(&job->err, ERR_MODEL,
			  "the answer of %s is not an event stream but %.60s: "
			  "is the base URL right?",
			  job->endpoint->host, res->content_type);
		agent_abandon_turn(&job->agent);
		fail(job);
		return;
	}
	end_turn(job, res);
}

static void send_next(struct job *job)
{
	struct http_request rq = {
		.method = "POST",
		.url = job->endpoint->url,
		.headers = job->endpoint->headers,
		.body = buf_span(&job->body),
		.deadline_ms = job->deadline_ms,
		.on_bytes = on_bytes,
		.on_done = on_done,
		.ctx = job,
	};

	job->tries++;
	job->state = JOB_SENDING;
	job->err = (struct error){ 0 };
	log_debug("request: %.*s", SPAN_ARG(rq.body));
	if (http_start(job->jobs->http, &rq, &job->err))
		fail(job);
}

/* May this job send now? One goes ahead to fill the provider's cache. */
static bool may_send(const struct job *job, int64_t now)
{
	const struct jobs *j = job->jobs;

	if (job->state != JOB_WAITING || job->not_before_ms > now ||
	    j->host_not_before_ms > now)
		return false;
	return j->warm || !j->warming || job->ahead ||
	       !job->agent.config.provider->prompt_cache || job->tries > 0;
}

static void begin(struct job *job)
{
	struct jobs *j = job->jobs;

	job->begun_ms = clock_mono_ms();
	if (!job->review->begun_ms)
		job->review->begun_ms = job->begun_ms;
	if (j->settings->timeout)
		job->deadline_ms = job->begun_ms + j->settings->timeout;
	if (!job->body.len)
		agent_request(&job->agent, &job->body);
	job->ahead = !j->warm && !j->warming;
	j->warming = true;
}

/* The provider has counted the prompt, or has not: may it go out? */
static void on_counted(struct job *job)
{
	job->state = JOB_WAITING;
	if (job->err.kind || over_budget(job))
		fail(job);
}

/* Near a limit the provider's own count goes before the request. */
static bool count_first(struct job *job)
{
	const struct jobs *j = job->jobs;

	if (!room_wants_count(job, j->settings))
		return false;
	job->state = JOB_SENDING;
	if (count_start(job, j->http, j->settings, on_counted, &job->err))
		fail(job);
	return true;
}

static void accept_job(struct jobs *j, struct job *job)
{
	struct job **tail = &j->running;
	struct review *rv = job->review;

	/* first come, first sent */
	while (*tail)
		tail = &(*tail)->next;
	*tail = job;
	job->next = NULL;
	job->jobs = j;
	if (job->err.kind || review_stopped(rv, job)) {
		fail(job);
		return;
	}
	if (rv->empty) {
		finish(job, JOB_EMPTY);
		return;
	}
	if (!rv->announced && j->on->ready(j->on->ctx, job, &job->err)) {
		fail(job);
		return;
	}
	rv->announced = true;
	if (rv->offline)
		finish(job, JOB_COMPLETE);
	else
		job->state = JOB_WAITING;
}

static void take_ready(struct jobs *j)
{
	struct job *job, *next;

	for (job = feed_take(&j->feed); job; job = next) {
		next = job->next;
		accept_job(j, job);
	}
}

static void send_due(struct jobs *j)
{
	int64_t now = clock_mono_ms();
	struct job *job;

	for (job = j->running; job; job = job->next) {
		if (!may_send(job, now))
			continue;
		if (!job->begun_ms) {
			if (review_stopped(job->review, job) ||
			    over_budget(job)) {
				fail(job);
				continue;
			}
			begin(job);
			if (count_first(job))
				continue;
		} else if (job->tries) {
			/* the same once more: the history is as it was */
			buf_reset(&job->body);
			agent_request(&job->agent, &job->body);
		}
		send_next(job);
	}
}

static void reap(struct jobs *j)
{
	struct job **at = &j->running, *job;
	size_t n = 0;

	while ((job = *at)) {
		if (job->state != JOB_OVER) {
			at = &job->next;
			continue;
		}
		*at = job->next;
		feed_close_job(&j->feed, job);
		n++;
	}
	if (n)
		feed_make_room(&j->feed, n);
}

/* Until when nothing can happen but on the network. */
static int next_wait(const struct jobs *j)
{
	int64_t now = clock_mono_ms(), at;
	int64_t wait = j->on->tick_ms ? j->on->tick_ms : IDLE_WAIT_MS;
	const struct job *job;

	for (job = j->running; job; job = job->next) {
		if (job->state != JOB_WAITING)
			continue;
		at = job->not_before_ms > j->host_not_before_ms
			     ? job->not_before_ms
			     : j->host_not_before_ms;
		if (at - now < wait && at > now)
			wait = at - now;
		else if (may_send(job, now))
			wait = 0;
	}
	return (int)wait;
}

static bool nothing_left(struct jobs *j)
{
	return feed_exhausted(&j->feed) && !j->running;
}

/* What the jobs under way wrote is the end of their reviews. */
static void cut_all(struct jobs *j)
{
	struct job *job;

	for (job = j->running; job; job = job->next) {
		if (job->state == JOB_OVER)
			continue;
		agent_abandon_turn(&job->agent);
		review_take(job->review, job, JOB_FAILED);
	}
	for (job = j->running; job && j->on->cut; job = job->next)
		if (job->state != JOB_OVER && !job->review->cut) {
			job->review->cut = true;
			j->on->cut(j->on->ctx, job->review);
		}
}

int jobs_run(const struct job_source *from, struct http *http,
	     const struct settings *settings, const struct job_events *on,
	     int wake_fd, struct error *err)
{
	struct jobs j = {
		.feed = { .source = from, .http = http, .settings = settings },
		.http = http,
		.settings = settings,
		.on = on,
		.spent = USAGE_UNKNOWN,
	};
	struct job *job;

	if (feed_start(&j.feed, err))
		return -1;
	while (!nothing_left(&j) && !j.fatal.kind) {
		take_ready(&j);
		send_due(&j);
		reap(&j);
		if (nothing_left(&j) || j.fatal.kind)
			break;
		http_run(http, next_wait(&j), wake_fd);
		if (on->tick)
			on->tick(on->ctx);
		reap(&j);
		if (ask_ended(wake_fd))
			error_set(&j.fatal, ERR_INTERRUPTED, "interrupted");
	}
	if (j.fatal.kind)
		cut_all(&j);
	feed_stop(&j.feed, j.fatal.kind != ERR_NONE);
	while ((job = j.running)) {
		j.running = job->next;
		feed_close_job(&j.feed, job);
	}
	if (!j.fatal.kind)
		return 0;
	*err = j.fatal;
	return -1;
}
