#include "agent/statement.h"

#include "base/arena.h"
#include "core/change.h"
#include "test.h"

static const struct {
	const char *path, *line; /* added to a file that was there */
	bool announces;
} rows[] = {
	{ "CHANGELOG.md", "- gone", true },
	{ "crates/a/Changes.txt", "- gone", true },
	{ "a/changelog.d/12.removed.md", "gone", true },
	{ ".changeset/blue-cat.md", "gone", true },
	{ "newsfragments/7.md", "gone", true },
	{ "a/Cargo.toml", "version = \"2.0.0\"", true },
	{ "a/Cargo.toml", "edition = \"2024\"", false },
	{ "src/lib.rs", "pub fn f() {}", false },
	{ "src/changes/mod.rs", "pub fn f() {}", false },
	{ "src/changelog.rs", "pub fn f() {}", false },
	{ "README.md", "changes", false },
};

START_TEST(what_announces_a_break_is_known_by_its_path)
{
	struct arena a = { 0 };
	struct change c = { 0 };
	struct file_change *f = vec_push(&c.files, &a);
	struct hunk *h = vec_push(&f->hunks, &a);
	struct diff_line *l = vec_push(&h->lines, &a);

	f->path = span_of(rows[_i].path);
	f->added = 1;
	l->origin = '+';
	l->text = span_of(rows[_i].line);
	ck_assert_int_eq(statement_announces(&c), rows[_i].announces);
	arena_release(&a);
}
END_TEST

Suite *statement_suite(void)
{
	Suite *s = suite_create("statement");
	TCase *tc = tcase_create("statement");

	add_rows(tc, what_announces_a_break_is_known_by_its_path, rows);
	suite_add_tcase(s, tc);
	return s;
}
