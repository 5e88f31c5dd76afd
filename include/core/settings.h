/*
 * settings - every resolved setting as a plain field.
 *
 * Filled by cli from the option table; read by every floor. Strings live as
 * long as the program. Times are milliseconds, sizes bytes; 0 in a limit that
 * has no default means "none".
 */
#ifndef CORE_SETTINGS_H
#define CORE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

/* What an option that may be given again and again was given. */
#define WORD_LIST_MAX 32
struct word_list {
	const char *word[WORD_LIST_MAX];
	unsigned len;
};

struct settings {
	/* where the model is */
	const char *provider; /* a provider row's name, or "auto" */
	const char *model;
	const char *base_url;
	const char *key_command; /* user's git config: argv, no shell */
	const char *api_version; /* anthropic-version header */
	const char *models_file; /* overrides rows of the model table */
	bool allow_http;	 /* plain http beyond loopback */
	/* the conversation */
	const char *agent;  /* FILE or NAME; NULL is the embedded one */
	const char *intent; /* TEXT or @FILE */
	int64_t max_output; /* tokens a reply; 0: the model's */
	int64_t window;	    /* tokens; 0: the model table's */
	int64_t max_tokens; /* whole run */
	double max_cost;    /* US dollars, whole run; 0 = none */
	/* time */
	int64_t connect_timeout, first_byte_timeout, idle_timeout, timeout;
	int64_t tries;	     /* 1 = no retry */
	int64_t retry_after; /* longest wait a server may ask for */
	/* ceilings */
	int64_t max_response, max_event, max_headers;
	int64_t max_file, max_diff, max_guides, import_depth;
	int64_t repo_timeout, worker_memory;
	int64_t jobs;
	int64_t max_parts; /* requests that one review is put in */
	bool patient;	   /* many jobs: wait as long as a server asks for */
	/* the repository */
	const char *dir;		   /* -C */
	const char *guides_from;	   /* "base", "head", "worktree" */
	struct word_list exclude, include; /* globs, some by commas */
	const char *on_secret;		   /* "mask", "fail" */
	const char *baseline;		   /* known findings, or NULL */
	const char *write_baseline;
	/* output */
	const char *format; /* a format row's name; NULL: by the terminal */
	const char *color, *hyperlinks; /* "auto", "always", "never" */
	const char *pager; /* core.pager of the user's git config, or NULL */
	bool no_pager;
	bool trust_allows;   /* an allow of the change itself silences too */
	const char *fail_on; /* a level's name, or NULL: no gate */
	bool quiet, partial, fail_on_empty;
	bool require_full_coverage;
	int64_t verbose;
};

#endif
