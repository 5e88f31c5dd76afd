#include "agent/job_error.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "core/settings.h"
#include "llm/endpoint.h"
#include "llm/http.h"
#include "llm/models.h"
#include "llm/provider.h"
#include "llm/url.h"

/* Seconds from now within which a time of the day says it all. */
#define SAME_DAY (20 * 3600)
/* A server that asks for more has no idea. */
#define MONTH (30 * 24 * 3600)

/* What a transfer's end means to the user. */
void job_explain_end(struct error *err, const struct http_result *res,
		     const struct endpoint *ep, const struct settings *s)
{
	static const char *const words[] = {
		[HTTP_REFUSED] = "cannot connect to",
		[HTTP_DNS] = "cannot find the host",
		[HTTP_TLS] = "no trusted TLS connection to",
		[HTTP_PROXY] = "the proxy gave no connection to",
		[HTTP_CUT] = "the connection was lost to",
		[HTTP_CONNECT_TIMEOUT] = "no connection in time "
					 "(--connect-timeout) to",
		[HTTP_FIRST_BYTE_TIMEOUT] = "no answer in time "
					    "(--first-byte-timeout) from",
		[HTTP_IDLE_TIMEOUT] = "silence for too long (--idle-timeout) "
				      "from",
		[HTTP_TOO_LARGE] = "more bytes than the ceiling allows from",
		[HTTP_ENCODED] = "a content encoding that was not asked for "
				 "from",
		[HTTP_BAD] = "no usable HTTP answer from",
	};

	if (res->end == HTTP_TOTAL_TIMEOUT) {
		error_set(err, ERR_BUDGET,
			  "the time limit (--timeout %lld s) ended the "
			  "conversation",
			  (long long)s->timeout / 1000);
		return;
	}
	error_set(err, ERR_MODEL, "%s %s%s%s%s", words[res->end], ep->host,
		  *res->detail ? " (" : "", res->detail,
		  *res->detail ? ")" : "");
}

static void advise_key(struct error *err, const struct endpoint *ep)
{
	if (ep->key_from)
		error_suffix(err,
			     "put a valid key into %s (`architect doctor` "
			     "checks it)",
			     ep->key_from);
	else if (ep->provider->key_env[0])
		error_suffix(err, "it wants a key: set %s",
			     ep->provider->key_env[0]);
}

/* Is it the model that is not there, or what the address names? */
static void advise_not_found(struct error *err, const struct http_result *res,
			     const struct endpoint *ep, const char *model)
{
	const char *near = model_near(ep->provider->name, model);

	if (span_find(res->body, span_of(model)) < 0)
		error_suffix(err, "check --base-url (%s) and --model (%s)",
			     ep->base_url, model);
	else if (ep->provider->pull)
		error_suffix(err,
			     "`%s %s` fetches it, `architect doctor` shows "
			     "what is there",
			     ep->provider->pull, model);
	else if (near && strcmp(near, model) != 0)
		error_suffix(err, "did you mean --model %s?", near);
	else
		error_suffix(err, "`architect doctor` shows the models it has");
}

void job_explain_status(struct error *err, const struct http_result *res,
			const struct endpoint *ep, const char *model)
{
	struct buf text = { 0 };

	if (res->status >= 300 && res->status < 400) {
		error_set(err, ERR_MODEL,
			  "%s answered %d, a redirect, which is never "
			  "followed: set the base URL to the final address",
			  ep->host, res->status);
		return;
	}
	provider_error_text(&text, res->body);
	error_set(err, ERR_MODEL, "%s answered %d%s%s", ep->host, res->status,
		  text.len ? ": " : "", buf_cstr(&text));
	buf_release(&text);
	if (res->status == 401 || res->status == 403)
		advise_key(err, ep);
	else if (res->status == 404)
		advise_not_found(err, res, ep, model);
	else if (res->status == 413)
		error_suffix(err, "review fewer files at once");
}

void job_explain_wait(struct error *err, const struct endpoint *ep,
		      int64_t seconds)
{
	time_t then = (time_t)(clock_wall_s() + seconds);
	const char *form = seconds < SAME_DAY ? "%H:%M" : "%Y-%m-%d %H:%M";
	char at[32];
	struct tm tm;

	error_set(err, ERR_MODEL,
		  "%s is limiting requests: it asks to wait %lld s", ep->host,
		  (long long)seconds);
	if (seconds < MONTH && localtime_r(&then, &tm) &&
	    strftime(at, sizeof(at), form, &tm))
		error_suffix(err, "run again after %s", at);
	else
		error_suffix(err, "run again then");
}

/* ep->host is HOST or HOST:PORT, and an IPv6 host has its brackets. */
static bool on_this_machine(const struct endpoint *ep)
{
	const char *port = strrchr(ep->host, ':');
	char host[256];

	if (port && strchr(port, ']'))
		port = NULL;
	snprintf(host, sizeof(host), "%.*s",
		 port ? (int)(port - ep->host) : (int)sizeof(host), ep->host);
	return url_loopback(host);
}

/* Nobody listens. */
static void advise_connection(struct error *err, const struct endpoint *ep)
{
	if (ep->provider->start)
		error_suffix(err, "is %s running? `%s` starts it",
			     ep->provider->title, ep->provider->start);
	else if (on_this_machine(ep))
		error_suffix(err, "no server listens there: start it, or name "
				  "another with --base-url");
	else
		error_suffix(err,
			     "check the network and --base-url (%s); "
			     "`--provider offline` needs neither",
			     ep->base_url);
}

void job_advise(struct error *err, const struct http_result *res,
		const struct endpoint *ep)
{
	switch (res->end) {
	case HTTP_REFUSED:
	case HTTP_CONNECT_TIMEOUT:
		advise_connection(err, ep);
		return;
	case HTTP_DNS:
		error_suffix(err,
			     "check the network and --base-url (%s); "
			     "`--provider offline` needs neither",
			     ep->base_url);
		return;
	case HTTP_PROXY:
		error_suffix(err, "HTTPS_PROXY names the proxy, NO_PROXY the "
				  "hosts that need none");
		return;
	case HTTP_TLS:
		error_suffix(err, "SSL_CERT_FILE names certificates of an "
				  "authority of your own");
		return;
	default:
		break;
	}
	if (res->status == 429)
		error_suffix(err,
			     "run again in a minute, or with fewer --jobs");
	else if (res->status >= 500)
		error_suffix(err, "the fault is the server's: run again later");
}

bool job_event_stream(const struct http_result *res)
{
	return !*res->content_type ||
	       span_starts(span_of(res->content_type), "text/event-stream");
}
