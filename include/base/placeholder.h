/*
 * placeholder - does a text of a secret's shape hold a secret, or stand for
 * one (`sk-ant-xxxx…`, `user:password@localhost`, `${PASSWORD}`)?
 *
 * A mask tells a reviewer that a secret was there, so masking an example
 * misleads; leaving a real one leaks. The rules therefore ask for signs that a
 * person wrote the text to be read. Total, linear.
 */
#ifndef BASE_PLACEHOLDER_H
#define BASE_PLACEHOLDER_H

#include <stdbool.h>

#include "base/text.h"

/* A key that was drawn at random: enough different bytes, digits or both
 * cases, no word that marks an example, nothing that was masked already. */
bool secret_token(struct span s);
/* The same for a key whose prefix alone says little (`sk-`): a long run of
 * letters and digits is asked for as well. */
bool secret_random(struct span s);
/* A password that opens something: no interpolation, no default. */
bool secret_password(struct span s);
/* The same, where nothing but a name says that it is one: a word of six bytes
 * or more, with letters and with digits or signs that names do not have. */
bool secret_chosen(struct span s);
/* A key, where nothing but a name says that it is one: letters and digits so
 * mixed that no person wrote them to be read; no UUID. */
bool secret_drawn(struct span s);
/* Base64 of user:password with such a password (RFC 7617). */
bool secret_basic(struct span s);
/* Base64 of printable ASCII that itself reads as no key: "0123456789abcdef".
 * Of random bytes as long, none is. */
bool secret_readable(struct span s);
/* Anything but a mask or one byte repeated. */
bool secret_any(struct span s);

#endif
