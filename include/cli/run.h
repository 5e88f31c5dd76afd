/*
 * run - what every command that touches a repository or a model shares: the
 * worker, the settings of all sources, the endpoint, the pool.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "agent/gather.h"
#include "base/arena.h"
#include "base/error.h"
#include "llm/endpoint.h"
#include "llm/http.h"

struct invocation;
struct job;
struct repo;

enum run_need {
	RUN_KEY = 1, /* a credential: the key command may be run */
	RUN_HTTP = 2 /* the pool */
};

/* Zero-initialise. */
struct run {
	struct invocation *inv;
	struct arena arena;
	struct repo *repo;
	struct http *http;
	struct endpoint endpoint;
	struct http_limits http_limits; /* as the settings want them */
	unsigned needs;
	struct error no_key; /* why nothing can be sent, if nothing can */
	int wake_fd;	     /* readable when a signal came; -1: not caught */
};

/* Start the worker first, then the network side while it opens. */
int run_open(struct run *run, struct invocation *inv, unsigned needs,
	     struct error *err);
void run_close(struct run *run);
/* Before the first request: ERR_USAGE when there is no credential for it. */
int run_ready(struct run *run, struct error *err);
/*
 * From now on the server is asked for windows that the model table lacks; load:
 * also if that means loading a model. Not without a credential.
 */
void run_ask(struct run *run, bool load);
/* The worker's limits, as the settings want them. */
struct repo_limits run_repo_limits(const struct settings *s);

/* Is the diff on stdin to be reviewed: `review -`? */
bool run_wants_diff(const struct invocation *inv);
/* What the command line asks of a task. Borrows inv; *err ERR_USAGE. */
int run_request(struct task_request *rq, struct run *run,
		const struct task *task, struct error *err);

/* --intent TEXT or @FILE as text (NULL when not given). other: the option that
 * reads stdin, so that @- cannot; or NULL. */
int run_intent(const char **out, struct arena *a, const char *given,
	       const char *other, struct error *err);

/* The side that a --guides-from word names. */
enum guides_from run_guides_from(const char *word);

#endif
