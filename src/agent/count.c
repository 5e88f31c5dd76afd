#include "agent/count.h"

#include "agent/job.h"
#include "agent/room.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "llm/http.h"

void count_request(struct http_request *rq, struct buf *body,
		   const struct job *job)
{
	const struct agent_config *c = &job->agent.config;
	struct llm_params params = c->params;

	params.count = true;
	c->provider->protocol->encode(body, c->provider, &params,
				      &job->agent.chat);
	*rq = (struct http_request){
		.method = "POST",
		.url = job->endpoint->count_url,
		.headers = job->endpoint->headers,
		.body = buf_span(body),
		.deadline_ms = clock_mono_ms() + COUNT_MS,
	};
}

int64_t count_read(struct span answer)
{
	struct arena a = { 0 };
	struct json *root;
	int64_t n = 0;

	if (!json_parse(&root, &a, answer, NULL))
		n = json_int(json_get(root, "input_tokens"), 0);
	arena_release(&a);
	return n > 0 ? n : 0;
}

void count_take(struct job *job, int64_t tokens)
{
	if (tokens <= 0)
		return;
	job->counted = true;
	job->agent.prompt_tokens = tokens;
}

void count_release(struct job *job)
{
	buf_release(&job->count.body);
	buf_release(&job->count.answer);
}

static int on_bytes(void *ctx, struct span bytes, struct error *err)
{
	struct job *job = ctx;

	if (bytes.len > COUNT_MAX - job->count.answer.len)
		return error_set(err, ERR_MODEL, "too long for a count");
	buf_addsp(&job->count.answer, bytes);
	return 0;
}

static void on_done(void *ctx, const struct http_result *res,
		    const struct error *err)
{
	struct job *job = ctx;

	(void)err;
	if (res->end == HTTP_OK && res->status / 100 == 2)
		count_take(job, count_read(buf_span(&job->count.answer)));
	log_info("%s: status %d, %lld tokens%s", job->endpoint->count_url,
		 res->status, (long long)job->agent.prompt_tokens,
		 job->counted ? "" : " by estimate");
	count_release(job);
	room_fit_reply(job, job->count.settings);
	room_check(job, job->count.settings, &job->err);
	buf_reset(&job->body);
	agent_request(&job->agent, &job->body);
	job->count.done(job);
}

int count_start(struct job *job, struct http *h, const struct settings *s,
		void (*done)(struct job *job), struct error *err)
{
	struct http_request rq;

	job->count_asked = true;
	job->count.settings = s;
	job->count.done = done;
	count_request(&rq, &job->count.body, job);
	rq.on_bytes = on_bytes;
	rq.on_done = on_done;
	rq.ctx = job;
	return http_start(h, &rq, err);
}
