/*
 * The end-to-end cases: each folder of tests/cases is one row. They are run
 * four at a time (CASES_JOBS) before the rows are told; an argument runs those
 * whose names hold it.
 */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case.h"

#define MAX_CASES 1024
#define MAX_WORDS 8192

static char names[MAX_CASES][256];
static int count;
static char (*wrong)[MAX_WORDS]; /* shared with the children that run */

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static const char *cases_dir(void)
{
	static char path[4096];

	if (!*path && !realpath("tests/cases", path))
		perror("tests/cases");
	return path;
}

static void find_cases(const char *part)
{
	DIR *d = opendir(cases_dir());
	struct dirent *e;

	while (d && (e = readdir(d)) && count < MAX_CASES)
		if (e->d_name[0] >= '0' && e->d_name[0] <= '9' &&
		    (!part || strstr(e->d_name, part)))
			snprintf(names[count++], sizeof(names[0]), "%s",
				 e->d_name);
	if (d)
		closedir(d);
	qsort(names, (size_t)count, sizeof(names[0]), by_name);
}

static void run_one(int i)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf out = { 0 };
	struct test_case c;
	const char *dir = arena_printf(&a, "%s/%s", cases_dir(), names[i]);

	if (case_read(&c, &a, dir, &err))
		buf_addf(&out, "%s\n", err.msg);
	else if (!c.limited || !CASE_SANITIZED)
		case_run(&out, &c);
	snprintf(wrong[i], MAX_WORDS, "%s", buf_cstr(&out));
	buf_release(&out);
	arena_release(&a);
}

static void run_all(void)
{
	const char *jobs = getenv("CASES_JOBS");
	int most = jobs ? (int)strtol(jobs, NULL, 10) : 4, running = 0;

	for (int i = 0; i < count; i++) {
		snprintf(wrong[i], MAX_WORDS, "the runner ended\n");
		if (running == most && wait(NULL) > 0)
			running--;
		if (fork()) {
			running++;
			continue;
		}
		run_one(i);
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
}

START_TEST(the_program_does_what_the_case_says)
{
	ck_assert_msg(!*wrong[_i], "tests/cases/%s: %s", names[_i], wrong[_i]);
}
END_TEST

int main(int argc, char **argv)
{
	Suite *s = suite_create("cases");
	TCase *tc = tcase_create("cases");
	SRunner *sr = srunner_create(s);
	int failed;

	find_cases(argc > 1 ? argv[1] : NULL);
	wrong = mmap(NULL, MAX_CASES * sizeof(*wrong), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	run_all();
	tcase_add_loop_test(tc, the_program_does_what_the_case_says, 0, count);
	suite_add_tcase(s, tc);
	srunner_set_fork_status(sr, CK_NOFORK);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed || !count ? EXIT_FAILURE : EXIT_SUCCESS;
}
