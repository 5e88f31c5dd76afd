#include "cli/batch_input.h"

#include <string.h>

#include "base/arena.h"
#include "test.h"

START_TEST(a_line_names_its_job)
{
	struct batch_line l;
	struct arena a = { 0 };

	ck_assert_int_eq(
		batch_line_parse(&l, &a,
				 SPAN("{\"id\":\"x\",\"review\":\"HEAD~1\","
				      "\"paths\":[\"src\",\"a b\"],\"model\":"
				      "null,\"repo\":\"/r\",\"intent\":\"i\"}"),
				 NULL),
		0);
	ck_assert_str_eq(l.id, "x");
	ck_assert_str_eq(l.review, "HEAD~1");
	ck_assert_uint_eq(l.npaths, 2);
	ck_assert_str_eq(l.paths[1], "a b");
	ck_assert_ptr_null(l.model);
	ck_assert_str_eq(l.repo, "/r");
	arena_release(&a);
}
END_TEST

static const struct {
	const char *line, *error;
} wrong[] = {
	{ "{", "" },
	{ "[]", "not a JSON object" },
	{ "{}", "\"id\" is missing" },
	{ "{\"id\":\"\"}", "\"id\" is missing" },
	{ "{\"id\":\"x\"}", "exactly one of" },
	{ "{\"id\":\"x\",\"review\":\"a\",\"design\":\"b\"}", "exactly one" },
	{ "{\"id\":7,\"review\":\"\"}", "\"id\" must be a string" },
	{ "{\"id\":\"x\",\"review\":\"\",\"paths\":\"a\"}",
	  "must be an array" },
	{ "{\"id\":\"x\",\"review\":\"\",\"paths\":[1]}", "must hold strings" },
	{ "{\"id\":\"x\",\"revew\":\"\"}", "unknown field \"revew\"" },
	{ "{\"id\":\"x\\u0000\",\"review\":\"\"}", "" },
	{ "{\"id\":\"x\",\"review\":\"\"} {}", "" },
};

START_TEST(a_wrong_line_says_which_field)
{
	struct error err = { 0 };
	struct batch_line l;
	struct arena a = { 0 };

	ck_assert_int_eq(
		batch_line_parse(&l, &a, span_of(wrong[_i].line), &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, wrong[_i].error) != NULL, "%s", err.msg);
	arena_release(&a);
}
END_TEST

Suite *batch_input_suite(void)
{
	Suite *s = suite_create("batch_input");
	TCase *tc = tcase_create("batch_input");

	tcase_add_test(tc, a_line_names_its_job);
	add_rows(tc, a_wrong_line_says_which_field, wrong);
	suite_add_tcase(s, tc);
	return s;
}
