/*
 * ask - one small question to a server, waited for.
 */
#ifndef LLM_ASK_H
#define LLM_ASK_H

#include "base/buf.h"
#include "base/error.h"
#include "llm/http.h"

/* Zero-initialise; answer_release() when done. */
struct answer {
	enum http_end end;
	int status;	 /* 0 when none came */
	struct buf body; /* of a 2xx answer; otherwise a sentence: the error's
			    own, or why none came */
};

/*
 * Send what rq says (its callbacks and ctx are set here) and wait for its end.
 * An answer of more than max bytes is HTTP_STOPPED. 0 also when no answer
 * came: see end and status. -1: ERR_INTERRUPTED as soon as wake_fd (-1: none)
 * is readable (the pool can only be closed after that), or what http_start()
 * says.
 */
int ask(struct answer *out, struct http *h, const struct http_request *rq,
	size_t max, int wake_fd, struct error *err);
/* Is the program asked to end, wake_fd (-1: never) readable? */
bool ask_ended(int wake_fd);
/* A whole answer with a status of 2xx? */
bool answer_ok(const struct answer *a);
void answer_release(struct answer *a);

#endif
