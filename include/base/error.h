/*
 * error - one failure: its kind and its words.
 *
 * A function that can fail returns 0 or -1 and takes a struct error last.
 * Only main prints an error and turns its kind into the exit code, so a kind
 * exists only where an exit code does.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

enum error_kind {
	ERR_NONE = 0,
	ERR_GATE = 1,	      /* complete, with findings that --fail-on names */
	ERR_USAGE = 2,	      /* wrong options or settings */
	ERR_REPO = 3,	      /* repository or other input */
	ERR_MODEL = 4,	      /* model or transport */
	ERR_REPLY = 5,	      /* reply refused, incomplete, invalid */
	ERR_PARTIAL = 6,      /* coverage partial; a batch with failed jobs */
	ERR_BUDGET = 7,	      /* tokens, money or time used up */
	ERR_INTERNAL = 70,    /* a broken promise of our own */
	ERR_IO = 74,	      /* stdout or a file could not be written */
	ERR_INTERRUPTED = 128 /* by a signal; the code is 128 + its number */
};

/* Zero-initialised means no error. msg is one line, without a full stop. */
struct error {
	enum error_kind kind;
	char msg[512];
};

/*
 * Record a failure; a later one replaces an earlier one. Clips at a UTF-8
 * boundary. Returns -1 so that `return error_set(…)` reads well. err may be
 * NULL. Never allocates.
 */
int error_set(struct error *err, enum error_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "prefix: " before the words already there. Returns -1. */
int error_prefix(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Put "; words" behind them. Returns -1. */
int error_suffix(struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
