#include "cli/outputs.h"

#include <string.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/invocation.h"
#include "cli/options.h"
#include "render/render.h"
#include "test.h"

static const struct command review = { .name = "review",
				       .group = GROUP_REVIEW };

/* Words parted by single blanks, then what they come to. */
static int resolve(struct outputs *o, struct arena *a, const char *line,
		   struct error *err)
{
	struct invocation inv = { .command = &review };
	char *argv[48];
	struct span rest = span_of(line), word;
	int argc = 0;

	options_init(&inv);
	while (text_field(&rest, ' ', &word) && argc < 48)
		if (word.len)
			argv[argc++] = arena_printf(a, "%.*s", SPAN_ARG(word));
	if (options_parse(&inv, a, argc, argv, err))
		return -1;
	return outputs_resolve(o, &inv, err);
}

/* "json>/tmp/a.json markdown" */
static const struct {
	const char *line, *outputs;
} told[] = {
	{ "", "markdown" },
	{ "--format json", "json" },
	{ "-o a.json", "json>a.json" },
	{ "-o -", "markdown" },
	{ "-o a", "markdown>a" },
	{ "-o a.txt.json", "json>a.txt.json" },
	{ "--format json -o a", "json>a" },
	{ "--format json -o -", "json" },
	{ "--format json -o /dev/stdout", "json" },
	{ "--format json -o /dev/fd/1", "json" },
	{ "-o a.md --baseline b.json --write-baseline b.json",
	  "markdown>a.md" },
	{ "--format markdown -o a.md", "markdown>a.md" },
	{ "--format markdown --format json -o a", "markdown json>a" },
	{ "--format json -o a --format markdown", "json>a markdown" },
	{ "--format json -o a -o b.md", "json>a markdown>b.md" },
	{ "-o a.md -o b.json -q", "markdown>a.md json>b.json" },
	{ "-o a.md --format json", "markdown>a.md json" },
	{ "--format github -o log -o scan.sarif",
	  "github>log sarif>scan.sarif" },
	{ "--format sarif -o scan.json", "sarif>scan.json" },
};

START_TEST(each_file_belongs_to_the_format_before_it)
{
	struct arena a = { 0 };
	struct outputs o = { 0 };
	struct buf b = { 0 };
	struct error err = { 0 };
	unsigned i;

	ck_assert_int_eq(resolve(&o, &a, told[_i].line, &err), 0);
	for (i = 0; i < o.len; i++)
		buf_addf(&b, "%s%s%s%s", i ? " " : "", o.row[i].form->name,
			 o.row[i].file ? ">" : "",
			 o.row[i].file ? o.row[i].file : "");
	ck_assert_str_eq(buf_cstr(&b), told[_i].outputs);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *line, *words;
} refused[] = {
	{ "--format json --format markdown", "cannot both go to stdout" },
	{ "--format json -o -  --format markdown", "cannot both go to stdout" },
	{ "-o a.md -o a.md", "-o a.md and -o a.md are one file" },
	{ "-o a.md -o ./a.md", "-o a.md and -o ./a.md are one file" },
	{ "-o a.md -o /dev/../proc/self/cwd/a.md", "are one file" },
	{ "-o a.json --write-baseline a.json",
	  "-o a.json and --write-baseline a.json are one file" },
	{ "-o a.json --baseline ./a.json", "are one file" },
	{ "--format json -o /dev/stdout --format markdown",
	  "cannot both go to stdout" },
	{ "-o /dev/fd/977",
	  "-o /dev/fd/977: it cannot be written there (Bad file" },
	{ "--format json -o a.md", "a.md is to be json, but its name says" },
	{ "--format pdf -o a.md", "must be one of " },
	{ "-o /nowhere/a.md", "no folder /nowhere" },
	{ "-o /", "-o / is a folder" },
	{ "-o a.pdf", "no form of the report has the suffix .pdf: put" },
	{ "-o .", "-o . is a folder" },
	{ "-o a -o b -o c -o d -o e -o f -o g -o h -o i -o j -o k -o l -o m "
	  "-o n -o o -o p -o q",
	  "at most 16 places" },
};

START_TEST(outputs_that_cannot_be_are_refused_before_anything_is_sent)
{
	struct arena a = { 0 };
	struct outputs o = { 0 };
	struct error err = { 0 };

	ck_assert_int_eq(resolve(&o, &a, refused[_i].line, &err), -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, refused[_i].words), "%s", err.msg);
	arena_release(&a);
}
END_TEST

START_TEST(every_format_has_a_name_that_finds_it_and_suffixes_of_its_own)
{
	size_t i;

	for (i = 0; i < renderers_len; i++) {
		struct span rest = span_of(renderers[i].suffix), one;
		struct arena a = { 0 };

		ck_assert_ptr_eq(renderer_find(renderers[i].name),
				 &renderers[i]);
		while (text_field(&rest, '|', &one) && one.len)
			ck_assert_ptr_eq(
				renderer_of_file(arena_printf(&a, "a.b/c.%.*s",
							      SPAN_ARG(one))),
				&renderers[i]);
		arena_release(&a);
	}
	ck_assert_ptr_null(renderer_of_file("json"));
	ck_assert_ptr_null(renderer_of_file("x.json/report"));
}
END_TEST

Suite *outputs_suite(void)
{
	Suite *s = suite_create("outputs");
	TCase *tc = tcase_create("outputs");

	add_rows(tc, each_file_belongs_to_the_format_before_it, told);
	add_rows(tc, outputs_that_cannot_be_are_refused_before_anything_is_sent,
		 refused);
	tcase_add_test(
		tc,
		every_format_has_a_name_that_finds_it_and_suffixes_of_its_own);
	suite_add_tcase(s, tc);
	return s;
}
