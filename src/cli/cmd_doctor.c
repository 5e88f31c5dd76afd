/* What works here, and what to do about what does not. */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mask.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/say.h"
#include "cli/signals.h"
#include "llm/ask.h"
#include "llm/http.h"
#include "llm/models.h"
#include "llm/provider.h"
#include "llm/window.h"
#include "repo/repo.h"

#define MAX_LIST (4 * 1024 * 1024)
#define ASK_MS 15000
/* In fewer tokens there is hardly room for a review. */
#define SMALL_WINDOW 32000

struct check_up {
	struct run run;
	struct buf out;
	enum error_kind worst;
	struct answer list; /* of models */
};

static void line(struct check_up *c, const char *mark, const char *what,
		 const char *text)
{
	struct buf masked = { 0 }, b = { 0 };

	mask_bytes(&masked, span_of(text), NULL);
	text_visible_line(&b, buf_span(&masked));
	buf_addf(&c->out, "%-5s %-8s %s\n", mark, what, buf_cstr(&b));
	buf_release(&masked);
	buf_release(&b);
}

static void bad(struct check_up *c, const char *what, const char *text,
		enum error_kind kind)
{
	line(c, "fail", what, text);
	if (!c->worst)
		c->worst = kind;
}

/* "/path, on main, shallow" */
static const char *repo_words(const struct repo_info *info, struct arena *a)
{
	struct span at = info->bare ? info->gitdir : info->workdir;
	struct span head = info->head_name;
	const char *on = "on ";

	while (at.len > 1 && at.ptr[at.len - 1] == '/')
		at.len--;
	/* no branch's name holds a blank */
	if (!*info->head || span_chr(head, ' ') >= 0)
		on = "";
	if (!*info->head)
		head = SPAN("no commit yet");
	return arena_printf(a, "%.*s, %s%.*s%s%s%s", SPAN_ARG(at), on,
			    SPAN_ARG(head), info->bare ? ", bare" : "",
			    info->shallow ? ", shallow" : "",
			    info->sparse ? ", sparse" : "");
}

static void check_repo(struct check_up *c)
{
	struct arena *a = &c->run.arena;
	struct guide_rules rules = {
		.max_bytes = c->run.inv->settings.max_guides,
		.import_depth = (unsigned)c->run.inv->settings.import_depth,
	};
	struct guide_list guides = { 0 };
	struct repo_info info = { 0 };
	struct error err = { 0 };

	if (repo_info(&info, a, c->run.repo, &err)) {
		bad(c, "repo", err.msg, ERR_REPO);
		return;
	}
	line(c, "ok", "repo", repo_words(&info, a));
	if (repo_guides(&guides, a, c->run.repo, NULL, NULL, 0, &rules, &err))
		bad(c, "guides", err.msg, ERR_REPO);
	else if (!guides.guides.len)
		line(c, "note", "guides",
		     "no CLAUDE.md or AGENTS.md at the top of HEAD's tree");
	vec_each (struct guide, g, &guides.guides)
		line(c, g->status == GUIDE_USED ? "ok" : "note", "guides",
		     arena_printf(a, "%.*s: %s", SPAN_ARG(g->path),
				  guide_status_name(g->status)));
}

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

/* Does the server list the model? Both vendors' lists are data[].id. */
static bool listed(struct check_up *c, struct span model, size_t *n)
{
	struct json *doc;
	const struct json *one;
	bool found = false;

	*n = 0;
	if (json_parse(&doc, &c->run.arena, buf_span(&c->list.body), NULL))
		return true;
	one = json_get(doc, "data");
	for (one = one ? one->child : NULL; one; one = one->next) {
		struct span id =
			json_string(json_get(one, "id"), &c->run.arena);

		++*n;
		/* a dated name of what is listed without its date */
		found |= variant(id, model) ||
			 (span_starts(model, "claude") && variant(model, id));
	}
	return found || !*n;
}

static void check_listed(struct check_up *c, const char *model)
{
	struct arena *a = &c->run.arena;
	size_t n;
	const char *where = "not the one model that the server has", *pull = "";

	if (listed(c, span_of(model), &n)) {
		line(c, "ok", "model", model);
		return;
	}
	if (n > 1)
		where = arena_printf(a, "not among the %s models of the server",
				     say_number(a, (long long)n));
	if (!strcmp(c->run.endpoint.provider->name, "ollama"))
		pull = ", or pull it first";
	bad(c, "model",
	    arena_printf(a, "%s is %s: choose with --model%s", model, where,
			 pull),
	    ERR_MODEL);
}

/* What the answer says of the server and the key. */
static void judge_answer(struct check_up *c)
{
	const char *host = c->run.endpoint.host,
		   *body = buf_cstr(&c->list.body);
	struct arena *a = &c->run.arena;

	if (c->list.end == HTTP_STOPPED)
		line(c, "note", "server",
		     arena_printf(a, "%s answers, but %s", host, body));
	else if (c->list.end != HTTP_OK)
		bad(c, "server",
		    arena_printf(a, "%s cannot be reached: %s", host, body),
		    ERR_MODEL);
	else if (c->list.status == 401 || c->list.status == 403)
		bad(c, "server",
		    arena_printf(a, "%s refuses the key (%d%s%s): set %s", host,
				 c->list.status, *body ? " " : "", body,
				 c->run.endpoint.key ? "a new one" : "one"),
		    ERR_MODEL);
	else if (c->list.status < 200 || c->list.status > 299)
		line(c, "note", "server",
		     arena_printf(a, "%s answers, but lists no models (%d)",
				  host, c->list.status));
	else
		line(c, "ok", "server", arena_printf(a, "%s answers", host));
}

static int check_server(struct check_up *c, struct error *err)
{
	const struct endpoint *ep = &c->run.endpoint;
	const char *model = ep->model ? ep->model : ep->provider->default_model;
	struct arena *a = &c->run.arena;
	struct error why = { 0 };
	const char *id = model;

	if (ep->offline) {
		line(c, "note", "provider",
		     ep->by_default ? "no model is configured, so reviews are "
				      "offline: set ANTHROPIC_API_KEY or "
				      "OPENAI_API_KEY, or "
				      "OLLAMA_HOST=127.0.0.1 for a local "
				      "model, or OPENAI_BASE_URL for any "
				      "compatible server"
				    : "offline: no model is consulted");
		return 0;
	}
	line(c, "ok", "provider",
	     arena_printf(a, "%s at %s (%s)", ep->provider->name, ep->base_url,
			  ep->base_url_from));
	line(c, ep->key ? "ok" : "note", "key",
	     ep->key ? arena_printf(a, "from %s", ep->key_from)
		     : "none is set, and none is needed");
	if (!ask_models(c, &why))
		judge_answer(c);
	else if (why.kind == ERR_INTERRUPTED)
		return error_set(err, why.kind, "%s", why.msg);
	else
		bad(c, "server", why.msg, ERR_MODEL);
	if (!model) {
		bad(c, "model", "none is chosen: name one with --model",
		    ERR_USAGE);
		return 0;
	}
	model_find(ep->provider->name, model, &id);
	if (answer_ok(&c->list))
		check_listed(c, id);
	return 0;
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
		line(c, "ok", "window",
		     arena_printf(a, "%s tokens, by --window",
				  say_number(a, given)));
		return;
	}
	m = model_find(ep->provider->name, name, &id);
	if (answer_ok(&c->list))
		m = window_model(ep->window, m, id);
	line(c, m && m->window >= SMALL_WINDOW ? "ok" : "note", "window",
	     window_words(ep->provider, m, id, answer_ok(&c->list), a));
}

int cmd_doctor(struct invocation *inv, struct error *err)
{
	struct check_up c = { 0 };
	int rc;

	if (inv->nwords || inv->npaths)
		return error_set(err, ERR_USAGE,
				 "doctor takes no words: it looks at all there "
				 "is (-C DIR names another repository)");
	line(&c, "ok", "program", "architect " VERSION);
	rc = run_open(&c.run, inv, RUN_KEY | RUN_HTTP, err);
	/* what is wrong with the settings is one of the findings */
	if (rc && (err->kind != ERR_USAGE || !c.run.repo))
		goto out;
	check_repo(&c);
	if (rc || run_ready(&c.run, err)) {
		bad(&c, "model", err->msg, ERR_USAGE);
	} else {
		rc = signals_open(&c.run.wake_fd, err);
		if (!rc)
			rc = check_server(&c, err);
		if (!rc && !c.run.endpoint.offline) {
			run_ask(&c.run, false);
			check_window(&c);
		}
		signals_close();
		if (rc)
			goto out;
	}
	rc = output_write(buf_span(&c.out), err);
	if (!rc && c.worst)
		rc = error_set(
			err, c.worst,
			"not everything works; the lines marked fail say "
			"what to do");
out:
	run_close(&c.run);
	buf_release(&c.out);
	answer_release(&c.list);
	return rc;
}
