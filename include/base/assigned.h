/*
 * assigned - the secret that is given to a name which says what it is:
 *
 *	const API_TOKEN: &str = "…"        DB_PASSWORD=…
 *	.password("…")                     password: …
 *	.header("X-Api-Key", "…")          "password": "…"
 *
 * Total; looks at a bounded number of bytes around the hint. Part of base/mask.
 */
#ifndef BASE_ASSIGNED_H
#define BASE_ASSIGNED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * Is the word at `hint` part of a name that ends in password, passwd, pwd or
 * passphrase, and is it given a text that a person may have chosen as one?
 */
bool assigned_password(struct span s, size_t hint, struct span *secret);
/* The same for names that end in token, secret, api key and their like, and
 * texts that look drawn at random. */
bool assigned_secret(struct span s, size_t hint, struct span *secret);

#endif
