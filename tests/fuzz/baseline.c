/*
 * A baseline that is read: its entries are sorted and apart, each is found, its
 * words are one line that hides nothing, and written anew it is read as the
 * same. One that is refused says why in a line.
 */
#include <assert.h>
#include <string.h>

#include "agent/baseline.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_line(struct span s)
{
	struct buf b = { 0 };

	assert(text_utf8_valid(s));
	assert(!text_visible_line(&b, s));
	assert(span_eq(buf_span(&b), s));
	buf_release(&b);
}

static void check_entry(const struct baseline *b, const struct known_finding *k)
{
	assert(baseline_find(b, k->fingerprint) == k);
	assert(k == b->entries.ptr ||
	       strcmp(k[-1].fingerprint, k->fingerprint) < 0);
	check_line(k->section);
	check_line(k->rule);
	check_line(k->text);
	check_line(k->reason);
	assert(!k->until.len || date_valid(k->until));
	assert(!k->expired || k->until.len);
	assert(k->level < LEVEL_COUNT);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct baseline b = { .name = "b" }, again = { .name = "b" };
	struct buf first = { 0 }, second = { 0 };
	struct error err = { 0 };
	struct arena a = { 0 };

	if (baseline_parse(&b, &a, (struct span){ (const char *)data, size },
			   &err)) {
		assert(err.kind == ERR_USAGE && err.msg[0]);
		assert(!strchr(err.msg, '\n'));
		goto out;
	}
	vec_each (struct known_finding, k, &b.entries)
		check_entry(&b, k);
	baseline_write(&first, b.entries.ptr, b.entries.len);
	assert(!baseline_parse(&again, &a, buf_span(&first), &err));
	assert(again.entries.len == b.entries.len);
	baseline_write(&second, again.entries.ptr, again.entries.len);
	assert(span_eq(buf_span(&first), buf_span(&second)));
out:
	buf_release(&first);
	buf_release(&second);
	arena_release(&a);
	return 0;
}
