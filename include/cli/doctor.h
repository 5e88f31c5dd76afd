/*
 * doctor - what is looked at, and the lines that come of it.
 */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "base/buf.h"
#include "cli/run.h"
#include "llm/ask.h"

struct check_up {
	struct run run;
	struct buf out;
	enum error_kind worst;
	struct answer list; /* of models */
};

/* A line: "ok", "note" or "fail", of what, and the words, masked, visible and
 * wrapped. */
void doctor_line(struct check_up *c, const char *mark, const char *what,
		 const char *text);
/* One that fails; the first kind decides the exit code. */
void doctor_bad(struct check_up *c, const char *what, const char *text,
		enum error_kind kind);

/*
 * Provider, key, server, model, window; nothing is asked of an offline one.
 * ERR_INTERRUPTED when a signal came: nothing else is an error.
 */
int doctor_server(struct check_up *c, struct error *err);

#endif
