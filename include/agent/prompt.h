/*
 * prompt - what was gathered, as a conversation's first turn.
 *
 * The stable part comes first (agent, operating contract, task; then guides)
 * and is marked for the provider's prompt cache. Everything that the
 * repository supplies stands between fences that carry the first 20 hex
 * digits of the git blob id of what they enclose, so the same input gives the
 * same bytes and no content can close its own fence.
 */
#ifndef AGENT_PROMPT_H
#define AGENT_PROMPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct arena;
struct buf;
struct chat;
struct model;
struct mask_counts;
struct task_input;

/* Content ids of n texts: repo_hash(), or a test's own. */
typedef int hash_fn(void *ctx, char (*ids)[41], const struct span *texts,
		    size_t n, struct error *err);

/*
 * Fill out (zero-initialised) for the task; texts live in the arena. *masked
 * gets what was masked in them.
 */
int prompt_build(struct chat *out, struct arena *a, const struct task_input *in,
		 hash_fn *hash, void *ctx, struct mask_counts *masked,
		 struct error *err);

/* Estimated tokens that every request of this input carries, whatever its
 * material: the agent file, the contract, the task, the guides. */
int64_t prompt_fixed_tokens(const struct task_input *in, const struct model *m);

/* Estimated tokens of what every part of a review shows alike beside the fixed
 * things: map, intent, the program's findings. */
int64_t prompt_shared_tokens(const struct task_input *in,
			     const struct model *m);

#endif
