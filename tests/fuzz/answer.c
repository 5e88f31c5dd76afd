/*
 * What a server says of its models and of a prompt's length, and what we think
 * of that length ourselves: any answer gives sizes that are none or sane, any
 * text some tokens but not more than two a byte, and a text that is cut in two
 * about as many as the halves.
 */
#include <assert.h>

#include "agent/count.h"
#include "base/arena.h"
#include "base/json.h"
#include "llm/estimate.h"
#include "llm/window.h"

/* What a cut through one piece may add or take. */
#define CUT 5
#define MOST ((int64_t)1 << 40)

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_facts(const struct window_facts *f)
{
	assert(f->window >= 0 && f->window < MOST);
	assert(f->possible >= 0 && f->possible < MOST);
	assert(f->max_output >= 0 && f->max_output < MOST);
	assert(f->input >= 0 && f->input <= 1e6);
	assert(f->output >= 0 && f->output <= 1e6);
}

static void check_answer(struct span text, struct arena *a)
{
	struct window_facts f = { 0 };
	struct json *root;

	assert(count_read(text) >= 0);
	if (json_parse(&root, a, text, NULL))
		return;
	window_read_model(&f, root, a);
	window_read_models(&f, root, "m", a);
	window_read_loaded(&f, root, "m", a);
	window_read_props(&f, root);
	window_read_ps(&f, root, "m", a);
	window_read_show(&f, root, a);
	check_facts(&f);
}

static void check_estimate(struct span text, enum tokenizer t)
{
	struct span half = span_first(text, text.len / 2);
	int64_t all = estimate_tokens(t, text);
	int64_t both = estimate_tokens(t, half) +
		       estimate_tokens(t, span_from(text, half.len));

	assert(all >= 0 && all <= 2 * (int64_t)text.len);
	assert(all - both <= CUT && both - all <= CUT);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct arena a = { 0 };
	int t;

	check_answer(text, &a);
	for (t = TOKENS_UNKNOWN; t <= TOKENS_DEEPSEEK; t++)
		check_estimate(text, (enum tokenizer)t);
	estimate_family(arena_cstr(&a, text));
	arena_release(&a);
	return 0;
}
