/* What a server may answer and how that ends: rows of http.c. */
#ifndef HTTP_ANSWERS_H
#define HTTP_ANSWERS_H

#include "llm/http.h"

static const struct {
	const char *script;
	struct http_limits change; /* what is not 0 replaces LIMITS */
	int64_t deadline_in;
	enum http_end end;
	int status;
	const char *body;
} answers[] = {
	{ "body hello", { 0 }, 0, HTTP_OK, 200, "hello\n" },
	{ "body hello\nchunked 1", { 0 }, 0, HTTP_OK, 200, "hello\n" },
	{ "body hello\nlength exact", { 0 }, 0, HTTP_OK, 200, "hello\n" },
	{ "body hello\nlength none", { 0 }, 0, HTTP_OK, 200, "hello\n" },
	{ "body hello\nlength none\ncut 3", { 0 }, 0, HTTP_OK, 200, "hel" },
	{ "status 204\nlength exact", { 0 }, 0, HTTP_OK, 204, "" },
	{ "body x\ndrip 1", { 0 }, 0, HTTP_OK, 200, "x\n" },
	{ "header Content-Encoding: identity\nbody x",
	  { 0 },
	  0,
	  HTTP_OK,
	  200,
	  "x\n" },
	{ "raw\nbytes HTTP/1.1 100 Go on\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n"
	  "Content-Length: 1\\r\\n\\r\\nx",
	  { 0 },
	  0,
	  HTTP_OK,
	  200,
	  "x" },
	/* bodies of errors are kept, not passed on */
	{ "status 401\nbody no", { 0 }, 0, HTTP_OK, 401, "" },
	{ "status 302\nheader Location: /else", { 0 }, 0, HTTP_OK, 302, "" },
	{ "status 500\nendless sorry", { 0 }, 0, HTTP_OK, 500, "" },
	{ "status 500\nheader Content-Encoding: gzip\nbody x",
	  { 0 },
	  0,
	  HTTP_OK,
	  500,
	  "" },
	{ "raw\nbytes HTTP/1.1 429 No\\r\\nTransfer-Encoding: gzip, chunked"
	  "\\r\\n\\r\\n1\\r\\nx\\r\\n0\\r\\n\\r\\n",
	  { 0 },
	  0,
	  HTTP_OK,
	  429,
	  "" },
	/* patience */
	{ "stall none 0",
	  { .first_byte_ms = 60 },
	  0,
	  HTTP_FIRST_BYTE_TIMEOUT,
	  0,
	  "" },
	{ "body hello\nstall 0 0",
	  { .idle_ms = 60 },
	  0,
	  HTTP_IDLE_TIMEOUT,
	  200,
	  "" },
	{ "body hello\nstall 3 0",
	  { .idle_ms = 60 },
	  0,
	  HTTP_IDLE_TIMEOUT,
	  200,
	  "hel" },
	{ "stall none 0", { 0 }, 60, HTTP_TOTAL_TIMEOUT, 0, "" },
	{ "body hello\nstall 3 0", { 0 }, 700, HTTP_TOTAL_TIMEOUT, 200, "hel" },
	{ "comment ping\nendless : ping\\n\\n\ndrip 5 99",
	  { 0 },
	  700,
	  HTTP_TOTAL_TIMEOUT,
	  200,
	  NULL },
	{ "fill 1000 a\ndrip 5", { 0 }, 700, HTTP_TOTAL_TIMEOUT, 200, NULL },
	/* broken wires */
	{ "rst accept", { 0 }, 0, HTTP_REFUSED, 0, "" },
	{ "rst none", { 0 }, 0, HTTP_REFUSED, 0, "" },
	{ "cut none", { 0 }, 0, HTTP_CUT, 0, "" },
	{ "body hello\ncut 3", { 0 }, 0, HTTP_CUT, 200, "hel" },
	{ "body hello\ncut end", { 0 }, 0, HTTP_CUT, 200, "hello\n" },
	{ "body hello\nlength exact\ncut 3", { 0 }, 0, HTTP_CUT, 200, "hel" },
	{ "body hello\nlength 99\nclose", { 0 }, 0, HTTP_CUT, 200, "hello\n" },
	{ "body hello\nstall 3 50\nrst 3", { 0 }, 0, HTTP_CUT, 200, "hel" },
	{ "raw\nbytes HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n"
	  "\\r\\nzz\\r\\n\nclose",
	  { 0 },
	  0,
	  HTTP_CUT,
	  200,
	  "" },
	/* ceilings */
	{ "fill 4097 a", { .max_body = 4096 }, 0, HTTP_TOO_LARGE, 200, NULL },
	{ "fill 4096 a", { .max_body = 4096 }, 0, HTTP_OK, 200, NULL },
	{ "endless aaaaaaaa", { 0 }, 0, HTTP_TOO_LARGE, 200, NULL },
	{ "fill-headers 100000", { 0 }, 0, HTTP_TOO_LARGE, 200, "" },
	{ "fill-headers 5000",
	  { .max_headers = 1 << 24 },
	  0,
	  HTTP_TOO_LARGE,
	  200,
	  "" },
	{ "long-header 70000", { 0 }, 0, HTTP_TOO_LARGE, 200, "" },
	{ "long-header 1048576", { 0 }, 0, HTTP_TOO_LARGE, 200, "" },
	/* what was not asked for */
	{ "header Content-Encoding: gzip\nbody x",
	  { 0 },
	  0,
	  HTTP_ENCODED,
	  200,
	  "" },
	{ "raw\nbytes HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip, chunked"
	  "\\r\\n\\r\\n0\\r\\n\\r\\n",
	  { 0 },
	  0,
	  HTTP_ENCODED,
	  200,
	  "" },
	{ "raw\nbytes SSH-2.0-OpenSSH_9.2\\r\\n\nclose",
	  { 0 },
	  0,
	  HTTP_BAD,
	  0,
	  "" },
};

#endif
