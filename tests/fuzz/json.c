/*
 * A text that parses is valid UTF-8 and its strings hold no NUL; whatever is
 * quoted parses, and to the same bytes when they were valid.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void walk(const struct json *v, struct arena *a)
{
	for (; v; v = v->next) {
		struct span s = json_string(v, a);

		assert(text_utf8_valid(s));
		assert(!s.len || !memchr(s.ptr, '\0', s.len));
		json_int(v, -1);
		json_number(v, -1);
		walk(v->child, a);
	}
}

static void check_quote(struct span in, struct arena *a)
{
	struct buf b = { 0 };
	struct json *v = NULL;
	struct span s;

	json_quote(&b, in);
	assert(!json_parse(&v, a, buf_span(&b), NULL));
	s = json_string(v, a);
	if (text_utf8_valid(in) && span_chr(in, '\0') < 0)
		assert(span_eq(s, in));
	buf_release(&b);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	struct arena a = { 0 };
	struct error err = { 0 };
	struct json *v = NULL;

	if (!json_parse(&v, &a, in, &err)) {
		assert(text_utf8_valid(in));
		walk(v, &a);
	} else {
		assert(err.kind && err.msg[0]);
	}
	check_quote(in, &a);
	arena_release(&a);
	return 0;
}
