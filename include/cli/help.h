/*
 * help - the command and option tables for people, fitted to a width.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stddef.h>

#include "base/error.h"

struct buf;
struct command;
struct settings;

/* What there is, examples first. */
void help_all(struct buf *out, size_t width);
/* One command: examples, usage, every option it takes. */
void help_command(struct buf *out, const struct command *c, size_t width);
/* Either (c NULL: the first) on stdout, as wide as that is, through the pager
 * that the settings want. */
int help_print(const struct command *c, const struct settings *s,
	       struct error *err);

#endif
