#include "rust/names.h"

/* Attributes that make a function a test, by their last path segment. */
static const char *const tests[] = {
	"test",
	"bench",
	"rstest",
	"test_case",
	"wasm_bindgen_test",
	"quickcheck",
	"proptest",
	"cargo_test",
	"gtest",
	"test_matrix",
};

bool names_test(struct span attribute)
{
	/* the first bytes tell most apart: this is asked of every attribute */
	for (size_t i = 0; attribute.len && i < sizeof(tests) / sizeof(*tests);
	     i++)
		if (*attribute.ptr == *tests[i] &&
		    span_eqs(attribute, tests[i]))
			return true;
	return false;
}

/* Who runs a closure on a thread that may block. No qualifier: any. */
static const struct {
	const char *qualifier, *name;
} blocking[] = {
	{ NULL, "spawn_blocking" },    { NULL, "block_in_place" },
	{ NULL, "asyncify" }, /* tokio's own, around std::fs */
	{ NULL, "unblock" },  /* blocking, smol, async-std */
	{ NULL, "spawn_blocking_on" }, { "thread", "spawn" },
	{ "rayon", "spawn" },	       { "web", "block" }, /* actix */
};

bool names_blocking(struct span qualifier, struct span name)
{
	for (size_t i = 0; i < sizeof(blocking) / sizeof(*blocking); i++)
		if (span_eqs(name, blocking[i].name) &&
		    (!blocking[i].qualifier ||
		     span_eqs(qualifier, blocking[i].qualifier)))
			return true;
	return false;
}
