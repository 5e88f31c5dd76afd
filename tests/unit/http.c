#include "llm/http.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "fake_llm.h"
#include "http_answers.h"
#include "test.h"

#define LIMITS                                                                 \
	{                                                                      \
		.connect_ms = 60000, .first_byte_ms = 60000, .idle_ms = 60000, \
		.max_body = 1 << 20, .max_headers = 65536                      \
	}

/* What one transfer came to. */
struct got {
	struct buf body, error_body;
	enum http_end end;
	int status, curl_code;
	char detail[256], type[192], after[192], id[192], err[512];
	unsigned done;
	size_t stop_after;  /* on_bytes fails once this much came; 0: never */
	struct http *again; /* start once more from on_done */
	const struct http_request *rq;
};

static struct arena arena;
static struct fake *fake;
static struct http *http;
static struct got got;

static void set_up(void)
{
	static const char *const env[] = { "http_proxy", "https_proxy",
					   "HTTPS_PROXY", "all_proxy",
					   "ALL_PROXY" };

	for (size_t i = 0; i < sizeof(env) / sizeof(env[0]); i++)
		unsetenv(env[i]);
	signal(SIGPIPE, SIG_IGN);
}

static void tear_down(void)
{
	http_close(http);
	fake_close(fake);
	buf_release(&got.body);
	buf_release(&got.error_body);
	arena_release(&arena);
}

static int take_bytes(void *ctx, struct span bytes, struct error *err)
{
	struct got *g = ctx;

	buf_addsp(&g->body, bytes);
	if (g->stop_after && g->body.len >= g->stop_after)
		return error_set(err, ERR_MODEL, "enough");
	return 0;
}

static void take_end(void *ctx, const struct http_result *res,
		     const struct error *err)
{
	struct got *g = ctx;
	struct error e = { 0 };

	g->done++;
	g->end = res->end;
	g->status = res->status;
	g->curl_code = res->curl_code;
	snprintf(g->detail, sizeof(g->detail), "%s", res->detail);
	snprintf(g->type, sizeof(g->type), "%s", res->content_type);
	snprintf(g->after, sizeof(g->after), "%s", res->retry_after);
	snprintf(g->id, sizeof(g->id), "%s", res->request_id);
	snprintf(g->err, sizeof(g->err), "%s", err->msg);
	buf_reset(&g->error_body);
	buf_addsp(&g->error_body, res->body);
	if (g->again && g->done < 5)
		ck_assert_int_eq(http_start(g->again, g->rq, &e), 0);
}

static struct fake *serve(const char *script, enum fake_proxy proxy)
{
	struct fake_options o = { .script = script, .proxy = proxy };
	struct error err = { 0 };
	struct fake *f;

	ck_assert_msg(!fake_open(&f, &o, &err), "%s", err.msg);
	fake_start(f);
	return f;
}

static const char *url_of(const struct fake *f, const char *path)
{
	return arena_printf(&arena, "http://127.0.0.1:%d%s", fake_port(f),
			    path);
}

static void open_pool(const struct http_limits *limits)
{
	struct error err = { 0 };

	ck_assert_int_eq(http_open(&http, limits, &err), 0);
}

static void start(const char *method, const char *url, struct span body,
		  int64_t deadline, struct got *g)
{
	static const char *const headers[] = { "X-Api-Key: SECRET",
					       "Content-Type: text/x", NULL };
	struct http_request rq = { .method = method,
				   .url = url,
				   .headers = headers,
				   .body = body,
				   .deadline_ms = deadline,
				   .on_bytes = take_bytes,
				   .on_done = take_end,
				   .ctx = g };
	struct error err = { 0 };

	ck_assert_msg(!http_start(http, &rq, &err), "%s", err.msg);
}

static void run_all(void)
{
	while (http_run(http, 1000, -1))
		;
}

static int64_t either(int64_t changed, int64_t usual)
{
	return changed ? changed : usual;
}

START_TEST(an_answer_ends_as_what_it_was)
{
	const struct http_limits *c = &answers[_i].change;
	struct http_limits lim = LIMITS;
	int64_t in = answers[_i].deadline_in;

	lim.first_byte_ms = either(c->first_byte_ms, lim.first_byte_ms);
	lim.idle_ms = either(c->idle_ms, lim.idle_ms);
	lim.max_body = either(c->max_body, lim.max_body);
	lim.max_headers = either(c->max_headers, lim.max_headers);
	fake = serve(answers[_i].script, PROXY_NONE);
	open_pool(&lim);
	start("POST", url_of(fake, "/x"), SPAN("{}"),
	      in ? clock_mono_ms() + in : 0, &got);
	run_all();
	ck_assert_msg(got.end == answers[_i].end,
		      "%s: end %d, status %d, curl %d, %s", answers[_i].script,
		      got.end, got.status, got.curl_code, got.detail);
	ck_assert_int_eq(got.status, answers[_i].status);
	if (answers[_i].body)
		ck_assert_str_eq(buf_cstr(&got.body), answers[_i].body);
	ck_assert_int_eq(got.done, 1);
	ck_assert_int_eq(got.end == HTTP_OK || got.detail[0], 1);
	if (got.end == HTTP_TOO_LARGE)
		ck_assert_msg(strstr(got.detail, " too l"), "%s", got.detail);
	ck_assert_ptr_null(strstr(got.detail, "SECRET"));
	ck_assert_ptr_null(strchr(got.detail, '\n'));
}
END_TEST

START_TEST(of_an_error_the_first_64_kib_are_kept)
{
	struct http_limits lim = LIMITS;

	fake = serve("status 500\nheader Retry-After: 7\n"
		     "header X-Request-Id: r\x1b[1m\nfill 99999 ab",
		     PROXY_NONE);
	open_pool(&lim);
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	run_all();
	ck_assert_int_eq(got.end, HTTP_OK);
	ck_assert_int_eq(got.status, 500);
	ck_assert_uint_eq(got.error_body.len, 65536);
	ck_assert_str_eq(got.type, "application/json");
	ck_assert_str_eq(got.after, "7");
	ck_assert_str_eq(got.id, "req_fake");
}
END_TEST

static const int redirects[] = { 300, 301, 302, 303, 305, 307, 308 };

START_TEST(a_redirect_is_never_followed)
{
	struct fake *other = serve("body caught\nloop", PROXY_NONE);
	struct http_limits lim = LIMITS;

	fake = serve(arena_printf(&arena,
				  "status %d\nheader Location: %s\nbody go",
				  redirects[_i], url_of(other, "/x")),
		     PROXY_NONE);
	open_pool(&lim);
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	run_all();
	ck_assert_int_eq(got.end, HTTP_OK);
	ck_assert_int_eq(got.status, redirects[_i]);
	ck_assert_uint_eq(got.body.len, 0);
	ck_assert_uint_eq(fake_connections(other), 0);
	fake_close(other);
}
END_TEST

START_TEST(a_request_says_what_it_was_given_and_no_more)
{
	struct http_limits lim = LIMITS;
	struct buf big = { 0 };
	const struct fake_request *rq;

	while (big.len < 3 << 20)
		buf_adds(&big, "0123456789abcdef");
	fake = serve("body ok", PROXY_NONE);
	open_pool(&lim);
	start("POST", url_of(fake, "/v1/x?a=b"), buf_span(&big), 0, &got);
	run_all();
	rq = fake_request(fake, 0);
	ck_assert_ptr_nonnull(rq);
	ck_assert_str_eq(rq->method, "POST");
	ck_assert_str_eq(rq->path, "/v1/x?a=b");
	ck_assert(span_eq(rq->body, buf_span(&big)));
	ck_assert(span_eqs(fake_header(rq, "x-api-key"), "SECRET"));
	ck_assert(span_eqs(fake_header(rq, "content-type"), "text/x"));
	ck_assert_uint_eq(fake_header(rq, "expect").len, 0);
	ck_assert_uint_eq(fake_header(rq, "accept-encoding").len, 0);
	ck_assert_uint_eq(fake_header(rq, "cookie").len, 0);
	buf_release(&big);
}
END_TEST

START_TEST(a_reader_that_fails_stops_its_transfer_with_its_words)
{
	struct http_limits lim = LIMITS;

	fake = serve("endless aaaa", PROXY_NONE);
	open_pool(&lim);
	got.stop_after = 10;
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	run_all();
	ck_assert_int_eq(got.end, HTTP_STOPPED);
	ck_assert_str_eq(got.err, "enough");
	ck_assert_int_eq(got.done, 1);
}
END_TEST

START_TEST(nobody_listening_is_refused)
{
	struct http_limits lim = LIMITS;
	const char *url;

	fake = serve("", PROXY_NONE);
	url = url_of(fake, "/x");
	fake_close(fake);
	fake = NULL;
	open_pool(&lim);
	start("POST", url, SPAN("{}"), 0, &got);
	run_all();
	ck_assert_int_eq(got.end, HTTP_REFUSED);
	ck_assert_str_eq(got.detail, strerror(ECONNREFUSED));
}
END_TEST

START_TEST(a_host_without_an_address_is_named)
{
	/* a label over 63 bytes is known to be none without asking anybody */
	static const char name[] =
		"no-such-host-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaa.invalid";
	struct http_limits lim = LIMITS;

	open_pool(&lim);
	start("GET", arena_printf(&arena, "https://%s/v1", name), SPAN(""), 0,
	      &got);
	run_all();
	ck_assert_int_eq(got.end, HTTP_DNS);
	ck_assert_ptr_nonnull(strstr(got.detail, "no-such-host"));
}
END_TEST

START_TEST(a_handshake_without_an_answer_is_a_connect_timeout)
{
	struct http_limits lim = LIMITS;

	lim.connect_ms = 80;
	fake = serve("", PROXY_NONE);
	open_pool(&lim);
	start("GET",
	      arena_printf(&arena, "https://127.0.0.1:%d/", fake_port(fake)),
	      SPAN(""), 0, &got);
	run_all();
	ck_assert_msg(got.end == HTTP_CONNECT_TIMEOUT, "%d %s", got.end,
		      got.detail);
}
END_TEST

static const struct {
	enum fake_proxy proxy; /* PROXY_NONE: nobody there */
	bool tls;
	enum http_end end;
} proxies[] = {
	{ PROXY_407, true, HTTP_PROXY },    { PROXY_407, false, HTTP_PROXY },
	{ PROXY_REFUSE, true, HTTP_PROXY }, { PROXY_NONE, true, HTTP_PROXY },
	{ PROXY_NONE, false, HTTP_PROXY },  { PROXY_FORWARD, false, HTTP_OK },
};

START_TEST(a_proxy_that_refuses_is_told_from_the_server)
{
	struct fake *proxy = serve("", proxies[_i].proxy);
	struct http_limits lim = LIMITS;

	fake = serve("body ok\nloop", PROXY_NONE);
	setenv("https_proxy", url_of(proxy, ""), 1);
	setenv("http_proxy", url_of(proxy, ""), 1);
	if (proxies[_i].proxy == PROXY_NONE) {
		fake_close(proxy);
		proxy = NULL;
	}
	/* this machine too, but not by a name that goes past the proxy */
	lim.allow_http = true;
	open_pool(&lim);
	start("POST",
	      arena_printf(&arena, "http%s://0.0.0.0:%d/x",
			   proxies[_i].tls ? "s" : "", fake_port(fake)),
	      SPAN("{}"), clock_mono_ms() + 60000, &got);
	run_all();
	ck_assert_msg(got.end == proxies[_i].end, "end %d, curl %d, %s",
		      got.end, got.curl_code, got.detail);
	http_close(http);
	http = NULL;
	fake_close(proxy);
}
END_TEST

static const char *const here[] = { "127.0.0.1", "localhost" };

START_TEST(what_stays_on_this_machine_goes_past_the_proxy)
{
	struct fake *proxy = serve("", PROXY_REFUSE);
	struct http_limits lim = LIMITS;

	fake = serve("body ok", PROXY_NONE);
	setenv("http_proxy", url_of(proxy, ""), 1);
	setenv("all_proxy", url_of(proxy, ""), 1);
	open_pool(&lim);
	start("POST",
	      arena_printf(&arena, "http://%s:%d/x", here[_i], fake_port(fake)),
	      SPAN("{}"), 0, &got);
	run_all();
	ck_assert_msg(got.end == HTTP_OK, "%d %s", got.end, got.detail);
	ck_assert_uint_eq(fake_connections(proxy), 0);
	fake_close(proxy);
}
END_TEST

/* One after the other, the second would wait longer than it may. */
START_TEST(transfers_to_one_server_do_not_wait_for_one_another)
{
	static struct got each[3];
	struct http_limits lim = LIMITS;

	lim.connect_ms = 1000;
	fake = serve("repeat 3\ndelay 1500\nbody hello", PROXY_NONE);
	open_pool(&lim);
	for (size_t i = 0; i < 3; i++)
		start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &each[i]);
	run_all();
	for (size_t i = 0; i < 3; i++) {
		ck_assert_msg(each[i].end == HTTP_OK, "%d %s", each[i].end,
			      each[i].detail);
		buf_release(&each[i].body);
		buf_release(&each[i].error_body);
	}
}
END_TEST

START_TEST(one_that_is_stuck_and_one_that_breaks_hold_up_no_other)
{
	enum { N = 64 };
	static struct got each[N];
	struct http_limits lim = LIMITS;
	unsigned ok = 0, failed = 0, cut = 0, left;

	fake = serve("repeat 20\nbody hello\n\n"
		     "body hello\nstall 3 0\n\n"
		     "status 500\nbody no\n\n"
		     "body hello\ncut 2\n\n"
		     "repeat 41\nbody hello\nlength exact",
		     PROXY_NONE);
	open_pool(&lim);
	for (size_t i = 0; i < N; i++)
		start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &each[i]);
	do
		left = http_run(http, 1000, -1);
	while (left > 1);
	for (size_t i = 0; i < N; i++) {
		if (!each[i].done) {
			ck_assert_str_eq(buf_cstr(&each[i].body), "hel");
			continue;
		}
		ok += each[i].end == HTTP_OK && each[i].status == 200 &&
		      !strcmp(buf_cstr(&each[i].body), "hello\n");
		failed += each[i].status == 500;
		cut += each[i].end == HTTP_CUT;
	}
	ck_assert_uint_eq(left, 1);
	ck_assert_uint_eq(ok, 61);
	ck_assert_uint_eq(failed, 1);
	ck_assert_uint_eq(cut, 1);
	http_close(http);
	http = NULL;
	for (size_t i = 0; i < N; i++) {
		ck_assert_uint_le(each[i].done, 1);
		buf_release(&each[i].body);
		buf_release(&each[i].error_body);
	}
}
END_TEST

START_TEST(another_may_be_started_at_an_end_and_takes_the_connection)
{
	struct http_limits lim = LIMITS;
	struct http_request rq = { .method = "POST",
				   .on_bytes = take_bytes,
				   .on_done = take_end,
				   .ctx = &got };
	struct error err = { 0 };

	fake = serve("repeat 5\nbody hi", PROXY_NONE);
	open_pool(&lim);
	rq.url = url_of(fake, "/x");
	got.again = http;
	got.rq = &rq;
	ck_assert_int_eq(http_start(http, &rq, &err), 0);
	run_all();
	ck_assert_uint_eq(got.done, 5);
	ck_assert_int_eq(got.end, HTTP_OK);
	ck_assert_str_eq(buf_cstr(&got.body), "hi\nhi\nhi\nhi\nhi\n");
	ck_assert_uint_eq(fake_connections(fake), 1);
}
END_TEST

/* Without the waking these would wait until the runner's patience ends. */
START_TEST(a_readable_descriptor_ends_the_wait)
{
	struct http_limits lim = LIMITS;
	int p[2];

	fake = serve("stall none 0", PROXY_NONE);
	open_pool(&lim);
	ck_assert_int_eq(pipe(p), 0);
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	while (!fake_requests(fake))
		http_run(http, 10, p[0]);
	ck_assert_int_eq(write(p[1], "x", 1), 1);
	ck_assert_uint_eq(http_run(http, 3600000, p[0]), 1);
	close(p[0]);
	close(p[1]);
}
END_TEST

static int64_t skipped_ms; /* by a clock that ran on while nothing else did */

static int64_t mono_skipped(void)
{
	return clock_mono_us() / 1000 + skipped_ms;
}

/* Years to and fro, at each look. */
static int64_t wall_jumps(void)
{
	static int64_t looks;

	return 1800000000 + (++looks % 2 ? 1 : -1) * (int64_t)40000000;
}

START_TEST(a_jump_of_the_wall_clock_ends_no_wait)
{
	static const struct clock_source jumping = { .wall_s = wall_jumps };
	struct http_limits lim = LIMITS;

	fake = serve("body hello\nstall 3 200", PROXY_NONE);
	open_pool(&lim);
	clock_replace(&jumping);
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	run_all();
	clock_replace(NULL);
	ck_assert_int_eq(got.end, HTTP_OK);
	ck_assert_str_eq(buf_cstr(&got.body), "hello\n");
}
END_TEST

/* Where the clock runs on in a suspend, what waited then is ended when it is
 * over, and tried again; what begins after it has its whole time. */
START_TEST(a_suspend_costs_one_try_at_most)
{
	static const struct clock_source slept = { .mono_ms = mono_skipped };
	struct http_limits lim = LIMITS;
	struct http_result res = { .end = HTTP_IDLE_TIMEOUT, .status = 200 };

	fake = serve("body hello\nstall 3 0\n\nbody hello\nstall 3 200",
		     PROXY_NONE);
	open_pool(&lim);
	clock_replace(&slept);
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	while (got.body.len < 3)
		http_run(http, 10, -1);
	skipped_ms = 8 * 3600 * 1000;
	run_all();
	ck_assert_int_eq(got.end, HTTP_IDLE_TIMEOUT);
	ck_assert(retry_advise(&res, 1, 60000).retry);
	buf_reset(&got.body);
	start("POST", url_of(fake, "/x"), SPAN("{}"), 0, &got);
	run_all();
	clock_replace(NULL);
	ck_assert_int_eq(got.end, HTTP_OK);
	ck_assert_str_eq(buf_cstr(&got.body), "hello\n");
}
END_TEST

static void *wake_it(void *h)
{
	http_wake(h);
	return NULL;
}

START_TEST(another_thread_ends_the_wait)
{
	struct http_limits lim = LIMITS;
	pthread_t thread;

	open_pool(&lim);
	ck_assert_int_eq(pthread_create(&thread, NULL, wake_it, http), 0);
	ck_assert_uint_eq(http_run(http, 3600000, -1), 0);
	pthread_join(thread, NULL);
}
END_TEST

START_TEST(a_header_with_a_line_break_is_not_sent)
{
	static const char *const headers[] = { "X-Api-Key: SECRET\r\nX: y",
					       NULL };
	struct http_limits lim = LIMITS;
	struct http_request rq = { .method = "GET",
				   .url = "https://127.0.0.1:1/",
				   .headers = headers };
	struct error err = { 0 };

	open_pool(&lim);
	ck_assert_int_eq(http_start(http, &rq, &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_ptr_null(strstr(err.msg, "SECRET"));
	ck_assert_uint_eq(http_run(http, 0, -1), 0);
}
END_TEST

Suite *http_suite(void)
{
	Suite *s = suite_create("http");
	TCase *tc = tcase_create("http");

	tcase_set_timeout(tc, 20);
	tcase_add_checked_fixture(tc, set_up, tear_down);
	add_rows(tc, an_answer_ends_as_what_it_was, answers);
	tcase_add_test(tc, of_an_error_the_first_64_kib_are_kept);
	add_rows(tc, a_redirect_is_never_followed, redirects);
	tcase_add_test(tc, a_request_says_what_it_was_given_and_no_more);
	tcase_add_test(tc,
		       a_reader_that_fails_stops_its_transfer_with_its_words);
	tcase_add_test(tc, nobody_listening_is_refused);
	tcase_add_test(tc, a_host_without_an_address_is_named);
	tcase_add_test(tc, a_handshake_without_an_answer_is_a_connect_timeout);
	add_rows(tc, a_proxy_that_refuses_is_told_from_the_server, proxies);
	add_rows(tc, what_stays_on_this_machine_goes_past_the_proxy, here);
	tcase_add_test(tc, transfers_to_one_server_do_not_wait_for_one_another);
	tcase_add_test(tc,
		       one_that_is_stuck_and_one_that_breaks_hold_up_no_other);
	tcase_add_test(
		tc, another_may_be_started_at_an_end_and_takes_the_connection);
	tcase_add_test(tc, a_readable_descriptor_ends_the_wait);
	tcase_add_test(tc, another_thread_ends_the_wait);
	tcase_add_test(tc, a_jump_of_the_wall_clock_ends_no_wait);
	tcase_add_test(tc, a_suspend_costs_one_try_at_most);
	tcase_add_test(tc, a_header_with_a_line_break_is_not_sent);
	suite_add_tcase(s, tc);
	return s;
}
