/*
 * A text that is read: its parts lie within it in order, its strings survive
 * being quoted again, it is valid UTF-8, and with a byte more it is refused.
 * Any bytes at all can be quoted, and are then read.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_string(const struct json *v, struct arena *a)
{
	struct span s = json_string(v, a), again;
	struct buf b = { 0 };
	struct json *q;

	assert(s.len <= v->raw.len);
	assert(text_utf8_valid(s));
	assert(!memchr(s.len ? s.ptr : "x", '\0', s.len ? s.len : 1));
	json_quote(&b, s);
	assert(!json_parse(&q, a, buf_span(&b), NULL));
	again = json_string(q, a);
	assert(span_eq(s, again));
	buf_release(&b);
}

/* Depth is 64 at most, so this may call itself. */
static void check_value(const struct json *v, struct span within,
			struct arena *a)
{
	const struct json *c;
	const char *from = within.ptr;

	assert(v->raw.ptr >= within.ptr);
	assert(v->raw.ptr + v->raw.len <= within.ptr + within.len);
	if (v->type == JSON_STRING)
		check_string(v, a);
	else if (v->type != JSON_NUMBER)
		assert(json_int(v, -7) == -7);
	assert(json_int(v, 0) <= INT64_C(1) << 53);
	json_number(v, 0);
	assert(!v->child || v->type == JSON_ARRAY || v->type == JSON_OBJECT);
	for (c = v->child; c; c = c->next) {
		check_value(c, v->raw, a);
		assert(c->raw.ptr > from);
		from = c->raw.ptr;
		if (v->type == JSON_OBJECT && !c->key_escaped && c->key.len) {
			const char *name = arena_cstr(a, c->key);
			const struct json *first = json_get(v, name);

			assert(!first || first->raw.ptr <= c->raw.ptr);
		}
	}
}

static void check_quote(struct span in, struct arena *a)
{
	struct buf b = { 0 };
	struct json *v;
	struct span s;

	json_quote(&b, in);
	assert(!json_parse(&v, a, buf_span(&b), NULL));
	s = json_string(v, a);
	if (text_utf8_valid(in) && !(in.len && memchr(in.ptr, 0, in.len)))
		assert(span_eq(s, in));
	buf_release(&b);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf more = { 0 };
	struct json *v = NULL, *w = NULL;

	check_quote(in, &a);
	if (!json_parse(&v, &a, in, &err)) {
		assert(text_utf8_valid(in));
		check_value(v, in, &a);
		buf_addsp(&more, in);
		buf_addc(&more, ']');
		assert(json_parse(&w, &a, buf_span(&more), NULL));
	} else {
		assert(!v && err.kind == ERR_MODEL);
	}
	buf_release(&more);
	arena_release(&a);
	return 0;
}
