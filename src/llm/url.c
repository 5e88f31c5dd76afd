/* Total and linear. The text of a refused URL is shown only when it cannot
 * hold a password. */
#include "llm/url.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

bool url_loopback(const char *host)
{
	struct span rest = span_of(host), part;
	int parts = 0;

	if (!strcmp(host, "localhost") || !strcmp(host, "[::1]"))
		return true;
	/* curl has turned 127.1 and 0x7f000001 into four decimal numbers */
	if (strspn(host, "0123456789.") != rest.len ||
	    !span_starts(rest, "127."))
		return false;
	while (text_field(&rest, '.', &part))
		parts += part.len > 0;
	return parts == 4;
}

int url_check_form(const char *url, struct error *err)
{
	const char *host = strstr(url, "://"), *end;
	bool secret = strchr(url, '@');

	if (!host && *url && !strpbrk(url, " \t\r\n"))
		return error_set(err, ERR_USAGE,
				 "'%s' has no scheme: put http:// or https:// "
				 "before it",
				 secret ? "…" : url);
	if (!host)
		return 0;
	host += 3;
	end = host + strcspn(host, "/?#");
	if (end > host && end[-1] == ':')
		return error_set(err, ERR_USAGE,
				 "'%s' has no port behind its last colon: put "
				 "one there or leave the colon out",
				 secret ? "…" : url);
	return 0;
}

void url_server(struct url_server *out, const struct url *u)
{
	*out = (struct url_server){ .tls = !strcmp(u->scheme, "https"),
				    .loopback = url_loopback(u->host) };
	/* an IPv6 address is named without its brackets */
	if (u->host[0] == '[')
		snprintf(out->where, sizeof(out->where), "%.*s port %s ",
			 (int)strcspn(u->host + 1, "]"), u->host + 1, u->port);
	else
		snprintf(out->where, sizeof(out->where), "%s port %s ", u->host,
			 u->port);
}

bool url_names_another(const struct url_server *s, const char *detail)
{
	static const char text[] = "Failed to connect to ";
	size_t n = sizeof(text) - 1;

	return !strncmp(detail, text, n) &&
	       strncasecmp(detail + n, s->where, strlen(s->where)) != 0;
}

int url_check(const struct url *u, bool allow_http, bool allow_query,
	      struct error *err)
{
	const char *what = NULL;

	if (u->user || u->password)
		what = "a user name or password";
	else if (u->fragment)
		what = "a fragment (#)";
	else if (u->query && !allow_query)
		what = "a query (?)";
	if (what)
		return error_set(err, ERR_USAGE,
				 "the base URL must not hold %s", what);
	if (!u->scheme ||
	    (strcmp(u->scheme, "https") != 0 && strcmp(u->scheme, "http") != 0))
		return error_set(err, ERR_USAGE,
				 "only https:// and http:// URLs work, not %s",
				 u->whole);
	if (!u->host || !*u->host)
		return error_set(err, ERR_USAGE, "no host in the URL %s",
				 u->whole);
	if (!strcmp(u->scheme, "http") && !allow_http && !url_loopback(u->host))
		return error_set(err, ERR_USAGE,
				 "plain http beyond this machine: %s; use "
				 "https://, or allow it with --allow-http",
				 u->whole);
	return 0;
}
