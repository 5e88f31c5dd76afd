#include "llm/window.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/vec.h"
#include "llm/ask.h"
#include "llm/endpoint.h"
#include "llm/http.h"
#include "llm/models.h"
#include "llm/provider.h"

#define MAX_ANSWER (4 * 1024 * 1024)
#define ASK_MS 15000

struct window {
	struct arena arena;
	const struct endpoint *endpoint;
	const struct http_limits *limits;
	struct http *http; /* NULL: not needed yet */
	bool load, over;   /* over: the server is not there, or we are to end */
	int wake_fd;
	VEC(struct model *) rows; /* of what was asked */
};

/* What one question is about, and where its answer goes. */
struct question {
	struct window *w;
	const char *id;
	struct window_facts *facts;
	struct arena *arena; /* of the answer */
};

void window_open(struct window **out, const struct endpoint *ep,
		 const struct http_limits *limits, bool load, int wake_fd)
{
	struct arena arena = { 0 };
	struct window *w = arena_new(&arena, struct window);

	w->arena = arena;
	w->endpoint = ep;
	w->limits = limits;
	w->load = load;
	w->wake_fd = wake_fd;
	*out = w;
}

void window_close(struct window *w)
{
	struct arena arena;

	if (!w)
		return;
	http_close(w->http);
	arena = w->arena; /* w lives in it */
	arena_release(&arena);
}

/* The address of what stands beside the API: without its /v1. */
static const char *beside(const struct question *q, const char *path)
{
	struct span base = span_of(q->w->endpoint->base_url);

	if (span_ends(base, "/v1"))
		base.len -= strlen("/v1");
	return arena_printf(q->arena, "%.*s%s", SPAN_ARG(base), path);
}

/* An id as one component of a path. */
static const char *component(struct arena *a, const char *id)
{
	struct buf b = { 0 };
	const char *out;

	text_percent(&b, span_of(id), "");
	out = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return out;
}

/* Send and parse; NULL when there is no answer that says anything. */
static const struct json *put(struct question *q, const char *url,
			      struct span body, int64_t ms)
{
	struct window *w = q->w;
	struct http_request rq = {
		.method = body.len ? "POST" : "GET",
		.url = url,
		.headers = w->endpoint->headers,
		.body = body,
		.deadline_ms = clock_mono_ms() + ms,
	};
	struct answer got = { 0 };
	struct error err = { 0 };
	struct json *root = NULL;

	if (!w->http && http_open(&w->http, w->limits, &err))
		goto out;
	if (ask(&got, w->http, &rq, MAX_ANSWER, w->wake_fd, &err))
		goto out;
	log_info("%s %s: %d%s%s", rq.method, url, got.status,
		 answer_ok(&got) ? "" : " ",
		 answer_ok(&got) ? "" : buf_cstr(&got.body));
	w->over = got.end != HTTP_OK && got.end != HTTP_STOPPED;
	if (answer_ok(&got))
		json_parse(&root, q->arena,
			   arena_span(q->arena, buf_span(&got.body)), &err);
out:
	if (err.kind) {
		log_info("%s: %s", url, err.msg);
		w->over |= err.kind != ERR_MODEL;
	}
	answer_release(&got);
	return root;
}

static const struct json *get(struct question *q, const char *url)
{
	return put(q, url, (struct span){ 0 }, ASK_MS);
}

/* POST {"model": ID} */
static const struct json *post(struct question *q, const char *path, int64_t ms)
{
	struct buf b = { 0 };
	const struct json *root;

	buf_adds(&b, "{\"model\":");
	json_quote(&b, span_of(q->id));
	buf_addc(&b, '}');
	root = put(q, beside(q, path), buf_span(&b), ms);
	buf_release(&b);
	return root;
}

static void ask_model(struct question *q)
{
	const char *url =
		arena_printf(q->arena, "%s/%s", q->w->endpoint->models_url,
			     component(q->arena, q->id));

	window_read_model(q->facts, get(q, url), q->arena);
}

static void ask_models(struct question *q)
{
	window_read_models(q->facts, get(q, q->w->endpoint->models_url), q->id,
			   q->arena);
}

static void ask_loaded(struct question *q)
{
	window_read_loaded(q->facts, get(q, beside(q, "/api/v0/models")), q->id,
			   q->arena);
}

static void ask_props(struct question *q)
{
	window_read_props(q->facts, get(q, beside(q, "/props")));
}

static void ask_ps(struct question *q)
{
	window_read_ps(q->facts, get(q, beside(q, "/api/ps")), q->id, q->arena);
}

/*
 * What runs is what counts. A model that does not run yet gets the window
 * that its Modelfile names, or else one that only the server knows.
 */
static void ask_running(struct question *q)
{
	int64_t patience = q->w->limits->first_byte_ms;
	const struct json *shown;

	ask_ps(q);
	if (q->w->over)
		return;
	shown = post(q, "/api/show", ASK_MS);
	window_read_show(q->facts, shown, q->arena);
	if (!shown || q->facts->window || !q->w->load || q->w->over)
		return;
	if (post(q, "/api/generate", patience ? patience : ASK_MS) &&
	    !q->w->over)
		ask_ps(q);
}

static const struct {
	enum window_question bit;
	void (*put)(struct question *q);
} questions[] = {
	{ ASK_MODEL, ask_model },     { ASK_MODELS, ask_models },
	{ ASK_LOADED, ask_loaded },   { ASK_PROPS, ask_props },
	{ ASK_RUNNING, ask_running },
};

/* Put the provider's questions until one is answered. */
static void find_out(struct window *w, struct window_facts *facts,
		     const char *id)
{
	struct arena a = { 0 };
	struct question q = { w, id, facts, &a };
	size_t i;

	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		if (w->endpoint->provider->asks & questions[i].bit &&
		    !facts->window && !w->over)
			questions[i].put(&q);
	arena_release(&a);
}

const struct model *window_model(struct window *w, const struct model *known,
				 const char *id)
{
	struct window_facts facts = { 0 };
	struct model *m;

	if (known && known->window)
		return known;
	vec_each (struct model *, row, &w->rows)
		if (!strcmp((*row)->id, id))
			return *row;
	find_out(w, &facts, id);
	m = arena_new(&w->arena, struct model);
	id = arena_strdup(&w->arena, id);
	*m = known ? *known : model_blank(w->endpoint->provider->name, id);
	m->id = id;
	m->window = facts.window;
	m->possible = facts.possible;
	if (!m->max_output)
		m->max_output = facts.max_output;
	if (m->input < 0 && facts.input > 0 && facts.output > 0) {
		m->input = m->cache_read = m->cache_write = facts.input;
		m->output = facts.output;
	}
	*vec_push(&w->rows, &w->arena) = m;
	return m;
}
