#include "agent/job_error.h"

#include "base/buf.h"
#include "core/settings.h"
#include "llm/http.h"
#include "llm/provider.h"

/* What a transfer's end means to the user. */
void job_explain_end(struct error *err, const struct http_result *res,
		     const char *host, const struct settings *s)
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
	error_set(err, ERR_MODEL, "%s %s%s%s%s", words[res->end], host,
		  *res->detail ? " (" : "", res->detail,
		  *res->detail ? ")" : "");
}

static const char *status_advice(int status)
{
	switch (status) {
	case 401:
	case 403:
		return "; check the key with `architect doctor`";
	case 404:
		return "; check --model and the base URL";
	case 413:
		return "; review fewer files at once";
	default:
		return "";
	}
}

void job_explain_status(struct error *err, const struct http_result *res,
			const char *host)
{
	struct buf text = { 0 };

	provider_error_text(&text, res->body);
	if (res->status >= 300 && res->status < 400)
		error_set(err, ERR_MODEL,
			  "%s answered %d, a redirect, which is never "
			  "followed: set the base URL to the final address",
			  host, res->status);
	else
		error_set(err, ERR_MODEL, "%s answered %d%s%s%s", host,
			  res->status, text.len ? ": " : "", buf_cstr(&text),
			  status_advice(res->status));
	buf_release(&text);
}

bool job_event_stream(const struct http_result *res)
{
	return !*res->content_type ||
	       span_starts(span_of(res->content_type), "text/event-stream");
}
