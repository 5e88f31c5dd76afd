/*
 * json_parts - what the forms that are JSON share. Each function that takes a
 * key appends a member to the object o; texts come out visible (base/text) and
 * valid UTF-8, whatever they hold.
 *
 *	json_begin();
 *	o = cJSON_CreateObject();
 *	…
 *	json_end(out, o, true);
 */
#ifndef RENDER_JSON_PARTS_H
#define RENDER_JSON_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct buf;
struct cJSON;
struct report;

/* Before the first object: where memory is short the process ends, for a
 * report would lack what did not fit. */
void json_begin(void);
/* Append the text of o, on one line unless pretty, and free it. No string of
 * it reads as a command to whoever shows a log (`##[`). */
void json_end(struct buf *out, struct cJSON *o, bool pretty);

void json_text(struct cJSON *o, const char *key, struct span s);
/* Empty is null, so that the member is always there. */
void json_text_or_null(struct cJSON *o, const char *key, struct span s);
/* As it is to the byte; null when it is empty, or when something in it would
 * have to be made visible. */
void json_exact_or_null(struct cJSON *o, const char *key, struct span s);
/* Markdown of others, defused: safe for whoever shows it. */
void json_markdown(struct cJSON *o, const char *key, struct span s);
/* Negative is null. */
void json_count(struct cJSON *o, const char *key, int64_t n);
/* "silenced": what comments in the code keep back. */
void json_silenced(struct cJSON *o, const struct report *r);

#endif
