#include "agent/room.h"

#include <string.h>

#include "agent/count.h"
#include "agent/gather.h"
#include "agent/job.h"
#include "agent/prepare.h"
#include "agent/prompt.h"
#include "agent/task.h"
#include "core/settings.h"
#include "llm/models.h"
#include "test.h"

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

/* An agent file so long that all that every request carries is 10,000 tokens.
 */
static void fill(struct task_input *in, const struct model *m)
{
	int64_t got;

	*in = (struct task_input){ .task = &task_review };
	got = prompt_fixed_tokens(in, m);
	ck_assert_int_lt(got, 10000);
	in->agent.body.len =
		(size_t)((double)(10000 - got) * m->bytes_per_token);
	in->agent.body.ptr = arena_alloc(&arena, in->agent.body.len);
	ck_assert_int_eq(prompt_fixed_tokens(in, m), 10000);
}

static const struct {
	int64_t table, given; /* windows */
	int64_t reply;
	int64_t long_over;
	double max_cost;
	int64_t room;
} rooms[] = {
	{ 0, 0, 16000, 0, 0, INT64_MAX },
	{ 126000, 0, 16000, 0, 0, 90000 },
	{ 126000, 0, 26000, 0, 0, 81000 },
	{ 126000, 66000, 16000, 0, 0, 36000 },
	{ 0, 66000, 16000, 0, 0, 36000 },
	{ 26000, 0, 16000, 0, 0, 0 },
	{ 8000, 0, 16000, 0, 0, 0 },
	/* a dearer price over 60,000: of interest to who counts the money */
	{ 126000, 0, 16000, 60000, 0, 90000 },
	{ 126000, 0, 16000, 60000, 1, 45000 },
	{ 126000, 0, 16000, 200000, 1, 90000 },
};

START_TEST(the_material_gets_what_window_reply_and_contract_leave)
{
	struct model m = { .id = "m",
			   .window = rooms[_i].table,
			   .long_over = rooms[_i].long_over,
			   .tokenizer = TOKENS_OPENAI,
			   .bytes_per_token = 4 };
	struct settings s = { .window = rooms[_i].given,
			      .max_cost = rooms[_i].max_cost };
	struct agent_config c = { .model = &m,
				  .params.max_output = rooms[_i].reply };
	struct task_input in;

	fill(&in, &m);
	ck_assert_int_eq(material_room(&in, &c, &s), rooms[_i].room);
}
END_TEST

static const struct {
	enum guide_status status;
	int64_t least, most;
} guides[] = {
	{ GUIDE_USED, 1000, 1200 },
	{ GUIDE_MISSING, 0, 0 },
};

START_TEST(guides_that_are_sent_count_as_what_every_request_carries)
{
	struct task_input in = { .task = &task_review };
	struct model m = { .bytes_per_token = 1 };
	int64_t without = prompt_fixed_tokens(&in, &m), with;
	char text[1000];
	struct guide *g = vec_push(&in.guides.guides, &arena);

	memset(text, 'x', sizeof(text));
	g->path = SPAN("CLAUDE.md");
	g->text = (struct span){ text, sizeof(text) };
	g->status = guides[_i].status;
	with = prompt_fixed_tokens(&in, &m);
	ck_assert_int_ge(with - without, guides[_i].least);
	ck_assert_int_le(with - without, guides[_i].most);
}
END_TEST

/* A prompt of 10,000 tokens and a reply of 1,000. Prices are $1 and $2 a
 * million. */
enum server { PLAIN, COUNTS, CUTS };

static const struct {
	int64_t window, max_tokens;
	double max_cost;
	enum server server;
	bool asked; /* for its count, which did not come */
	enum tokenizer tokenizer;
	bool wants_count;
	enum error_kind kind;
} limits[] = {
	/* nothing is known, nothing is asked for */
	{ 0, 0, 0, PLAIN, false, TOKENS_OPENAI, false, ERR_NONE },
	{ 0, 0, 0, COUNTS, false, TOKENS_OPENAI, false, ERR_NONE },
	/* the window */
	{ 11000, 0, 0, PLAIN, false, TOKENS_OPENAI, false, ERR_NONE },
	{ 10999, 0, 0, PLAIN, false, TOKENS_OPENAI, false, ERR_BUDGET },
	/* a tenth of the prompt is too little to be sure of */
	{ 11999, 0, 0, COUNTS, false, TOKENS_OPENAI, true, ERR_NONE },
	{ 12001, 0, 0, COUNTS, false, TOKENS_OPENAI, false, ERR_NONE },
	{ 10001, 0, 0, COUNTS, false, TOKENS_OPENAI, true, ERR_NONE },
	{ 9999, 0, 0, COUNTS, false, TOKENS_OPENAI, false, ERR_BUDGET },
	{ 11999, 0, 0, PLAIN, false, TOKENS_OPENAI, false, ERR_NONE },
	/* an unmeasured family may be off by twice as much */
	{ 12999, 0, 0, COUNTS, false, TOKENS_CLAUDE, true, ERR_NONE },
	{ 9001, 0, 0, COUNTS, false, TOKENS_CLAUDE, true, ERR_NONE },
	{ 8999, 0, 0, COUNTS, false, TOKENS_CLAUDE, false, ERR_BUDGET },
	/* asked once, with no answer: the estimate is what there is */
	{ 10999, 0, 0, COUNTS, true, TOKENS_OPENAI, false, ERR_BUDGET },
	{ 11000, 0, 0, COUNTS, true, TOKENS_OPENAI, false, ERR_NONE },
	/* who cuts silently must not be given what he might cut */
	{ 11999, 0, 0, CUTS, false, TOKENS_OPENAI, false, ERR_BUDGET },
	{ 12000, 0, 0, CUTS, false, TOKENS_OPENAI, false, ERR_NONE },
	/* the budgets */
	{ 0, 10000, 0, PLAIN, false, TOKENS_OPENAI, false, ERR_NONE },
	{ 0, 9999, 0, PLAIN, false, TOKENS_OPENAI, false, ERR_BUDGET },
	{ 0, 9999, 0, COUNTS, false, TOKENS_OPENAI, true, ERR_NONE },
	{ 0, 8999, 0, COUNTS, false, TOKENS_OPENAI, false, ERR_BUDGET },
	{ 0, 0, 0.0101, PLAIN, false, TOKENS_OPENAI, false, ERR_NONE },
	{ 0, 0, 0.0099, PLAIN, false, TOKENS_OPENAI, false, ERR_BUDGET },
	{ 0, 0, 0.0099, COUNTS, false, TOKENS_OPENAI, true, ERR_NONE },
	{ 0, 0, 0.0089, COUNTS, false, TOKENS_OPENAI, false, ERR_BUDGET },
};

START_TEST(what_does_not_fit_is_refused_as_far_as_that_is_known)
{
	struct model m = { .id = "m",
			   .input = 1,
			   .output = 2,
			   .tokenizer = limits[_i].tokenizer };
	struct settings s = { .window = limits[_i].window,
			      .max_tokens = limits[_i].max_tokens,
			      .max_cost = limits[_i].max_cost };
	struct provider p = { .cuts_silently = limits[_i].server == CUTS };
	struct endpoint ep = { 0 };
	struct job job = { .endpoint = &ep };
	struct error err = { 0 };

	ep.count_url = limits[_i].server == COUNTS ? "http://a/count" : NULL;
	job.count_asked = limits[_i].asked;
	job.agent.config.provider = &p;
	job.agent.config.model = &m;
	job.agent.config.params.model = "m";
	job.agent.config.params.max_output = 1000;
	job.agent.prompt_tokens = 10000;
	ck_assert_int_eq(room_wants_count(&job, &s), limits[_i].wants_count);
	room_check(&job, &s, &err);
	ck_assert_msg(err.kind == limits[_i].kind, "%d: %s", err.kind, err.msg);
}
END_TEST

static const struct {
	int64_t window, max_tokens;
	double max_cost;
	int64_t given; /* --max-output */
	int64_t reply;
} replies[] = {
	{ 0, 0, 0, 0, 16000 },
	{ 20000, 0, 0, 0, 10000 },
	{ 20000, 0, 0, 16000, 16000 }, /* asked for is asked for */
	{ 0, 15000, 0, 0, 5000 },
	{ 0, 13000, 0, 0, 16000 }, /* too short for a reply: another says no */
	{ 0, 0, 0.030001, 0, 10000 },
	{ 20000, 17000, 0.022001, 0, 6000 },
};

START_TEST(a_reply_is_made_to_fit_where_enough_of_it_does)
{
	struct model m = { .id = "m", .input = 1, .output = 2 };
	struct settings s = { .window = replies[_i].window,
			      .max_tokens = replies[_i].max_tokens,
			      .max_cost = replies[_i].max_cost,
			      .max_output = replies[_i].given };
	struct job job = { 0 };

	job.agent.config.model = &m;
	job.agent.config.params.max_output = 16000;
	job.agent.prompt_tokens = 10000;
	room_fit_reply(&job, &s);
	ck_assert_int_eq(job.agent.config.params.max_output, replies[_i].reply);
}
END_TEST

START_TEST(a_reply_that_costs_nothing_is_not_made_shorter_for_money)
{
	struct model m = { .id = "m", .input = 1 };
	struct settings s = { .max_cost = 0.001 };
	struct job job = { 0 };

	job.agent.config.model = &m;
	job.agent.config.params.max_output = 16000;
	job.agent.prompt_tokens = 10000;
	room_fit_reply(&job, &s);
	ck_assert_int_eq(job.agent.config.params.max_output, 16000);
}
END_TEST

START_TEST(without_a_price_no_cost_can_hold)
{
	struct model m = model_blank("compatible", "m");
	struct settings s = { .max_cost = 1 };
	struct provider p = { 0 };
	struct job job = { 0 };
	struct error err = { 0 };

	job.agent.config.provider = &p;
	job.agent.config.model = &m;
	job.agent.config.params.model = "m";
	job.agent.prompt_tokens = 10000;
	ck_assert_int_eq(room_check(&job, &s, &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
}
END_TEST

/* A dearer price holds for long prompts; parts are asked for to pass under it.
 */
START_TEST(each_part_has_the_price_of_its_own_length)
{
	struct model m = { .input = 1,
			   .output = 2,
			   .long_over = 100,
			   .long_input = 10,
			   .long_output = 20 };
	struct part_sum sums[2] = { { .tokens = 80 }, { .tokens = 90 } };
	struct review rv = { .config.model = &m, .parts = 2 };
	struct job_estimate e;

	rv.plan.sum = sums;
	rv.plan.each = 5;
	rv.config.params.max_output = 1000;
	e = review_estimate(&rv);
	ck_assert_int_eq(e.tokens, 180);
	ck_assert_double_eq_tol(e.prompt_cost, 180 / 1e6, 1e-12);
	ck_assert_double_eq_tol(e.most_cost, 4180 / 1e6, 1e-12);
	m = model_blank("compatible", "m");
	ck_assert(review_estimate(&rv).prompt_cost < 0);
}
END_TEST

static const struct {
	const char *answer;
	int64_t tokens;
} answers[] = {
	{ "{\"input_tokens\":2095}", 2095 },
	{ "{\"input_tokens\":0}", 0 },
	{ "{\"input_tokens\":-1}", 0 },
	{ "{\"input_tokens\":1e999}", 0 },
	{ "{\"input_tokens\":\"5\"}", 0 },
	{ "{}", 0 },
	{ "[2095]", 0 },
	{ "2095", 0 },
	{ "", 0 },
	{ "<html>", 0 },
};

START_TEST(a_count_is_read_or_there_is_none)
{
	ck_assert_int_eq(count_read(span_of(answers[_i].answer)),
			 answers[_i].tokens);
}
END_TEST

Suite *room_suite(void)
{
	Suite *s = suite_create("room");
	TCase *t = tcase_create("room");

	tcase_add_checked_fixture(t, NULL, teardown);
	add_rows(t, the_material_gets_what_window_reply_and_contract_leave,
		 rooms);
	add_rows(t, guides_that_are_sent_count_as_what_every_request_carries,
		 guides);
	add_rows(t, what_does_not_fit_is_refused_as_far_as_that_is_known,
		 limits);
	add_rows(t, a_reply_is_made_to_fit_where_enough_of_it_does, replies);
	tcase_add_test(
		t, a_reply_that_costs_nothing_is_not_made_shorter_for_money);
	tcase_add_test(t, without_a_price_no_cost_can_hold);
	tcase_add_test(t, each_part_has_the_price_of_its_own_length);
	add_rows(t, a_count_is_read_or_there_is_none, answers);
	suite_add_tcase(s, t);
	return s;
}
