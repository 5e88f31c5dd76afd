/*
 * fake_llm - a model server on loopback that plays what a script says.
 *
 * As a library it runs in a thread of the test; as build/fake_llm it is a
 * program for the demo and the benches. It answers POST /v1/messages and
 * /v1/chat/completions with the script's replies, in the order in which whole
 * requests came in, over any number of connections; GET /v1/models with a
 * list; and records everything it was asked. Any other path is answered 404,
 * unless the script has a reply on it. A script that has run out answers 500
 * "script exhausted".
 *
 * A script is text. A blank line ends a reply, `#` at the start of a line
 * begins a comment, files are looked for beside the script. A line is a word
 * and its arguments; TEXT goes to the end of the line as it stands, ETEXT the
 * same with \n \r \t \0 \\ \xHH.
 *
 * What is said:
 *	reply PROTOCOL FILE [WORD=ARG …]  a stream that says FILE's text;
 *		PROTOCOL is anthropic, openai or auto (by the path asked for);
 *		any one-argument word below may follow as WORD=ARG
 *	say PROTOCOL ETEXT	the same with the text given here
 *	think ETEXT		reasoning before the text
 *	chunk N			bytes of text a delta (24)
 *	stop WORD		stop reason, in Anthropic's words (end_turn);
 *				`none` leaves it out; others pass as they are
 *	usage IN,OUT[,READ,WRITE]  or `none`, or the last usage object's JSON
 *	noend			no message_stop, no [DONE]
 *	newline lf|cr|crlf	line ends of the stream
 *	bom, tight		U+FEFF before it; no blank after colons in it
 *	status N [TEXT]		HTTP status and reason
 *	header NAME: VALUE	may be repeated; replaces a default of that name
 *	fill-headers N		N header lines of 40 bytes
 *	long-header N		one header line of N bytes
 *	body TEXT / file FILE	bytes of the body, a newline after TEXT
 *	event NAME TEXT / data TEXT / comment TEXT  server-sent events
 *	bytes ETEXT		bytes of the body, as they are
 *	fill N ETEXT		ETEXT N times
 *	endless ETEXT		ETEXT for ever after the body (see drip)
 *	raw [FILE]		the body is a whole HTTP response, head included
 *	(a stream stands where its reply or say does among these)
 * How it is sent:
 *	length exact|none|N	content-length right, left out (the body ends
 *				with the connection), or a lie
 *	chunked N		chunked, N bytes a chunk (4096)
 *	delay MS		before the first byte
 *	drip MS [N]		N bytes (1) each MS
 *	close			close after the reply
 *	cut AT			close; rst AT: reset
 *	stall AT MS		send nothing for MS (0: for ever)
 *		AT counts bytes of the body: N, N%, =TEXT (where TEXT begins),
 *		end, or `none` (before the first byte of the head); `rst accept`
 *		resets when the connection is made, without reading
 * Which request:
 *	repeat N		play this reply N times
 *	loop			the last reply plays for ever
 *	get			this reply is for the next GET
 *	on PATH			this reply is for the next request of that path
 *				(/api/show), GET or POST
 */
#ifndef FAKE_LLM_H
#define FAKE_LLM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct fake;

enum fake_proxy { PROXY_NONE, PROXY_407, PROXY_REFUSE, PROXY_FORWARD };

struct fake_options {
	const char *script;    /* text; NULL: nothing but `script exhausted` */
	const char *dir;       /* where its files are; NULL: here */
	const char *record;    /* folder for the requests, or NULL */
	bool check;	       /* refuse what the real APIs refuse */
	enum fake_proxy proxy; /* be a CONNECT proxy instead */
	int port;	       /* 0: any */
};

/* One request, in order of arrival. Lives as long as the server. */
struct fake_request {
	const char *method, *path;
	struct span head, body; /* head: lines behind the request line */
	int64_t at_ms;		/* since the server was opened */
	int reply;		/* number of the reply played, from 1; 0: none
				   of the script's */
};

/* Listens when it returns 0. ERR_USAGE names the script's bad line. */
int fake_open(struct fake **out, const struct fake_options *o,
	      struct error *err);
int fake_port(const struct fake *f);
/* Serve in a thread until fake_close(). */
void fake_start(struct fake *f);
/* Serve in this thread until fd (-1: none) is readable. */
void fake_serve(struct fake *f, int fd);
void fake_close(struct fake *f);

/* The following are safe while it serves. */
size_t fake_requests(struct fake *f);
const struct fake_request *fake_request(struct fake *f, size_t i);
size_t fake_connections(struct fake *f); /* accepted so far */
uint64_t fake_sent(struct fake *f);	 /* bytes sent so far, heads too */
/* A request's header value, or "" (in order of lookup, case ignored). */
struct span fake_header(const struct fake_request *rq, const char *name);

#endif
