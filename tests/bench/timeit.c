/*
 * timeit - run commands side by side and say how long each took.
 *
 *	timeit N COMMAND [-- COMMAND]…
 *
 * Each COMMAND is one argument for `sh -c`, with its output thrown away. They
 * take turns, N times, so that what else the machine does falls on all alike.
 * Prints for each: median and least wall time in ms, peak memory in MiB (the
 * sum of VmHWM over its processes, sampled every ms), and the ratio of its
 * median to the first command's.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"

#define MAX_COMMANDS 8

struct command {
	const char *text;
	double *ms;
	long peak_kib;
};

/* VmHWM of one process, in KiB; 0 when it is gone or not of the session. */
static long high_water(const char *pid, pid_t session)
{
	char path[300], line[256];
	long kib = 0;
	FILE *f;

	if (getsid((pid_t)strtol(pid, NULL, 10)) != session)
		return 0;
	snprintf(path, sizeof(path), "/proc/%s/status", pid);
	f = fopen(path, "r");
	if (!f)
		return 0;
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, "VmHWM:", 6))
			kib = strtol(line + 6, NULL, 10);
	fclose(f);
	return kib;
}

static long sum_of(pid_t session)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	long sum = 0;

	while (d && (e = readdir(d)))
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9')
			sum += high_water(e->d_name, session);
	if (d)
		closedir(d);
	return sum;
}

static pid_t start(const char *text)
{
	pid_t pid = fork();
	int null;

	if (pid)
		return pid;
	setsid();
	null = open("/dev/null", O_RDWR);
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	_exit(127);
}

static double run(struct command *c, int sample)
{
	int64_t from = clock_mono_us();
	pid_t pid = start(c->text);
	int status = 0;

	while (sample && waitpid(pid, &status, WNOHANG) == 0) {
		long kib = sum_of(pid);

		if (kib > c->peak_kib)
			c->peak_kib = kib;
		usleep(1000);
	}
	if (!sample)
		waitpid(pid, &status, 0);
	if (status)
		fprintf(stderr, "timeit: `%s` ended with status %d\n", c->text,
			WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return (double)(clock_mono_us() - from) / 1000;
}

static int by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

int main(int argc, char **argv)
{
	struct command c[MAX_COMMANDS] = { 0 };
	int rounds = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;
	struct arena a = { 0 };
	int n = 0, i, k;

	for (i = 2; i < argc && n < MAX_COMMANDS; i++)
		if (strcmp(argv[i], "--") != 0)
			c[n++].text = argv[i];
	if (rounds < 1 || !n) {
		fprintf(stderr, "usage: timeit N COMMAND [-- COMMAND]...\n");
		return 2;
	}
	for (k = 0; k < n; k++) {
		c[k].ms = arena_array(&a, (size_t)rounds, sizeof(double));
		run(&c[k], 0); /* warm the caches */
	}
	for (i = 0; i < rounds; i++)
		for (k = 0; k < n; k++)
			c[k].ms[i] = run(&c[k], 0);
	for (k = 0; k < n; k++)
		for (i = 0; i < 3; i++)
			run(&c[k], 1);
	for (k = 0; k < n; k++)
		qsort(c[k].ms, (size_t)rounds, sizeof(double), by_value);
	for (k = 0; k < n; k++)
		printf("%8.1f ms  %8.1f least  %6.1f MiB  x%.2f  %.60s\n",
		       c[k].ms[rounds / 2], c[k].ms[0],
		       (double)c[k].peak_kib / 1024,
		       c[k].ms[rounds / 2] / c[0].ms[rounds / 2], c[k].text);
	arena_release(&a);
	return 0;
}
