/*
 * review - one thing that was asked for, a review or a design: what was
 * gathered for it, the parts it is put to a model in, and what came of them.
 *
 * Most fit one request and have one part. The source's thread fills a review
 * and makes a job of each part when there is room for one; from its first job
 * on nothing of what stands above the line changes. The thread of jobs_run()
 * takes what came of the jobs; the last one makes the report whole.
 */
#ifndef AGENT_REVIEW_H
#define AGENT_REVIEW_H

#include "agent/agent.h"
#include "agent/parts.h"
#include "base/arena.h"
#include "base/error.h"

struct endpoint;
struct job;
struct repo;
struct settings;
struct task_input;

enum job_status {
	JOB_COMPLETE,
	JOB_INCOMPLETE, /* the model's reply was refused or stayed incomplete */
	JOB_EMPTY,	/* nothing to review: nothing was sent */
	JOB_FAILED
};

/* What came of one part; lives in the review. */
struct part_result {
	enum job_status status;
	struct error err;
	struct report report; /* sections and findings, as far as they came */
	struct span text;     /* what the model wrote; see agent_text() */
	bool not_asked;	      /* since another part had failed */
};

/* Zero-initialise, or review_open(). */
struct review {
	struct arena arena;
	char *id;		  /* in batches; NULL otherwise */
	size_t number;		  /* likewise, from 1 as the input has them */
	struct task_input *input; /* the whole; NULL before it is gathered */
	bool empty;		  /* nothing to review */
	bool offline;		  /* the report is whole: nothing is sent */
	struct error err;	  /* set by the source: the review has failed */
	struct repo *repo;
	const struct settings *settings;
	const struct endpoint *endpoint;
	struct agent_config config; /* of every part */
	struct parts plan;
	size_t parts; /* plan.count, at least 1 */
	/* ---- the outcome: in done(), err is that of the whole */
	enum job_status status;
	struct report report; /* its ledger is filled in beforehand */
	/* private */
	struct arena kept;	    /* of the thread of jobs_run() */
	struct part_result *result; /* one each */
	size_t over;		    /* parts that have one */
	bool stopped;		    /* no further part is begun */
	struct usage usage;
	int64_t begun_ms;
	bool announced, cut; /* the events' ready(), cut() were told */
	size_t holders; /* the source and the jobs that are not closed yet */
};

struct review *review_open(void);
void review_close(struct review *rv);

/*
 * A part is over: look up what it says and keep what came of it. True when it
 * was the last; then status, err and report are those of the whole.
 */
bool review_take(struct review *rv, struct job *job, enum job_status status);
/*
 * Has a part failed for good, so that none is to be begun any more? Then the
 * job's err says so. (A reply that is refused or incomplete stops nothing.)
 */
bool review_stopped(const struct review *rv, struct job *job);
/*
 * Everything the models wrote that is worth keeping, part by part, in the
 * arena; "" when nothing came.
 */
struct span review_text(const struct review *rv, struct arena *a);
/*
 * Parse what came of a review that is not complete into its report, for
 * --partial.
 */
void review_rescue(struct review *rv);

#endif
