#include "agent/shown.h"

#include "world.h"

/* What a path means, of the files below. */
static const struct {
	const char *path;
	enum shown_match how;
	const char *file; /* NULL: none */
} paths[] = {
	{ "src/pool.rs", SHOWN_EXACT, "src/pool.rs" },
	{ "./src/pool.rs", SHOWN_EXACT, "src/pool.rs" },
	{ "a/src/pool.rs", SHOWN_EXACT, "src/pool.rs" },
	{ "b/src/pool.rs", SHOWN_EXACT, "src/pool.rs" },
	{ "pool.rs", SHOWN_SHORT, "src/pool.rs" },
	{ "net/codec.rs", SHOWN_SHORT, "src/net/codec.rs" },
	{ "src/codec.rs", SHOWN_FORMER, "src/net/codec.rs" },
	{ "lib.rs", SHOWN_NOT, NULL }, /* of two */
	{ "a/src/lib.rs", SHOWN_EXACT, "a/src/lib.rs" },
	{ "src/lib.rs", SHOWN_NOT, NULL }, /* of two */
	{ "ool.rs", SHOWN_NOT, NULL },
	{ "src/pool", SHOWN_NOT, NULL },
	{ "src/pool.rs/x", SHOWN_NOT, NULL },
	{ "", SHOWN_NOT, NULL },
	{ "src/\\u{1b}x.rs", SHOWN_EXACT, "src/\x1bx.rs" }, /* as sent */
};

START_TEST(a_path_means_the_file_that_it_names)
{
	static const char *const files[] = { "src/pool.rs", "a/src/lib.rs",
					     "c/src/lib.rs", "src/\x1bx.rs" };
	const struct shown_file *f;
	struct shown shown = { 0 };
	enum shown_match how;
	struct world w;

	world_open(&w, &task_review);
	for (size_t i = 0; i < 4; i++)
		world_file(&w, files[i], "+fn a() {}\n");
	world_patch(&w, SPAN("src/net/codec.rs"), SPAN("src/codec.rs"),
		    SPAN("+fn a() {}\n"));
	shown_read(&shown, &w.arena, &w.in);
	f = shown_find(&shown, span_of(paths[_i].path), &how);
	ck_assert_int_eq(f != NULL, paths[_i].file != NULL);
	if (f)
		ck_assert(span_eqs(f->path, paths[_i].file));
	if (f)
		ck_assert_int_eq(how, paths[_i].how);
	shown_release(&shown);
	world_close(&w);
}
END_TEST

/* Lines of each side with what is known of them: `number` and then `+` changed,
 * `m` masked; `|` where some are left out. */
static void describe(struct buf *out, const struct shown_text *t)
{
	size_t at = 0;

	for (size_t i = 0; i < t->lines.len; i++) {
		const struct shown_line *l = &t->lines.ptr[i];

		for (; at < t->fold.lines.ptr[i]; at++)
			if (t->fold.text.ptr[at] == FOLD_GAP)
				buf_addc(out, '|');
		buf_addf(out, "%u%s%s ", l->number, l->changed ? "+" : "",
			 l->masked ? "m" : "");
	}
}

START_TEST(each_side_has_its_lines_and_gaps)
{
	struct shown shown = { 0 };
	struct buf b = { 0 };
	struct world w;

	world_open(&w, &task_review);
	world_file(
		&w, "src/a.rs",
		" l1\n-l2\n+n2\n l3\n l4\n l5\n l6\n l7\n l8\n l9\n"
		" l10\n+const K: &str = \"sk-ant-api03-aB3dE5fG7hJ9kL1mN3pQ5rS"
		"7tU9vW1xY3zA5bC7dE9fG1\";\n l11\n");
	shown_read(&shown, &w.arena, &w.in);
	ck_assert_uint_eq(shown.files.len, 1);
	describe(&b, &shown.files.ptr[0].side[SHOWN_NEW]);
	ck_assert_str_eq(buf_cstr(&b), "1 2+ 3 4 5 |8 9 10 11+m 12 ");
	buf_reset(&b);
	describe(&b, &shown.files.ptr[0].side[SHOWN_OLD]);
	ck_assert_str_eq(buf_cstr(&b), "1 2+ 3 4 5 |8 9 10 11 ");
	buf_reset(&b);
	describe(&b, &shown.files.ptr[0].side[SHOWN_WOVEN]);
	ck_assert_str_eq(buf_cstr(&b), "1 2+ 2+ 3 4 5 |8 9 10 11+m 12 ");
	shown_release(&shown);
	buf_release(&b);
	world_close(&w);
}
END_TEST

Suite *shown_suite(void)
{
	Suite *s = suite_create("shown");
	TCase *tc = tcase_create("shown");

	add_rows(tc, a_path_means_the_file_that_it_names, paths);
	tcase_add_test(tc, each_side_has_its_lines_and_gaps);
	suite_add_tcase(s, tc);
	return s;
}
