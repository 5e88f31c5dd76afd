/*
 * models - what is known of models: one table, overridable by a file.
 *
 * Prices are US dollars a million tokens as of the date in the table; a model
 * that is not in it is used all the same, with window and price unknown.
 */
#ifndef LLM_MODELS_H
#define LLM_MODELS_H

#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "core/usage.h"
#include "llm/estimate.h"

struct arena;

struct model {
	const char *id;	      /* a date may follow: "claude-haiku-4-5" fits
				 "claude-haiku-4-5-20251001", not "…-4-5-x" */
	const char *provider; /* row name */
	const char *alias;    /* "sonnet", or NULL */
	int64_t window, max_output; /* tokens; 0 unknown */
	int64_t reply;		    /* tokens asked for by default */
	/* $/Mtok; negative unknown */
	double input, output, cache_read, cache_write;
	/* over this prompt size another price holds; 0 none */
	int64_t long_over;
	double long_input, long_output, long_cache_read, long_cache_write;
	enum tokenizer tokenizer; /* for estimates */
	double bytes_per_token;	  /* the same from the user's file; 0: none */
	int64_t possible; /* tokens it could be run with; 0: window is all */
};

extern const char models_date[]; /* "2026-11-18" */

/*
 * The row of an id or alias, or NULL. Aliases hold for the Anthropic row
 * only, and ANTHROPIC_DEFAULT_{FABLE,OPUS,SONNET,HAIKU}_MODEL override them:
 * *id gets the id to send (the name itself when it is no alias).
 */
const struct model *model_find(const char *provider, const char *name,
			       const char **id);
/* The id or alias of that provider's rows that is nearest to name, or NULL. */
const char *model_near(const char *provider, const char *name);
/* A row for a model that has none: all that is known of it is its name, and
 * the family which that tells. Borrows id. */
struct model model_blank(const char *provider, const char *id);
/* Row i of the table in force, or NULL after the last. */
const struct model *model_at(size_t i);
/*
 * Put the rows of a JSON file ({"models":[{"id":…,"provider":…,"window":…,
 * "max_output":…,"input":…,"output":…,"cache_read":…,"cache_write":…}]})
 * before the built-in ones, for the whole process. A row may also have "alias",
 * "reply", "bytes_per_token", "long_over" and "long_…" prices. ERR_USAGE naming
 * the offending row. The arena must outlive every look-up. An empty list takes
 * them away again.
 */
int models_load(struct arena *a, const char *path, struct error *err);

/* Dollars of a usage, or -1 when a price or the counts are unknown. */
double model_cost(const struct model *m, const struct usage *u);
/* Estimated tokens of a text; m may be NULL. Rounded up. */
int64_t model_text_tokens(const struct model *m, struct span text);
/* The same of so many bytes of Rust diffs that are not at hand. */
int64_t model_tokens(const struct model *m, size_t bytes);

#endif
