#include <cjson/cJSON.h>
#include <ftw.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "case.h"

#define MAX_FILE (64 << 20)

/* nftw() takes no context */
static struct buf *state_text;

static int add_file(const char *path, const struct stat *st, int kind,
		    struct FTW *at)
{
	struct arena a = { 0 };
	struct span text;

	(void)st, (void)at;
	if (kind == FTW_F && !fs_read(&text, &a, path, MAX_FILE, NULL))
		buf_addsp(state_text, text);
	arena_release(&a);
	return 0;
}

static struct span show(struct buf *b, struct span s)
{
	buf_reset(b);
	text_visible(b, text_clip(s, 1500));
	return buf_span(b);
}

static void judge_wanted(struct buf *out, const struct test_case *c,
			 const struct case_result *res)
{
	static const char *const places[] = { "stdout", "stderr", "request",
					      "the state folder" };
	struct buf state = { 0 }, shown = { 0 };

	state_text = &state;
	nftw(arena_printf(c->arena, "%s/.local/state", res->home), add_file, 16,
	     FTW_PHYS);
	vec_each (const struct wanted, w, &c->wanted) {
		const struct fake_request *rq =
			w->request ? fake_request(res->server, w->request - 1)
				   : NULL;
		const struct span texts[] = { buf_span(&res->out),
					      buf_span(&res->err),
					      rq ? rq->body : SPAN(""),
					      buf_span(&state) };
		bool there = span_find(texts[w->place], w->text) >= 0;

		if (there != w->absent)
			continue;
		buf_addf(out, "%s %s: %.*s\n", places[w->place],
			 w->absent ? "must not hold" : "lacks",
			 SPAN_ARG(w->text));
		if (w->place == IN_STDERR)
			buf_addf(out, "  it is: %.*s\n",
				 SPAN_ARG(show(&shown, buf_span(&res->err))));
	}
	buf_release(&state);
	buf_release(&shown);
}

static size_t first_difference(struct span a, struct span b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
		i++;
	return i;
}

static size_t digits_at(struct span s, size_t i)
{
	size_t n = 0;

	while (i + n < s.len && s.ptr[i + n] >= '0' && s.ptr[i + n] <= '9')
		n++;
	return n;
}

/* The length of a time like "12.3 s" or "0.01 s" at the start of s, without the
 * unit; or 0. */
static size_t seconds_at(struct span s)
{
	size_t n = digits_at(s, 0), decimals;

	if (!n || n == s.len || s.ptr[n] != '.')
		return 0;
	decimals = digits_at(s, ++n);
	if (decimals < 1 || decimals > 2 ||
	    !span_starts(span_from(s, n + decimals), " s"))
		return 0;
	return n + decimals;
}

/* The length of JSON's name for it and its number; in *name of the former. */
static size_t json_seconds_at(struct span s, size_t *name)
{
	size_t n = sizeof("\"seconds\":") - 1;

	if (!span_starts(s, "\"seconds\":"))
		return 0;
	n += n < s.len && s.ptr[n] == '\t';
	*name = n;
	while (n < s.len && s.ptr[n] && strchr("0123456789.e-+", s.ptr[n]))
		n++;
	return n;
}

/* What differs from run to run gets a name. */
static void steady(struct buf *out, struct span s, int port)
{
	char digits[16];

	snprintf(digits, sizeof(digits), ":%d", port);
	buf_reset(out);
	while (s.len) {
		size_t time = seconds_at(s), name = 0;
		size_t member = json_seconds_at(s, &name);

		if (span_starts(s, digits)) {
			buf_adds(out, ":@PORT@");
			s = span_from(s, strlen(digits));
		} else if (time || member) {
			buf_addsp(out, span_first(s, name));
			buf_adds(out, "@SECONDS@");
			s = span_from(s, time + member);
		} else {
			buf_addc(out, *s.ptr);
			s = span_from(s, 1);
		}
	}
}

/* Is it what the file of that name holds? With CASES_UPDATE it then is. */
static void judge_exact(struct buf *out, const struct test_case *c,
			const char *name, struct span got)
{
	const char *path = arena_printf(c->arena, "%s/%s", c->dir, name);
	struct buf shown = { 0 };
	struct span want;
	size_t at;

	if (fs_read(&want, c->arena, path, MAX_FILE, NULL))
		return;
	at = first_difference(want, got);
	if (at == want.len && at == got.len)
		return;
	if (getenv("CASES_UPDATE")) {
		FILE *f = fopen(path, "wb");

		fwrite(got.ptr, 1, got.len, f);
		fclose(f);
		return;
	}
	buf_addf(out, "%s differs at byte %zu of %zu: %.*s\n", name, at,
		 want.len,
		 SPAN_ARG(show(&shown, span_first(span_from(got, at), 200))));
	buf_release(&shown);
}

static void judge_gaps(struct buf *out, const struct test_case *c,
		       const struct case_result *res)
{
	vec_each (const struct gap, g, &c->gaps) {
		const struct fake_request *before, *rq;

		rq = fake_request(res->server, g->n - 1);
		before = fake_request(res->server, g->n - 2);
		if (!rq || !before)
			buf_addf(out, "no request %zu\n", g->n);
		else if (rq->at_ms - before->at_ms < g->ms)
			buf_addf(out, "request %zu came after %lld ms\n", g->n,
				 (long long)(rq->at_ms - before->at_ms));
	}
}

static void drop_marks(cJSON *v)
{
	cJSON_DeleteItemFromObjectCaseSensitive(v, "cache_control");
	for (v = v ? v->child : NULL; v; v = v->next)
		drop_marks(v);
}

static cJSON *body_of(const struct fake_request *rq)
{
	cJSON *body;

	body = rq ? cJSON_ParseWithLength(rq->body.ptr, rq->body.len) : NULL;
	drop_marks(body);
	return body;
}

/* Is b what a is, with messages added behind? */
static bool grown(cJSON *a, cJSON *b)
{
	cJSON *was, *now, *m, *n;
	bool good;

	was = cJSON_DetachItemFromObjectCaseSensitive(a, "messages");
	now = cJSON_DetachItemFromObjectCaseSensitive(b, "messages");
	good = cJSON_Compare(a, b, true) &&
	       cJSON_GetArraySize(now) > cJSON_GetArraySize(was);
	n = now ? now->child : NULL;
	for (m = was ? was->child : NULL; good && m; m = m->next, n = n->next)
		good = cJSON_Compare(m, n, true);
	cJSON_Delete(was);
	cJSON_Delete(now);
	return good;
}

static void judge_grown(struct buf *out, const struct test_case *c,
			const struct case_result *res)
{
	vec_each (const size_t, n, &c->grown) {
		cJSON *a = body_of(fake_request(res->server, *n - 2));
		cJSON *b = body_of(fake_request(res->server, *n - 1));

		if (!a || !b || !grown(a, b))
			buf_addf(out,
				 "request %zu does not only add to the "
				 "one before\n",
				 *n);
		cJSON_Delete(a);
		cJSON_Delete(b);
	}
}

static void judge_clean(struct buf *out, const char *what, struct span s)
{
	if (span_find(s, SPAN(CASE_KEY)) >= 0)
		buf_addf(out, "the key is in %s\n", what);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];

		if (ch >= ' ' ? ch == 0x7f : ch != '\n' && ch != '\t') {
			buf_addf(out, "byte %02x in %s at %zu\n", ch, what, i);
			return;
		}
	}
}

/* What holds for every run there is. */
static void judge_laws(struct buf *out, const struct test_case *c,
		       const struct case_result *res)
{
	struct buf shown = { 0 };

	judge_clean(out, "stdout", buf_span(&res->out));
	judge_clean(out, "stderr", buf_span(&res->err));
	for (size_t i = 0; i < fake_requests(res->server); i++) {
		const struct fake_request *rq = fake_request(res->server, i);

		if (span_find(rq->body, SPAN(CASE_KEY)) >= 0)
			buf_addf(out, "the key is in request %zu\n", i + 1);
	}
	if (res->exit > 1 && res->out.len && !c->prints)
		buf_addf(out, "stdout must be empty when it fails, not: %.*s\n",
			 SPAN_ARG(show(&shown, buf_span(&res->out))));
	buf_release(&shown);
}

/* For tests/schema.sh: a line a body that asks for a reply, in one write as
 * others write too. */
static void keep_body(const struct fake_request *rq, struct arena *a)
{
	const char *dir = getenv("ARCHITECT_REQUESTS");
	bool chat = span_ends(span_of(rq->path), "/chat/completions");
	struct buf line = { 0 };
	int fd;

	if (!dir || !rq->body.len ||
	    (!chat && !span_ends(span_of(rq->path), "/messages")))
		return;
	buf_addsp(&line, rq->body);
	buf_addc(&line, '\n');
	fd = open(arena_printf(a, "%s/%s.ndjson", dir,
			       chat ? "openai-chat" : "anthropic"),
		  O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd < 0 || write(fd, line.ptr, line.len) != (ssize_t)line.len)
		perror(dir);
	if (fd >= 0)
		close(fd);
	buf_release(&line);
}

/* For tests/formats.sh: what it printed, by the case's name. */
static void keep_output(const struct test_case *c,
			const struct case_result *res)
{
	const char *dir = getenv("ARCHITECT_OUTPUTS");
	struct error err = { 0 };

	if (dir && res->out.len &&
	    fs_write_atomic(arena_printf(c->arena, "%s/%s", dir,
					 strrchr(c->dir, '/') + 1),
			    buf_span(&res->out), 0600, &err))
		fprintf(stderr, "%s\n", err.msg);
}

void case_judge(struct buf *out, const struct test_case *c,
		const struct case_result *res)
{
	size_t n = fake_requests(res->server);
	struct buf shown = { 0 };

	if (res->timed_out)
		buf_adds(out, "did not end\n");
	if (res->meddling_failed)
		buf_adds(out, "the command of `during` failed\n");
	if (res->exit != c->exit)
		buf_addf(out, "exit %d, not %d; stderr: %.*s\n", res->exit,
			 c->exit, SPAN_ARG(show(&shown, buf_span(&res->err))));
	if (c->requests >= 0 && n != (size_t)c->requests)
		buf_addf(out, "%zu requests, not %d\n", n, c->requests);
	if (c->other >= 0 && fake_connections(res->other) != (size_t)c->other)
		buf_addf(out, "%zu connections to the second server, not %d\n",
			 fake_connections(res->other), c->other);
	for (size_t i = 0; i < n; i++)
		keep_body(fake_request(res->server, i), c->arena);
	keep_output(c, res);
	judge_laws(out, c, res);
	judge_wanted(out, c, res);
	judge_gaps(out, c, res);
	judge_grown(out, c, res);
	case_judge_parts(out, c, res);
	steady(&shown, buf_span(&res->out), fake_port(res->server));
	judge_exact(out, c, "stdout", buf_span(&shown));
	for (size_t i = 0; i < n && i < 9; i++)
		judge_exact(out, c,
			    arena_printf(c->arena, "request-%zu", i + 1),
			    fake_request(res->server, i)->body);
	buf_release(&shown);
}
