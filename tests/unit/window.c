#include "llm/window.h"

#include "base/arena.h"
#include "base/json.h"
#include "llm/endpoint.h"
#include "llm/http.h"
#include "llm/models.h"
#include "llm/provider.h"
#include "test.h"

enum reader { MODEL, MODELS, LOADED, PROPS, PS, SHOW };

static const struct {
	enum reader by;
	const char *json;
	int64_t window, possible, max_output;
} answers[] = {
	/* what each server calls it */
	{ MODEL, "{\"max_input_tokens\":1000000,\"max_tokens\":128000}",
	  1000000, 0, 128000 },
	{ MODELS, "{\"data\":[{\"id\":\"m\",\"context_length\":8192}]}", 8192,
	  0, 0 },
	{ MODELS, "{\"data\":[{\"id\":\"m\",\"max_model_len\":8192}]}", 8192, 0,
	  0 },
	{ MODELS, "{\"data\":[{\"id\":\"m\",\"max_context_length\":8192}]}",
	  8192, 0, 0 },
	{ MODELS,
	  "{\"data\":[{\"id\":\"m\",\"context_window\":131072,"
	  "\"max_completion_tokens\":32768}]}",
	  131072, 0, 32768 },
	{ MODELS,
	  "{\"data\":[{\"id\":\"m\",\"context_length\":9000,\"top_provider\":"
	  "{\"max_completion_tokens\":800}}]}",
	  9000, 0, 800 },
	{ MODELS,
	  "{\"data\":[{\"id\":\"m\",\"meta\":{\"n_ctx_train\":40960}}]}", 0,
	  40960, 0 },
	{ MODELS,
	  "{\"data\":[{\"id\":\"m\",\"meta\":{\"n_ctx\":4096,\"n_ctx_train\":"
	  "40960}}]}",
	  4096, 40960, 0 },
	{ LOADED,
	  "{\"data\":[{\"id\":\"m\",\"state\":\"loaded\","
	  "\"loaded_context_length\":4096,\"max_context_length\":32768}]}",
	  4096, 32768, 0 },
	{ LOADED,
	  "{\"data\":[{\"id\":\"m\",\"state\":\"not-loaded\","
	  "\"max_context_length\":32768}]}",
	  0, 32768, 0 },
	{ PROPS, "{\"default_generation_settings\":{\"n_ctx\":4096}}", 4096, 0,
	  0 },
	{ PS, "{\"models\":[{\"name\":\"m:latest\",\"context_length\":4096}]}",
	  4096, 0, 0 },
	{ PS, "{\"models\":[{\"model\":\"m\",\"context_length\":4096}]}", 4096,
	  0, 0 },
	{ PS, "{\"models\":[{\"name\":\"m:8b\",\"context_length\":4096}]}", 0,
	  0, 0 },
	{ PS, "{\"models\":[{\"name\":\"m:latest\"}]}", 0, 0, 0 },
	{ SHOW, "{\"model_info\":{\"llama.context_length\":8192}}", 0, 8192,
	  0 },
	{ SHOW,
	  "{\"parameters\":\"top_k 20\\nnum_ctx   2048\\n\",\"model_info\":"
	  "{\"llama.context_length\":8192}}",
	  2048, 8192, 0 },
	{ SHOW,
	  "{\"parameters\":\"num_ctx 99999\",\"model_info\":"
	  "{\"llama.context_length\":8192}}",
	  8192, 8192, 0 },
	{ SHOW, "{\"parameters\":\"num_ctx\\nxnum_ctx 5\\nnum_ctx 5x\"}", 0, 0,
	  0 },
	{ SHOW, "{\"parameters\":\"num_ctx 99999999999999999999999999\"}", 0, 0,
	  0 },
	/* which row is the model's */
	{ MODELS,
	  "{\"data\":[{\"id\":\"x\",\"context_length\":1},{\"id\":\"m\","
	  "\"context_length\":2}]}",
	  2, 0, 0 },
	{ MODELS, "{\"data\":[{\"id\":\"a.gguf\",\"context_length\":7}]}", 7, 0,
	  0 },
	{ MODELS,
	  "{\"data\":[{\"id\":\"x\",\"context_length\":1},{\"id\":\"y\","
	  "\"context_length\":2}]}",
	  0, 0, 0 },
	/* no numbers of tokens */
	{ MODEL, "{\"context_length\":0,\"max_model_len\":-1}", 0, 0, 0 },
	{ MODEL, "{\"context_length\":\"8192\",\"max_model_len\":null}", 0, 0,
	  0 },
	{ MODEL, "{\"context_length\":1e999,\"max_model_len\":0.5}", 0, 0, 0 },
	{ MODEL, "{\"context_length\":9007199254740991}", 0, 0, 0 },
	/* other shapes */
	{ MODELS, "[]", 0, 0, 0 },
	{ MODELS, "{\"data\":{\"id\":\"m\"}}", 0, 0, 0 },
	{ MODELS, "{\"data\":[1,null,\"m\",[]]}", 0, 0, 0 },
	{ PROPS, "{\"default_generation_settings\":[4096]}", 0, 0, 0 },
	{ PS, "{\"models\":\"m\"}", 0, 0, 0 },
	{ SHOW, "{\"model_info\":[8192],\"parameters\":{}}", 0, 0, 0 },
};

static void read_answer(struct window_facts *f, enum reader by,
			const struct json *root, struct arena *a)
{
	switch (by) {
	case MODEL:
		window_read_model(f, root, a);
		break;
	case MODELS:
		window_read_models(f, root, "m", a);
		break;
	case LOADED:
		window_read_loaded(f, root, "m", a);
		break;
	case PROPS:
		window_read_props(f, root);
		break;
	case PS:
		window_read_ps(f, root, "m", a);
		break;
	case SHOW:
		window_read_show(f, root, a);
		break;
	}
}

START_TEST(an_answer_says_the_window_or_nothing)
{
	struct window_facts f = { 0 };
	struct arena a = { 0 };
	struct json *root;

	ck_assert(!json_parse(&root, &a, span_of(answers[_i].json), NULL));
	read_answer(&f, answers[_i].by, root, &a);
	ck_assert_int_eq(f.window, answers[_i].window);
	ck_assert_int_eq(f.possible, answers[_i].possible);
	ck_assert_int_eq(f.max_output, answers[_i].max_output);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *pricing;
	double input, output; /* 0: not said */
} prices[] = {
	{ "{\"prompt\":\"0.000003\",\"completion\":\"0.000015\"}", 3, 15 },
	{ "{\"prompt\":\"3e-06\",\"completion\":\"0\"}", 3, 0 },
	{ "{\"prompt\":\"-1\",\"completion\":\"-1\"}", 0, 0 },
	{ "{\"prompt\":0.000003,\"completion\":null}", 0, 0 },
	{ "{\"prompt\":\"0.000003x\",\"completion\":\"\"}", 0, 0 },
	{ "{\"prompt\":\"inf\",\"completion\":\"nan\"}", 0, 0 },
	{ "{\"prompt\":\"1e999\",\"completion\":\" 1\"}", 0, 0 },
	{ "[\"0.000003\"]", 0, 0 },
};

START_TEST(an_answer_says_the_price_or_nothing)
{
	struct window_facts f = { 0 };
	struct arena a = { 0 };
	struct json *root;
	const char *text =
		arena_printf(&a, "{\"pricing\":%s}", prices[_i].pricing);

	ck_assert(!json_parse(&root, &a, span_of(text), NULL));
	window_read_model(&f, root, &a);
	ck_assert_double_eq_tol(f.input, prices[_i].input, 1e-9);
	ck_assert_double_eq_tol(f.output, prices[_i].output, 1e-9);
	arena_release(&a);
}
END_TEST

START_TEST(no_answer_says_nothing)
{
	struct window_facts f = { 0 };
	struct arena a = { 0 };

	read_answer(&f, (enum reader)_i, NULL, &a);
	ck_assert_int_eq(f.window + f.possible + f.max_output, 0);
	arena_release(&a);
}
END_TEST

START_TEST(a_model_of_the_table_is_never_asked_about)
{
	/* whoever asked here would find no server, and no address either */
	struct endpoint ep = { .provider = provider_find("anthropic") };
	struct http_limits limits = { 0 };
	const struct model *m = model_find("anthropic", "opus", NULL);
	struct window *w = NULL;

	window_open(&w, &ep, &limits, true, -1);
	ck_assert_ptr_eq(window_model(w, m, m->id), m);
	window_close(w);
}
END_TEST

START_TEST(a_server_that_is_not_there_leaves_the_window_unknown)
{
	struct endpoint ep = { .provider = provider_find("ollama"),
			       .base_url = "http://127.0.0.1:1/v1",
			       .models_url = "http://127.0.0.1:1/v1/models" };
	struct http_limits limits = { .connect_ms = 1000 };
	struct window *w = NULL;
	const struct model *m;

	window_open(&w, &ep, &limits, true, -1);
	m = window_model(w, NULL, "m");
	ck_assert_int_eq(m->window, 0);
	ck_assert(model_cost(m, &(struct usage){ .input = 1 }) < 0);
	ck_assert_ptr_eq(window_model(w, NULL, "m"), m);
	window_close(w);
}
END_TEST

Suite *window_suite(void)
{
	Suite *s = suite_create("window");
	TCase *t = tcase_create("window");

	add_rows(t, an_answer_says_the_window_or_nothing, answers);
	add_rows(t, an_answer_says_the_price_or_nothing, prices);
	tcase_add_loop_test(t, no_answer_says_nothing, MODEL, SHOW + 1);
	tcase_add_test(t, a_model_of_the_table_is_never_asked_about);
	tcase_add_test(t, a_server_that_is_not_there_leaves_the_window_unknown);
	suite_add_tcase(s, t);
	return s;
}
