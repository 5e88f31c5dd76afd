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

struct http;
struct invocation;
struct job;
struct repo;

enum run_need {
	RUN_KEY = 1, /* a credential, else ERR_USAGE */
	RUN_HTTP = 2 /* the pool */
};

/* Zero-initialise. */
struct run {
	struct invocation *inv;
	struct arena arena;
	struct repo *repo;
	struct http *http;
	struct endpoint endpoint;
	int wake_fd; /* readable when a signal came */
};

/* Start the worker first, then the network side while it opens. */
int run_open(struct run *run, struct invocation *inv, unsigned needs,
	     struct error *err);
void run_close(struct run *run);

/* What the command line asks of a task. Borrows inv; *err ERR_USAGE. */
int run_request(struct task_request *rq, struct run *run,
		const struct task *task, struct error *err);

/* --intent TEXT or @FILE as text (NULL when not given). */
int run_intent(const char **out, struct run *run, const char *given,
	       struct error *err);

/* The side that a --guides-from word names. */
enum guides_from run_guides_from(const char *word);

#endif
