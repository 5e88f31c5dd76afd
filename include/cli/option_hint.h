/*
 * option_hint - what an option or a value that there is not was meant to be.
 * Each of them sets ERR_USAGE and returns -1, or says so on stderr.
 */
#ifndef CLI_OPTION_HINT_H
#define CLI_OPTION_HINT_H

#include "base/error.h"
#include "base/text.h"

struct arena;
struct invocation;
struct option_row;

/* No command has it. shown is the word as it was typed, name what it names. */
int option_unknown(const struct invocation *inv, const char *shown,
		   struct span name, struct arena *a, struct error *err);
/* Another command has it. */
int option_elsewhere(const struct invocation *inv, const struct option_row *o,
		     const char *shown, struct error *err);
/* The value is none of the row's choices; what names the option. */
int option_no_choice(const struct option_row *o, const char *value,
		     const char *what, struct error *err);
/* A revision or path that there is not may be an option without its dashes:
 * then err, an ERR_REPO, says so instead. */
void option_without_dashes(const struct invocation *inv, struct error *err);
/* A variable ARCHITECT_… that is nearly a setting's: say so. */
void option_environment_unknown(struct arena *a);
/* A key of git's configuration that sets nothing would be none at all,
 * silently: say so. */
void option_key_unknown(struct span name, struct arena *a);

#endif
