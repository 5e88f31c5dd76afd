/*
 * job - run reviews, taken one by one from a source, over one http pool.
 *
 * A review is one job, or several that are its parts. `review` is a source of
 * one review, a batch a source of many. The source is asked
 * from a thread of its own, so that reading a repository and talking to the
 * model go on side by side; every event comes from the thread that called
 * jobs_run(). Memory is bounded by the number of jobs under way.
 */
#ifndef AGENT_JOB_H
#define AGENT_JOB_H

#include "agent/agent.h"
#include "agent/review.h"
#include "base/arena.h"
#include "base/error.h"
#include "llm/endpoint.h"

struct http;
struct settings;
struct task_input;

/* One conversation: a part of a review. job_prepare() fills what stands above
 * the line. */
struct job {
	struct arena arena;
	struct review *review;
	size_t part;
	struct task_input *input; /* the part's own; NULL: nothing is sent */
	struct error err;	  /* the job has failed, or what became of it */
	bool not_asked; /* since another part of its review had failed */
	const struct endpoint *endpoint;
	struct agent agent;
	struct buf body;  /* the first request's, already encoded, or empty */
	bool counted;	  /* agent.prompt_tokens is the provider's figure */
	bool count_asked; /* it was asked for it */
	/* ---- */
	/* private */
	enum { JOB_WAITING, JOB_SENDING, JOB_OVER } state;
	struct jobs *jobs;
	unsigned tries; /* of the request under way */
	int64_t begun_ms, deadline_ms, not_before_ms;
	struct {
		struct buf body, answer;
		const struct settings *settings;
		void (*done)(struct job *job);
	} count;       /* the question for the prompt's tokens */
	bool answered; /* a first byte has come */
	bool ahead;    /* it fills the provider's cache for the others */
	struct job *next;
};

struct job_source {
	/*
	 * Prepare a review that was opened. 1: here it is (its err set when it
	 * has failed already), 0: there are no more. Called from the source's
	 * thread.
	 */
	int (*next)(void *ctx, struct review *rv);
	/* The program is to end: make next() return soon. Called from the
	 * thread of jobs_run(). May be NULL. */
	void (*stop)(void *ctx);
	void *ctx;
};

struct job_events {
	/* A review's first job is about to send its first request; -1 refuses
	 * (err set). */
	int (*ready)(void *ctx, struct job *job, struct error *err);
	/* Bytes came, a try failed, a wait began: what is one line for people,
	 * or NULL. May be NULL. */
	void (*progress)(void *ctx, struct job *job, const char *what);
	/* One of several parts is over; its job is freed when this returns.
	 * May be NULL. */
	void (*part)(void *ctx, const struct job *job, enum job_status status);
	/* The review is over; it is closed when this returns. -1 (err set) ends
	 * the whole run: its result could not be written. */
	int (*done)(void *ctx, struct review *rv, struct error *err);
	/* The run ends while this review is under way: what came of it is lost
	 * after this. May be NULL. */
	void (*cut)(void *ctx, struct review *rv);
	/* Called every tick_ms while jobs run (0: never). May be NULL. */
	void (*tick)(void *ctx);
	int tick_ms;
	void *ctx;
};

/*
 * Run everything the source has, settings->jobs at a time. wake_fd: readable
 * when the program was asked to stop (-1: never); then ERR_INTERRUPTED.
 * Otherwise 0, or what done() failed with: what became of each review was told
 * to done(), or to cut().
 */
int jobs_run(const struct job_source *from, struct http *http,
	     const struct settings *settings, const struct job_events *on,
	     int wake_fd, struct error *err);

#endif
