#include "llm/estimate.h"

#include <stdlib.h>
#include <string.h>

#include "llm/models.h"
#include "test.h"

static const struct {
	const char *id;
	enum tokenizer family;
} families[] = {
	{ "gpt-6-sol", TOKENS_OPENAI },
	{ "openai/gpt-oss-120b", TOKENS_OPENAI },
	{ "anthropic/claude-opus-5-5", TOKENS_CLAUDE },
	{ "qwen3:8b", TOKENS_QWEN },
	{ "Qwen/Qwen3-Coder", TOKENS_QWEN },
	{ "meta-llama/Llama-3.1-8B", TOKENS_LLAMA },
	{ "deepseek-chat", TOKENS_DEEPSEEK },
	{ "gemma3:27b", TOKENS_GEMMA },
	{ "gemini-3.8-flash", TOKENS_GEMMA },
	{ "mistral-large", TOKENS_UNKNOWN },
	{ "", TOKENS_UNKNOWN },
};

START_TEST(a_name_tells_the_family)
{
	ck_assert_int_eq(estimate_family(families[_i].id), families[_i].family);
}
END_TEST

/* As o200k_base counts them; what is estimated may differ by so much. */
static const struct {
	const char *text;
	int64_t real, off;
} samples[] = {
	{ "", 0, 0 },
	{ "pub fn main() {}\n", 5, 1 },
	{ "    let total = items.iter().map(|i| i.price).sum::<u64>();\n", 19,
	  3 },
	{ "impl Iterator for HttpServerConnection {", 7, 2 },
	{ "    type Item = Result<Bytes, std::io::Error>;\n", 14, 2 },
	{ "use std::collections::HashMap;\n", 8, 1 },
	{ "The change gives the pool a cache with a time to live.", 13, 2 },
	{ "+  12|     self.max_connections = 1_000_000;\n", 17, 3 },
};

START_TEST(an_estimate_is_near_the_count)
{
	int64_t got = estimate_tokens(TOKENS_OPENAI, span_of(samples[_i].text));

	ck_assert_int_ge(got, samples[_i].real - samples[_i].off);
	ck_assert_int_le(got, samples[_i].real + samples[_i].off);
}
END_TEST

static const struct {
	const char *text;
	enum tokenizer less, more;
} orders[] = {
	{ "fn main() {}", TOKENS_OPENAI, TOKENS_CLAUDE_OLD },
	{ "fn main() {}", TOKENS_CLAUDE_OLD, TOKENS_CLAUDE },
	{ "1234567890", TOKENS_LLAMA, TOKENS_QWEN },
	{ "1234567890", TOKENS_GEMMA, TOKENS_UNKNOWN },
	{ "fn main() {}", TOKENS_GEMMA, TOKENS_UNKNOWN },
};

START_TEST(some_families_take_more_than_others)
{
	struct span text = span_of(orders[_i].text);

	ck_assert_int_lt(estimate_tokens(orders[_i].less, text),
			 estimate_tokens(orders[_i].more, text));
}
END_TEST

/* No text is so odd that its estimate is none, or beyond its bytes. */
static const struct {
	const char *unit;
	size_t times;
} odd[] = {
	{ "a", 100000 },    { "A", 100000 },	       { "_", 100000 },
	{ " ", 100000 },    { "\n", 100000 },	       { "-", 100000 },
	{ "9", 100000 },    { "aB", 50000 },	       { "a_", 50000 },
	{ "\xff", 100000 }, { "\xe4\xb8\xad", 30000 }, { "a1", 50000 },
	{ "\r\n", 50000 },
};

START_TEST(odd_text_takes_some_and_not_more_than_twice_its_bytes)
{
	size_t unit = strlen(odd[_i].unit), n = unit * odd[_i].times, i;
	char *text = malloc(n);
	int64_t got;

	for (i = 0; i < n; i++)
		text[i] = odd[_i].unit[i % unit];
	got = estimate_tokens(TOKENS_CLAUDE, (struct span){ text, n });
	ck_assert_int_ge(got, 1);
	ck_assert_int_le(got, 2 * (int64_t)n);
	free(text);
}
END_TEST

START_TEST(a_figure_of_the_users_own_goes_first)
{
	struct model m = { .tokenizer = TOKENS_QWEN, .bytes_per_token = 4 };

	ck_assert_int_eq(model_text_tokens(&m, SPAN("123456789")), 3);
	ck_assert_int_eq(model_tokens(&m, 9), 3);
	m.bytes_per_token = 0;
	ck_assert_int_gt(model_text_tokens(&m, SPAN("123456789")), 9);
}
END_TEST

Suite *estimate_suite(void)
{
	Suite *s = suite_create("estimate");
	TCase *t = tcase_create("tokens");

	add_rows(t, a_name_tells_the_family, families);
	add_rows(t, an_estimate_is_near_the_count, samples);
	add_rows(t, some_families_take_more_than_others, orders);
	add_rows(t, odd_text_takes_some_and_not_more_than_twice_its_bytes, odd);
	tcase_add_test(t, a_figure_of_the_users_own_goes_first);
	suite_add_tcase(s, t);
	return s;
}
