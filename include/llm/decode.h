/*
 * decode - what the protocols' decoders share. Private to llm/.
 */
#ifndef LLM_DECODE_H
#define LLM_DECODE_H

#include "base/json.h"
#include "llm/provider.h"

/* An error as a server words it, in any of the shapes seen. */
struct failure {
	struct span message;
	int status; /* HTTP equivalent, 500 when it does not say */
};

/*
 * Read {"error":{"message":…}}, {"error":"…"}, [{"error":…}], {"message":…},
 * {"detail":…}. False when root is none of them.
 */
bool failure_read(struct failure *out, const struct json *root,
		  struct arena *a);

/* Is there a top-level "error" that says something? */
bool decode_has_error(const struct json *root);
/* EVENT_START; counts are unknown again. */
int decode_start(struct decoder *d, struct error *err);
/* EVENT_TEXT, EVENT_THINKING or EVENT_OPAQUE; nothing when text is empty. */
int decode_text(struct decoder *d, enum event_type type, unsigned index,
		struct span text, struct error *err);
/* EVENT_USAGE with d->usage. */
int decode_usage(struct decoder *d, struct error *err);
/* EVENT_ERROR; the stream has ended. */
int decode_failure(struct decoder *d, const struct failure *f,
		   struct error *err);
int decode_end(struct decoder *d, struct error *err);
/*
 * A count: absent or null leaves *to as it is; negative, a fraction or beyond
 * 2^53 makes it unknown.
 */
void decode_count(int64_t *to, const struct json *v);
/*
 * The event's data as JSON, in d->scratch. Bytes that are no UTF-8 become
 * U+FFFD. ERR_MODEL when it is no JSON, ERR_REPLY when a NUL is why.
 */
int decode_json(struct decoder *d, const struct sse_event *ev,
		struct json **root, struct error *err);

/* One event of each protocol's stream. */
int anthropic_decode(struct decoder *d, const struct sse_event *ev,
		     struct error *err);
int openai_decode(struct decoder *d, const struct sse_event *ev,
		  struct error *err);
/* Give back what is not in d's arenas. */
void anthropic_release(struct decoder *d);

/*
 * Append a call's arguments as a JSON object: {} when empty, and what is not
 * an object as {"INVALID_JSON": "the text"}, which servers accept.
 */
void encode_arguments(struct buf *out, const struct chat_part *part);

#endif
