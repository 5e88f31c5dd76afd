/*
 * mask - secret shapes found and masked in bytes.
 *
 * Used on what is sent, logged and shown; which files are looked at and what
 * is said about it is the caller's policy. Linear in the input.
 */
#ifndef BASE_MASK_H
#define BASE_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf;

/* What was masked, by kind; zero-initialise. */
struct mask_counts {
	size_t total;
};

/*
 * Append in to out with every known key shape (cloud and model-provider keys,
 * tokens of forges and registries, private-key blocks, credentials in URLs)
 * and every registered secret replaced by a mask of the same length, so that
 * columns and line numbers stay: `[masked:github-token****]`, newlines kept.
 * counts may be NULL.
 */
void mask_bytes(struct buf *out, struct span in, struct mask_counts *counts);

/*
 * Remember a secret of ours (8 bytes or more; shorter ones are ignored): from
 * now on mask_bytes() hides it wherever it appears. At most 32; kept until
 * exit. Not thread-safe: call before threads start.
 */
void mask_register(struct span secret);

/*
 * Is this the path of a file that holds credentials (.env, *.pem, id_rsa,
 * .netrc, .npmrc, cargo credentials, kubeconfig …)? Templates such as
 * .env.example are not.
 */
bool mask_credential_path(struct span path);

#endif
