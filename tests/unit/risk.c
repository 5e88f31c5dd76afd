#include "agent/risk.h"

#include "agent/gather.h"
#include "test.h"

/* Each matters more than the next. */
static const struct {
	const char *path, *text;
} rows[] = {
	{ "src/a.rs", "fn a(p: *const u8) { unsafe { *p; } }" },
	{ "src/a.rs", "#[no_mangle]\npub extern \"C\" fn a() {}" },
	{ "src/a.rs", "async fn a(m: &M) { m.lock().await; }" },
	{ "src/a.rs", "fn a(n: &AtomicU64) { n.load(Ordering::Relaxed); }" },
	{ "src/a.rs", "impl Drop for A { fn drop(&mut self) { b(); } }" },
	{ "src/a.rs", "pub fn a() {}" },
	{ "build.rs", "fn main() { b(); }" },
	{ "src/a.rs", "async fn a() { b().await; }" },
	{ "src/a.rs", "fn a() { b(); }" },
	{ "src/a.py", "def a(): pass" },
	{ "tests/a.rs", "fn a() { unsafe { b() } }" },
	{ "docs/a.md", "Words." },
};

static unsigned risk_at(struct arena *a, size_t i)
{
	struct task_input in = { 0 };
	struct file_change *f = vec_push(&in.change.files, a);
	struct hunk *h = vec_push(&f->hunks, a);
	struct span rest = span_of(rows[i].text), line;

	f->path = f->old_path = span_of(rows[i].path);
	while (text_line(&rest, &line)) {
		struct diff_line *l = vec_push(&h->lines, a);

		*l = (struct diff_line){ .origin = '+', .text = line };
		l->new_no = (uint32_t)h->lines.len;
	}
	if (span_ends(f->path, ".rs")) {
		struct code_file *c = vec_push(&in.code.files, a);
		struct source *s = arena_new(a, struct source);

		source_read(s, a, f->path, span_of(rows[i].text));
		c->now = s;
	}
	return risk_of(risk_read(a, &in), h->lines.ptr, h->lines.len);
}

START_TEST(each_matters_more_than_the_next)
{
	struct arena a = { 0 };

	ck_assert_uint_gt(risk_at(&a, (size_t)_i), risk_at(&a, (size_t)_i + 1));
	arena_release(&a);
}
END_TEST

static const char *const tests_and_code =
	"fn a() { b(); }\n#[cfg(test)]\nmod tests {\n"
	"    fn t() { unsafe { a() } }\n}\n";

START_TEST(a_test_beside_code_adds_nothing)
{
	struct arena a = { 0 };
	struct task_input in = { 0 };
	struct file_change *f = vec_push(&in.change.files, &a);
	struct code_file *c = vec_push(&in.code.files, &a);
	struct source s;
	struct diff_line line[] = { { .origin = '+', .new_no = 1 },
				    { .origin = '+', .new_no = 4 } };
	struct risk_file *r;

	f->path = SPAN("src/a.rs");
	source_read(&s, &a, f->path, span_of(tests_and_code));
	c->now = &s;
	r = risk_read(&a, &in);
	ck_assert_uint_eq(risk_of(r, line, 2), risk_of(r, line, 1));
	ck_assert_uint_lt(risk_of(r, line + 1, 1), risk_of(r, line, 1));
	arena_release(&a);
}
END_TEST

Suite *risk_suite(void)
{
	Suite *s = suite_create("risk");
	TCase *tc = tcase_create("risk");

	tcase_add_loop_test(tc, each_matters_more_than_the_next, 0,
			    (int)(sizeof(rows) / sizeof(*rows)) - 1);
	tcase_add_test(tc, a_test_beside_code_adds_nothing);
	suite_add_tcase(s, tc);
	return s;
}
