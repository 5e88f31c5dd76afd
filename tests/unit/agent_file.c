#include "agent/agent_file.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
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
	{ "---\nname: a\x1b[2J\nmodel: \xe2\x80\xae\n---\nB", "a\\u{1b}[2J",
	  "\\u{202e}", "B" },
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

/* Rows below "Output Format"; names joined with a bar, NULL: the eight. */
static const struct {
	const char *rows, *names;
} lists[] = {
	{ "1. **A\xe2\x80\xae"
	  "B**: x\n2. **C**\n",
	  "A\\u{202e}B|C" },
	{ "1. **\xe6\x80\xbb\xe7\xbb\x93**\n2. **C**\n",
	  "\xe6\x80\xbb\xe7\xbb\x93|C" },
	{ "1. **A/B & C**\n2. **C (D)**\n3. **Why?**\n", "A/B & C|C (D)|Why?" },
	{ "1. **A**\n2. **12**\n", NULL },
	{ "1. **A**\n2. **\xe2\x80\x8b**\n", NULL },
	{ "1. **A**\n2. **B**\n3. **A**\n", NULL },
	{ "1. **Risks & Costs**\n2. **risks and costs:**\n", NULL },
	{ "1. **A**\n2. **AKIA"
	  "Q3EZ7LMNPX2RTVWY**\n",
	  NULL },
};

START_TEST(names_that_no_reply_could_use_give_the_eight)
{
	struct arena a = { 0 };
	struct agent_file f;
	struct buf b = { 0 };
	size_t i;

	agent_file_parse(&f, &a,
			 span_of(arena_printf(&a, "## Output Format\n\n%s",
					      lists[_i].rows)));
	for (i = 0; i < f.sections.len; i++) {
		buf_addf(&b, "%s%s", i ? "|" : "", f.sections.want[i].name);
		ck_assert_uint_gt(strlen(f.sections.want[i].id), 0);
	}
	if (lists[_i].names)
		ck_assert_str_eq(buf_cstr(&b), lists[_i].names);
	else
		ck_assert_ptr_eq(f.sections.want, eight_sections.want);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(more_than_32_sections_give_the_eight)
{
	struct arena a = { 0 };
	struct agent_file f;
	struct buf b = { 0 };
	int i;

	buf_adds(&b, "## Output Format\n\n");
	for (i = 0; i < 32; i++)
		buf_addf(&b, "%d. **Part %c%c**\n", i + 1, 'A' + i / 26,
			 'A' + i % 26);
	agent_file_parse(&f, &a, buf_span(&b));
	ck_assert_uint_eq(f.sections.len, 32);
	buf_adds(&b, "33. **One more**\n");
	agent_file_parse(&f, &a, buf_span(&b));
	ck_assert_ptr_eq(f.sections.want, eight_sections.want);
	buf_release(&b);
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
	add_rows(tc, names_that_no_reply_could_use_give_the_eight, lists);
	tcase_add_test(tc, more_than_32_sections_give_the_eight);
	tcase_add_test(tc, the_embedded_file_has_the_eight);
	tcase_add_test(tc, an_agent_that_is_nowhere_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
