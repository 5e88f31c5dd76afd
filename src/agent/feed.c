#include "agent/feed.h"

#include <string.h>

#include "agent/count.h"
#include "agent/prepare.h"
#include "core/settings.h"
#include "llm/http.h"

/* One holder less; the last one closes the review. */
static void let_go(struct feed *f, struct review *rv)
{
	size_t left;

	pthread_mutex_lock(&f->lock);
	left = --rv->holders;
	pthread_mutex_unlock(&f->lock);
	if (!left)
		review_close(rv);
}

static struct job *open_job(struct feed *f, struct review *rv, size_t part)
{
	struct arena a = { 0 };
	struct job *job = arena_new(&a, struct job);

	job->arena = a;
	job->review = rv;
	job->part = part;
	job->err = rv->err;
	pthread_mutex_lock(&f->lock);
	rv->holders++;
	pthread_mutex_unlock(&f->lock);
	return job;
}

void feed_close_job(struct feed *f, struct job *job)
{
	struct review *rv = job->review;
	struct arena a;

	agent_release(&job->agent);
	buf_release(&job->body);
	count_release(job);
	a = job->arena;
	arena_release(&a);
	let_go(f, rv);
}

static bool wait_for_room(struct feed *f)
{
	bool go;

	pthread_mutex_lock(&f->lock);
	while (!f->stop && f->under_way >= (size_t)f->settings->jobs)
		pthread_cond_wait(&f->room, &f->lock);
	go = !f->stop;
	pthread_mutex_unlock(&f->lock);
	return go;
}

static void hand_over(struct feed *f, struct job *job)
{
	pthread_mutex_lock(&f->lock);
	if (job) {
		*f->ready_tail = job;
		f->ready_tail = &job->next;
		f->under_way++;
	} else {
		f->exhausted = true;
	}
	pthread_mutex_unlock(&f->lock);
	http_wake(f->http);
}

/* Its parts, each made when there is room for it. */
static void feed_review(struct feed *f, struct review *rv)
{
	if (rv->err.kind)
		rv->parts = 1;
	for (size_t i = 0; i < rv->parts && (!i || wait_for_room(f)); i++) {
		struct job *job = open_job(f, rv, i);

		if (!job->err.kind && !job_prepare(job, &job->err))
			job_check_room(job, f->settings, &job->err);
		hand_over(f, job);
	}
}

static void *run(void *ctx)
{
	struct feed *f = ctx;

	while (wait_for_room(f)) {
		struct review *rv = review_open();

		if (!f->source->next(f->source->ctx, rv)) {
			review_close(rv);
			break;
		}
		rv->holders = 1;
		feed_review(f, rv);
		let_go(f, rv);
	}
	hand_over(f, NULL);
	return NULL;
}

int feed_start(struct feed *f, struct error *err)
{
	int rc;

	f->ready_tail = &f->ready;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->room, NULL);
	rc = pthread_create(&f->thread, NULL, run, f);
	if (rc)
		return error_set(err, ERR_INTERNAL,
				 "cannot start a thread: %s: raise the limits "
				 "(ulimit -u, ulimit -v)",
				 strerror(rc));
	return 0;
}

struct job *feed_take(struct feed *f)
{
	struct job *list;

	pthread_mutex_lock(&f->lock);
	list = f->ready;
	f->ready = NULL;
	f->ready_tail = &f->ready;
	pthread_mutex_unlock(&f->lock);
	return list;
}

bool feed_exhausted(struct feed *f)
{
	bool none;

	pthread_mutex_lock(&f->lock);
	none = f->exhausted && !f->ready;
	pthread_mutex_unlock(&f->lock);
	return none;
}

void feed_make_room(struct feed *f, size_t n)
{
	pthread_mutex_lock(&f->lock);
	f->under_way -= n;
	pthread_cond_signal(&f->room);
	pthread_mutex_unlock(&f->lock);
}

void feed_stop(struct feed *f, bool now)
{
	struct job *job;

	pthread_mutex_lock(&f->lock);
	f->stop = true;
	pthread_cond_signal(&f->room);
	pthread_mutex_unlock(&f->lock);
	if (now && f->source->stop)
		f->source->stop(f->source->ctx);
	pthread_join(f->thread, NULL);
	while ((job = f->ready)) {
		f->ready = job->next;
		feed_close_job(f, job);
	}
}
