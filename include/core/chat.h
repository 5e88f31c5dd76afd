/*
 * chat - a conversation with a model, neutral of any provider.
 *
 * Append-only: an agent adds turns and never edits one, so that prompt caches
 * and bound thinking blocks stay valid.
 */
#ifndef CORE_CHAT_H
#define CORE_CHAT_H

#include <stdbool.h>

#include "base/text.h"
#include "base/vec.h"

enum chat_role { ROLE_USER, ROLE_ASSISTANT };

enum part_kind {
	PART_TEXT,
	PART_TOOL_CALL,
	PART_OPAQUE /* a provider's own block, to be echoed byte for byte */
};

struct chat_part {
	enum part_kind kind;
	struct span text; /* text; a call's arguments (JSON); the raw block */
	bool cache;	  /* end of a stable prefix: cache up to here */
	/* tool calls only */
	struct span id, name;
	bool bad_json; /* arguments are not valid JSON */
};

struct chat_message {
	enum chat_role role;
	VEC(struct chat_part) parts;
};

struct chat {
	VEC(struct chat_part) system; /* text parts, in order */
	VEC(struct chat_message) messages;
};

/* Append a message; its parts are added by the caller. */
struct chat_message *chat_add(struct chat *c, struct arena *a,
			      enum chat_role role);
/* Append a text part; text is borrowed and must live as long as the chat. */
struct chat_part *chat_add_text(struct chat_message *m, struct arena *a,
				struct span text);
/* Bytes of text in system and messages. */
size_t chat_bytes(const struct chat *c);

#endif
