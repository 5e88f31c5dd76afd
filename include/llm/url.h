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
/*
 * What people leave out, before any parser guesses at it: a scheme, the port
 * behind its colon. 0, or -1 with ERR_USAGE.
 */
int url_check_form(const char *url, struct error *err);

/* What a transfer has to know of its server. */
struct url_server {
	char where[256]; /* "host port N ", as curl names it in its errors */
	bool tls, loopback;
};

/* Of a URL that url_check() lets pass. */
void url_server(struct url_server *out, const struct url *u);
/* Does curl's "Failed to connect to …" name another machine, a proxy? */
bool url_names_another(const struct url_server *s, const char *detail);
/* Is it this machine, whatever its name service says? */
bool url_loopback(const char *host);

#endif
