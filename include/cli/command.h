/*
 * command - one file and one row each.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stddef.h>

#include "base/error.h"

struct invocation;

/* What the words behind a command are, for who completes them. */
enum operand {
	OPERAND_NONE,
	OPERAND_REVISIONS, /* and files behind them */
	OPERAND_FILES,
	OPERAND_COMMANDS,
	OPERAND_SHELLS
};

struct command {
	const char *name;
	const char *synopsis; /* lines after "architect " */
	const char *examples; /* lines: what to type, a tab, what it does */
	const char *about;
	unsigned group; /* its options, by enum option_group */
	enum operand operand;
	int (*run)(struct invocation *inv, struct error *err);
};

extern const struct command commands[];
extern const size_t commands_len;

int cmd_review(struct invocation *inv, struct error *err);
int cmd_design(struct invocation *inv, struct error *err);
int cmd_batch(struct invocation *inv, struct error *err);
int cmd_check(struct invocation *inv, struct error *err);
int cmd_context(struct invocation *inv, struct error *err);
int cmd_models(struct invocation *inv, struct error *err);
int cmd_rules(struct invocation *inv, struct error *err);
int cmd_doctor(struct invocation *inv, struct error *err);
int cmd_completion(struct invocation *inv, struct error *err);
int cmd_man(struct invocation *inv, struct error *err);
int cmd_help(struct invocation *inv, struct error *err);

/* The row of that name; ERR_USAGE with what was meant when there is none. */
int command_named(const struct command **out, const char *name,
		  struct error *err);
/* Find and run the command of an argument list; what main() does. */
int command_run(int argc, char **argv, struct error *err);

#endif
