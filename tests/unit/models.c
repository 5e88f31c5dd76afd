#include "llm/models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "llm/provider.h"
#include "test.h"

static const struct {
	const char *provider, *name;
	const char *row, *id; /* row NULL: none */
} names[] = {
	{ "anthropic", "claude-haiku-4-5", "claude-haiku-4-5",
	  "claude-haiku-4-5" },
	{ "anthropic", "claude-haiku-4-5-20251001", "claude-haiku-4-5",
	  "claude-haiku-4-5-20251001" },
	{ "anthropic", "claude-haiku-4-5@20251001", "claude-haiku-4-5",
	  "claude-haiku-4-5@20251001" },
	{ "anthropic", "claude-opus-5", "claude-opus-5", "claude-opus-5" },
	{ "anthropic", "claude-opus-5-5", "claude-opus-5-5",
	  "claude-opus-5-5" },
	{ "anthropic", "claude-opus-5-9", NULL, "claude-opus-5-9" },
	{ "anthropic", "claude-opus-5x", NULL, "claude-opus-5x" },
	{ "anthropic", "opus", "claude-opus-5-5", "claude-opus-5-5" },
	{ "anthropic", "sonnet", "claude-sonnet-5-5", "claude-sonnet-5-5" },
	{ "anthropic", "haiku", "claude-haiku-5-5", "claude-haiku-5-5" },
	{ "anthropic", "fable", "claude-fable-5-2", "claude-fable-5-2" },
	{ "anthropic", "gpt-6.2-sol", NULL, "gpt-6.2-sol" },
	{ "openai", "opus", NULL, "opus" },
	{ "openai", "gpt-6.2-sol-2026-11-17", "gpt-6.2-sol",
	  "gpt-6.2-sol-2026-11-17" },
	{ "openai", "gpt-6.2-sol-2026-11", NULL, "gpt-6.2-sol-2026-11" },
	{ "gemini", "gemini-3.5-flash-lite", "gemini-3.5-flash-lite",
	  "gemini-3.5-flash-lite" },
	{ "ollama", "qwen", NULL, "qwen" },
	{ "anthropic", "", NULL, "" },
};

START_TEST(a_name_finds_its_row_and_the_id_to_send)
{
	const char *id = NULL;
	const struct model *m;

	m = model_find(names[_i].provider, names[_i].name, &id);
	ck_assert_pstr_eq(m ? m->id : NULL, names[_i].row);
	ck_assert_str_eq(id, names[_i].id);
	ck_assert_ptr_eq(model_find(names[_i].provider, names[_i].name, NULL),
			 m);
}
END_TEST

static const struct {
	const char *provider, *name, *near; /* NULL: nothing is */
} misspelt[] = {
	{ "anthropic", "sonet", "sonnet" },
	{ "anthropic", "claude-sonet-5-5", "claude-sonnet-5-5" },
	{ "openai", "gpt-6.2-sole", "gpt-6.2-sol" },
	{ "openai", "sonnet", NULL },
	{ "ollama", "qwen3", NULL },
};

START_TEST(a_misspelt_model_has_a_nearest_one)
{
	ck_assert_pstr_eq(model_near(misspelt[_i].provider, misspelt[_i].name),
			  misspelt[_i].near);
}
END_TEST

START_TEST(the_environment_can_move_an_alias)
{
	const char *id;

	setenv("ANTHROPIC_DEFAULT_OPUS_MODEL", "claude-opus-4-8", 1);
	ck_assert_str_eq(model_find("anthropic", "opus", &id)->id,
			 "claude-opus-4-8");
	ck_assert_str_eq(id, "claude-opus-4-8");
	setenv("ANTHROPIC_DEFAULT_OPUS_MODEL", "my-own", 1);
	ck_assert_ptr_null(model_find("anthropic", "opus", &id));
	ck_assert_str_eq(id, "my-own");
	setenv("ANTHROPIC_DEFAULT_OPUS_MODEL", "", 1);
	model_find("anthropic", "opus", &id);
	ck_assert_str_eq(id, "claude-opus-5-5");
	unsetenv("ANTHROPIC_DEFAULT_OPUS_MODEL");
}
END_TEST

static const struct {
	const char *provider, *id;
	int64_t input, read, write, output;
	double cost;
} costs[] = {
	{ "anthropic", "claude-sonnet-5-5", 1000000, 0, 0, 0, 2 },
	{ "anthropic", "claude-sonnet-5-5", 1000, 2000, 3000, 4000,
	  0.002 + 0.0002 + 0.0075 + 0.04 },
	{ "anthropic", "claude-sonnet-5-5", 1000, -1, -1, 0, 0.002 },
	{ "anthropic", "claude-sonnet-5-5", -1, 0, 0, 10, -1 },
	{ "anthropic", "claude-sonnet-5-5", 10, 0, 0, -1, -1 },
	{ "anthropic", "claude-mythos-5-2", 10, 0, 0, 10, -1 },
	/* up to 100K of prompt, and over */
	{ "anthropic", "claude-haiku-5-5", 40000, 50000, 10000, 1000000,
	  0.004 + 0.0005 + 0.00125 + 0.5 },
	{ "anthropic", "claude-haiku-5-5", 40001, 50000, 10000, 1000000,
	  0.0200005 + 0.0025 + 0.00625 + 2.5 },
	/* over 272K: the whole request twice, the reply half again */
	{ "openai", "gpt-6.2-sol", 272000, 0, 0, 1000000, 0.544 + 10 },
	{ "openai", "gpt-6.2-sol", 200000, 100000, 0, 1000000,
	  0.8 + 0.02 + 15 },
	/* a price is needed only for what was used */
	{ "openai", "gpt-6.1-sol", 1000, 0, 0, 1000, 0.012 },
	{ "openai", "gpt-6.1-sol", 1000, 1, 0, 1000, -1 },
	{ "gemini", "gemini-3.1-pro-preview", 200001, 0, 0, 0, 0.800004 },
};

START_TEST(a_usage_costs_this_much)
{
	const struct model *m =
		model_find(costs[_i].provider, costs[_i].id, NULL);
	struct usage u = USAGE_UNKNOWN;

	u.input = costs[_i].input;
	u.cache_read = costs[_i].read;
	u.cache_write = costs[_i].write;
	u.output = costs[_i].output;
	ck_assert(fabs(model_cost(m, &u) - costs[_i].cost) < 1e-12);
}
END_TEST

START_TEST(tokens_are_rounded_up)
{
	const struct model *new = model_find("anthropic", "opus", NULL);
	const struct model *old = model_find("openai", "gpt-6-sol", NULL);

	ck_assert_int_eq(model_tokens(new, 0), 0);
	ck_assert_int_eq(model_tokens(new, 1), 1);
	ck_assert_int_eq(model_tokens(new, 2299), 1000);
	ck_assert_int_eq(model_tokens(old, 3401), 1001);
	ck_assert_int_eq(model_tokens(NULL, 2600), 1000);
}
END_TEST

START_TEST(every_row_is_sound)
{
	const struct model *m;
	const char *id;
	size_t i, n = 0;

	for (i = 0; (m = model_at(i)); i++, n++) {
		ck_assert_ptr_nonnull(provider_find(m->provider));
		ck_assert_ptr_eq(model_find(m->provider, m->id, &id), m);
		ck_assert(m->reply > 0);
		ck_assert(!m->max_output || m->reply <= m->max_output);
		ck_assert(m->output < 0 || m->output > m->input);
		ck_assert(m->cache_read < m->input || m->input < 0);
		ck_assert(!m->long_over || m->long_input > m->input);
		ck_assert(m->tokenizer != TOKENS_UNKNOWN);
	}
	ck_assert_uint_gt(n, 25);
	for (i = 0; i < providers_len; i++)
		if (providers[i].default_model && providers[i].base_url)
			ck_assert_ptr_nonnull(
				model_find(providers[i].name,
					   providers[i].default_model, NULL));
}
END_TEST

static int load(struct arena *a, const char *text, struct error *err)
{
	char path[] = "/tmp/models-XXXXXX";
	int fd = mkstemp(path), rc;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	rc = models_load(a, path, err);
	unlink(path);
	return rc;
}

START_TEST(a_file_overrides_the_rows)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	const struct model *m;
	const char *id;

	ck_assert_int_eq(
		load(&a,
		     "{\"models\":[{\"id\":\"claude-opus-5-5\",\"provider\":"
		     "\"anthropic\",\"alias\":\"big\",\"window\":5000,"
		     "\"max_output\":700,\"input\":1,\"output\":2.5},"
		     "{\"id\":\"qwen\",\"provider\":\"ollama\"}]}",
		     &err),
		0);
	m = model_find("anthropic", "claude-opus-5-5", NULL);
	ck_assert_ptr_eq(m, model_at(0));
	ck_assert_int_eq(m->window, 5000);
	ck_assert_int_eq(m->reply, 700);
	ck_assert(m->output == 2.5 && m->cache_read < 0);
	ck_assert_ptr_eq(model_find("anthropic", "big", &id), m);
	ck_assert_str_eq(id, "claude-opus-5-5");
	m = model_find("ollama", "qwen", NULL);
	ck_assert_int_eq(m->window, 0);
	ck_assert(m->input < 0);
	ck_assert_int_eq(load(&a, "{\"models\":[]}", &err), 0);
	ck_assert_ptr_null(model_find("ollama", "qwen", NULL));
	arena_release(&a);
}
END_TEST

static const struct {
	const char *text, *words;
} broken[] = {
	{ "{\"models\":[{\"id\":\"a\",\"provider\":\"b\"},{\"id\":\"c\"}]}",
	  "model 2" },
	{ "{\"models\":{}}", "\"models\"" },
	{ "[]", "\"models\"" },
	{ "{", "not JSON" },
	{ "", "not JSON" },
};

START_TEST(a_broken_file_is_refused_by_its_row)
{
	struct arena a = { 0 };
	struct error err = { 0 };

	ck_assert_int_eq(load(&a, broken[_i].text, &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(err.msg, broken[_i].words));
	ck_assert_ptr_nonnull(strstr(err.msg, "models-"));
	ck_assert_str_eq(model_at(0)->id, "claude-fable-5-2");
	arena_release(&a);
}
END_TEST

Suite *models_suite(void)
{
	Suite *s = suite_create("models");
	TCase *tc = tcase_create("models");

	add_rows(tc, a_name_finds_its_row_and_the_id_to_send, names);
	add_rows(tc, a_misspelt_model_has_a_nearest_one, misspelt);
	add_rows(tc, a_usage_costs_this_much, costs);
	add_rows(tc, a_broken_file_is_refused_by_its_row, broken);
	tcase_add_test(tc, the_environment_can_move_an_alias);
	tcase_add_test(tc, tokens_are_rounded_up);
	tcase_add_test(tc, every_row_is_sound);
	tcase_add_test(tc, a_file_overrides_the_rows);
	suite_add_tcase(s, tc);
	return s;
}
