#include "cli/ci.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fs.h"
#include "test.h"

static const struct {
	const char *server, *name, *gitlab, *url; /* NULL: not set; none */
} told[] = {
	{ NULL, NULL, NULL, NULL },
	{ "https://github.com", "a/b-c.d", NULL, "https://github.com/a/b-c.d" },
	{ "https://github.com", NULL, NULL, NULL },
	{ NULL, "a/b", NULL, NULL },
	{ "", "a/b", NULL, NULL },
	{ NULL, NULL, "https://gitlab.com/a/b", "https://gitlab.com/a/b" },
	{ NULL, NULL, "https://git.example:8443/~a/b",
	  "https://git.example:8443/~a/b" },
	{ NULL, NULL, "https://user:secret@example.com/a", NULL },
	{ NULL, NULL, "http://example.com/a", NULL },
	{ NULL, NULL, "file:///etc/passwd", NULL },
	{ NULL, NULL, "https://", NULL },
	{ NULL, NULL, "https:///a", NULL },
	{ NULL, NULL, "https://example.com/a b", NULL },
	{ NULL, NULL, "https://example.com/\x1b[2J", NULL },
	{ NULL, NULL, "https://example.com/?q", NULL },
};

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

START_TEST(only_a_plain_https_url_is_the_repository)
{
	struct arena a = { 0 };
	const char *url;

	set("GITHUB_SERVER_URL", told[_i].server);
	set("GITHUB_REPOSITORY", told[_i].name);
	set("CI_PROJECT_URL", told[_i].gitlab);
	url = ci_repository(&a);
	ck_assert_pstr_eq(url, told[_i].url);
	arena_release(&a);
}
END_TEST

START_TEST(commands_are_read_off_a_log_and_not_off_a_file)
{
	FILE *f = tmpfile();
	int ends[2];

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(pipe(ends), 0);
	set("TF_BUILD", NULL);
	set("GITHUB_ACTIONS", NULL);
	dup2(ends[1], STDOUT_FILENO);
	ck_assert(!ci_reads_stdout());
	set("GITHUB_ACTIONS", "true");
	ck_assert(ci_reads_stdout());
	dup2(fileno(f), STDOUT_FILENO);
	ck_assert(!ci_reads_stdout());
	close(STDOUT_FILENO);
	ck_assert(ci_reads_stdout());
}
END_TEST

START_TEST(a_summary_grows_up_to_its_limit)
{
	char path[] = "/tmp/architect-ci-XXXXXX";
	struct error err = { 0 };
	struct arena a = { 0 };
	struct span text;
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_uint_eq(ci_summary_room(path), 1 << 20);
	ci_summary_append(path, SPAN("one\n"));
	ci_summary_append(path, SPAN(""));
	ci_summary_append(path, SPAN("two\n"));
	ck_assert(!fs_read(&text, &a, path, 100, &err));
	ck_assert(span_eqs(text, "one\ntwo\n"));
	ck_assert_uint_eq(ci_summary_room(path), (1 << 20) - 8);
	ck_assert(!ftruncate(fd, (1 << 20) + 1));
	ck_assert_uint_eq(ci_summary_room(path), 0);
	close(fd);
	unlink(path);
	ck_assert_uint_eq(ci_summary_room(path), 1 << 20);
	arena_release(&a);
}
END_TEST

Suite *ci_suite(void)
{
	Suite *s = suite_create("ci");
	TCase *tc = tcase_create("ci");

	add_rows(tc, only_a_plain_https_url_is_the_repository, told);
	tcase_add_test(tc, commands_are_read_off_a_log_and_not_off_a_file);
	tcase_add_test(tc, a_summary_grows_up_to_its_limit);
	suite_add_tcase(s, tc);
	return s;
}
