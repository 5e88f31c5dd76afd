#include "agent/prepare.h"

#include <string.h>

#include "agent/gather.h"
#include "agent/job.h"
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

Suite *prepare_suite(void)
{
	Suite *s = suite_create("prepare");
	TCase *t = tcase_create("room");

	tcase_add_checked_fixture(t, NULL, teardown);
	add_rows(t, the_material_gets_what_window_reply_and_contract_leave,
		 rooms);
	add_rows(t, guides_that_are_sent_count_as_what_every_request_carries,
		 guides);
	suite_add_tcase(s, t);
	return s;
}
