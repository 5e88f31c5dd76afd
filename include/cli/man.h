/*
 * man - the manual page: prose of its own around the tables of commands,
 * options, formats and providers.
 */
#ifndef CLI_MAN_H
#define CLI_MAN_H

struct buf;

/* The page in the man(7) macros, plain ASCII. */
void man_write(struct buf *out);

#endif
