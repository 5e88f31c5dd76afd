#include "agent/spending.h"

#include "agent/job.h"
#include "core/settings.h"
#include "llm/models.h"
#include "test.h"

/* $1 a million tokens of prompt, $2 of reply; 4 bytes a token. */
static const struct model model = {
	.id = "m", .input = 1, .output = 2, .bytes_per_token = 4
};

/* What is under way: a prompt of so many tokens, and what came of its answer.
 */
static const struct {
	int64_t prompt;
	int64_t in, out; /* as the provider says, or -1 */
	size_t said;	 /* bytes */
	bool whole;
	int64_t want_in, want_out;
} turns[] = {
	{ 100, -1, -1, 0, false, 100, 0 },
	{ 100, -1, -1, 40, false, 100, 10 },
	{ 100, 90, 1, 40, false, 90, 10 },
	{ 100, 90, 50, 40, false, 90, 50 },
	/* at its end the provider knows best */
	{ 100, 90, 5, 40, true, 90, 5 },
	{ 100, -1, -1, 40, true, 100, 10 },
	{ 100, 0, 0, 40, true, 0, 0 },
};

START_TEST(what_the_provider_did_not_say_is_estimated)
{
	struct agent ag = { .config.model = &model, .under_way = true };
	struct usage u;

	ag.prompt_tokens = turns[_i].prompt;
	ag.turn.begun = true;
	ag.turn.usage = USAGE_UNKNOWN;
	ag.turn.usage.input = turns[_i].in;
	ag.turn.usage.output = turns[_i].out;
	ag.turn.said = turns[_i].said;
	ag.turn.ended = turns[_i].whole;
	u = agent_running(&ag);
	ck_assert_int_eq(u.input, turns[_i].want_in);
	ck_assert_int_eq(u.output, turns[_i].want_out);
	ck_assert_double_eq_tol(
		u.cost, ((double)u.input + 2 * (double)u.output) / 1e6, 1e-12);
	ag.under_way = false;
	ck_assert_int_eq(agent_running(&ag).input, -1);
}
END_TEST

static const size_t splits[] = { 1, 7, 600, 100000 };

/* The same however it comes, and not far from what the whole takes. */
START_TEST(text_that_comes_in_pieces_is_estimated_as_one)
{
	struct model m = { .tokenizer = TOKENS_OPENAI };
	struct agent ag = { .config = { .provider = provider_find("openai"),
					.model = &m,
					.params.model = "m" } };
	struct buf sse = { 0 }, said = { 0 }, body = { 0 };
	struct arena a = { 0 };
	struct error err = { 0 };
	struct span rest;
	int64_t want;

	for (int i = 0; i < 500; i++) {
		buf_addf(&said, "line %d of `self.pool` fails. ", i);
		buf_addf(&sse,
			 "data: {\"choices\":[{\"index\":0,\"delta\":{"
			 "\"content\":\"line %d of `self.pool` fails. \"}}]}"
			 "\n\n",
			 i);
	}
	agent_init(&ag, &a);
	agent_request(&ag, &body);
	for (rest = buf_span(&sse); rest.len;
	     rest = span_from(rest, splits[_i]))
		ck_assert_int_eq(
			agent_feed(&ag, span_first(rest, splits[_i]), &err), 0);
	want = model_text_tokens(&m, buf_span(&said));
	ck_assert_int_ge(agent_running(&ag).output, want);
	ck_assert_int_le(agent_running(&ag).output, want + want / 50);
	agent_release(&ag);
	buf_release(&sse);
	buf_release(&said);
	buf_release(&body);
	arena_release(&a);
}
END_TEST

enum asks { NOBODY, FIRST, SECOND };

/* 1,000 tokens for $0.001 are spent by jobs that are over. The first job under
 * way has used 200 tokens for $0.0002, sends a prompt of 100 and has got 400
 * bytes; the second would send a prompt of 300. */
static const struct {
	int64_t max_tokens;
	double max_cost;
	enum asks next;
	bool passes;
} budgets[] = {
	{ 0, 0, SECOND, true },
	{ 1400, 0, NOBODY, true },
	{ 1399, 0, NOBODY, false },
	{ 1700, 0, SECOND, true },
	{ 1699, 0, SECOND, false },
	/* who asks again has ended his turn: it is in what he used */
	{ 1300, 0, FIRST, true },
	{ 1299, 0, FIRST, false },
	{ 0, 0.0015001, NOBODY, true },
	{ 0, 0.0014999, NOBODY, false },
	{ 0, 0.0018001, SECOND, true },
	{ 0, 0.0017999, SECOND, false },
	{ 1000000, 0.0014999, NOBODY, false },
};

START_TEST(a_budget_is_of_the_whole_run)
{
	struct settings s = { .max_tokens = budgets[_i].max_tokens,
			      .max_cost = budgets[_i].max_cost };
	struct usage spent = { .input = 500, .output = 500, .cost = 0.001 };
	struct job two = { .state = JOB_WAITING };
	struct job one = { .state = JOB_SENDING, .next = &two };
	struct job *asks[] = { NULL, &one, &two };
	struct error err = { 0 };

	one.agent.config.model = two.agent.config.model = &model;
	one.agent.spent = (struct usage){ .input = 200, .cost = 0.0002 };
	one.agent.turn.usage = USAGE_UNKNOWN;
	one.agent.prompt_tokens = 100;
	one.agent.turn.said = 400;
	one.agent.turn.begun = one.agent.under_way = true;
	two.agent.spent = USAGE_UNKNOWN;
	two.agent.prompt_tokens = 300;
	ck_assert_int_eq(
		spending_check(&s, &spent, &one, asks[budgets[_i].next], &err),
		budgets[_i].passes ? 0 : -1);
	ck_assert_int_eq(err.kind, budgets[_i].passes ? ERR_NONE : ERR_BUDGET);
}
END_TEST

Suite *spending_suite(void)
{
	Suite *s = suite_create("spending");
	TCase *t = tcase_create("spending");

	add_rows(t, what_the_provider_did_not_say_is_estimated, turns);
	add_rows(t, text_that_comes_in_pieces_is_estimated_as_one, splits);
	add_rows(t, a_budget_is_of_the_whole_run, budgets);
	suite_add_tcase(s, t);
	return s;
}
