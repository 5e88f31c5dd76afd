/*
 * Any text as a section, its findings known or not, and entries that it may
 * speak of: what is marked loses nothing, and every entry is listed once, or a
 * finding repeats it.
 */
#include <assert.h>
#include <string.h>

#include "agent/baseline.h"
#include "agent/gather.h"
#include "agent/known.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/remark.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define CODE "fn a() {\n\tv.lock()\n}\n"

static const struct known_finding entries[] = {
	{ .fingerprint = "0000000000000001",
	  .path = { "src/a.rs", 8 },
	  .line = 2,
	  .quote = { "v.lock()", 8 },
	  .reason = { "a *b* `c` [d]", 13 },
	  .until = { "2027-01-31", 10 } },
	{ .fingerprint = "0000000000000002",
	  .path = { "src/a.rs", 8 },
	  .quote = { "v.unlock()", 10 } },
};

#define ENTRIES (sizeof(entries) / sizeof(entries[0]))

/* Is it the other with bytes put in? */
static bool holds(struct span text, struct span all)
{
	size_t at = 0;

	for (size_t i = 0; i < text.len && at < all.len; i++)
		at += text.ptr[i] == all.ptr[at];
	return at == all.len;
}

static void init(struct task_input *in, struct baseline *b, struct arena *a)
{
	*vec_push(&in->change.files, a) =
		(struct file_change){ .path = SPAN("src/a.rs"),
				      .new_text = SPAN(CODE) };
	*vec_push(&in->covers, a) =
		(struct cover){ .path = SPAN("src/a.rs"), .state = COVER_FULL };
	for (size_t i = 0; i < ENTRIES; i++)
		*vec_push(&b->entries, a) = entries[i];
	in->baseline = b;
	known_find(&in->known, a, in, b);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct baseline b = { .name = "b" };
	struct task_input in = { 0 };
	struct report r = { 0 };
	struct arena a = { 0 };
	size_t n = 0, again = 0;

	init(&in, &b, &a);
	*vec_push(&r.sections, &a) =
		(struct section){ .want = &eight_sections.want[0],
				  .text = text };
	remark_parse(&r, &a, 0);
	vec_each (struct finding, f, &r.findings) {
		f->check = FINDING_VERIFIED;
		memcpy(f->fingerprint, entries[n++ % 2].fingerprint, 17);
		f->fingerprint[0] = n % 3 ? '0' : 'f';
	}
	known_apply(&r, &a, &in);
	assert(holds(r.sections.ptr[0].text, text));
	for (size_t i = 0; i < ENTRIES; i++) {
		bool found = false;

		vec_each (struct finding, f, &r.findings)
			found |=
				!strcmp(f->fingerprint, entries[i].fingerprint);
		again += found;
	}
	assert(r.open.len + r.gone.len + again == ENTRIES);
	arena_release(&a);
	return 0;
}
