#include "agent/agent_file.h"

#include "base/arena.h"
#include "test.h"

static const struct {
	const char *text, *name, *model, *body;
} files[] = {
	{ "---\nname: a\nmodel: sonnet\n---\n\nBody.\n", "a", "sonnet",
	  "Body." },
	/* not valid YAML, and usual: a colon and a literal \n in a value */
	{ "---\nname: a\ndescription: use: when\\nneeded: yes\n---\nB", "a",
	  NULL, "B" },
	{ "---\r\nname: a\r\n---\r\nB\r\n", "a", NULL, "B" },
	/* only the first pair counts */
	{ "---\nname: a\n---\nB\n---\nname: b\n---\n", "a", NULL,
	  "B\n---\nname: b\n---" },
	/* indented keys are not keys */
	{ "---\n  name: no\nname: yes\n---\nB", "yes", NULL, "B" },
	/* never closed: all of it is body */
	{ "---\nname: a\n", NULL, NULL, "---\nname: a" },
	{ "Just a prompt.", NULL, NULL, "Just a prompt." },
	{ "", NULL, NULL, "" },
};

START_TEST(front_matter_is_read_as_raw_lines)
{
	struct arena a = { 0 };
	struct agent_file f;

	agent_file_parse(&f, &a, span_of(files[_i].text));
	ck_assert(span_eq(f.name, span_of(files[_i].name)));
	ck_assert(span_eq(f.model, span_of(files[_i].model)));
	ck_assert(span_eqs(f.body, files[_i].body));
	arena_release(&a);
}
END_TEST

START_TEST(sections_come_from_the_files_own_output_format)
{
	struct arena a = { 0 };
	struct agent_file f;

	agent_file_parse(&f, &a,
			 SPAN("Do.\n\n**Output Format:**\n\nWrite:\n\n"
			      "1. **Verdict**: yes or no\n"
			      "2. **Risks & Costs**: what may fail\n\n"
			      "Other text.\n\n1. **Not this**: no\n"));
	ck_assert_uint_eq(f.sections.len, 2);
	ck_assert_str_eq(f.sections.want[0].name, "Verdict");
	ck_assert_str_eq(f.sections.want[0].about, "yes or no");
	ck_assert_str_eq(f.sections.want[1].name, "Risks & Costs");
	ck_assert_str_eq(f.sections.want[1].id, "risks-costs");
	arena_release(&a);
}
END_TEST

START_TEST(the_embedded_file_has_the_eight)
{
	struct arena a = { 0 };
	struct agent_file f;

	ck_assert_int_eq(agent_file_load(&f, &a, NULL, NULL, NULL, NULL), 0);
	ck_assert_ptr_eq(f.sections.want, eight_sections.want);
	ck_assert(span_eqs(f.name, "rust-systems-architect"));
	ck_assert(f.description.len > 200);
	arena_release(&a);
}
END_TEST

START_TEST(an_agent_that_is_nowhere_is_refused)
{
	struct arena a = { 0 };
	struct agent_file f;
	struct error err = { 0 };

	ck_assert_int_eq(agent_file_load(&f, &a, NULL, NULL, "no-such", &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_int_eq(
		agent_file_load(&f, &a, NULL, NULL, "/no/such.md", &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	arena_release(&a);
}
END_TEST

Suite *agent_file_suite(void)
{
	Suite *s = suite_create("agent_file");
	TCase *tc = tcase_create("agent_file");

	add_rows(tc, front_matter_is_read_as_raw_lines, files);
	tcase_add_test(tc, sections_come_from_the_files_own_output_format);
	tcase_add_test(tc, the_embedded_file_has_the_eight);
	tcase_add_test(tc, an_agent_that_is_nowhere_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
