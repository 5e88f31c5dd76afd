/* Total: any bytes. Linear; the first of two equal headers counts. */
#include "llm/head.h"

#include <string.h>

#define MAX_LINES 4096

static const struct {
	const char *name;
	enum head_value value;
} kept[] = {
	{ "content-type", HEAD_CONTENT_TYPE },
	{ "retry-after", HEAD_RETRY_AFTER },
	{ "retry-after-ms", HEAD_RETRY_AFTER_MS },
	{ "x-should-retry", HEAD_SHOULD_RETRY },
	{ "request-id", HEAD_REQUEST_ID },
	{ "x-request-id", HEAD_REQUEST_ID },
};

static void keep(char *to, struct span v)
{
	if (*to)
		return;
	v = span_first(v, HEAD_VALUE - 1);
	for (size_t i = 0; i < v.len; i++)
		to[i] = v.ptr[i] < ' ' || v.ptr[i] == 0x7f ? '?' : v.ptr[i];
}

static bool encoded(struct span name, struct span value)
{
	if (!value.len || span_eqs_nocase(value, "identity"))
		return false;
	if (span_eqs_nocase(name, "transfer-encoding"))
		return !span_eqs_nocase(value, "chunked");
	return span_eqs_nocase(name, "content-encoding");
}

static void new_answer(struct head *h, struct span line)
{
	ptrdiff_t blank = span_chr(line, ' ');
	struct span code = span_first(span_from(line, (size_t)(blank + 1)), 3);

	memset(h->values, 0, sizeof(h->values));
	h->status = 0;
	h->encoded = false;
	for (size_t i = 0; i < code.len; i++)
		if (code.ptr[i] >= '0' && code.ptr[i] <= '9')
			h->status = h->status * 10 + (code.ptr[i] - '0');
}

enum http_end head_line(struct head *h, struct span line, int64_t max)
{
	struct span name, value = span_trim(line);

	h->bytes += (int64_t)line.len;
	if ((max && h->bytes > max) || ++h->lines > MAX_LINES)
		return HTTP_TOO_LARGE;
	if (span_starts(line, "HTTP/")) {
		new_answer(h, value);
		return HTTP_OK;
	}
	if (!text_field(&value, ':', &name))
		return HTTP_OK;
	value = span_trim(value);
	h->encoded = h->encoded || encoded(name, value);
	if (h->encoded && h->status / 100 == 2)
		return HTTP_ENCODED;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (span_eqs_nocase(name, kept[i].name))
			keep(h->values[kept[i].value], value);
	return HTTP_OK;
}

void head_result(struct http_result *out, const struct head *h)
{
	out->status = h->status;
	out->content_type = h->values[HEAD_CONTENT_TYPE];
	out->retry_after = h->values[HEAD_RETRY_AFTER];
	out->retry_after_ms = h->values[HEAD_RETRY_AFTER_MS];
	out->should_retry = h->values[HEAD_SHOULD_RETRY];
	out->request_id = h->values[HEAD_REQUEST_ID];
}
