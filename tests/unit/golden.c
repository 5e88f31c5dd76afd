/*
 * One report of each kind in every form, byte by byte: tests/golden/KIND.FORM.
 * GOLDEN_UPDATE=1 writes them anew; the diff is read. A form's row here is its
 * promise, tests/formats.sh shows the files to those who define the formats.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "golden_report.h"
#include "render/render.h"
#include "test.h"

static const struct {
	const char *name;
	void (*make)(struct report *r, struct arena *a);
} kinds[] = {
	{ "model", golden_model },
	{ "offline", golden_offline },
	{ "partial", golden_partial },
	{ "design", golden_design },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static const struct {
	const char *file; /* the suffix */
	const char *form;
	struct render_style style;
	const char *from; /* what is before it has tests of its own */
} forms[] = {
	{ "md", "markdown", { 0 }, NULL },
	{ "txt", "text", { .width = 80 }, NULL },
	{ "json", "json", { 0 }, NULL },
	{ "sarif", "sarif", { .repository = "https://example.com/a/b" }, NULL },
	{ "rdjson", "rdjson", { 0 }, NULL },
	{ "github", "github", { 0 }, NULL },
	{ "patch", "patch", { 0 }, NULL },
	{ "html", "html", { 0 }, "<body>\n" },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

static void update(const char *path, struct span bytes)
{
	struct error err = { 0 };

	ck_assert_msg(!fs_write_atomic(path, bytes, 0644, &err), "%s", err.msg);
}

/* Where two texts part, for whoever reads of the failure. */
static const char *difference(struct arena *a, struct span got,
			      struct span want)
{
	size_t line = 1, i = 0, from = 0;

	for (; i < got.len && i < want.len && got.ptr[i] == want.ptr[i]; i++)
		if (got.ptr[i] == '\n') {
			line++;
			from = i + 1;
		}
	return arena_printf(a, "line %zu: %.200s\nwant: %.200s", line,
			    arena_cstr(a, span_from(got, from)),
			    arena_cstr(a, span_from(want, from)));
}

START_TEST(each_form_is_what_it_was)
{
	const char *kind = kinds[(size_t)_i / FORMS].name;
	size_t form = (size_t)_i % FORMS;
	struct error err = { 0 };
	struct report r;
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct span want;
	const char *path =
		arena_printf(&a, "tests/golden/%s.%s", kind, forms[form].file);

	kinds[(size_t)_i / FORMS].make(&r, &a);
	renderer_find(forms[form].form)->render(&b, &r, &forms[form].style);
	if (forms[form].from)
		buf_drop(&b, (size_t)span_find(buf_span(&b),
					       span_of(forms[form].from)));
	if (getenv("GOLDEN_UPDATE"))
		update(path, buf_span(&b));
	ck_assert_msg(!fs_read(&want, &a, path, 1 << 20, &err), "%s", err.msg);
	ck_assert_msg(span_eq(buf_span(&b), want), "%s: %s", path,
		      difference(&a, buf_span(&b), want));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(every_form_has_a_row)
{
	size_t i = 0;

	while (i < FORMS && strcmp(forms[i].form, renderers[_i].name))
		i++;
	ck_assert_msg(i < FORMS, "%s has none", renderers[_i].name);
}
END_TEST

Suite *golden_suite(void)
{
	Suite *s = suite_create("golden");
	TCase *tc = tcase_create("golden");

	tcase_add_loop_test(tc, each_form_is_what_it_was, 0,
			    (int)(KINDS * FORMS));
	tcase_add_loop_test(tc, every_form_has_a_row, 0, (int)renderers_len);
	suite_add_tcase(s, tc);
	return s;
}
