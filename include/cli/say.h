/*
 * say - the sentences on stderr before anything is sent.
 */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include "base/error.h"

struct arena;
struct endpoint;
struct job;
struct report;
struct review;
struct settings;

/* What is reviewed, what is left out, which guides count, where it goes. */
void say_before(const struct job *job, const struct settings *s);
/* That the model's window is not known, and what to do; if it is not. */
void say_window(const struct job *job, const struct settings *s);
/* How the findings stand against the baseline, when one was given. */
void say_known(const struct report *r);
/* Nothing to review, and the likeliest next command, as one line. */
void say_empty(struct error *out, const struct review *rv);
/* That somebody at a terminal is waited for, when path is "-" and stdin is one;
 * path may be NULL. What is expected, and what does without typing it. */
void say_waiting(const char *path, const char *what, const char *instead);
/* "12,345" */
const char *say_number(struct arena *a, long long n);

/* On stderr: no model is asked, and why. */
void say_offline(const struct review *rv);

/* Of --format patch: why there is none, or what was left out of it. */
void say_patch(const struct report *r);

#endif
