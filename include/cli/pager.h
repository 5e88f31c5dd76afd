/*
 * pager - the user's own program that shows what is longer than the screen.
 */
#ifndef CLI_PAGER_H
#define CLI_PAGER_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

struct settings;

/*
 * The command, as git chooses it: $GIT_PAGER, core.pager of the user's own git
 * config (for commands that read it: help and rules do not), $PAGER, `less`
 * (but on a "dumb" terminal none). NULL: none is wanted
 * (--no-pager, `cat`, or empty), or stdout is no terminal.
 */
const char *pager_command(const struct settings *s);
/* Is it less, whatever its arguments? */
bool pager_less(const char *command);
/* Has text more lines than the terminal on stdout has? */
bool pager_needed(struct span text);
enum pager_end {
	PAGER_SHOWN,  /* it ended well, however much it read */
	PAGER_UNSEEN, /* it could not be run, or failed and had read nothing */
	PAGER_FAILED  /* it failed, or was ended by a signal, on the way */
};
/*
 * Show text through the command, and wait for it. It runs without a shell
 * unless it holds what only a shell understands, with LESS=FRX, LV=-c and
 * LESSCHARSET=utf-8 where these are unset, and without the keys of the
 * environment. Returns how it ended; -1 with ERR_INTERRUPTED on SIGTERM or
 * SIGHUP. SIGINT is the pager's.
 */
int pager_show(const char *command, struct span text, struct error *err);
/*
 * Text on stdout, through command (NULL: none) where it needs one, and not if
 * that shows nothing. What a pager fails to show in whole is kept by id
 * (cli/keep) and named on stderr, or printed where it cannot be kept; with id
 * NULL, text that can be had again, neither. ERR_IO, or as above.
 */
int pager_write(const char *command, struct span text, const char *id,
		struct error *err);

#endif
