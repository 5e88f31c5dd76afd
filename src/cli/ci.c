#include "cli/ci.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/log.h"

#define SUMMARY_BYTES (1 << 20)
#define URL_BYTES 512

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* Of a host and plain names, so that it may stand in any report. */
static bool plain_url(const char *url)
{
	const char *at = url;

	if (strncmp(url, "https://", 8) || strlen(url) > URL_BYTES)
		return false;
	for (at += 8; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("-._~/:", *at))
			return false;
	return isalnum((unsigned char)url[8]);
}

const char *ci_repository(struct arena *a)
{
	const char *server = variable("GITHUB_SERVER_URL");
	const char *name = variable("GITHUB_REPOSITORY");
	const char *url = variable("CI_PROJECT_URL");

	if (server && name)
		url = arena_printf(a, "%s/%s", server, name);
	return url && plain_url(url) ? url : NULL;
}

bool ci_reads_stdout(void)
{
	struct stat st;

	if (!variable("GITHUB_ACTIONS") && !variable("TF_BUILD"))
		return false;
	return fstat(STDOUT_FILENO, &st) || !S_ISREG(st.st_mode);
}

const char *ci_summary_file(void)
{
	return variable("GITHUB_STEP_SUMMARY");
}

size_t ci_summary_room(const char *file)
{
	struct stat st;

	if (stat(file, &st) || st.st_size <= 0)
		return SUMMARY_BYTES;
	if (st.st_size >= SUMMARY_BYTES)
		return 0;
	return SUMMARY_BYTES - (size_t)st.st_size;
}

void ci_summary_append(const char *file, struct span text)
{
	struct error err = { 0 };

	if (!text.len)
		error_set(&err, ERR_IO, "it holds as much as GitHub shows");
	else
		fs_append(file, text, &err);
	if (err.kind)
		log_note("the report is not in the step's summary: %s",
			 err.msg);
}
