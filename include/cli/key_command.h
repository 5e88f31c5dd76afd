/*
 * key_command - the key from a program of the user's own (architect.keyCommand
 * in the user's git configuration).
 */
#ifndef CLI_KEY_COMMAND_H
#define CLI_KEY_COMMAND_H

#include "base/error.h"

struct arena;

/*
 * Split command at blanks ('…' and "…" keep them), run it without a shell,
 * and take the first line it prints (at most 4 KiB). ERR_USAGE when it cannot
 * be run, fails or prints nothing.
 */
int key_command_run(const char **key, struct arena *a, const char *command,
		    struct error *err);

#endif
