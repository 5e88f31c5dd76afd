/*
 * key_command - the key from a program of the user's own (architect.keyCommand
 * in the user's git configuration).
 */
#ifndef CLI_KEY_COMMAND_H
#define CLI_KEY_COMMAND_H

#include <stdint.h>

#include "base/error.h"

struct arena;

/* When it is said on stderr that the program is waited for, and when it is
 * ended. */
struct key_patience {
	int64_t say_ms, end_ms;
};

extern const struct key_patience key_patience; /* 2 s, 60 s */

/*
 * Split command at blanks ('…' and "…" keep them, 32 words at most), run it
 * without a shell and with nothing to read, and take the first line it prints
 * (at most 4 KiB). ERR_USAGE when it cannot be run, fails, is too slow, or
 * prints nothing or what is no key.
 */
int key_command_run(const char **key, struct arena *a, const char *command,
		    struct error *err);
int key_command_within(const char **key, struct arena *a, const char *command,
		       const struct key_patience *patience, struct error *err);

#endif
