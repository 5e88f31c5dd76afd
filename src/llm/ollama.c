/*
 * OLLAMA_HOST as Ollama's own client reads it.
 *
 * Source: ollama/ollama, envconfig/config.go, Host(), August 2026. Unlike it a
 * port that is none is refused, and an address that only a server can listen
 * on becomes the loopback one.
 */
#include "base/buf.h"
#include "llm/provider.h"

struct host {
	bool tls;
	struct span name, port, path;
};

static int refuse(const char *host, const char *why, struct error *err)
{
	struct buf shown = { 0 };

	text_visible_line(&shown, span_first(span_of(host), 200));
	error_set(err, ERR_USAGE,
		  "OLLAMA_HOST=%s cannot be an address: %s; give it as "
		  "host:port",
		  buf_cstr(&shown), why);
	buf_release(&shown);
	return -1;
}

/* "name", "name:port", "[v6]:port", "v6" */
static void split_port(struct host *h, struct span s)
{
	ptrdiff_t colon = span_chr(s, ':'), close = span_chr(s, ']');

	h->name = s;
	if (s.len && s.ptr[0] == '[' && close > 0) {
		h->name = span_first(s, (size_t)close + 1);
		if (span_starts(span_from(s, (size_t)close + 1), ":"))
			h->port = span_from(s, (size_t)close + 2);
	} else if (colon >= 0 &&
		   span_chr(span_from(s, (size_t)colon + 1), ':') < 0) {
		h->name = span_first(s, (size_t)colon);
		h->port = span_from(s, (size_t)colon + 1);
	}
}

static bool port_ok(struct span port)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < port.len; i++) {
		if (port.ptr[i] < '0' || port.ptr[i] > '9' || i == 5)
			return false;
		n = n * 10 + (unsigned)(port.ptr[i] - '0');
	}
	return n > 0 && n < 65536;
}

static bool name_ok(struct span name)
{
	size_t i;

	for (i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!((c >= '0' && c <= '9') || c == '-' || c == '.' ||
		      c == '_' || c == ':' || c == '[' || c == ']' ||
		      ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')))
			return false;
	}
	return true;
}

/* The scheme and the port it stands for; false: not http or https. */
static bool take_scheme(struct host *h, struct span *s)
{
	ptrdiff_t at = span_find(*s, SPAN("://"));
	struct span scheme = span_first(*s, at < 0 ? 0 : (size_t)at);

	h->port = SPAN("11434");
	if (at < 0) {
		if (!span_eqs(*s, "ollama.com"))
			return true;
		h->tls = true;
		h->port = SPAN("443");
		return true;
	}
	*s = span_from(*s, (size_t)at + 3);
	h->tls = span_eqs_nocase(scheme, "https");
	h->port = h->tls ? SPAN("443") : SPAN("80");
	return h->tls || span_eqs_nocase(scheme, "http");
}

static void add_name(struct buf *out, struct span name)
{
	static const char *const any[] = { "", "0.0.0.0", "*" };
	bool bare = span_chr(name, ':') >= 0 && name.ptr[0] != '[';
	size_t i;

	for (i = 0; i < sizeof(any) / sizeof(any[0]); i++)
		if (span_eqs(name, any[i]))
			name = SPAN("127.0.0.1");
	if (span_eqs(name, "::") || span_eqs(name, "[::]")) {
		name = SPAN("[::1]");
		bare = false;
	}
	buf_adds(out, bare ? "[" : "");
	buf_addsp(out, name);
	buf_adds(out, bare ? "]" : "");
}

static struct span unquote(struct span s)
{
	s = span_trim(s);
	while (s.len && (s.ptr[0] == '"' || s.ptr[0] == '\''))
		s = span_from(s, 1);
	while (s.len && (s.ptr[s.len - 1] == '"' || s.ptr[s.len - 1] == '\''))
		s.len--;
	return span_trim(s);
}

int ollama_base_url(struct buf *out, const char *host, struct error *err)
{
	struct span s = unquote(span_of(host));
	struct host h = { 0 };
	ptrdiff_t slash;

	if (!take_scheme(&h, &s))
		return refuse(host, "its scheme is neither http nor https",
			      err);
	slash = span_chr(s, '/');
	if (slash >= 0) {
		h.path = span_from(s, (size_t)slash);
		s = span_first(s, (size_t)slash);
	}
	split_port(&h, s);
	while (h.path.len && h.path.ptr[h.path.len - 1] == '/')
		h.path.len--;
	if (!name_ok(h.name) || span_chr(h.path, '?') >= 0 ||
	    span_chr(h.path, '#') >= 0)
		return refuse(host, "it holds what no host has", err);
	if (!port_ok(h.port))
		return refuse(host, "its port is no number from 1 to 65535",
			      err);
	buf_adds(out, h.tls ? "https://" : "http://");
	add_name(out, h.name);
	buf_addc(out, ':');
	buf_addsp(out, h.port);
	buf_addsp(out, h.path);
	if (!span_ends(h.path, "/v1"))
		buf_adds(out, "/v1");
	return 0;
}
