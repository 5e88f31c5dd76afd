/*
 * output - the result, whole, on stdout.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/error.h"
#include "base/text.h"

/*
 * Put something in the place of standard descriptors that were closed, so that
 * no file or socket gets their numbers. Writing to such a stdout fails.
 */
void output_open(void);
/*
 * Write all of it, waiting where stdout does not block. ERR_IO when it cannot
 * be written. When the reader has left, the process ends by SIGPIPE, quietly,
 * as any filter; so every worker must be expendable by then.
 */
int output_write(struct span data, struct error *err);
/* Close stdout; ERR_IO when that shows a late failure. */
int output_close(struct error *err);

#endif
