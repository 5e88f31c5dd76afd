/*
 * head - what is kept of an HTTP answer's status line and headers (RFC 9112).
 */
#ifndef LLM_HEAD_H
#define LLM_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "llm/http.h"

#define HEAD_VALUE 192 /* bytes kept of a header's value, NUL included */

enum head_value {
	HEAD_CONTENT_TYPE,
	HEAD_RETRY_AFTER,
	HEAD_RETRY_AFTER_MS,
	HEAD_SHOULD_RETRY,
	HEAD_REQUEST_ID,
	HEAD_VALUES
};

/* Zero-initialised is empty and ready. */
struct head {
	int status;    /* of the last status line: 1xx ones are replaced */
	int64_t bytes; /* of all header lines so far */
	unsigned lines;
	bool encoded; /* an error whose body nobody can read */
	char values[HEAD_VALUES][HEAD_VALUE];
};

/*
 * Take one line, its end included. HTTP_OK, HTTP_TOO_LARGE over max bytes (0:
 * none) or 4,096 lines, HTTP_ENCODED when a 2xx answer's body would need a
 * decoding that nobody asked for. Of another answer the status says enough.
 */
enum http_end head_line(struct head *h, struct span line, int64_t max);
/* Status and values; they live as long as h. */
void head_result(struct http_result *out, const struct head *h);

#endif
