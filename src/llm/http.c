/*
 * Everything that arrives is hostile: each byte of headers and body is
 * counted before it is used, and each wait has a timer of ours. Transfers are
 * recycled; memory is bounded by the most that ran at once.
 */
#include "llm/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "llm/head.h"
#include "llm/url.h"
#include "llm/wait.h"

#define MAX_ERROR_BODY (64 * 1024)

struct transfer {
	struct transfer *next; /* active or unused list */
	struct http *http;
	CURL *easy;
	struct curl_slist *headers;
	struct http_request rq;
	struct head head;
	struct wait wait;
	curl_off_t uploaded;
	bool added, over; /* known to curl; ended by us, see end */
	enum http_end end;
	int64_t body_bytes;
	struct url_server server;
	char detail[CURL_ERROR_SIZE];
	char curl_says[CURL_ERROR_SIZE]; /* also when we ended it */
	struct buf body;		 /* of an error */
	struct error err;
};

struct http {
	struct arena arena;
	CURLM *multi;
	struct http_limits limits;
	struct transfer *active, *unused;
	const char *ca_file, *ca_dir;
	unsigned running;
	bool called; /* somebody was called back in this round */
};

int http_open(struct http **out, const struct http_limits *limits,
	      struct error *err)
{
	struct arena arena = { 0 };
	struct http *h;
	CURLM *multi;

	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, base_malloc, base_free,
				 base_realloc, base_strdup, base_calloc))
		return error_set(err, ERR_INTERNAL, "libcurl does not start");
	multi = curl_multi_init();
	if (!multi) {
		curl_global_cleanup();
		return error_set(err, ERR_INTERNAL, "libcurl has no handle");
	}
	h = arena_new(&arena, struct http);
	h->multi = multi;
	h->limits = *limits;
	h->ca_file = getenv("SSL_CERT_FILE");
	h->ca_dir = getenv("SSL_CERT_DIR");
	h->arena = arena;
	*out = h;
	return 0;
}

static void transfer_free_all(struct http *h, struct transfer *t)
{
	for (; t; t = t->next) {
		if (t->added)
			curl_multi_remove_handle(h->multi, t->easy);
		curl_easy_cleanup(t->easy);
		curl_slist_free_all(t->headers);
		buf_release(&t->body);
	}
}

void http_set_limits(struct http *h, const struct http_limits *limits)
{
	h->limits = *limits;
}

void http_close(struct http *h)
{
	struct arena arena;

	if (!h)
		return;
	transfer_free_all(h, h->active);
	transfer_free_all(h, h->unused);
	curl_multi_cleanup(h->multi);
	curl_global_cleanup();
	arena = h->arena; /* h lives in it */
	arena_release(&arena);
}

/* URLs are read by curl's own parser, so that both see the same host. */
static int check_url(const char *url, bool allow_http, bool allow_query,
		     struct url_server *server, struct error *err)
{
	static const CURLUPart parts[] = {
		CURLUPART_SCHEME,   CURLUPART_USER, CURLUPART_PASSWORD,
		CURLUPART_HOST,	    CURLUPART_PORT, CURLUPART_QUERY,
		CURLUPART_FRAGMENT,
	};
	enum { N = sizeof(parts) / sizeof(parts[0]) };
	char *got[N] = { 0 };
	struct url read;
	CURLU *u;
	CURLUcode rc;
	int r = -1;

	if (url_check_form(url, err))
		return -1;
	u = curl_url();
	rc = curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME);
	if (rc) {
		error_set(err, ERR_USAGE, "not a URL: \"%s\" (%s)",
			  strchr(url, '@') ? "…" : url, curl_url_strerror(rc));
		goto out;
	}
	for (size_t i = 0; i < N; i++)
		curl_url_get(u, parts[i], &got[i], CURLU_DEFAULT_PORT);
	read = (struct url){ url,    got[0], got[1], got[2],
			     got[3], got[4], got[5], got[6] };
	r = url_check(&read, allow_http, allow_query, err);
	if (!r && server)
		url_server(server, &read);
out:
	for (size_t i = 0; i < N; i++)
		curl_free(got[i]);
	curl_url_cleanup(u);
	return r;
}

int http_check_url(const char *url, bool allow_http, struct error *err)
{
	return check_url(url, allow_http, false, NULL, err);
}

/* -- What curl calls ------------------------------------------------------- */

static void stop(struct transfer *t, enum http_end end, const char *detail)
{
	t->over = true;
	t->end = end;
	snprintf(t->detail, sizeof(t->detail), "%s", detail);
}

static int on_connected(void *ctx, char *ip, char *from, int port, int port2)
{
	struct transfer *t = ctx;

	(void)ip, (void)from, (void)port, (void)port2;
	wait_enter(&t->wait, WAIT_ANSWER);
	return CURL_PREREQFUNC_OK;
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	struct span line = { p, size * n };
	enum http_end end;

	wait_enter(&t->wait, WAIT_MORE);
	end = head_line(&t->head, line, t->http->limits.max_headers);
	if (end == HTTP_OK)
		return line.len;
	stop(t, end,
	     end == HTTP_ENCODED ? "the answer is compressed"
				 : "the answer's headers are too large");
	return 0;
}

/* An error's text: enough of it is enough, even when it never ends. */
static size_t keep_error_body(struct transfer *t, struct span bytes)
{
	if (!t->head.encoded)
		buf_addsp(&t->body,
			  span_first(bytes, MAX_ERROR_BODY - t->body.len));
	if (t->body.len < MAX_ERROR_BODY)
		return bytes.len;
	stop(t, HTTP_OK, "the rest of the error was not read");
	return 0;
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	struct span bytes = { p, size * n };
	int64_t max = t->http->limits.max_body;

	wait_enter(&t->wait, WAIT_MORE);
	t->body_bytes += (int64_t)bytes.len;
	if (max && t->body_bytes > max) {
		stop(t, HTTP_TOO_LARGE, "the answer's body is too large");
		return 0;
	}
	if (t->head.status / 100 != 2)
		return keep_error_body(t, bytes);
	if (!t->rq.on_bytes || !bytes.len)
		return bytes.len;
	t->http->called = true;
	if (!t->rq.on_bytes(t->rq.ctx, bytes, &t->err))
		return bytes.len;
	stop(t, HTTP_STOPPED, "stopped by its reader");
	return 0;
}

/* -- Starting -------------------------------------------------------------- */

static void set_safety(CURL *c, const struct http *h)
{
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	/* http is let through here: check_url() has said where to */
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (h->ca_file && *h->ca_file) {
		curl_easy_setopt(c, CURLOPT_CAINFO, h->ca_file);
		curl_easy_setopt(c, CURLOPT_PROXY_CAINFO, h->ca_file);
	}
	if (h->ca_dir && *h->ca_dir) {
		curl_easy_setopt(c, CURLOPT_CAPATH, h->ca_dir);
		curl_easy_setopt(c, CURLOPT_PROXY_CAPATH, h->ca_dir);
	}
}

static void set_wire(CURL *c, const struct http *h)
{
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	/* a resolver that hangs must not hold up the end of the program */
	curl_easy_setopt(c, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(c, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	/* for a host's next address in time; our own timer is the law */
	if (h->limits.connect_ms)
		curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
				 (long)h->limits.connect_ms);
}

static void set_callbacks(CURL *c, struct transfer *t)
{
	curl_easy_setopt(c, CURLOPT_PRIVATE, t);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->curl_says);
	curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, on_connected);
	curl_easy_setopt(c, CURLOPT_PREREQDATA, t);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
}

static void set_request(CURL *c, struct transfer *t)
{
	const struct http_request *rq = &t->rq;

	curl_easy_setopt(c, CURLOPT_URL, rq->url);
	/* without TLS there is no HTTP/2 to wait for, only one another */
	curl_easy_setopt(c, CURLOPT_PIPEWAIT, t->server.tls ? 1L : 0L);
	/* what stays on this machine, key and code, is no proxy's business */
	if (t->server.loopback)
		curl_easy_setopt(c, CURLOPT_PROXY, "");
	if (!strcmp(rq->method, "GET")) {
		curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
	} else {
		curl_easy_setopt(c, CURLOPT_POST, 1L);
		curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, rq->method);
		curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)rq->body.len);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS,
				 rq->body.len ? rq->body.ptr : "");
	}
	/* no wait for a 100 before the body goes out */
	t->headers = curl_slist_append(NULL, "Expect:");
	for (size_t i = 0; rq->headers && rq->headers[i]; i++)
		t->headers = curl_slist_append(t->headers, rq->headers[i]);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, t->headers);
}

static struct transfer *transfer_take(struct http *h)
{
	struct transfer *t = h->unused, fresh = { 0 };

	if (t) {
		h->unused = t->next;
		fresh.easy = t->easy;
		fresh.body = t->body;
		buf_reset(&fresh.body);
		curl_easy_reset(t->easy);
	} else {
		t = arena_new(&h->arena, struct transfer);
		fresh.easy = curl_easy_init();
	}
	*t = fresh;
	t->http = h;
	return t;
}

int http_start(struct http *h, const struct http_request *rq, struct error *err)
{
	struct url_server server;
	struct transfer *t;

	if (check_url(rq->url, h->limits.allow_http, true, &server, err))
		return -1;
	for (size_t i = 0; rq->headers && rq->headers[i]; i++)
		if (strpbrk(rq->headers[i], "\r\n"))
			return error_set(err, ERR_USAGE,
					 "a line break in a request header: "
					 "look at the key and the version");
	t = transfer_take(h);
	t->rq = *rq;
	t->next = h->active;
	h->active = t;
	h->running++;
	t->server = server;
	t->wait.deadline = rq->deadline_ms;
	wait_enter(&t->wait, WAIT_CONNECT);
	if (!t->easy) {
		stop(t, HTTP_BAD, "libcurl gives no handle");
		return 0;
	}
	set_safety(t->easy, h);
	set_wire(t->easy, h);
	set_callbacks(t->easy, t);
	set_request(t->easy, t);
	return 0;
}

/* -- Ending ---------------------------------------------------------------- */

/* curl names a proxy's address where it names the server's otherwise. */
static bool proxy_failed(const struct transfer *t, CURLcode code)
{
	long answer = 0;

	if (t->head.status == 407)
		return true;
	if (t->wait.phase != WAIT_CONNECT || code == CURLE_OK)
		return false;
	curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &answer);
	if (answer >= 300 || strstr(t->detail, "CONNECT") ||
	    strstr(t->detail, " via "))
		return true;
	return code == CURLE_COULDNT_CONNECT &&
	       url_names_another(&t->server, t->detail);
}

/* A connection that broke: before it was one, or with the request gone out? */
static enum http_end broken(const struct transfer *t, CURLcode code)
{
	long fresh = 0;

	if (t->wait.phase == WAIT_CONNECT)
		return HTTP_REFUSED;
	if (t->wait.phase == WAIT_MORE || code == CURLE_GOT_NOTHING)
		return HTTP_CUT;
	curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &fresh);
	return fresh > 0 ? HTTP_REFUSED : HTTP_CUT;
}

/* HTTP_CUT here stands for broken(). */
static const struct {
	int code;
	enum http_end end;
} ends[] = {
	{ CURLE_OK, HTTP_OK },
	{ CURLE_COULDNT_RESOLVE_PROXY, HTTP_PROXY },
	{ CURLE_PROXY, HTTP_PROXY },
	{ CURLE_COULDNT_RESOLVE_HOST, HTTP_DNS },
	{ CURLE_COULDNT_CONNECT, HTTP_REFUSED },
	{ CURLE_INTERFACE_FAILED, HTTP_REFUSED },
	{ CURLE_NO_CONNECTION_AVAILABLE, HTTP_REFUSED },
	{ CURLE_SSL_CONNECT_ERROR, HTTP_TLS },
	{ CURLE_PEER_FAILED_VERIFICATION, HTTP_TLS },
	{ CURLE_SSL_CACERT_BADFILE, HTTP_TLS },
	{ CURLE_SSL_CERTPROBLEM, HTTP_TLS },
	{ CURLE_SSL_CIPHER, HTTP_TLS },
	{ CURLE_SSL_ISSUER_ERROR, HTTP_TLS },
	{ CURLE_SSL_INVALIDCERTSTATUS, HTTP_TLS },
	{ CURLE_USE_SSL_FAILED, HTTP_TLS },
	{ CURLE_OUT_OF_MEMORY, HTTP_TOO_LARGE }, /* curl's header ceiling */
	{ 100, HTTP_TOO_LARGE }, /* the same since 8.6: CURLE_TOO_LARGE */
	{ CURLE_FILESIZE_EXCEEDED, HTTP_TOO_LARGE },
	{ CURLE_BAD_CONTENT_ENCODING, HTTP_ENCODED },
	{ CURLE_RECV_ERROR, HTTP_CUT },
	{ CURLE_GOT_NOTHING, HTTP_CUT },
	{ CURLE_SEND_ERROR, HTTP_CUT },
	{ CURLE_PARTIAL_FILE, HTTP_CUT },
	{ CURLE_HTTP2, HTTP_CUT },
	{ CURLE_HTTP2_STREAM, HTTP_CUT },
};

static enum http_end end_of(const struct transfer *t, CURLcode code)
{
	size_t i = 0, n = sizeof(ends) / sizeof(ends[0]);

	if (proxy_failed(t, code))
		return HTTP_PROXY;
	if (code == CURLE_OPERATION_TIMEDOUT)
		return t->wait.phase == WAIT_CONNECT ? HTTP_CONNECT_TIMEOUT
						     : HTTP_IDLE_TIMEOUT;
	while (i < n && ends[i].code != (int)code)
		i++;
	if (i == n)
		return HTTP_BAD;
	/* the wire broke in the handshake; nobody disagreed about TLS */
	if (code == CURLE_SSL_CONNECT_ERROR &&
	    (strstr(t->detail, "SSL_ERROR_SYSCALL") ||
	     strstr(t->detail, "reset by peer")))
		return HTTP_REFUSED;
	if (code == CURLE_RECV_ERROR &&
	    strstr(t->detail, "Too large response headers"))
		return HTTP_TOO_LARGE;
	return ends[i].end == HTTP_CUT ? broken(t, code) : ends[i].end;
}

/* curl's words, where they are some and true. */
static void explain(struct transfer *t, CURLcode code)
{
	const char *says = t->curl_says;

	if (t->head.status == 407)
		says = "it answered 407: it wants a name and a password";
	else if (code == CURLE_OUT_OF_MEMORY)
		says = "a header is too long";
	else if (code && !*says)
		says = curl_easy_strerror(code);
	snprintf(t->detail, sizeof(t->detail), "%s", says);
}

/* The caller names host and port; curl would repeat both. */
static void shorten(struct transfer *t)
{
	long code = 0;

	if (t->end != HTTP_REFUSED || t->wait.phase != WAIT_CONNECT)
		return;
	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &code);
	if (code > 0)
		snprintf(t->detail, sizeof(t->detail), "%s",
			 strerror((int)code));
}

static void unlink_active(struct http *h, struct transfer *t)
{
	struct transfer **at = &h->active;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	h->running--;
}

/* Take t out of the pool, tell its owner, then let it be used again. */
static void finish(struct http *h, struct transfer *t, CURLcode code)
{
	struct http_result res = { 0 };

	if (!t->over) {
		explain(t, code);
		t->end = end_of(t, code);
		shorten(t);
	}
	if (t->added)
		curl_multi_remove_handle(h->multi, t->easy);
	t->added = false;
	curl_slist_free_all(t->headers);
	t->headers = NULL;
	unlink_active(h, t);
	for (char *p = t->detail; *p; p++)
		if (*p < ' ' || *p == 0x7f)
			*p = ' ';
	res.end = t->end;
	res.curl_code = (int)code;
	res.detail = t->detail;
	head_result(&res, &t->head);
	res.body = buf_span(&t->body);
	res.bytes = t->body_bytes;
	h->called = true;
	if (t->rq.on_done)
		t->rq.on_done(t->rq.ctx, &res, &t->err);
	if (t->easy) {
		t->next = h->unused;
		h->unused = t;
	}
}

/* -- Timers and running --------------------------------------------------- */

/* A request that is still going out has not begun to wait for an answer. */
static void note_upload(struct transfer *t)
{
	curl_off_t sent = 0;

	if (t->wait.phase != WAIT_ANSWER ||
	    t->uploaded >= (curl_off_t)t->rq.body.len)
		return;
	curl_easy_getinfo(t->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
	if (sent > t->uploaded) {
		t->uploaded = sent;
		wait_enter(&t->wait, WAIT_ANSWER);
	}
}

/* End what is late; returns the milliseconds to the next that may be. */
static int64_t check_timers(struct http *h)
{
	int64_t now = clock_mono_ms(), nearest = INT64_MAX;
	struct transfer *t, *next;

	for (t = h->active; t; t = next) {
		enum http_end end = HTTP_OK;
		int64_t at;

		next = t->next;
		if (!t->over) {
			note_upload(t);
			at = wait_due(&t->wait, &h->limits, &end);
			if (at > now) {
				if (at < nearest)
					nearest = at;
				continue;
			}
			stop(t, end, "");
			wait_words(&t->wait, end, t->detail, sizeof(t->detail));
		}
		finish(h, t, CURLE_OK);
	}
	return nearest == INT64_MAX ? INT64_MAX : nearest - now;
}

static void add_new(struct http *h)
{
	for (struct transfer *t = h->active; t; t = t->next) {
		if (t->added || t->over)
			continue;
		if (curl_multi_add_handle(h->multi, t->easy))
			stop(t, HTTP_BAD, "libcurl does not take the transfer");
		else
			t->added = true;
	}
}

/* One round without waiting; returns the longest wait until the next. */
static int64_t step(struct http *h)
{
	int running, left;
	CURLMsg *msg;

	add_new(h);
	curl_multi_perform(h->multi, &running);
	while ((msg = curl_multi_info_read(h->multi, &left))) {
		char *priv = NULL;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &priv);
		finish(h, (struct transfer *)(void *)priv, msg->data.result);
	}
	return check_timers(h);
}

unsigned http_run(struct http *h, int wait_ms, int wake_fd)
{
	struct curl_waitfd extra = { .fd = wake_fd,
				     .events = CURL_WAIT_POLLIN };
	int64_t wait;

	h->called = false;
	wait = step(h);
	if (h->called)
		return h->running;
	if (wait > wait_ms)
		wait = wait_ms;
	curl_multi_poll(h->multi, &extra, wake_fd >= 0 ? 1 : 0,
			wait > 0 ? (int)wait : 0, NULL);
	step(h);
	return h->running;
}

void http_wake(struct http *h)
{
	curl_multi_wakeup(h->multi);
}
