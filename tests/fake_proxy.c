/* A proxy that refuses, or joins its client with whom it asks for. */
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fake_server.h"

static int dial(struct span host_port)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list;
	char host[256], *port;
	int fd = -1;

	snprintf(host, sizeof(host), "%.*s", SPAN_ARG(host_port));
	port = strrchr(host, ':');
	if (!port)
		return -1;
	*port++ = '\0';
	if (getaddrinfo(host, port, &hints, &list))
		return -1;
	fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, list->ai_addr, list->ai_addrlen)) {
		close(fd);
		fd = -1;
	}
	freeaddrinfo(list);
	return fd;
}

/* Join c with the server it asks for, or refuse. */
static void tunnel(struct fake *f, struct conn *c)
{
	struct span in = buf_span(&c->in), head = in, line, method, target,
		    host;
	bool whole = span_find(in, SPAN("\r\n\r\n")) >= 0, connecting;
	struct fake_request *rq;
	int fd;

	if (!whole)
		return;
	text_line(&head, &line);
	text_field(&line, ' ', &method);
	text_field(&line, ' ', &target);
	connecting = span_eqs(method, "CONNECT");
	rq = arena_new(&f->arena, struct fake_request);
	rq->method = arena_cstr(&f->arena, method);
	rq->path = arena_cstr(&f->arena, target);
	rq->head = arena_span(&f->arena, head);
	fake_record(f, rq);
	c->closing = true;
	if (f->o.proxy == PROXY_407) {
		buf_adds(&c->out, "HTTP/1.1 407 Proxy Authentication Required"
				  "\r\nproxy-authenticate: Basic realm=\"p\""
				  "\r\ncontent-length: 0\r\n\r\n");
		c->answering = true;
		return;
	}
	if (!connecting)
		target = span_from(target, 7);
	text_field(&target, '/', &host);
	fd = f->o.proxy == PROXY_FORWARD ? dial(host) : -1;
	c->gone = fd < 0;
	if (fd < 0)
		return;
	c->closing = false;
	c->peer = fake_add_conn(f, fd);
	if (!c->peer)
		return;
	c->peer->peer = c;
	if (connecting) {
		buf_reset(&c->in);
		buf_adds(&c->out, "HTTP/1.1 200 Connected\r\n\r\n");
	}
}

/* What one half has read is what the other has to send. */
static void pass_on(struct conn *c)
{
	buf_addsp(&c->peer->out, buf_span(&c->in));
	buf_reset(&c->in);
	if (c->gone && c->peer->sent == c->peer->out.len)
		c->peer->gone = true;
}

static void send_raw(struct conn *c)
{
	ssize_t n = send(c->fd, c->out.ptr + c->sent, c->out.len - c->sent,
			 MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n > 0)
		buf_drop(&c->out, (size_t)n);
	else if (n < 0 && errno != EAGAIN)
		c->gone = true;
	if (c->closing && !c->out.len)
		c->gone = true;
}

void fake_proxy_step(struct fake *f, struct conn *c)
{
	if (!c->peer && !c->answering && !c->closing)
		tunnel(f, c);
	if (c->peer)
		pass_on(c);
	if (c->out.len || c->closing)
		send_raw(c);
}
