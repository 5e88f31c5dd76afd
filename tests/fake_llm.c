#include "fake_llm.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "fake_server.h"

int fake_open(struct fake **out, const struct fake_options *o,
	      struct error *err)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				  .sin_port = htons((uint16_t)o->port) };
	socklen_t len = sizeof(at);
	struct arena arena = { 0 };
	struct fake *f = arena_new(&arena, struct fake);
	int on = 1;

	f->arena = arena;
	f->o = *o;
	f->opened_ms = clock_mono_us() / 1000;
	pthread_mutex_init(&f->lock, NULL);
	*out = f;
	f->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(f->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (pipe2(f->stop, O_CLOEXEC) ||
	    bind(f->fd, (struct sockaddr *)&at, sizeof(at)) ||
	    listen(f->fd, 512) ||
	    getsockname(f->fd, (struct sockaddr *)&at, &len))
		return error_set(err, ERR_IO, "cannot listen: %s",
				 strerror(errno));
	f->port = ntohs(at.sin_port);
	if (o->record)
		mkdir(o->record, 0700);
	return fake_script_parse(&f->script, span_of(o->script), o->dir, err);
}

int fake_port(const struct fake *f)
{
	return f->port;
}

/* -- Requests -------------------------------------------------------------- */

struct span fake_header(const struct fake_request *rq, const char *name)
{
	struct span rest = rq->head, l, n;

	while (text_line(&rest, &l))
		if (text_field(&l, ':', &n) && span_eqs_nocase(n, name))
			return span_trim(l);
	return SPAN("");
}

static void write_file(const char *dir, size_t n, const char *ext,
		       struct span s)
{
	char path[4096];
	FILE *to;

	snprintf(path, sizeof(path), "%s/%03zu.%s", dir, n, ext);
	to = fopen(path, "wb");
	if (!to)
		return;
	fwrite(s.ptr, 1, s.len, to);
	fclose(to);
}

void fake_record(struct fake *f, struct fake_request *rq)
{
	struct buf head = { 0 };
	size_t n;

	pthread_mutex_lock(&f->lock);
	*vec_push(&f->requests, &f->arena) = rq;
	n = f->requests.len;
	pthread_mutex_unlock(&f->lock);
	if (!f->o.record)
		return;
	buf_addf(&head, "%s %s\nat-ms: %lld\nreply: %d\n%.*s", rq->method,
		 rq->path, (long long)rq->at_ms, rq->reply, SPAN_ARG(rq->head));
	write_file(f->o.record, n, "head", buf_span(&head));
	write_file(f->o.record, n, "json", rq->body);
	buf_release(&head);
}

/*
 * The next of the script's replies for such a request; NULL: run out. on: only
 * those for that path; empty: only those for any.
 */
static struct fake_reply *next_reply(struct fake *f, bool get, struct span on)
{
	struct fake_script *s = &f->script;

	for (size_t i = f->next; i < s->replies.len; i++) {
		struct fake_reply *r = &s->replies.ptr[i];

		if (!r->repeat || !span_eq(r->on, on) ||
		    (!on.len && r->get != get))
			continue;
		if (--r->repeat == 0 && s->loop && i + 1 == s->replies.len)
			r->repeat = 1;
		while (f->next < s->replies.len &&
		       !s->replies.ptr[f->next].repeat)
			f->next++;
		return r;
	}
	return NULL;
}

static void plain(struct buf *out, int status, struct span body)
{
	buf_addf(out,
		 "HTTP/1.1 %d Said\r\ncontent-type: application/json\r\n"
		 "content-length: %zu\r\n\r\n",
		 status, body.len);
	buf_addsp(out, body);
}

static const char models[] =
	"{\"object\":\"list\",\"data\":[{\"type\":\"model\",\"object\":"
	"\"model\",\"id\":\"fake\",\"display_name\":\"Fake\",\"created_at\":"
	"\"2026-01-01T00:00:00Z\",\"created\":1,\"owned_by\":\"tests\","
	"\"max_input_tokens\":200000,\"max_tokens\":64000}],"
	"\"has_more\":false,\"first_id\":\"fake\",\"last_id\":\"fake\"}";

static void answer(struct fake *f, struct conn *c, struct fake_request *rq)
{
	bool get = !strcmp(rq->method, "GET");
	struct buf body = { 0 };
	struct span none = { 0 };
	struct fake_reply *r = next_reply(f, get, span_of(rq->path));
	int status = f->o.check ? fake_refusal(&body, rq, r != NULL) : 0;

	if (status)
		r = NULL;
	else if (!r)
		r = next_reply(f, get, none);

	c->answering = true;
	c->sent = 0;
	c->reply = r;
	c->action = 0;
	c->wake_ms = 0;
	buf_reset(&c->out);
	if (r) {
		rq->reply = (int)(r - f->script.replies.ptr) + 1;
		fake_wire(&c->out, r, rq->path);
		if (r->delay_ms)
			c->wake_ms = clock_mono_us() / 1000 + r->delay_ms;
	} else if (status) {
		plain(&c->out, status, buf_span(&body));
	} else if (get && strstr(rq->path, "/models")) {
		plain(&c->out, 200, SPAN(models));
	} else if (get) {
		plain(&c->out, 404, SPAN("{\"error\":\"not found\"}"));
	} else {
		plain(&c->out, 500,
		      SPAN("{\"type\":\"error\",\"error\":{\"type\":"
			   "\"api_error\",\"message\":\"script exhausted\"}}"));
	}
	buf_release(&body);
	fake_record(f, rq);
}

/* Without the scheme and host that a proxy's client puts before it. */
static struct span bare_path(struct span target)
{
	ptrdiff_t slash;

	if (!span_starts(target, "http://"))
		return target;
	target = span_from(target, 7);
	slash = span_chr(target, '/');
	return slash < 0 ? SPAN("/") : span_from(target, (size_t)slash);
}

/* Take one whole request off c->in; false when it is not whole yet. */
static bool take_request(struct fake *f, struct conn *c)
{
	struct span in = buf_span(&c->in), head, line, method, target, length;
	ptrdiff_t end = span_find(in, SPAN("\r\n\r\n"));
	struct fake_request *rq, probe = { 0 };
	size_t body_len = 0;

	if (end < 0)
		return false;
	head = span_first(in, (size_t)end + 2);
	text_line(&head, &line);
	probe.head = head;
	length = fake_header(&probe, "content-length");
	for (size_t i = 0; i < length.len; i++)
		body_len = body_len * 10 + (size_t)(length.ptr[i] - '0');
	if (in.len < (size_t)end + 4 + body_len)
		return false;
	rq = arena_new(&f->arena, struct fake_request);
	text_field(&line, ' ', &method);
	text_field(&line, ' ', &target);
	rq->method = arena_cstr(&f->arena, method);
	rq->path = arena_cstr(&f->arena, bare_path(target));
	rq->head = arena_span(&f->arena, head);
	rq->body =
		arena_span(&f->arena, span_first(span_from(in, (size_t)end + 4),
						 body_len));
	rq->at_ms = clock_mono_us() / 1000 - f->opened_ms;
	buf_drop(&c->in, (size_t)end + 4 + body_len);
	answer(f, c, rq);
	return true;
}

/* -- Sending --------------------------------------------------------------- */

static void reset(struct conn *c)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	c->gone = true;
}

/*
 * Carry out the actions that are due here. Returns how many bytes may go out
 * before the next one.
 */
static size_t act(struct conn *c, int64_t now)
{
	struct fake_reply *r = c->reply;

	while (r && c->action < r->actions.len) {
		struct fake_action *a = &r->actions.ptr[c->action];

		if (a->wire > c->sent)
			return a->wire - c->sent;
		c->action++;
		if (a->act == ACT_STALL) {
			c->wake_ms = a->ms ? now + a->ms : FOREVER;
			return 0;
		}
		if (a->act == ACT_RST)
			reset(c);
		c->gone = true;
		return 0;
	}
	return c->out.len - c->sent;
}

static void refill(struct conn *c)
{
	struct span s = c->reply->endless;
	bool framed = c->reply->framing == FRAME_CHUNKED && !c->reply->raw;

	buf_reset(&c->out);
	c->sent = 0;
	do {
		if (framed)
			buf_addf(&c->out, "%zx\r\n", s.len);
		buf_addsp(&c->out, s);
		if (framed)
			buf_adds(&c->out, "\r\n");
	} while (!c->reply->drip_ms && c->out.len < 16384);
}

static void done(struct conn *c)
{
	struct fake_reply *r = c->reply;

	c->answering = false;
	c->reply = NULL;
	if (r && (r->close || r->framing == FRAME_NONE))
		c->gone = true;
}

static void send_some(struct fake *f, struct conn *c, int64_t now)
{
	struct fake_reply *r = c->reply;
	ssize_t n;
	size_t may;

	if (c->wake_ms > now)
		return;
	c->wake_ms = 0;
	if (c->sent == c->out.len && r && r->endless.len)
		refill(c);
	may = act(c, now);
	if (c->gone || c->wake_ms)
		return;
	if (r && r->drip_ms && may > r->drip_n)
		may = r->drip_n;
	n = may ? send(c->fd, c->out.ptr + c->sent, may,
		       MSG_NOSIGNAL | MSG_DONTWAIT)
		: 0;
	if (n < 0) {
		c->gone = errno != EAGAIN && errno != EINTR;
		return;
	}
	c->sent += (size_t)n;
	pthread_mutex_lock(&f->lock);
	f->sent += (uint64_t)n;
	pthread_mutex_unlock(&f->lock);
	if (r && r->drip_ms)
		c->wake_ms = now + r->drip_ms;
	if (c->sent == c->out.len && (!r || !r->endless.len) &&
	    (!r || c->action >= r->actions.len))
		done(c);
}

/* -- The loop -------------------------------------------------------------- */

struct conn *fake_add_conn(struct fake *f, int fd)
{
	int on = 1;
	struct conn *c;

	if (f->n == MAX_CONNS) {
		close(fd);
		return NULL;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	c = &f->conns[f->n++];
	*c = (struct conn){ .fd = fd };
	return c;
}

static void read_some(struct conn *c)
{
	char *to = buf_reserve(&c->in, 65536);
	ssize_t n = recv(c->fd, to, 65536, MSG_DONTWAIT);

	if (n > 0)
		c->in.len += (size_t)n;
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		c->gone = true;
}

static void accept_one(struct fake *f)
{
	int fd = accept4(f->fd, NULL, NULL, SOCK_CLOEXEC);
	struct fake_script *s = &f->script;
	struct conn *c;

	if (fd < 0)
		return;
	pthread_mutex_lock(&f->lock);
	f->connections++;
	pthread_mutex_unlock(&f->lock);
	c = fake_add_conn(f, fd);
	if (!c || f->next >= s->replies.len ||
	    !s->replies.ptr[f->next].actions.len ||
	    s->replies.ptr[f->next].actions.ptr[0].at != AT_ACCEPT)
		return;
	next_reply(f, false, (struct span){ 0 });
	reset(c);
}

static void step(struct fake *f, struct conn *c, short events, int64_t now)
{
	/* POLLHUP without POLLIN still has to be read to be known */
	if (events & (POLLIN | POLLHUP | POLLERR))
		read_some(c);
	if (f->o.proxy != PROXY_NONE) {
		fake_proxy_step(f, c);
		return;
	}
	if (!c->answering && !c->gone)
		take_request(f, c);
	if (c->answering && !c->gone)
		send_some(f, c, now);
}

static void drop_gone(struct fake *f)
{
	for (size_t i = 0; i < f->n;) {
		struct conn *c = &f->conns[i];

		if (!c->gone) {
			i++;
			continue;
		}
		if (c->peer)
			c->peer->peer = NULL, c->peer->closing = true;
		close(c->fd);
		buf_release(&c->in);
		buf_release(&c->out);
		*c = f->conns[--f->n];
		if (c->peer && f->n != i)
			c->peer->peer = c;
	}
}

static int fill_poll(struct fake *f, struct pollfd *p, int64_t now)
{
	int64_t wait = 1000;

	for (size_t i = 0; i < f->n; i++) {
		struct conn *c = &f->conns[i];
		bool raw = f->o.proxy != PROXY_NONE;
		bool writing = raw ? c->out.len > 0
				   : c->answering && c->wake_ms <= now;

		p[i] = (struct pollfd){ .fd = c->fd, .events = POLLIN };
		if (writing)
			p[i].events |= POLLOUT;
		/* another request may wait in what was read already */
		if (!raw && !c->answering && c->in.len)
			wait = 0;
		if (c->wake_ms > now && c->wake_ms - now < wait)
			wait = c->wake_ms - now;
	}
	return (int)wait;
}

void fake_serve(struct fake *f, int fd)
{
	struct pollfd p[MAX_CONNS + 3];

	for (;;) {
		size_t n = f->n;
		int wait = fill_poll(f, p, clock_mono_us() / 1000);

		p[n] = (struct pollfd){ .fd = f->fd, .events = POLLIN };
		p[n + 1] =
			(struct pollfd){ .fd = f->stop[0], .events = POLLIN };
		p[n + 2] = (struct pollfd){ .fd = fd, .events = POLLIN };
		if (poll(p, n + 3, wait) < 0 && errno != EINTR)
			return;
		if (p[n + 1].revents || p[n + 2].revents)
			return;
		for (size_t i = 0; i < n; i++)
			step(f, &f->conns[i], p[i].revents,
			     clock_mono_us() / 1000);
		if (p[n].revents)
			accept_one(f);
		drop_gone(f);
	}
}

static void *serve_thread(void *f)
{
	fake_serve(f, -1);
	return NULL;
}

void fake_start(struct fake *f)
{
	f->threaded = !pthread_create(&f->thread, NULL, serve_thread, f);
}

void fake_close(struct fake *f)
{
	struct arena arena;

	if (!f)
		return;
	if (f->threaded && write(f->stop[1], "x", 1) == 1)
		pthread_join(f->thread, NULL);
	for (size_t i = 0; i < f->n; i++)
		f->conns[i].gone = true, f->conns[i].peer = NULL;
	drop_gone(f);
	close(f->fd);
	close(f->stop[0]);
	close(f->stop[1]);
	fake_script_release(&f->script);
	arena = f->arena;
	arena_release(&arena);
}

size_t fake_requests(struct fake *f)
{
	size_t n;

	pthread_mutex_lock(&f->lock);
	n = f->requests.len;
	pthread_mutex_unlock(&f->lock);
	return n;
}

const struct fake_request *fake_request(struct fake *f, size_t i)
{
	const struct fake_request *rq;

	pthread_mutex_lock(&f->lock);
	rq = i < f->requests.len ? f->requests.ptr[i] : NULL;
	pthread_mutex_unlock(&f->lock);
	return rq;
}

size_t fake_connections(struct fake *f)
{
	size_t n;

	pthread_mutex_lock(&f->lock);
	n = f->connections;
	pthread_mutex_unlock(&f->lock);
	return n;
}

uint64_t fake_sent(struct fake *f)
{
	uint64_t n;

	pthread_mutex_lock(&f->lock);
	n = f->sent;
	pthread_mutex_unlock(&f->lock);
	return n;
}
