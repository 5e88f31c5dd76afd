/*
 * Total: any order of events gives a turn; nothing is read twice. A piece of a
 * call looks for its call among at most CALLS_MAX.
 */
#include "llm/turn.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/mask.h"

#define CALLS_MAX 1024
#define WORDS_READ 4096 /* of a text that is clipped far below */

static void free_parts(struct turn *t)
{
	vec_each (struct turn_part, p, &t->parts)
		buf_release(&p->raw);
}

void turn_reset(struct turn *t)
{
	struct buf text = t->text;
	struct arena arena = t->arena;

	free_parts(t);
	buf_reset(&text);
	arena_reset(&arena);
	*t = (struct turn){ .text = text,
			    .arena = arena,
			    .usage = USAGE_UNKNOWN };
}

void turn_release(struct turn *t)
{
	free_parts(t);
	buf_release(&t->text);
	arena_release(&t->arena);
	*t = (struct turn){ 0 };
}

static struct turn_part *add_part(struct turn *t, enum part_kind kind,
				  unsigned index)
{
	struct turn_part *p = vec_push(&t->parts, &t->arena);

	p->kind = kind;
	p->index = index;
	return p;
}

/*
 * Text goes on where the newest part is the same block's: so each text part is
 * one stretch of the turn's text, and is not kept twice.
 */
static void on_text(struct turn *t, const struct event *ev)
{
	struct turn_part *p = NULL;

	if (t->parts.len)
		p = &t->parts.ptr[t->parts.len - 1];
	if (!p || p->kind != PART_TEXT || p->index != ev->index)
		p = add_part(t, PART_TEXT, ev->index);
	if (!p->len)
		p->from = t->text.len;
	p->len += ev->text.len;
	t->said += ev->text.len;
	buf_add(&t->text, ev->text.ptr, ev->text.len);
}

/* The newest call of that index; a new one when there is none. */
static struct turn_part *find_call(struct turn *t, unsigned index)
{
	struct turn_part *p;
	size_t i;

	for (i = t->calls.len; i > 0; i--) {
		p = &t->parts.ptr[t->calls.ptr[i - 1]];
		if (p->index == index)
			return p;
	}
	if (t->calls.len == CALLS_MAX)
		return NULL;
	*vec_push(&t->calls, &t->arena) = t->parts.len;
	return add_part(t, PART_TOOL_CALL, index);
}

static int on_call(struct turn *t, const struct event *ev, struct error *err)
{
	struct turn_part *p = find_call(t, ev->index);

	if (!p)
		return error_set(err, ERR_MODEL,
				 "the reply holds more than %d tool calls",
				 CALLS_MAX);
	if (!p->id.len)
		p->id = arena_span(&t->arena, ev->id);
	if (!p->name.len)
		p->name = arena_span(&t->arena, ev->name);
	buf_addsp(&p->raw, ev->text);
	return 0;
}

/* One visible line in a fixed array; masked before it is clipped. */
static void put_words(char *to, size_t cap, struct span text)
{
	struct buf masked = { 0 }, b = { 0 };

	mask_bytes(&masked, span_first(text, WORDS_READ), NULL);
	text_visible_line(&b, span_first(buf_span(&masked), cap));
	snprintf(to, cap, "%.*s", SPAN_ARG(text_clip(buf_span(&b), cap - 1)));
	buf_release(&masked);
	buf_release(&b);
}

int turn_event(void *ctx, const struct event *ev, struct error *err)
{
	struct turn *t = ctx;

	if (ev->type == EVENT_START || !t->begun)
		turn_reset(t);
	t->begun = true;
	switch (ev->type) {
	case EVENT_START:
		break;
	case EVENT_TEXT:
		on_text(t, ev);
		break;
	case EVENT_THINKING:
		t->thought = true;
		t->said += ev->text.len;
		break;
	case EVENT_TOOL_CALL:
		t->said += ev->text.len;
		return on_call(t, ev, err);
	case EVENT_OPAQUE:
		buf_addsp(&add_part(t, PART_OPAQUE, ev->index)->raw, ev->text);
		break;
	case EVENT_USAGE:
		t->usage = ev->usage;
		break;
	case EVENT_STOP:
		t->stop = ev->stop;
		put_words(t->stop_word, sizeof(t->stop_word), ev->text);
		break;
	case EVENT_ERROR:
		t->error_status = ev->status;
		put_words(t->error_text, sizeof(t->error_text), ev->text);
		break;
	case EVENT_END:
		t->ended = true;
		break;
	}
	return 0;
}

bool turn_whole(const struct turn *t)
{
	return !t->error_status && (t->ended || t->stop != STOP_NONE);
}

static struct span part_text(const struct turn *t, const struct turn_part *p)
{
	if (p->kind == PART_TEXT)
		return span_first(span_from(buf_span(&t->text), p->from),
				  p->len);
	return buf_span(&p->raw);
}

static bool broken_json(struct span text, struct arena *a)
{
	struct json *v;

	return span_trim(text).len &&
	       (json_parse(&v, a, text, NULL) || v->type != JSON_OBJECT);
}

static bool cut(const struct turn *t)
{
	return !turn_whole(t) || t->stop == STOP_LENGTH ||
	       t->stop == STOP_WINDOW;
}

/* A part that can be sent back; a call that was cut in two cannot. */
static bool wanted(const struct turn *t, const struct turn_part *p)
{
	struct arena a = { 0 };
	bool yes = true;

	if (p->kind == PART_TEXT)
		return p->len > 0;
	if (p->kind == PART_TOOL_CALL && cut(t))
		yes = p->raw.len && !broken_json(buf_span(&p->raw), &a);
	arena_release(&a);
	return yes;
}

static void copy_part(const struct turn *t, struct chat_message *m,
		      struct arena *a, const struct turn_part *from)
{
	struct chat_part *p = vec_push(&m->parts, a);

	p->kind = from->kind;
	p->text = arena_span(a, part_text(t, from));
	if (from->kind != PART_TOOL_CALL)
		return;
	p->id = arena_span(a, from->id);
	if (!p->id.len)
		p->id = span_of(arena_printf(a, "call_%u", from->index));
	p->name = arena_span(a, from->name);
	p->bad_json = broken_json(p->text, a);
	if (!p->text.len)
		p->text = SPAN("{}");
}

void turn_to_chat(const struct turn *t, struct chat *c, struct arena *a)
{
	struct chat_message *m;
	/* thinking alone is no message; a paused turn's blocks are */
	bool any = t->stop == STOP_PAUSE && t->parts.len;

	vec_each (struct turn_part, p, &t->parts)
		any = any || (p->kind != PART_OPAQUE && wanted(t, p));
	if (!any)
		return;
	m = chat_add(c, a, ROLE_ASSISTANT);
	vec_each (struct turn_part, p, &t->parts)
		if (wanted(t, p))
			copy_part(t, m, a, p);
}
