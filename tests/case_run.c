#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "case.h"

#define PATIENCE_MS 30000

/* A run under way. */
struct run {
	struct test_case *c;
	const char *root; /* the temporary folder */
	const char *home, *repo;
	struct fake *server, *other, *proxy;
	int dead_port;
	VEC(char *) env;
	VEC(char *) argv;
	struct case_result res;
	pid_t pid;
	int out, err; /* -1: not read (any more) */
	bool signalled, meddled;
};

/* -- Words with the places they mean --------------------------------------- */

static void add_place(struct buf *out, const struct run *r, struct span name)
{
	const struct {
		const char *name;
		const char *text;
		int port;
	} places[] = {
		{ "PORT", NULL, r->server ? fake_port(r->server) : 0 },
		{ "OTHER", NULL, r->other ? fake_port(r->other) : 0 },
		{ "PROXY", NULL, r->proxy ? fake_port(r->proxy) : 0 },
		{ "DEAD", NULL, r->dead_port },
		{ "HOME", r->home, 0 },
		{ "REPO", r->repo, 0 },
		{ "CASE", r->c->dir, 0 },
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (!span_eqs(name, places[i].name))
			continue;
		if (places[i].text)
			buf_adds(out, places[i].text);
		else
			buf_addf(out, "%d", places[i].port);
		return;
	}
	buf_addf(out, "@%.*s@", SPAN_ARG(name));
}

/* @NAME@ becomes what it stands for; an @ alone, as in "--intent @-", stays. */
static char *fill_in(const struct run *r, struct span s)
{
	struct buf out = { 0 };
	struct span part;
	char *text;

	while (text_field(&s, '@', &part)) {
		buf_addsp(&out, part);
		if (!s.ptr || !text_field(&s, '@', &part))
			break;
		if (s.ptr)
			add_place(&out, r, part);
		else
			buf_addf(&out, "@%.*s", SPAN_ARG(part));
	}
	text = arena_strdup(r->c->arena, buf_cstr(&out));
	buf_release(&out);
	return text;
}

/* Split at blanks; '…' and "…" keep theirs. */
static void add_words(struct run *r, const char *line)
{
	struct buf w = { 0 };
	bool any = false;
	char quote = 0;

	for (;; line++) {
		if (*line &&
		    (quote ? *line == quote : *line == '\'' || *line == '"')) {
			quote = quote ? 0 : *line;
			any = true;
		} else if (*line && (quote || *line != ' ')) {
			buf_addc(&w, *line);
			any = true;
		} else {
			if (any)
				*vec_push(&r->argv, r->c->arena) =
					arena_strdup(r->c->arena, buf_cstr(&w));
			buf_reset(&w);
			any = false;
			if (!*line)
				break;
		}
	}
	buf_release(&w);
}

/* -- The world that the program sees --------------------------------------- */

static void set_env(struct run *r, const char *line)
{
	size_t n = strcspn(line, "=") + 1;
	size_t i = 0;

	while (i < r->env.len && strncmp(r->env.ptr[i], line, n) != 0)
		i++;
	if (i == r->env.len)
		vec_push(&r->env, r->c->arena);
	r->env.ptr[i] = arena_strdup(r->c->arena, line);
}

static void make_env(struct run *r)
{
	struct arena *a = r->c->arena;
	static const char *const fixed[] = {
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A U Thor",
		"GIT_AUTHOR_EMAIL=author@example.org",
		"GIT_COMMITTER_NAME=A U Thor",
		"GIT_COMMITTER_EMAIL=author@example.org",
		"GIT_AUTHOR_DATE=2026-01-05T09:00:00Z",
		"GIT_COMMITTER_DATE=2026-01-05T09:00:00Z",
		"LC_ALL=C.UTF-8",
		"TZ=UTC",
		"TERM=dumb",
		("ANTHROPIC_API_KEY=" CASE_KEY),
	};

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		set_env(r, fixed[i]);
	set_env(r, arena_printf(a, "PATH=%s", getenv("PATH")));
	set_env(r, arena_printf(a, "HOME=%s", r->home));
	set_env(r, arena_printf(a, "ANTHROPIC_BASE_URL=http://127.0.0.1:%d",
				fake_port(r->server)));
	/* what a sanitizer or a coverage run needs */
	for (char **e = environ; *e; e++)
		if (strstr(*e, "SAN_OPTIONS=") || !strncmp(*e, "GCOV", 4) ||
		    !strncmp(*e, "VALGRIND", 8))
			set_env(r, *e);
	vec_each (struct span, e, &r->c->env)
		set_env(r, fill_in(r, *e));
	*vec_push(&r->env, a) = NULL;
}

static struct fake *serve(const struct fake_options *o, struct buf *wrong)
{
	struct error err = { 0 };
	struct fake *f;

	if (fake_open(&f, o, &err))
		buf_addf(wrong, "%s\n", err.msg);
	return f;
}

static void start_servers(struct run *r, struct buf *wrong)
{
	struct fake_options o = { .dir = r->c->dir, .check = true };
	struct fake *dead = serve(&(struct fake_options){ 0 }, wrong);

	r->dead_port = fake_port(dead);
	fake_close(dead);
	r->other = serve(
		&(struct fake_options){ .script = "body not for you\nloop" },
		wrong);
	if (r->c->proxy != PROXY_NONE)
		r->proxy = serve(&(struct fake_options){ .proxy = r->c->proxy },
				 wrong);
	o.script = fill_in(r, r->c->script);
	r->server = serve(&o, wrong);
	fake_start(r->server);
	fake_start(r->other);
	if (r->proxy)
		fake_start(r->proxy);
}

/* Run the shell in the repository; what it says goes to a log. */
static int run_shell(struct run *r, char **argv, const char *log)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		int fd = open(log, O_WRONLY | O_CREAT, 0600);

		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
		if (!chdir(r->repo))
			execve("/bin/sh", argv, r->env.ptr);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return status;
}

static int run_setup(struct run *r, struct buf *wrong)
{
	struct arena *a = r->c->arena;
	const char *own = arena_printf(a, "%s/setup", r->c->dir);
	const char *script = access(own, R_OK)
				     ? arena_printf(a, "%s/../setup", r->c->dir)
				     : own;
	const char *log = arena_printf(a, "%s/setup.log", r->root);
	char *argv[] = { "sh", "-eu", arena_strdup(a, script), NULL };
	struct span said;

	if (!run_shell(r, argv, log))
		return 0;
	buf_adds(wrong, "setup failed: ");
	if (!fs_read(&said, a, log, 4096, NULL))
		buf_addsp(wrong, said);
	return -1;
}

/* -- Running --------------------------------------------------------------- */

static int open_sink(struct run *r, int pipe_end)
{
	if (r->c->sink == SINK_FULL)
		return open("/dev/full", O_WRONLY);
	if (r->c->sink == SINK_NONBLOCK)
		fcntl(pipe_end, F_SETFL, O_WRONLY | O_NONBLOCK);
	return pipe_end;
}

static void child(struct run *r, int out, int err)
{
	static const int usual[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM,
				     SIGPIPE };
	const char *in = arena_printf(r->c->arena, "%s/stdin", r->c->dir);

	struct rlimit files = { (rlim_t)r->c->files, (rlim_t)r->c->files };

	setpgid(0, 0);
	if (r->c->files)
		setrlimit(RLIMIT_NOFILE, &files);
	/* a background shell has some of them ignored */
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		signal(usual[i], SIG_DFL);
	dup2(open(access(in, R_OK) ? "/dev/null" : in, O_RDONLY), STDIN_FILENO);
	dup2(open_sink(r, out), STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	if (r->c->sink == SINK_CLOSED)
		close(STDOUT_FILENO);
	if (!chdir(r->repo))
		execvpe(r->argv.ptr[0], r->argv.ptr, r->env.ptr);
	_exit(127);
}

static void start_program(struct run *r)
{
	int out[2], err[2];

	if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		abort();
	/* so that a report does not fit at once */
	if (r->c->sink == SINK_SLOW || r->c->sink == SINK_NONBLOCK)
		fcntl(out[1], F_SETPIPE_SZ, 4096);
	r->pid = fork();
	if (!r->pid)
		child(r, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	r->out = out[0];
	r->err = err[0];
	if (r->c->sink == SINK_GONE) {
		close(r->out);
		r->out = -1;
	}
}

static void read_end(int *fd, struct buf *to, size_t most)
{
	ssize_t n = read(*fd, buf_reserve(to, most), most);

	if (n > 0) {
		to->len += (size_t)n;
		to->ptr[to->len] = '\0';
	} else if (n == 0 || errno != EINTR) {
		close(*fd);
		*fd = -1;
	}
}

static void maybe_signal(struct run *r)
{
	const struct test_case *c = r->c;

	if (!c->signal || r->signalled)
		return;
	if (fake_requests(r->server) < c->after_requests ||
	    fake_sent(r->server) < c->after_sent)
		return;
	kill(r->pid, c->signal);
	r->signalled = true;
}

/* What somebody else does to the repository while the program runs. */
static void maybe_meddle(struct run *r)
{
	const struct test_case *c = r->c;
	const char *log = arena_printf(c->arena, "%s/during.log", r->root);
	char *argv[] = { "sh", "-euc", NULL, NULL };

	if (!c->during.len || r->meddled ||
	    fake_requests(r->server) < c->during_requests)
		return;
	r->meddled = true;
	argv[2] = fill_in(r, c->during);
	r->res.meddling_failed = run_shell(r, argv, log) != 0;
}

static int64_t patience(void)
{
	const char *times = getenv("CK_TIMEOUT_MULTIPLIER");
	int64_t n = times ? strtol(times, NULL, 10) : 1;

	return PATIENCE_MS * (n > 0 ? n : 1);
}

static void watch(struct run *r)
{
	int64_t end = clock_mono_ms() + patience();
	bool slow = r->c->sink == SINK_SLOW || r->c->sink == SINK_NONBLOCK;

	while (r->out >= 0 || r->err >= 0) {
		struct pollfd p[2] = { { r->out, POLLIN, 0 },
				       { r->err, POLLIN, 0 } };

		if (clock_mono_ms() > end) {
			r->res.timed_out = true;
			kill(-r->pid, SIGKILL);
			break;
		}
		poll(p, 2, 5);
		maybe_signal(r);
		maybe_meddle(r);
		if (p[0].revents) {
			if (slow)
				nanosleep(&(struct timespec){ 0, 2000000 },
					  NULL);
			read_end(&r->out, &r->res.out, slow ? 100 : 65536);
		}
		if (p[1].revents)
			read_end(&r->err, &r->res.err, 65536);
	}
}

static int code_of(int status)
{
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

static void run_program(struct run *r)
{
	const char *bin = getenv("ARCHITECT_BIN");
	const char *wrap = getenv("ARCHITECT_WRAP");
	const char *build = getenv("BUILD");
	char top[4096];
	int status = 0;

	if (wrap)
		add_words(r, wrap);
	if (!bin && getcwd(top, sizeof(top)))
		bin = arena_printf(r->c->arena, "%s%s%s/architect",
				   build && *build == '/' ? "" : top,
				   build && *build == '/' ? "" : "/",
				   build ? build : "build");
	*vec_push(&r->argv, r->c->arena) = arena_strdup(r->c->arena, bin);
	add_words(r, fill_in(r, r->c->cmd));
	*vec_push(&r->argv, r->c->arena) = NULL;
	start_program(r);
	watch(r);
	waitpid(r->pid, &status, 0);
	r->res.exit = code_of(status);
}

/* What must hold of the files it left. */
static void run_after(struct run *r, struct buf *wrong)
{
	struct arena *a = r->c->arena;
	const char *log = arena_printf(a, "%s/after.log", r->root);
	struct span said = { 0 };

	if (r->c->after.len)
		fs_write_atomic(arena_printf(a, "%s/stdout", r->home),
				buf_span(&r->res.out), 0600, NULL);
	vec_each (struct span, command, &r->c->after) {
		char *argv[] = { "sh", "-euc", fill_in(r, *command), NULL };

		unlink(log);
		if (!run_shell(r, argv, log))
			continue;
		buf_addf(wrong,
			 "afterwards `%.*s` fails: ", SPAN_ARG(*command));
		if (!fs_read(&said, a, log, 4096, NULL))
			text_visible(wrong, span_trim(said));
		buf_addc(wrong, '\n');
	}
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void finish(struct run *r)
{
	fake_close(r->server);
	fake_close(r->other);
	fake_close(r->proxy);
	if (!getenv("CASES_KEEP"))
		nftw(r->root, remove_one, 32, FTW_DEPTH | FTW_PHYS);
	if (r->out >= 0)
		close(r->out);
	if (r->err >= 0)
		close(r->err);
	buf_release(&r->res.out);
	buf_release(&r->res.err);
}

void case_run(struct buf *out, struct test_case *c)
{
	const char *tmp = getenv("TMPDIR");
	char root[4096];
	struct run r = { .c = c, .out = -1, .err = -1 };

	snprintf(root, sizeof(root), "%s/architect-case-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(root)) {
		buf_addf(out, "no folder %s\n", root);
		return;
	}
	r.root = root;
	r.home = arena_printf(c->arena, "%s/home", root);
	r.repo = arena_printf(c->arena, "%s/repo", root);
	mkdir(r.home, 0700);
	mkdir(r.repo, 0700);
	start_servers(&r, out);
	if (!out->len) {
		make_env(&r);
		if (!run_setup(&r, out)) {
			run_program(&r);
			r.res.home = r.home;
			r.res.server = r.server;
			r.res.other = r.other;
			case_judge(out, c, &r.res);
			run_after(&r, out);
		}
	}
	if (out->len && getenv("CASES_KEEP"))
		buf_addf(out, "(kept: %s)\n", root);
	finish(&r);
}
