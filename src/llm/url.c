/* Total and linear. The text of a refused URL is shown only when it cannot
 * hold a password. */
#include "llm/url.h"

#include <string.h>

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
