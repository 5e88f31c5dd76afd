/*
 * Anthropic's Messages API: the stream.
 *
 * Source: Anthropic's API reference, "Streaming Messages" and "Handling stop
 * reasons", November 2026, and recorded streams. Total: unknown events, block
 * types and deltas are passed over, as the versioning page asks; a delta for a
 * block that is not open is ignored; llama-server leaves out message_start.
 *
 * A block that only the provider understands (thinking, server tools, new
 * types) is collected with its deltas and handed on whole when it ends, member
 * by member as it came, so that it can be sent back unchanged.
 */
#include <limits.h>

#include "llm/decode.h"

#define OPEN_MAX 64 /* blocks at once; real streams have one */

enum block_kind { BLOCK_TEXT, BLOCK_CALL, BLOCK_OPAQUE };

/* How a delta's member changes a member of its block. */
struct fold {
	const char *delta, *from, *to;
	enum { APPEND, APPEND_JSON, SET } how;
};

static const struct fold folds[] = {
	{ "thinking_delta", "thinking", "thinking", APPEND },
	{ "text_delta", "text", "text", APPEND },
	{ "input_json_delta", "partial_json", "input", APPEND_JSON },
	{ "signature_delta", "signature", "signature", SET },
	{ "compaction_delta", "content", "content", SET },
	{ "compaction_delta", "encrypted_content", "encrypted_content", SET },
};

#define FOLDS (sizeof(folds) / sizeof(folds[0]))

struct decoder_block {
	struct decoder_block *next;
	unsigned index;
	enum block_kind kind;
	bool any;	  /* a call's arguments came */
	bool broken;	  /* a delta could not be folded in: not to be echoed */
	struct buf start; /* the block as it began, JSON */
	struct buf body[FOLDS]; /* appended text, or the member's JSON */
	bool folded[FOLDS];
};

static void free_block(struct decoder_block *b)
{
	size_t i;

	buf_release(&b->start);
	for (i = 0; i < FOLDS; i++)
		buf_release(&b->body[i]);
}

/* Close them all; a new message may begin. */
void anthropic_release(struct decoder *d)
{
	for (; d->blocks; d->blocks = d->blocks->next)
		free_block(d->blocks);
	d->spare = NULL;
}

/* The link to the open block of that index, or to the end. */
static struct decoder_block **find_block(struct decoder *d, unsigned index)
{
	struct decoder_block **at = &d->blocks;

	while (*at && (*at)->index != index)
		at = &(*at)->next;
	return at;
}

static void drop_block(struct decoder *d, struct decoder_block **at)
{
	struct decoder_block *b = *at;

	*at = b->next;
	free_block(b);
	b->next = d->spare;
	d->spare = b;
}

static struct decoder_block *new_block(struct decoder *d, unsigned index)
{
	struct decoder_block *b = d->spare;

	if (b)
		d->spare = b->next;
	else
		b = arena_new(&d->keep, struct decoder_block);
	*b = (struct decoder_block){ .index = index, .next = d->blocks };
	d->blocks = b;
	return b;
}

/* False when the event names no possible index. */
static bool read_index(const struct json *root, unsigned *index)
{
	int64_t n = json_int(json_get(root, "index"), 0);

	*index = (unsigned)n;
	return n >= 0 && n <= UINT_MAX;
}

static int emit_call(struct decoder *d, unsigned index, struct span id,
		     struct span name, struct span text, struct error *err)
{
	struct event ev = { .type = EVENT_TOOL_CALL,
			    .index = index,
			    .id = id,
			    .name = name,
			    .text = text };

	return d->sink(d->ctx, &ev, err);
}

static bool type_is(const struct json *v, const char *type)
{
	v = json_get(v, "type");
	return v && v->type == JSON_STRING && span_eqs(v->raw, type);
}

/* What a block that is to be echoed already has when it begins. */
static int begin_opaque(struct decoder *d, struct decoder_block *b,
			const struct json *block, struct error *err)
{
	size_t i;

	for (i = 0; i < FOLDS; i++) {
		struct span s =
			json_string(json_get(block, folds[i].to), &d->scratch);

		if (folds[i].how == APPEND)
			buf_addsp(&b->body[i], s);
		if (folds[i].how == APPEND && type_is(block, "thinking") &&
		    decode_text(d, EVENT_THINKING, b->index, s, err))
			return -1;
	}
	return 0;
}

static int on_block_start(struct decoder *d, const struct json *root,
			  struct error *err)
{
	const struct json *block = json_get(root, "content_block");
	struct decoder_block **at, *b;
	struct arena *a = &d->scratch;
	unsigned index, n = 0;

	if (!block || block->type != JSON_OBJECT || !read_index(root, &index))
		return 0;
	at = find_block(d, index);
	if (*at)
		drop_block(d, at);
	for (b = d->blocks; b; b = b->next)
		n++;
	if (n == OPEN_MAX)
		return error_set(err, ERR_MODEL,
				 "the stream of %s has more than %d blocks "
				 "open at once",
				 d->provider->title, OPEN_MAX);
	b = new_block(d, index);
	if (type_is(block, "text"))
		return decode_text(d, EVENT_TEXT, index,
				   json_string(json_get(block, "text"), a),
				   err);
	buf_addsp(&b->start, block->raw);
	if (type_is(block, "tool_use")) {
		b->kind = BLOCK_CALL;
		return emit_call(d, index,
				 json_string(json_get(block, "id"), a),
				 json_string(json_get(block, "name"), a),
				 (struct span){ "", 0 }, err);
	}
	b->kind = BLOCK_OPAQUE;
	return begin_opaque(d, b, block, err);
}

/* The value as it came, in JSON. */
static void add_raw(struct buf *out, const struct json *v)
{
	const char *quote = v->type == JSON_STRING ? "\"" : "";

	buf_adds(out, quote);
	buf_addsp(out, v->raw);
	buf_adds(out, quote);
}

static void fold(struct decoder *d, struct decoder_block *b,
		 const struct json *delta)
{
	bool known = false;
	size_t i;

	for (i = 0; i < FOLDS; i++) {
		const struct json *v = json_get(delta, folds[i].from);

		if (!type_is(delta, folds[i].delta))
			continue;
		known = true;
		if (!v)
			continue;
		b->folded[i] = true;
		if (folds[i].how == SET) {
			buf_reset(&b->body[i]);
			add_raw(&b->body[i], v);
		} else {
			buf_addsp(&b->body[i], json_string(v, &d->scratch));
		}
	}
	if (!known)
		b->broken = true;
}

static int on_block_delta(struct decoder *d, const struct json *root,
			  struct error *err)
{
	const struct json *delta = json_get(root, "delta");
	struct decoder_block *b;
	struct arena *a = &d->scratch;
	struct span none = { "", 0 }, s;
	unsigned index;

	b = read_index(root, &index) ? *find_block(d, index) : NULL;
	if (!b || !delta)
		return 0;
	if (b->kind == BLOCK_TEXT) {
		s = json_string(json_get(delta, "text"), a);
		return decode_text(d, EVENT_TEXT, index, s, err);
	}
	if (b->kind == BLOCK_CALL) {
		s = json_string(json_get(delta, "partial_json"), a);
		b->any = b->any || s.len;
		return s.len ? emit_call(d, index, none, none, s, err) : 0;
	}
	fold(d, b, delta);
	s = json_string(json_get(delta, "thinking"), a);
	return decode_text(d, EVENT_THINKING, index, s, err);
}

/* Write what member i of the folds has become; false: leave it as it was. */
static bool add_folded(struct buf *out, struct decoder *d,
		       struct decoder_block *b, size_t i)
{
	struct span body = buf_span(&b->body[i]);
	struct json *v;

	if (!b->folded[i] || (folds[i].how == APPEND_JSON && !body.len))
		return false;
	if (folds[i].how == APPEND_JSON &&
	    json_parse(&v, &d->scratch, body, NULL))
		b->broken = true;
	if (folds[i].how == APPEND)
		json_quote(out, body);
	else
		buf_addsp(out, body);
	b->folded[i] = false;
	return true;
}

static void add_name(struct buf *out, struct span escaped)
{
	if (out->len > 1)
		buf_addc(out, ',');
	buf_addc(out, '"');
	buf_addsp(out, escaped);
	buf_adds(out, "\":");
}

static size_t find_fold(const struct decoder_block *b, struct span name)
{
	size_t i = 0;

	while (i < FOLDS && !(b->folded[i] && span_eqs(name, folds[i].to)))
		i++;
	return i;
}

/* The whole block, its members in the order they came. */
static int end_opaque(struct decoder *d, struct decoder_block *b,
		      struct error *err)
{
	struct buf out = { 0 };
	struct json *block, *v;
	size_t i;
	int rc = -1;

	if (json_parse(&block, &d->scratch, buf_span(&b->start), err))
		goto out;
	buf_addc(&out, '{');
	for (v = block->child; v; v = v->next) {
		add_name(&out, v->key);
		i = find_fold(b, v->key);
		if (i == FOLDS || !add_folded(&out, d, b, i))
			add_raw(&out, v);
	}
	for (i = 0; i < FOLDS; i++) {
		if (!b->folded[i] || !b->body[i].len)
			continue;
		add_name(&out, span_of(folds[i].to));
		add_folded(&out, d, b, i);
	}
	buf_addc(&out, '}');
	rc = 0;
	if (!b->broken)
		rc = decode_text(d, EVENT_OPAQUE, b->index, buf_span(&out),
				 err);
out:
	buf_release(&out);
	return rc;
}

/* Some servers give a call's arguments whole when it begins. */
static int end_call(struct decoder *d, struct decoder_block *b,
		    struct error *err)
{
	struct span none = { "", 0 };
	const struct json *input;
	struct json *block;

	if (b->any)
		return 0;
	if (json_parse(&block, &d->scratch, buf_span(&b->start), err))
		return -1;
	input = json_get(block, "input");
	if (!input || input->type != JSON_OBJECT || !input->child)
		return 0;
	return emit_call(d, b->index, none, none, input->raw, err);
}

static int on_block_stop(struct decoder *d, const struct json *root,
			 struct error *err)
{
	struct decoder_block **at;
	unsigned index;
	int rc = 0;

	if (!read_index(root, &index))
		return 0;
	at = find_block(d, index);
	if (!*at)
		return 0;
	if ((*at)->kind == BLOCK_OPAQUE)
		rc = end_opaque(d, *at, err);
	else if ((*at)->kind == BLOCK_CALL)
		rc = end_call(d, *at, err);
	drop_block(d, at);
	return rc;
}

/* The counts are cumulative: a later one replaces an earlier one. */
static int read_usage(struct decoder *d, const struct json *usage,
		      struct error *err)
{
	struct usage *u = &d->usage;

	if (!usage || usage->type != JSON_OBJECT)
		return 0;
	decode_count(&u->input, json_get(usage, "input_tokens"));
	decode_count(&u->cache_read,
		     json_get(usage, "cache_read_input_tokens"));
	decode_count(&u->cache_write,
		     json_get(usage, "cache_creation_input_tokens"));
	decode_count(&u->output, json_get(usage, "output_tokens"));
	decode_count(&u->reasoning, json_at(usage, "output_tokens_details",
					    "thinking_tokens", NULL));
	return decode_usage(d, err);
}

static int on_message_start(struct decoder *d, const struct json *root,
			    struct error *err)
{
	anthropic_release(d);
	if (decode_start(d, err))
		return -1;
	return read_usage(d, json_at(root, "message", "usage", NULL), err);
}

static const struct {
	const char *word;
	enum stop_reason stop;
} stops[] = {
	{ "end_turn", STOP_END },
	{ "stop_sequence", STOP_END },
	{ "max_tokens", STOP_LENGTH },
	{ "model_context_window_exceeded", STOP_WINDOW },
	{ "tool_use", STOP_TOOLS },
	{ "refusal", STOP_REFUSAL },
	{ "pause_turn", STOP_PAUSE },
};

static int on_message_delta(struct decoder *d, const struct json *root,
			    struct error *err)
{
	struct span word = json_string(
		json_at(root, "delta", "stop_reason", NULL), &d->scratch);
	struct event ev = { .type = EVENT_STOP,
			    .text = word,
			    .stop = STOP_END };
	size_t i;

	if (read_usage(d, json_get(root, "usage"), err))
		return -1;
	if (!word.len)
		return 0;
	for (i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (span_eqs(word, stops[i].word))
			ev.stop = stops[i].stop;
	return d->sink(d->ctx, &ev, err);
}

static int on_message_stop(struct decoder *d, const struct json *root,
			   struct error *err)
{
	(void)root;
	return decode_end(d, err);
}

static int on_error(struct decoder *d, const struct json *root,
		    struct error *err)
{
	struct failure f;

	if (!failure_read(&f, root, &d->scratch))
		f.message = SPAN("an error without words");
	return decode_failure(d, &f, err);
}

static const struct {
	const char *type;
	int (*handle)(struct decoder *, const struct json *, struct error *);
	bool starts; /* what comes before it may be missing */
} events[] = {
	{ "content_block_delta", on_block_delta, false },
	{ "content_block_start", on_block_start, true },
	{ "content_block_stop", on_block_stop, false },
	{ "message_start", on_message_start, false },
	{ "message_delta", on_message_delta, true },
	{ "message_stop", on_message_stop, true },
	{ "error", on_error, false },
};

int anthropic_decode(struct decoder *d, const struct sse_event *ev,
		     struct error *err)
{
	struct json *root;
	size_t i;

	if (decode_json(d, ev, &root, err))
		return -1;
	for (i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		if (!type_is(root, events[i].type))
			continue;
		if (events[i].starts && !d->started && decode_start(d, err))
			return -1;
		return events[i].handle(d, root, err);
	}
	if (span_eqs(ev->event, "error") || decode_has_error(root))
		return on_error(d, root, err);
	if (root->type != JSON_OBJECT)
		return error_set(err, ERR_MODEL,
				 "the stream of %s holds an event that is no "
				 "JSON object",
				 d->provider->title);
	return 0;
}
