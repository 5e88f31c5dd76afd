/*
 * url - the parts of a URL that http was given by curl's parser, judged.
 */
#ifndef LLM_URL_H
#define LLM_URL_H

#include <stdbool.h>

#include "base/error.h"

/* Strings are NULL when the part is absent. An IPv6 host has its brackets. */
struct url {
	const char *whole;
	const char *scheme, *user, *password, *host, *port, *query, *fragment;
};

/* See http_check_url(); a query passes with allow_query. */
int url_check(const struct url *u, bool allow_http, bool allow_query,
	      struct error *err);
/* Is it this machine, whatever its name service says? */
bool url_loopback(const char *host);

#endif
