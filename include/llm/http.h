/*
 * http - a pool of HTTPS transfers. The only user of curl.
 *
 * Safe by default: https only (http to loopback, or anywhere with
 * allow_http), TLS 1.2 or later, certificates verified, no redirect ever
 * followed, no userinfo in a URL, identity encoding, ceilings on headers and
 * body, four timers of our own (connect, first byte, idle, whole). curl is
 * initialised by http_open().
 */
#ifndef LLM_HTTP_H
#define LLM_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct http;
struct transfer;

struct http_limits {
	int64_t connect_ms, first_byte_ms, idle_ms; /* 0: none */
	int64_t max_body, max_headers;		    /* bytes; 0: none */
	bool allow_http;
};

/* Why a transfer ended. */
enum http_end {
	HTTP_OK,      /* whole, as far as HTTP can tell */
	HTTP_STOPPED, /* on_bytes returned -1 */
	HTTP_REFUSED, /* could not connect, reset at connect */
	HTTP_DNS,     /* host name not found */
	HTTP_TLS,     /* handshake or certificate */
	HTTP_PROXY,   /* the proxy refused */
	HTTP_CUT,     /* connection lost after the request went out */
	HTTP_CONNECT_TIMEOUT,
	HTTP_FIRST_BYTE_TIMEOUT,
	HTTP_IDLE_TIMEOUT,
	HTTP_TOTAL_TIMEOUT, /* deadline_ms passed */
	HTTP_TOO_LARGE,	    /* body or headers over their ceiling */
	HTTP_ENCODED,	    /* a content encoding that was not asked for */
	HTTP_BAD	    /* anything else: not HTTP, bad URL … */
};

/* Borrowed for on_done only. Header values are "" when absent. */
struct http_result {
	enum http_end end;
	int status;	    /* 0 when none came */
	int curl_code;	    /* CURLcode, for -v */
	const char *detail; /* one line of curl's or ours */
	const char *content_type, *retry_after, *retry_after_ms, *should_retry,
		*request_id;
	struct span body; /* when status is not 2xx: first 64 KiB */
	int64_t bytes;	  /* of body received */
};

struct http_request {
	const char *method; /* "POST", "GET" */
	const char *url;
	const char *const *headers; /* "Name: value", NULL-terminated */
	struct span body;	    /* borrowed until on_done */
	int64_t deadline_ms; /* clock_mono_ms() at which it ends; 0 none */
	/* Body bytes of a 2xx answer as they come. -1 stops the transfer. */
	int (*on_bytes)(void *ctx, struct span bytes, struct error *err);
	/* Called exactly once, from http_run(). err is what on_bytes set. */
	void (*on_done)(void *ctx, const struct http_result *res,
			const struct error *err);
	void *ctx;
};

/* Returns 0 or -1 (ERR_INTERNAL). limits is copied. */
int http_open(struct http **out, const struct http_limits *limits,
	      struct error *err);
/* From now on these hold; for transfers started later. limits is copied. */
void http_set_limits(struct http *h, const struct http_limits *limits);
/* Ends running transfers without calling on_done. */
void http_close(struct http *h);
/*
 * May this URL be talked to? ERR_USAGE with the reason: scheme, plain http
 * beyond loopback, userinfo, no host, query or fragment.
 */
int http_check_url(const char *url, bool allow_http, struct error *err);
/* Start a transfer. -1 only when the URL (which may hold a query here) or a
 * header with a line break in it is refused (ERR_USAGE). */
int http_start(struct http *h, const struct http_request *rq,
	       struct error *err);
/*
 * Carry transfers on for at most wait_ms, or until wake_fd (-1: none) is
 * readable; calls back from here. Returns the number still running.
 */
unsigned http_run(struct http *h, int wait_ms, int wake_fd);
/* Make a http_run() that waits return soon. Safe from any thread. */
void http_wake(struct http *h);

/* Was this end, status or header worth another try? (retry.c) */
struct retry_advice {
	bool retry;
	int64_t delay_ms;   /* before the next try */
	int64_t too_long_s; /* > 0: the server asks to wait this long, over
			       the bound: fail and name the time */
	bool whole_host;    /* a rate limit: all requests should wait */
};
/*
 * Source: the vendors' SDKs' retry rules (408, 409, 425, 429, 500, 502, 503,
 * 504, 529 and transport failures; x-should-retry; retry-after-ms;
 * retry-after as seconds or HTTP date), own backoff 0.5 s·2ⁿ up to 8 s with
 * up to 25 % taken off at random. done is the number of tries made.
 *
 * An error status decides before the end does. A whole 2xx answer is not
 * worth another try: who finds its stream cut asks with HTTP_CUT, who finds an
 * error in it asks with the status that error stands for.
 */
struct retry_advice retry_advise(const struct http_result *res, unsigned done,
				 int64_t bound_ms);

#endif
