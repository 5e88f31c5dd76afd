/*
 * options - every option once, in a table that the command line, the
 * environment, git's configuration, --help and `context --settings` all read.
 *
 * Precedence: command line, ARCHITECT_* environment, git config architect.*
 * (global, then system). The repository's own configuration may only lower
 * the rows marked OPTION_LOWER.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/invocation.h"

struct arena;
struct buf;
struct config_list;

enum option_type {
	OPTION_FLAG,
	OPTION_COUNT, /* given twice counts twice */
	OPTION_TEXT,
	OPTION_LIST,   /* may be given again; each may hold several by commas */
	OPTION_NUMBER, /* whole, not negative */
	OPTION_SIZE,   /* bytes; K, M, G are powers of 1024 */
	OPTION_TIME,   /* seconds, fractions allowed, or 200ms, 5m, 1h */
	OPTION_MONEY,  /* dollars */
	OPTION_FORMAT  /* a renderer's name */
};

enum option_group {
	GROUP_REVIEW = 1,
	GROUP_DESIGN = 2,
	GROUP_BATCH = 4,
	GROUP_CONTEXT = 8,
	GROUP_CHECK = 16,
	GROUP_DOCTOR = 32,
	GROUP_MODELS = 64,
	GROUP_RULES = 128,
	GROUP_PRINT = 256, /* what prints a text of its own and no more */
	GROUP_REPO = GROUP_REVIEW | GROUP_DESIGN | GROUP_BATCH | GROUP_CONTEXT |
		     GROUP_DOCTOR,
	GROUP_MODEL = GROUP_REPO | GROUP_MODELS,
	GROUP_ALL = 511
};

enum option_flag {
	OPTION_SETTING = 1,  /* also from environment and git config */
	OPTION_LOWER = 2,    /* the repository's own config may lower it */
	OPTION_CONFIG = 4,   /* from the user's git config only */
	OPTION_POSITIVE = 8, /* 0 is refused: it would read as no limit */
	OPTION_ORDERED = 16  /* its place among the others of these counts:
			      * cli/outputs is told */
};

enum option_topic {
	TOPIC_WHAT,
	TOPIC_WHO,
	TOPIC_LIMIT,
	TOPIC_OUTPUT,
	OPTION_TOPICS
};
/* "What is looked at" … */
extern const char *const option_topics[OPTION_TOPICS];

struct option_row {
	const char *name; /* without dashes */
	char letter;	  /* 0: none */
	enum option_type type;
	unsigned groups, flags;
	size_t offset;	     /* into struct invocation */
	const char *initial; /* default, as it would be typed; NULL: none */
	const char *arg;     /* FILE, N …; NULL for flags */
	const char *choices; /* "a|b|c", or NULL: any */
	const char *help;
	enum option_topic topic;
};

extern const struct option_row option_table[];
extern const size_t option_table_len;

/* The i-th word that the row may be given; false behind the last, and at once
 * when it may be given any. */
bool option_choice(const struct option_row *o, size_t i, struct span *word);
/* Where the row's value is: of the type that its option_type says. */
void *option_field(const struct invocation *inv, const struct option_row *o);
/* Put every row's default in place. */
void options_init(struct invocation *inv);
/* Does this word, an option, take the next one as its value? */
bool options_takes_value(const char *word);
/*
 * Parse what follows the command. ERR_USAGE names the word and the nearest
 * option. Strings are borrowed from argv.
 */
int options_parse(struct invocation *inv, struct arena *a, int argc,
		  char **argv, struct error *err);
/* ARCHITECT_* for every OPTION_SETTING row that argv did not give. */
int options_environment(struct invocation *inv, struct arena *a,
			struct error *err);
/* architect.* of git's configuration, for rows still at their default. */
int options_config(struct invocation *inv, struct arena *a,
		   const struct config_list *list, struct error *err);
/* How much is said on stderr, as --quiet and --verbose want it. */
void options_set_log_level(const struct settings *s);
/* Every setting, its value and where it came from. Keys are never shown. */
void options_show(struct buf *out, const struct invocation *inv);
/* A line in the same columns. */
void options_show_line(struct buf *out, const char *name, const char *value,
		       const char *from);

#endif
