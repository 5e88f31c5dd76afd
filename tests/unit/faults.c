/*
 * The system says no. The unit tests' runner is linked so that these calls of
 * the library come here first (see the Makefile); a test tells one of them to
 * fail the next time.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/feed.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/re.h"
#include "cli/descriptors.h"
#include "cli/key_command.h"
#include "cli/pager.h"
#include "core/report.h"
#include "core/settings.h"
#include "llm/http.h"
#include "render/render.h"
#include "sandbox.h"

#include <sys/resource.h>
#include <sys/wait.h>

static struct {
	int create, fork, fsync, rename; /* the error; 0: none */
	int forks_before;		 /* that go well */
	unsigned memory; /* which one to come is refused; 0: none */
} no;

int __real_pthread_create(pthread_t *t, const pthread_attr_t *attr,
			  void *(*run)(void *), void *arg);
int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *attr,
			  void *(*run)(void *), void *arg);
pid_t __real_fork(void);
pid_t __wrap_fork(void);
void *__real_malloc(size_t n);
void *__wrap_malloc(size_t n);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_realloc(void *p, size_t n);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

static int refused(int *why)
{
	errno = *why;
	*why = 0;
	return -1;
}

int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *attr,
			  void *(*run)(void *), void *arg)
{
	int why = no.create;

	no.create = 0;
	return why ? why : __real_pthread_create(t, attr, run, arg);
}

pid_t __wrap_fork(void)
{
	if (no.fork && !no.forks_before--)
		return refused(&no.fork);
	return __real_fork();
}

static bool no_memory(void)
{
	return no.memory && !--no.memory;
}

/* gcc makes one of the other out of what it knows of their arguments */
void *__wrap_malloc(size_t n)
{
	return no_memory() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return no_memory() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t n)
{
	return no_memory() ? NULL : __real_realloc(p, n);
}

int __wrap_fsync(int fd)
{
	return no.fsync ? refused(&no.fsync) : __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
	return no.rename ? refused(&no.rename) : __real_rename(from, to);
}

static const struct {
	int fsync, rename;
} writes[] = {
	{ EIO, 0 }, { ENOSPC, 0 }, { 0, EIO }, { 0, ENOSPC }, { 0, EACCES },
};

START_TEST(a_late_failure_leaves_the_old_file_and_nothing_beside_it)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct span text;

	shell("mkdir d; echo old >d/f");
	no.fsync = writes[_i].fsync;
	no.rename = writes[_i].rename;
	ck_assert_int_eq(fs_write_atomic("d/f", SPAN("new"), 0600, &err), -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	ck_assert_ptr_nonnull(strstr(
		err.msg, strerror(writes[_i].fsync + writes[_i].rename)));
	ck_assert_int_eq(fs_read(&text, &a, "d/f", 100, NULL), 0);
	ck_assert(span_eqs(text, "old\n"));
	shell("test \"$(ls d)\" = f");
	arena_release(&a);
}
END_TEST

START_TEST(without_a_thread_nothing_begins_and_that_is_said)
{
	struct settings s = { .jobs = 1 };
	struct feed f = { .settings = &s };
	struct error err = { 0 };

	no.create = EAGAIN;
	ck_assert_int_eq(feed_start(&f, &err), -1);
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(err.msg, strerror(EAGAIN)));
}
END_TEST

START_TEST(without_a_first_process_no_repository_is_read)
{
	struct error err = { 0 };

	no.fork = EAGAIN;
	no.forks_before = 0;
	ck_assert_int_eq(repo_start(NULL, &err), -1);
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(err.msg, strerror(EAGAIN)));
	/* and the next time there is room */
	ck_assert_int_eq(repo_start(NULL, &err), 0);
}
END_TEST

START_TEST(a_worker_that_cannot_be_started_is_one_error_and_no_more)
{
	struct error err = { 0 };
	struct repo_info info;
	struct arena a = { 0 };
	struct repo *r = NULL;

	shell("git init -q r");
	/* the process that starts workers takes its copy of this along */
	no.fork = EAGAIN;
	no.forks_before = 1;
	ck_assert_int_eq(repo_start(NULL, &err), 0);
	no.fork = 0;
	if (!repo_open(&r, "r", &sandbox_limits, &err))
		ck_assert_int_eq(repo_info(&info, &a, r, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.msg, strerror(EAGAIN)));
	if (!r)
		ck_assert_int_eq(repo_open(&r, "r", &sandbox_limits, &err), 0);
	ck_assert_int_eq(repo_info(&info, &a, r, &err), 0);
	repo_close(r);
	arena_release(&a);
}
END_TEST

START_TEST(without_a_process_no_pager_shows_and_no_command_gives_a_key)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	const char *key;

	no.fork = EAGAIN;
	no.forks_before = 0;
	ck_assert_int_eq(pager_show("tail -1", SPAN("text"), &err),
			 PAGER_UNSEEN);
	ck_assert_int_eq(err.kind, ERR_NONE);
	no.fork = EAGAIN;
	no.forks_before = 0;
	ck_assert_int_eq(key_command_run(&key, &a, "echo k", &err), -1);
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	ck_assert_ptr_nonnull(strstr(err.msg, strerror(EAGAIN)));
	arena_release(&a);
}
END_TEST

static int64_t unused_below(int end)
{
	int64_t n = 0;
	int fd;

	for (fd = 0; fd < end; fd++)
		n += fcntl(fd, F_GETFD) < 0;
	return n;
}

/* more: wanted beyond what the hard limit leaves */
static const struct {
	rlim_t soft, hard;
	int64_t more;
} descriptors[] = {
	{ 200, 200, -150 },
	{ 200, 200, 0 },
	{ 200, 200, 1 },
	/* a process may raise its own limit */
	{ 60, 200, -50 },
	{ 60, 200, 0 },
	{ 60, 200, 1000 },
};

START_TEST(as_many_files_may_be_open_as_the_system_allows)
{
	struct rlimit lim = { descriptors[_i].soft, descriptors[_i].hard };
	int64_t most = unused_below((int)lim.rlim_max);
	int64_t want = most + descriptors[_i].more;
	int64_t have;

	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &lim), 0);
	have = descriptors_free(want);
	ck_assert_int_eq(have, want < most ? want : most);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &lim), 0);
	ck_assert_int_ge(unused_below((int)lim.rlim_cur), have);
}
END_TEST

/* ---- out of memory */

static void find_a_word(void)
{
	struct error err = { 0 };
	struct re *re;

	re_open(&re, "\\b(?:a|ab)+c", 0, &err);
	re_match(re, SPAN("abac"), 0, NULL, 0);
	re_close(re);
}

static void print_a_report(void)
{
	struct report r = { .task = "review", .title = SPAN("1 commit") };
	struct buf b = { 0 };

	render_json(&b, &r, &(struct render_style){ 0 });
	buf_release(&b);
}

static void open_connections(void)
{
	const struct http_limits limits = { 0 };
	struct error err = { 0 };
	struct http *h;

	if (!http_open(&h, &limits, &err))
		http_close(h);
}

static void fill_an_arena(void)
{
	struct arena a = { 0 };

	arena_strdup(&a, "text");
	arena_release(&a);
}

/* least: so often memory is asked for through base/ */
static const struct {
	void (*run)(void);
	unsigned least;
} asked[] = {
	{ find_a_word, 5 },
	{ print_a_report, 20 },
	{ open_connections, 5 },
	{ fill_an_arena, 1 },
};

/* What is said on stderr when the n-th request for memory is refused; the exit
 * code. */
static int run_without(struct buf *said, void (*run)(void), unsigned n)
{
	int end[2], status = 0;
	char part[512];
	pid_t pid;
	ssize_t got;

	ck_assert_int_eq(pipe(end), 0);
	pid = __real_fork();
	if (!pid) {
		dup2(end[1], STDERR_FILENO);
		no.memory = n;
		run();
		_exit(0);
	}
	close(end[1]);
	buf_reset(said);
	while ((got = read(end[0], part, sizeof(part))) > 0)
		buf_add(said, part, (size_t)got);
	close(end[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(without_memory_all_ends_with_one_sentence)
{
	struct buf said = { 0 };
	unsigned n = 1;

	for (; run_without(&said, asked[_i].run, n); n++) {
		ck_assert_int_eq(run_without(&said, asked[_i].run, n), 70);
		ck_assert_str_eq(strchr(buf_cstr(&said), '\n'), "\n");
		ck_assert_ptr_nonnull(strstr(said.ptr, ": raise the limit"));
	}
	ck_assert_uint_eq(said.len, 0);
	ck_assert_uint_gt(n, asked[_i].least);
	buf_release(&said);
}
END_TEST

Suite *faults_suite(void)
{
	Suite *s = suite_create("faults");
	TCase *t = tcase_create("faults");

	tcase_add_checked_fixture(t, sandbox_open, sandbox_close);
	add_rows(t, a_late_failure_leaves_the_old_file_and_nothing_beside_it,
		 writes);
	tcase_add_test(t, without_a_thread_nothing_begins_and_that_is_said);
	tcase_add_test(t, without_a_first_process_no_repository_is_read);
	tcase_add_test(
		t, a_worker_that_cannot_be_started_is_one_error_and_no_more);
	tcase_add_test(
		t, without_a_process_no_pager_shows_and_no_command_gives_a_key);
	add_rows(t, as_many_files_may_be_open_as_the_system_allows,
		 descriptors);
	add_rows(t, without_memory_all_ends_with_one_sentence, asked);
	suite_add_tcase(s, t);
	return s;
}
