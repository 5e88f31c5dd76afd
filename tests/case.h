/* case - one folder of tests/cases; its README.md says what is in one. */
#ifndef CASE_H
#define CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "fake_llm.h"

#if defined(__SANITIZE_ADDRESS__)
#define CASE_SANITIZED 1
#else
#define CASE_SANITIZED 0
#endif

#define CASE_KEY "dummy-key-93b1c6"

/* Where a wanted text must be, or with `absent` must not be. */
enum case_place { IN_STDOUT, IN_STDERR, IN_REQUEST, IN_STATE };

struct wanted {
	enum case_place place;
	size_t request; /* from 1 */
	bool absent;
	struct span text;
};

/* The least time between request n and the one before it. */
struct gap {
	size_t n;
	int64_t ms;
};

enum case_sink {
	SINK_READ,
	SINK_CLOSED,
	SINK_FULL,
	SINK_SLOW,
	SINK_NONBLOCK,
	SINK_GONE
};

struct test_case {
	struct arena *arena;
	const char *dir; /* of the folder, absolute */
	struct span cmd, script;
	VEC(struct span) env;
	VEC(struct wanted) wanted;
	VEC(struct gap) gaps;
	VEC(size_t) grown; /* requests that only add to the one before */
	int64_t window;	   /* tokens that no request may pass; 0: any */
	int patch; /* changed lines shown, over all requests; 0: not counted */
	int exit;
	int requests, other; /* connections of the second server; -1: any */
	bool prints;	     /* stdout may hold text whatever the exit code */
	bool limited; /* rests on a limit of memory, which sanitizers lift */
	int signal;   /* 0: none */
	size_t after_requests;
	uint64_t after_sent;
	struct span
		during; /* a command of the shell's, run in the repository */
	size_t during_requests;
	VEC(struct span) after; /* commands run there when it has ended */
	int files; /* descriptors that the program may have open; 0: any */
	enum case_sink sink;
	enum fake_proxy proxy;
};

/* Read DIR/case. ERR_USAGE names the line. */
int case_read(struct test_case *c, struct arena *a, const char *dir,
	      struct error *err);
/* Run it; what is wrong is appended to out, a line each: empty is good. */
void case_run(struct buf *out, struct test_case *c);

/* What a run gave. */
struct case_result {
	struct buf out, err;
	int exit; /* 128 + N: ended by signal N */
	bool timed_out, meddling_failed;
	const char *home;
	struct fake *server, *other;
};

void case_judge(struct buf *out, const struct test_case *c,
		const struct case_result *res);

/* What `window` and `patch` want of all requests. */
void case_judge_parts(struct buf *out, const struct test_case *c,
		      const struct case_result *res);

#endif
