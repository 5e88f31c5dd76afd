/*
 * ci - what a CI system tells through the environment of the run.
 */
#ifndef CLI_CI_H
#define CLI_CI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

/*
 * The address of the repository, of GITHUB_SERVER_URL and GITHUB_REPOSITORY or
 * CI_PROJECT_URL (GitLab), in the arena; NULL when none is told or it is no
 * https URL without a user.
 */
const char *ci_repository(struct arena *a);
/* Does a CI system read commands off what we print? GitHub's runner and Azure's
 * agent do, of all but a file that stdout was sent to. */
bool ci_reads_stdout(void);
/* The file whose Markdown GitHub shows on the job's page
 * (GITHUB_STEP_SUMMARY); NULL: none. */
const char *ci_summary_file(void);
/* Bytes that it still takes: of a step GitHub shows 1 MiB or nothing. */
size_t ci_summary_room(const char *file);
/* Append to it. A failure is told on stderr and is none of the review's. */
void ci_summary_append(const char *file, struct span text);

#endif
