/* The TLS side of llm/http, against `openssl s_server` with certificates made
 * for the test. Without the openssl command its rows say so and are skipped. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "llm/http.h"
#include "test.h"

static struct arena arena;
static struct http *http;
static char dir[] = "/tmp/architect-tls-XXXXXX";
static pid_t server;
static int server_stdin = -1; /* what it reads goes to its client */

static const char *in_dir(const char *name)
{
	return arena_printf(&arena, "%s/%s", dir, name);
}

static void set_up(void)
{
	static const char *const env[] = { "https_proxy",   "HTTPS_PROXY",
					   "all_proxy",	    "ALL_PROXY",
					   "SSL_CERT_FILE", "SSL_CERT_DIR" };

	for (size_t i = 0; i < sizeof(env) / sizeof(env[0]); i++)
		unsetenv(env[i]);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void tear_down(void)
{
	static const char *const made[] = { "key", "csr", "cert", "ext" };

	http_close(http);
	if (server > 0) {
		kill(server, SIGTERM);
		waitpid(server, NULL, 0);
	}
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		unlink(in_dir(made[i]));
	rmdir(dir);
	arena_release(&arena);
}

/* Run openssl with its stdout in out (-1: nowhere). */
static pid_t spawn(const char *const *args, int out)
{
	pid_t pid = fork();
	int nowhere;

	if (pid)
		return pid;
	nowhere = open("/dev/null", O_RDWR);
	dup2(server_stdin < 0 ? nowhere : server_stdin, STDIN_FILENO);
	dup2(out < 0 ? nowhere : out, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	execvp("openssl", (char *const *)(uintptr_t)args);
	_exit(127);
}

static bool ran(const char *const *args)
{
	int status = -1;

	waitpid(spawn(args, -1), &status, 0);
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

/* A key and a self-signed certificate for san; false without openssl. */
static bool make_cert(const char *san, const char *days)
{
	const char *key = in_dir("key"), *csr = in_dir("csr");
	FILE *ext = fopen(in_dir("ext"), "w");
	const char *const ask[] = { "openssl",	"req",
				    "-new",	"-newkey",
				    "ec",	"-nodes",
				    "-pkeyopt", "ec_paramgen_curve:P-256",
				    "-keyout",	key,
				    "-out",	csr,
				    "-subj",	"/CN=architect test",
				    NULL };
	const char *const sign[] = {
		"openssl",  "x509", "-req",	    "-in",	   csr,
		"-signkey", key,    "-extfile",	    in_dir("ext"), "-days",
		days,	    "-out", in_dir("cert"), NULL
	};

	ck_assert_ptr_nonnull(ext);
	fprintf(ext, "subjectAltName=%s\n", san);
	fclose(ext);
	return ran(ask) && ran(sign);
}

/* The port that a server listens on; 0 when it cannot be had. */
static int serve(const char *const *more)
{
	const char *args[16] = {
		"openssl",     "s_server",    "-accept",
		"127.0.0.1:0", "-cert",	      in_dir("cert"),
		"-key",	       in_dir("key"), server_stdin < 0 ? "-www" : "-4"
	};
	char line[256] = "", *colon;
	int p[2], port = 0;
	FILE *from;

	for (size_t i = 0; more[i]; i++)
		args[9 + i] = more[i];
	ck_assert_int_eq(pipe2(p, O_CLOEXEC), 0);
	server = spawn(args, p[1]);
	close(p[1]);
	from = fdopen(p[0], "r");
	while (!port && fgets(line, sizeof(line), from)) {
		colon = strrchr(line, ':');
		if (!strncmp(line, "ACCEPT ", 7) && colon)
			port = (int)strtol(colon + 1, NULL, 10);
	}
	fclose(from);
	return port;
}

static void take_end(void *ctx, const struct http_result *res,
		     const struct error *err)
{
	struct http_result *copy = ctx;

	(void)err;
	*copy = *res;
	copy->detail = arena_strdup(&arena, res->detail);
}

static const struct {
	const char *what, *san, *days;
	bool trusted;
	const char *server[4];
	enum http_end end;
} rows[] = {
	{ "a good one", "DNS:localhost", "2", true, { NULL }, HTTP_OK },
	{ "TLS 1.2 only", "DNS:localhost", "2", true, { "-tls1_2" }, HTTP_OK },
	{ "nobody vouches", "DNS:localhost", "2", false, { NULL }, HTTP_TLS },
	{ "another host", "DNS:other.example", "2", true, { NULL }, HTTP_TLS },
	{ "expired", "DNS:localhost", "-1", true, { NULL }, HTTP_TLS },
	{ "TLS 1.1 only",
	  "DNS:localhost",
	  "2",
	  true,
	  { "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0" },
	  HTTP_TLS },
	{ "TLS 1.0 only",
	  "DNS:localhost",
	  "2",
	  true,
	  { "-tls1", "-cipher", "DEFAULT@SECLEVEL=0" },
	  HTTP_TLS },
};

START_TEST(only_a_server_that_proves_itself_is_talked_to)
{
	struct http_limits lim = { .connect_ms = 60000, .idle_ms = 60000 };
	struct http_result res = { 0 };
	struct http_request rq = { .method = "GET",
				   .on_done = take_end,
				   .ctx = &res };
	struct error err = { 0 };
	int port = 0;

	if (make_cert(rows[_i].san, rows[_i].days))
		port = serve(rows[_i].server);
	if (!port) {
		printf("tls: skipped, openssl cannot offer it: %s\n",
		       rows[_i].what);
		return;
	}
	if (rows[_i].trusted)
		setenv("SSL_CERT_FILE", in_dir("cert"), 1);
	rq.url = arena_printf(&arena, "https://localhost:%d/", port);
	ck_assert_int_eq(http_open(&http, &lim, &err), 0);
	ck_assert_msg(!http_start(http, &rq, &err), "%s", err.msg);
	while (http_run(http, 1000, -1))
		;
	ck_assert_msg(res.end == rows[_i].end, "%s: end %d, curl %d, %s",
		      rows[_i].what, res.end, res.curl_code, res.detail);
}
END_TEST

/* The first bytes of the body end their server, as a crash would. */
static int kill_server(void *ctx, struct span bytes, struct error *err)
{
	(void)ctx, (void)bytes, (void)err;
	kill(server, SIGKILL);
	return 0;
}

START_TEST(an_end_without_a_close_notify_is_a_cut)
{
	static const char answer[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
				     "chunked\r\n\r\n5\r\nhello\r\n";
	static const char *const none[] = { NULL };
	struct http_limits lim = { .connect_ms = 60000, .idle_ms = 60000 };
	struct http_result res = { 0 };
	struct http_request rq = { .method = "GET",
				   .on_bytes = kill_server,
				   .on_done = take_end,
				   .ctx = &res };
	struct error err = { 0 };
	int p[2], port = 0;

	ck_assert_int_eq(pipe2(p, O_CLOEXEC), 0);
	ck_assert_int_gt(write(p[1], answer, sizeof(answer) - 1), 0);
	if (make_cert("DNS:localhost", "2")) {
		server_stdin = p[0];
		port = serve(none);
	}
	if (!port) {
		puts("tls: skipped, openssl cannot offer it: a cut stream");
		return;
	}
	setenv("SSL_CERT_FILE", in_dir("cert"), 1);
	rq.url = arena_printf(&arena, "https://localhost:%d/", port);
	ck_assert_int_eq(http_open(&http, &lim, &err), 0);
	ck_assert_msg(!http_start(http, &rq, &err), "%s", err.msg);
	while (http_run(http, 1000, -1))
		;
	ck_assert_msg(res.end == HTTP_CUT, "end %d, curl %d, %s", res.end,
		      res.curl_code, res.detail);
	ck_assert_int_eq(res.status, 200);
}
END_TEST

Suite *tls_suite(void)
{
	Suite *s = suite_create("tls");
	TCase *tc = tcase_create("tls");

	tcase_set_timeout(tc, 20);
	tcase_add_checked_fixture(tc, set_up, tear_down);
	add_rows(tc, only_a_server_that_proves_itself_is_talked_to, rows);
	tcase_add_test(tc, an_end_without_a_close_notify_is_a_cut);
	suite_add_tcase(s, tc);
	return s;
}
