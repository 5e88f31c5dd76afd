/*
 * http_date - a date as HTTP headers write it (RFC 9110, 5.6.7).
 */
#ifndef LLM_HTTP_DATE_H
#define LLM_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/*
 * Seconds since 1970 of "Sun, 06 Nov 1994 08:49:37 GMT" and of the two
 * obsolete forms. False when it is none of them, to the letter.
 */
bool http_date_parse(struct span s, int64_t *seconds);

#endif
