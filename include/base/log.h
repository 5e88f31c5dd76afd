/*
 * log - the trace behind -v and -vv, and the one way to write to stderr.
 *
 * Every line is masked (base/mask) and made visible (base/text) before it is
 * written, in one write. It stays one line, whatever it quotes: a name with a
 * newline in it forges none, nor is it a command to a CI system (base/ci_log).
 * Safe from several threads.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
	LOG_QUIET = -1,	 /* -q: errors only */
	LOG_NORMAL = 0,	 /* what is reviewed, where it goes */
	LOG_VERBOSE = 1, /* -v: each step with its time */
	LOG_DEBUG = 2	 /* -vv: requests and stream events, no key */
};

void log_set_level(enum log_level level);
enum log_level log_get_level(void);
/* "architect: …" lines; a newline is added. Nothing at lower levels. */
void log_at(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Called before every line so that a progress line can step aside. */
void log_hook(void (*before)(void *), void *ctx);

#define log_note(...) log_at(LOG_NORMAL, __VA_ARGS__)
#define log_info(...) log_at(LOG_VERBOSE, __VA_ARGS__)
#define log_debug(...) log_at(LOG_DEBUG, __VA_ARGS__)

#endif
