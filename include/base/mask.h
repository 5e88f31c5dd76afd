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
#include <stdint.h>

#include "base/text.h"

struct buf;

#define MASK_KINDS 128

/* What was masked, by kind; zero-initialise. */
struct mask_counts {
	size_t total;
	uint32_t of[MASK_KINDS]; /* indexed as mask_kind() */
};

/* The name of a kind ("github-token"); NULL: there is none of that index. */
const char *mask_kind(size_t i);
/* Count n more of a kind by its name, which is one of the table's. */
void mask_count(struct mask_counts *c, const char *kind, size_t n);
void mask_counts_add(struct mask_counts *to, const struct mask_counts *from);
/* Of each kind the larger number: of two views of the same text. */
void mask_counts_most(struct mask_counts *to, const struct mask_counts *from);
/* "2 github-token, 1 password"; nothing of none. */
void mask_counts_write(struct buf *out, const struct mask_counts *c);

/*
 * Append in to out with every known key shape (cloud and model-provider keys,
 * tokens of forges and registries, private-key blocks, credentials in URLs),
 * what looks drawn at random or chosen as a password where it is assigned to a
 * name that says so (base/assigned), and every registered secret replaced by a
 * mask of the same length, so that columns and line numbers stay:
 * `[masked:github-token****]`, newlines kept. One too short for its label is
 * all `*`. counts may be NULL.
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
