/*
 * invocation - one command line, resolved: the settings and what only this
 * call can say.
 */
#ifndef CLI_INVOCATION_H
#define CLI_INVOCATION_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/outputs.h"
#include "core/settings.h"

struct command;

struct invocation {
	struct settings settings;
	const struct command *command;
	/* what to review */
	bool all, staged, untracked;
	const char *commit, *merge_base;
	/* where input comes from */
	const char *file;    /* design -f */
	const char *input;   /* batch -i */
	const char *pages;   /* batch --pages */
	const char *explain; /* rules --explain */
	/* where the report goes; `output` is the last file given */
	struct output_words outputs;
	const char *output;
	/* what context shows */
	bool request, agent_file, show_settings, ask_server;
	bool help;
	/* words before `--`, and paths after it */
	const char **words, **paths;
	size_t nwords, npaths;
	bool dashdash;
	/* where each option's value came from, by row of the option table */
	const char *from[96];
};

#endif
