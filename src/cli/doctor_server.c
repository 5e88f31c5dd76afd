/* Whom a review would ask, and whether they answer. */
#include <string.h>

#include "agent/job_error.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/vec.h"
#include "cli/doctor.h"
#include "cli/invocation.h"
#include "cli/say.h"
#include "llm/endpoint.h"
#include "llm/http.h"
#include "llm/models.h"
#include "llm/provider.h"
#include "llm/window.h"

#define MAX_LIST (4 * 1024 * 1024)
#define ASK_MS 15000
/* In fewer tokens there is hardly room for a review. */
#define SMALL_WINDOW 32000
/* Models of a server that are named. */
#define NAMED 5u

/* ERR_INTERRUPTED when a signal came; no answer is none. */
static int ask_models(struct check_up *c, struct error *err)
{
	struct http_request rq = {
		.method = "GET",
		.url = c->run.endpoint.models_url,
		.headers = c->run.endpoint.headers,
		.deadline_ms = clock_mono_ms() + ASK_MS,
	};

	return ask(&c->list, c->run.http, &rq, MAX_LIST, c->run.wake_fd, err);
}

/* "claude-x-20251001", "qwen:7b" and "x@2025" of "claude-x", "qwen" and "x";
 * but no "gpt-4o" of "gpt-4". */
static bool variant(struct span id, struct span of)
{
	struct span rest = span_from(id, of.len);

	if (!of.len || !span_eq(span_first(id, of.len), of))
		return false;
	return !rest.len || strchr("-@:", rest.ptr[0]);
}

/* The ids that the server lists: both vendors' are data[].id. */
static size_t read_ids(struct check_up *c, const char ***ids)
{
	struct arena *a = &c->run.arena;
	VEC(const char *) list = { 0 };
	struct json *doc;
	const struct json *one;

	if (!answer_ok(&c->list) ||
	    json_parse(&doc, a, buf_span(&c->list.body), NULL))
		return 0;
	one = json_get(doc, "data");
	for (one = one ? one->child : NULL; one; one = one->next)
		*vec_push(&list, a) =
			arena_cstr(a, json_string(json_get(one, "id"), a));
	*ids = list.ptr;
	return list.len;
}

static bool listed(const char *const *ids, size_t n, struct span model)
{
	for (size_t i = 0; i < n; i++)
		/* a dated name of what is listed without its date */
		if (variant(span_of(ids[i]), model) ||
		    (span_starts(model, "claude") &&
		     variant(model, span_of(ids[i]))))
			return true;
	return false;
}

/* "a, b, c and 9 more" */
static const char *some_of(const char *const *ids, size_t n, struct arena *a)
{
	const char *out = "";
	size_t shown = n > NAMED + 1 ? NAMED : n;

	for (size_t i = 0; i < shown; i++)
		out = arena_printf(a, "%s%s%.80s", out, i ? ", " : "", ids[i]);
	if (n > shown)
		out = arena_printf(a, "%s and %s more", out,
				   say_number(a, (long long)(n - shown)));
	return out;
}

static void check_listed(struct check_up *c, const char *model)
{
	const struct provider *p = c->run.endpoint.provider;
	struct arena *a = &c->run.arena;
	const char **ids = NULL, *near, *why, *then;
	size_t n = read_ids(c, &ids);

	if (!model && !n) {
		doctor_bad(c, "model", "none is chosen: --model names one",
			   ERR_USAGE);
		return;
	}
	if (!model) {
		doctor_bad(c, "model",
			   arena_printf(a,
					"none is chosen: --model names one of "
					"%s",
					some_of(ids, n, a)),
			   ERR_USAGE);
		return;
	}
	if (!n || listed(ids, n, span_of(model))) {
		if (answer_ok(&c->list))
			doctor_line(c, "ok", "model", model);
		return;
	}
	near = text_nearest(model, ids, n);
	why = n > 1 ? arena_printf(a, "not among the %s models of the server",
				   say_number(a, (long long)n))
		    : "not the one model that the server has";
	then = near ? arena_printf(a, "did you mean --model %s?", near)
		    : arena_printf(a, "choose with --model: %s",
				   some_of(ids, n, a));
	if (p->pull)
		then = arena_printf(a, "%s (`%s %s` fetches it)", then, p->pull,
				    model);
	doctor_bad(c, "model",
		   arena_printf(a, "%s is %s: %s", model, why, then),
		   ERR_MODEL);
}

static void cannot_reach(struct check_up *c)
{
	const struct http_result res = { .end = c->list.end };
	struct error why = { 0 };

	error_set(&why, ERR_MODEL, "%s cannot be reached: %s",
		  c->run.endpoint.host, buf_cstr(&c->list.body));
	job_advise(&why, &res, &c->run.endpoint);
	doctor_bad(c, "server", why.msg, ERR_MODEL);
}

static void refuses_key(struct check_up *c)
{
	const struct endpoint *ep = &c->run.endpoint;
	const char *body = buf_cstr(&c->list.body);
	struct arena *a = &c->run.arena;

	doctor_bad(c, "server",
		   arena_printf(a, "%s refuses the key (%d%s%s): %s %s",
				ep->host, c->list.status, *body ? " " : "",
				body, ep->key ? "put a valid one into" : "set",
				ep->key ? ep->key_from
					: provider_keys(ep->provider, a)),
		   ERR_MODEL);
}

/* What the answer says of the server and the key. */
static void judge_answer(struct check_up *c)
{
	const char *host = c->run.endpoint.host;
	struct arena *a = &c->run.arena;
	int status = c->list.status;

	if (c->list.end == HTTP_STOPPED)
		doctor_line(c, "note", "server",
			    arena_printf(a, "%s answers, but %s", host,
					 buf_cstr(&c->list.body)));
	else if (c->list.end != HTTP_OK)
		cannot_reach(c);
	else if (status == 401 || status == 403)
		refuses_key(c);
	else if (status == 404)
		doctor_line(c, "note", "server",
			    arena_printf(a,
					 "%s answers, but lists no models at "
					 "%s (404): is the base URL right?",
					 host, c->run.endpoint.models_url));
	else if (status < 200 || status > 299)
		doctor_line(c, "note", "server",
			    arena_printf(a,
					 "%s answers, but lists no models (%d)",
					 host, status));
	else
		doctor_line(c, "ok", "server",
			    arena_printf(a, "%s answers", host));
}

static void nobody_is_asked(struct check_up *c)
{
	if (c->run.endpoint.by_default)
		doctor_line(c, "note", "provider",
			    "no model is configured, so reviews are offline, "
			    "by the program's own rules; for a model set "
			    "ANTHROPIC_API_KEY or OPENAI_API_KEY, or "
			    "OLLAMA_HOST=127.0.0.1 for a local one, or "
			    "OPENAI_BASE_URL for any compatible server");
	else
		doctor_line(c, "note", "provider",
			    "offline: no model is consulted");
}

static void name_provider(struct check_up *c)
{
	const struct endpoint *ep = &c->run.endpoint;
	struct arena *a = &c->run.arena;

	doctor_line(c, "ok", "provider",
		    arena_printf(a, "%s at %s (%s)", ep->provider->name,
				 ep->base_url, ep->base_url_from));
	if (ep->key)
		doctor_line(c, "ok", "key",
			    arena_printf(a, "from %s", ep->key_from));
	else
		doctor_line(c, "note", "key",
			    "none is set, and none is needed");
}

/* What a model takes, in words; m may be NULL. answers: its server does. */
static const char *window_words(const struct provider *p, const struct model *m,
				const char *id, bool answers, struct arena *a)
{
	bool idle = answers && p->asks & ASK_RUNNING;

	if (!m || !m->window)
		return arena_printf(
			a,
			"of %s is not known%s: give --window, or the server "
			"may cut a long prompt silently",
			id, idle ? " while it does not run" : "");
	if (m->possible > m->window)
		return arena_printf(
			a, "%s tokens of %s that are possible: %s",
			say_number(a, m->window), say_number(a, m->possible),
			p->window_cure ? p->window_cure : "its server decides");
	return arena_printf(a, "%s tokens, replies up to %s",
			    say_number(a, m->window),
			    m->max_output ? say_number(a, m->max_output)
					  : "what it allows");
}

/* As given, as in the table, or as the server says. */
static void check_window(struct check_up *c)
{
	const struct endpoint *ep = &c->run.endpoint;
	const char *name = ep->model ? ep->model : ep->provider->default_model;
	int64_t given = c->run.inv->settings.window;
	struct arena *a = &c->run.arena;
	const struct model *m;
	const char *id;

	if (!name)
		return;
	if (given) {
		doctor_line(c, "ok", "window",
			    arena_printf(a, "%s tokens, by --window",
					 say_number(a, given)));
		return;
	}
	m = model_find(ep->provider->name, name, &id);
	if (answer_ok(&c->list))
		m = window_model(ep->window, m, id);
	doctor_line(c, m && m->window >= SMALL_WINDOW ? "ok" : "note", "window",
		    window_words(ep->provider, m, id, answer_ok(&c->list), a));
}

int doctor_server(struct check_up *c, struct error *err)
{
	const struct endpoint *ep = &c->run.endpoint;
	const char *model = ep->model ? ep->model : ep->provider->default_model;
	struct error why = { 0 };

	if (ep->offline) {
		nobody_is_asked(c);
		return 0;
	}
	name_provider(c);
	if (!ask_models(c, &why))
		judge_answer(c);
	else if (why.kind == ERR_INTERRUPTED)
		return error_set(err, why.kind, "%s", why.msg);
	else
		doctor_bad(c, "server", why.msg, ERR_MODEL);
	if (model)
		model_find(ep->provider->name, model, &model);
	check_listed(c, model);
	run_ask(&c->run, false);
	check_window(c);
	return 0;
}
