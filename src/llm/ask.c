#include "llm/ask.h"

#include <poll.h>

#include "llm/provider.h"

struct asking {
	struct answer *answer;
	size_t max;
	bool over;
};

static int on_bytes(void *ctx, struct span bytes, struct error *err)
{
	struct asking *a = ctx;

	if (bytes.len > a->max - a->answer->body.len)
		return error_set(err, ERR_MODEL,
				 "its answer is longer than %zu bytes", a->max);
	buf_addsp(&a->answer->body, bytes);
	return 0;
}

static void on_done(void *ctx, const struct http_result *res,
		    const struct error *err)
{
	struct asking *a = ctx;
	struct answer *out = a->answer;

	a->over = true;
	out->end = res->end;
	out->status = res->status;
	if (answer_ok(out))
		return;
	buf_reset(&out->body);
	if (res->end == HTTP_OK)
		provider_error_text(&out->body, res->body);
	else
		buf_adds(&out->body,
			 res->end == HTTP_STOPPED ? err->msg : res->detail);
}

bool ask_ended(int wake_fd)
{
	struct pollfd p = { .fd = wake_fd, .events = POLLIN };

	return wake_fd >= 0 && poll(&p, 1, 0) > 0;
}

int ask(struct answer *out, struct http *h, const struct http_request *rq,
	size_t max, int wake_fd, struct error *err)
{
	struct asking a = { .answer = out, .max = max };
	struct http_request own = *rq;

	own.on_bytes = on_bytes;
	own.on_done = on_done;
	own.ctx = &a;
	if (http_start(h, &own, err))
		return -1;
	while (!a.over && !ask_ended(wake_fd))
		http_run(h, 1000, wake_fd);
	if (a.over)
		return 0;
	return error_set(err, ERR_INTERRUPTED, "interrupted");
}

bool answer_ok(const struct answer *a)
{
	return a->end == HTTP_OK && a->status / 100 == 2;
}

void answer_release(struct answer *a)
{
	buf_release(&a->body);
}
