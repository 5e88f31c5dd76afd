#include "sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#define START                                                      \
	"git init -q r; cd r; head -c 300000 /dev/urandom >noise;" \
	"echo 1 >a.rs; git add .; git commit -qm start;"           \
	"head -c 300000 /dev/urandom >noise; git commit -qam noise;"

/* Long enough for a slow machine to answer what can be answered. */
static const struct repo_limits hasty = { 3000, (int64_t)1 << 30, 4 << 20,
					  64 << 20 };

static struct repo *open_with(const struct repo_limits *limits)
{
	struct error err = { 0 };
	struct repo *r = NULL;

	ck_assert_int_eq(repo_start(NULL, &err), 0);
	ck_assert_int_eq(repo_open(&r, "r", limits, &err), 0);
	return r;
}

/* The first process whose parent is this one; 0: /proc does not say. */
static pid_t child_of(pid_t pid)
{
	char path[64];
	char list[64] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid,
		 (int)pid);
	f = fopen(path, "r");
	if (f) {
		if (!fgets(list, sizeof(list), f))
			*list = 0;
		fclose(f);
	}
	return (pid_t)strtol(list, NULL, 10);
}

/* Write a loose object: header, then content, in one stored zlib block. */
static void write_loose(const char *header, size_t header_len, size_t n)
{
	static unsigned char raw[60100];
	unsigned char head[7] = { 0x78, 0x01, 0x01 };
	uint32_t a = 1, b = 0;
	size_t len = header_len + n;
	FILE *f;

	memcpy(raw, header, header_len);
	memset(raw + header_len, 'x', n);
	for (size_t i = 0; i < len; i++) {
		a = (a + raw[i]) % 65521;
		b = (b + a) % 65521;
	}
	head[3] = len & 255;
	head[4] = (len >> 8) & 255;
	head[5] = head[3] ^ 255;
	head[6] = head[4] ^ 255;
	shell("mkdir -p r/.git/objects/be");
	f = fopen("r/.git/objects/be/"
		  "efbeefbeefbeefbeefbeefbeefbeefbeefbeef",
		  "wb");
	ck_assert_ptr_nonnull(f);
	fwrite(head, 1, sizeof(head), f);
	fwrite(raw, 1, len, f);
	fprintf(f, "%c%c%c%c", (int)(b >> 8), (int)(b & 255), (int)(a >> 8),
		(int)(a & 255));
	fclose(f);
}

#define BEEF "beefbeefbeefbeefbeefbeefbeefbeefbeefbeef"

static const struct {
	const char *header;
	size_t len, content;
	const char *want;
} loose[] = {
	{ "blob 5", 7, 60000, "not as long as it says" },
	{ "blob 5", 7, 6, "not as long as it says" },
	{ "blob 5", 7, 5, "not what its name says" },
	{ "blob 4000000000", 16, 5, "larger than 4096 KiB" },
	{ "commit 99999999", 16, 5, "larger than 4096 KiB" },
	{ "blob -5", 8, 5, BEEF },
	{ "blob", 5, 5, BEEF },
};

START_TEST(a_loose_object_that_lies_about_its_length_is_an_error)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct span text;
	struct repo *r;

	shell(START);
	write_loose(loose[_i].header, loose[_i].len, loose[_i].content);
	r = open_with(&sandbox_limits);
	ck_assert_int_eq(repo_blob(&text, &a, r, BEEF, &err), -1);
	ck_assert_int_eq(err.kind, ERR_REPO);
	ck_assert_msg(strstr(err.msg, loose[_i].want) != NULL, "%s", err.msg);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(an_object_cut_short_ends_at_the_deadline_and_work_goes_on)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf out = { 0 };
	struct repo_info info;
	struct repo *r;

	shell(START "id=$(git rev-parse HEAD:noise);"
		    "f=.git/objects/$(echo $id | sed 's,..,&/,');"
		    "chmod +w $f; truncate -s 20000 $f");
	r = open_with(&hasty);
	sandbox_diff(&out, r, "--commit=HEAD");
	ck_assert_msg(strstr(buf_cstr(&out), "did not answer within 3 s") !=
			      NULL,
		      "%s", buf_cstr(&out));
	ck_assert_msg(repo_info(&info, &a, r, &err) == 0, "%s", err.msg);
	ck_assert(span_eqs(info.head_name, "main"));
	buf_release(&out);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(a_worker_that_was_killed_is_an_error_and_then_replaced)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct repo_info info;
	struct repo *r;
	pid_t worker;

	shell(START);
	r = open_with(&sandbox_limits);
	ck_assert_int_eq(repo_info(&info, &a, r, &err), 0);
	worker = child_of(child_of(getpid()));
	if (worker) {
		kill(worker, SIGSEGV);
		ck_assert_int_eq(repo_info(&info, &a, r, &err), -1);
		ck_assert_int_eq(err.kind, ERR_REPO);
		ck_assert_msg(strstr(err.msg, "git fsck") != NULL, "%s",
			      err.msg);
		ck_assert_int_eq(repo_info(&info, &a, r, &err), 0);
		worker = child_of(child_of(getpid()));
		kill(worker, SIGKILL);
		ck_assert_int_eq(repo_info(&info, &a, r, &err), -1);
		ck_assert_msg(strstr(err.msg, "from outside") != NULL, "%s",
			      err.msg);
	}
	arena_release(&a);
	repo_close(r);
}
END_TEST

#if !defined(__SANITIZE_ADDRESS__)
START_TEST(a_worker_has_no_more_memory_than_it_may)
{
	struct repo_limits small = { 60000, 160 << 20, (int64_t)1 << 30,
				     64 << 20 };
	struct error err = { 0 };
	struct buf out = { 0 };
	struct repo *r;

	shell("git init -q r; cd r; truncate -s 200M big; git add big;"
	      "git commit -qm big");
	r = open_with(&small);
	sandbox_diff(&out, r, "--commit=HEAD");
	ck_assert_msg(strstr(buf_cstr(&out), "160 MiB of memory") != NULL, "%s",
		      buf_cstr(&out));
	(void)err;
	buf_release(&out);
	repo_close(r);
}
END_TEST
#endif

/* Does the environment of a process, as the kernel shows it, hold the word? */
static bool environ_holds(pid_t pid, const char *word)
{
	static char bytes[65536];
	char path[64];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/environ", (int)pid);
	f = fopen(path, "r");
	if (!f)
		return false;
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	return memmem(bytes, n, word, strlen(word)) != NULL;
}

START_TEST(no_process_that_reads_a_repository_has_the_key)
{
	static const char *const secrets[] = { "HUSH_KEY", "UNSET_KEY", NULL };
	struct arena a = { 0 };
	struct error err = { 0 };
	struct repo_info info;
	struct repo *r;
	pid_t server;

	setenv("HUSH_KEY", "hush-hush-hush", 1);
	shell(START);
	ck_assert_int_eq(repo_start(secrets, &err), 0);
	ck_assert_int_eq(repo_open(&r, "r", &sandbox_limits, &err), 0);
	ck_assert_int_eq(repo_info(&info, &a, r, &err), 0);
	server = child_of(getpid());
	if (server) {
		ck_assert(!environ_holds(server, "hush-hush"));
		ck_assert(!environ_holds(child_of(server), "hush-hush"));
	}
	ck_assert_str_eq(getenv("HUSH_KEY"), "hush-hush-hush");
	arena_release(&a);
	repo_close(r);
	repo_stop();
	repo_stop();
	/* it ends by itself, and soon: this hangs if it does not */
	while (waitpid(-1, NULL, 0) > 0)
		;
	ck_assert_int_eq(child_of(getpid()), 0);
}
END_TEST

START_TEST(many_repositories_are_open_at_once)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct repo_info info;
	struct repo *r[12];

	shell(START);
	for (size_t i = 0; i < 12; i++)
		r[i] = open_with(&sandbox_limits);
	for (size_t i = 12; i-- > 0;) {
		ck_assert_int_eq(repo_info(&info, &a, r[i], &err), 0);
		repo_close(r[i]);
	}
	arena_release(&a);
}
END_TEST

START_TEST(without_the_first_process_a_question_is_an_error)
{
	struct error err = { 0 };
	struct repo *r;

	ck_assert_int_eq(repo_open(&r, NULL, &sandbox_limits, &err), -1);
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	ck_assert_ptr_null(r);
	repo_close(r);
}
END_TEST

Suite *repo_worker_suite(void)
{
	Suite *s = suite_create("repo_worker");
	TCase *tc = tcase_create("repo_worker");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc, a_loose_object_that_lies_about_its_length_is_an_error,
		 loose);
	tcase_add_test(
		tc, an_object_cut_short_ends_at_the_deadline_and_work_goes_on);
	tcase_add_test(tc,
		       a_worker_that_was_killed_is_an_error_and_then_replaced);
#if !defined(__SANITIZE_ADDRESS__)
	tcase_add_test(tc, a_worker_has_no_more_memory_than_it_may);
#endif
	tcase_add_test(tc, no_process_that_reads_a_repository_has_the_key);
	tcase_add_test(tc, many_repositories_are_open_at_once);
	tcase_add_test(tc, without_the_first_process_a_question_is_an_error);
	suite_add_tcase(s, tc);
	return s;
}
