/* Encode a chat written as a short script, and keep the body for schemas. */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "llm/provider.h"
#include "test.h"

static inline struct chat_message *request_message(struct chat *c,
						   struct arena *a, char kind)
{
	enum chat_role role = strchr("uU", kind) ? ROLE_USER : ROLE_ASSISTANT;
	struct chat_message *m = NULL;

	if (c->messages.len)
		m = &c->messages.ptr[c->messages.len - 1];
	return m && m->role == role ? m : chat_add(c, a, role);
}

/*
 * Parts between bars: s: system, u: user, a: assistant, in capitals with a
 * cache mark, o: opaque, c: a call with these arguments.
 */
static inline void request_chat(struct chat *c, struct arena *a,
				const char *script)
{
	struct span rest = span_of(script), part;

	while (text_field(&rest, '|', &part)) {
		char kind = part.ptr[0];
		struct chat_part *p;

		if (strchr("sS", kind))
			p = vec_push(&c->system, a);
		else
			p = vec_push(&request_message(c, a, kind)->parts, a);
		p->text = span_from(part, 2);
		p->cache = kind >= 'A' && kind <= 'Z';
		p->kind = kind == 'o'	? PART_OPAQUE
			  : kind == 'c' ? PART_TOOL_CALL
					: PART_TEXT;
		if (kind == 'c') {
			p->id = SPAN("id");
			p->name = SPAN("f");
		}
	}
}

/* Into $ARCHITECT_REQUESTS, a line a body, for tests/schema.sh. */
static inline void request_keep(const struct provider *p, const struct buf *b)
{
	const char *dir = getenv("ARCHITECT_REQUESTS");
	char path[4096];
	FILE *f;

	if (!dir || !*dir)
		return;
	snprintf(path, sizeof(path), "%s/%s.ndjson", dir, p->protocol->name);
	f = fopen(path, "a");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "%s\n", buf_cstr(b));
	ck_assert_int_eq(fclose(f), 0);
}

static inline void request_check(const char *provider, int64_t max_output,
				 const char *script, const char *body)
{
	const struct provider *p = provider_find(provider);
	struct llm_params params = { .model = "m", .max_output = max_output };
	struct buf out = { 0 }, again = { 0 };
	struct arena a = { 0 };
	struct chat c = { 0 };

	request_chat(&c, &a, script);
	p->protocol->encode(&out, p, &params, &c);
	p->protocol->encode(&again, p, &params, &c);
	ck_assert_str_eq(buf_cstr(&out), body);
	ck_assert_str_eq(buf_cstr(&again), body);
	request_keep(p, &out);
	buf_release(&out);
	buf_release(&again);
	arena_release(&a);
}

/* What the provider is asked to count is the same without what only a reply
 * needs. */
static inline void request_check_count(const char *provider, const char *body)
{
	const struct provider *p = provider_find(provider);
	struct llm_params params = { .model = "m",
				     .max_output = 100,
				     .count = true };
	struct buf out = { 0 };
	struct arena a = { 0 };
	struct chat c = { 0 };

	chat_add_text(chat_add(&c, &a, ROLE_USER), &a, SPAN("hi"));
	p->protocol->encode(&out, p, &params, &c);
	ck_assert_str_eq(buf_cstr(&out), body);
	buf_release(&out);
	arena_release(&a);
}

#endif
