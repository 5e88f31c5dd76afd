/*
 * completion - scripts that complete command lines, made from the tables of
 * commands and options.
 */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include <stddef.h>

struct buf;

struct shell {
	const char *name;
	const char *script; /* around the tables, which go where it says so */
	void (*tables)(struct buf *out);
};

extern const struct shell shells[];
extern const size_t shells_len;

/* The whole script. */
void completion_write(struct buf *out, const struct shell *sh);

/* What the value of an option, or an operand, is completed by. */
enum value_kind {
	VALUE_ANY, /* nothing */
	VALUE_FILE,
	VALUE_DIR,
	VALUE_REVISION,
	VALUE_WORD /* one of a list */
};

struct option_row;
struct command;

enum value_kind completion_value(const struct option_row *o);
enum value_kind completion_operand(const struct command *c);
/* The words of VALUE_WORD, each with a blank before it but the first. */
void completion_words(struct buf *out, const struct option_row *o);
void completion_operands(struct buf *out, const struct command *c);

/* The rows' functions. */
void completion_bash(struct buf *out);
void completion_zsh(struct buf *out);
void completion_fish(struct buf *out);

#endif
