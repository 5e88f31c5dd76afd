/* fake_server - the insides that fake_llm.c and fake_proxy.c share. */
#ifndef FAKE_SERVER_H
#define FAKE_SERVER_H

#include <pthread.h>

#include "fake_script.h"

#define MAX_CONNS 1024
#define FOREVER INT64_MAX

/* A connection; in the proxy, `peer` is the other half of a tunnel. */
struct conn {
	int fd;
	struct conn *peer;
	struct buf in, out;
	size_t sent; /* of out */
	struct fake_reply *reply;
	size_t action; /* next of reply->actions */
	int64_t wake_ms;
	bool answering, closing, gone;
};

struct fake {
	struct arena arena;
	struct fake_script script;
	struct fake_options o;
	int fd, port, stop[2];
	int64_t opened_ms;
	pthread_t thread;
	bool threaded;
	struct conn conns[MAX_CONNS];
	size_t n;
	size_t next, played; /* reply, times it was played */
	/* read from other threads */
	pthread_mutex_t lock;
	VEC(struct fake_request *) requests;
	size_t connections;
	uint64_t sent;
};

struct conn *fake_add_conn(struct fake *f, int fd);
void fake_record(struct fake *f, struct fake_request *rq);
/* What a connection of the proxy does with what it has read. */
void fake_proxy_step(struct fake *f, struct conn *c);

#endif
