#include "cli/site.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/review.h"
#include "base/fs.h"
#include "core/report.h"
#include "core/settings.h"
#include "html_strict.h"
#include "test.h"

static const struct {
	const char *id, *name;
} names[] = {
	{ "4449c5aedd", "4449c5aedd.html" },
	{ "a-b.c", "a-b.c.html" },
	{ "PR-12", "_p_r-12.html" },
	{ "pr-12", "pr-12.html" },
	{ "_pr", "__pr.html" },
	{ "line 3", "line~203.html" },
	{ "..", "~2e..html" },
	{ "../../etc/passwd", "~2e.~2f..~2fetc~2fpasswd.html" },
	{ ".hidden", "~2ehidden.html" },
	{ "/abs", "~2fabs.html" },
	{ "a~2fb", "a~7e2fb.html" },
	{ "index", "~69ndex.html" },
	{ "Index", "_index.html" },
	{ "\xe2\x80\xae", "~e2~80~ae.html" },
	{ "", "~.html" },
	{ "a\"><b", "a~22~3e~3cb.html" },
};

START_TEST(an_id_is_a_name_in_the_folder)
{
	struct arena a = { 0 };

	ck_assert_str_eq(site_name(&a, names[_i].id, 7), names[_i].name);
	arena_release(&a);
}
END_TEST

START_TEST(long_ids_differ_by_their_number)
{
	struct arena a = { 0 };
	char id[600];
	const char *one, *two;

	memset(id, '/', sizeof(id) - 1);
	id[sizeof(id) - 1] = '\0';
	one = site_name(&a, id, 7);
	two = site_name(&a, id, 8);
	ck_assert_str_ne(one, two);
	ck_assert_uint_lt(strlen(one), 250);
	ck_assert(span_ends(span_of(one), "~~7.html"));
	arena_release(&a);
}
END_TEST

static const struct settings settings = { .color = "auto",
					  .hyperlinks = "auto" };

/* A folder of its own, and a review in it. */
struct batch {
	char dir[64];
	struct site site;
	struct review rv;
};

static void open_batch(struct batch *b, char *id)
{
	struct error err = { 0 };

	*b = (struct batch){ .dir = "/tmp/pages.XXXXXX" };
	ck_assert_ptr_nonnull(mkdtemp(b->dir));
	ck_assert(!site_open(&b->site, b->dir, &settings, &err));
	b->rv.id = id;
	b->rv.number = 1;
	b->rv.usage = USAGE_UNKNOWN;
	b->rv.report = (struct report){ .task = "review", .offline = true };
	for (size_t i = 0; i < eight_sections.len; i++)
		*vec_push(&b->rv.report.sections, &b->rv.arena) =
			(struct section){ .want = &eight_sections.want[i] };
}

static const char *path_of(struct batch *b, const char *name)
{
	return arena_printf(&b->rv.arena, "%s/%s", b->dir, name);
}

static void remove_page(struct batch *b, const char *name)
{
	ck_assert_msg(!unlink(path_of(b, name)), "%s", name);
}

/* Nothing else may be left in the folder. */
static void close_batch(struct batch *b)
{
	ck_assert(!rmdir(b->dir));
	site_close(&b->site);
	arena_release(&b->rv.arena);
}

static const char *text_of(struct batch *b, const char *name)
{
	struct error err = { 0 };
	struct span text;

	ck_assert_msg(
		!fs_read(&text, &b->rv.arena, path_of(b, name), 1 << 20, &err),
		"%s", err.msg);
	return arena_cstr(&b->rv.arena, text);
}

START_TEST(a_complete_job_has_a_page_and_a_row)
{
	struct error err = { 0 };
	struct batch b;
	const char *text;

	open_batch(&b, "../<b>");
	*vec_push(&b.rv.report.findings, &b.rv.arena) =
		(struct finding){ .level = LEVEL_QUESTION };
	ck_assert(!site_add(&b.site, &b.rv, "complete", NULL, &err));
	ck_assert(!site_index(&b.site, &err));
	ck_assert_ptr_nonnull(strstr(text_of(&b, "~2e.~2f~3cb~3e.html"),
				     "<a href=\"index.html\">All reports"));
	text = text_of(&b, "index.html");
	ck_assert_ptr_null(html_broken(span_of(text)));
	ck_assert_ptr_nonnull(
		strstr(text, "<th scope=\"row\"><a "
			     "href=\"~2e.~2f~3cb~3e.html\"><code>../&lt;b&gt;"
			     "</code></a></th>"));
	ck_assert_ptr_nonnull(strstr(text, "<span class=\"level\">1 question"));
	remove_page(&b, "~2e.~2f~3cb~3e.html");
	remove_page(&b, "index.html");
	close_batch(&b);
}
END_TEST

START_TEST(a_failed_job_has_a_row_alone)
{
	struct error err = { 0 };
	struct batch b;
	const char *text;

	open_batch(&b, "a");
	b.rv.status = JOB_FAILED;
	b.rv.err.kind = ERR_REPO;
	ck_assert(
		!site_add(&b.site, &b.rv, "failed", "no <such> commit", &err));
	ck_assert(!site_index(&b.site, &err));
	text = text_of(&b, "index.html");
	ck_assert_ptr_nonnull(strstr(
		text,
		"<td>failed: <span class=\"soft\">no &lt;such&gt; commit"));
	ck_assert_ptr_nonnull(strstr(text, "1 not as wanted"));
	remove_page(&b, "index.html");
	close_batch(&b);
}
END_TEST

START_TEST(rows_stand_in_the_order_of_the_input)
{
	struct error err = { 0 };
	struct batch b;
	const char *text;

	open_batch(&b, "second");
	b.rv.status = JOB_EMPTY;
	b.rv.number = 2;
	site_add(&b.site, &b.rv, "empty", NULL, &err);
	b.rv.id = "first";
	b.rv.number = 1;
	site_add(&b.site, &b.rv, "empty", NULL, &err);
	ck_assert(!site_index(&b.site, &err));
	text = text_of(&b, "index.html");
	ck_assert(strstr(text, ">first<") < strstr(text, ">second<"));
	remove_page(&b, "index.html");
	close_batch(&b);
}
END_TEST

START_TEST(a_planted_link_is_not_followed)
{
	struct error err = { 0 };
	struct stat st;
	struct batch b;

	open_batch(&b, "a");
	ck_assert(!symlink("aim", path_of(&b, "a.html")));
	ck_assert(!site_add(&b.site, &b.rv, "complete", NULL, &err));
	ck_assert(!lstat(path_of(&b, "a.html"), &st) && S_ISREG(st.st_mode));
	remove_page(&b, "a.html");
	close_batch(&b);
}
END_TEST

START_TEST(without_a_folder_nothing_is_written)
{
	struct review rv = { .id = "a" };
	struct site p = { 0 };
	struct error err = { 0 };

	ck_assert(!site_open(&p, NULL, &settings, &err));
	ck_assert(!site_add(&p, &rv, "complete", NULL, &err));
	ck_assert(!site_index(&p, &err));
	ck_assert_uint_eq(p.rows.len, 0);
	site_close(&p);
}
END_TEST

START_TEST(folder_and_pages_go_by_the_umask)
{
	mode_t mask = umask(027);
	struct arena a = { 0 };
	struct error err = { 0 };
	struct site site = { 0 };
	struct stat dir, page;
	char top[] = "/tmp/pages.XXXXXX";
	const char *name;

	ck_assert_ptr_nonnull(mkdtemp(top));
	name = arena_printf(&a, "%s/new", top);
	ck_assert(!site_open(&site, name, &settings, &err));
	ck_assert(!site_index(&site, &err));
	ck_assert(!stat(name, &dir));
	ck_assert(!stat(arena_printf(&a, "%s/index.html", name), &page));
	ck_assert_uint_eq(dir.st_mode & 0777, 0750);
	ck_assert_uint_eq(page.st_mode & 0777, 0640);
	ck_assert(!unlink(arena_printf(&a, "%s/index.html", name)));
	ck_assert(!rmdir(name) && !rmdir(top));
	site_close(&site);
	arena_release(&a);
	umask(mask);
}
END_TEST

Suite *site_suite(void)
{
	Suite *s = suite_create("site");
	TCase *tc = tcase_create("site");

	add_rows(tc, an_id_is_a_name_in_the_folder, names);
	tcase_add_test(tc, long_ids_differ_by_their_number);
	tcase_add_test(tc, a_complete_job_has_a_page_and_a_row);
	tcase_add_test(tc, a_failed_job_has_a_row_alone);
	tcase_add_test(tc, rows_stand_in_the_order_of_the_input);
	tcase_add_test(tc, a_planted_link_is_not_followed);
	tcase_add_test(tc, without_a_folder_nothing_is_written);
	tcase_add_test(tc, folder_and_pages_go_by_the_umask);
	suite_add_tcase(s, tc);
	return s;
}
