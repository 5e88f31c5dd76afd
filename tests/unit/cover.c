#include "agent/cover.h"

#include "agent/gather.h"
#include "base/buf.h"
#include "core/settings.h"
#include "test.h"

/* marks: g and v for the base's attributes, G and V against them, o and n for
 * the first lines of either side, x for a file that is gone, b binary, l large,
 * e existing code. */
static const struct {
	const char *path, *marks, *exclude, *include, *want;
} rows[] = {
	{ "src/a.rs", "", "", "", "full" },
	{ "Cargo.lock", "", "", "", "summary -: lock file: line counts only" },
	{ ".env", "", "", ".env",
	  "skipped -: a credential file by its name: never sent" },
	{ "a.bin", "b", "", "", "summary: binary" },
	{ "src/a.rs", "l", "", "src/",
	  "skipped -: larger than --max-file, or --max-diff is used up" },
	/* what the user wants */
	{ "src/a.rs", "", "*.md, src/", "", "skipped: excluded by --exclude" },
	{ "src/a.rs", "", "src/", "a.rs", "full" },
	{ "vendor/x/a.rs", "", "", "vendor/x/", "full" },
	{ "src/a.rs", "g", "", "*.rs", "full" },
	/* the base's attributes decide before every sign */
	{ "src/a.rs", "g", "", "", "summary -: generated" },
	{ "src/a.pb.rs", "Gn", "", "", "full" },
	{ "web/a.c", "v", "", "", "summary -: vendored" },
	{ "vendor/a.c", "V", "", "", "full" },
	/* marks: the base's hide, the change's own only where no person names
	 * files so */
	{ "src/a.rs", "on", "", "", "summary -: generated" },
	{ "src/a.rs", "ox", "", "", "summary -: generated" },
	{ "src/a.rs", "o", "", "", "full" },
	{ "src/a.rs", "n", "", "", "full" },
	{ "build.sh", "n", "", "", "full" },
	{ "src/a.pb.rs", "n", "", "", "summary -: generated" },
	{ "src/generated/a.rs", "n", "", "", "summary -: generated" },
	{ "src/generated/a.rs", "", "", "", "full" },
	{ "src/a.rs", "ne", "", "", "summary -: generated" },
	/* folders */
	{ "vendor/a/src/lib.rs", "", "", "", "summary -: vendored" },
	{ "crates/x/third_party/a.c", "", "", "", "summary -: vendored" },
	{ "src/vendor/mod.rs", "", "", "", "full" },
	{ "src/vendor.rs", "", "", "", "full" },
	{ "web/app.min.js", "", "", "", "summary -: minified" },
	{ "web/app.js", "", "", "", "full" },
};

static struct file_change file_of(const char *path, const char *marks)
{
	return (struct file_change){
		.path = span_of(path),
		.old_path = span_of(path),
		.new_mode = strchr(marks, 'x') ? 0 : 0100644,
		.generated = strchr(marks, 'g')	  ? SAYS_YES
			     : strchr(marks, 'G') ? SAYS_NO
						  : SAYS_NOTHING,
		.vendored = strchr(marks, 'v')	 ? SAYS_YES
			    : strchr(marks, 'V') ? SAYS_NO
						 : SAYS_NOTHING,
		.old_marked = strchr(marks, 'o'),
		.new_marked = strchr(marks, 'n'),
		.binary = strchr(marks, 'b'),
		.too_large = strchr(marks, 'l'),
	};
}

static struct word_list words(const char *w)
{
	return (struct word_list){ { w }, *w ? 1 : 0 };
}

START_TEST(a_file_is_shown_unless_the_base_or_the_user_says_otherwise)
{
	static const char *const states[] = { "full", "hunks", "summary",
					      "skipped" };
	struct file_change f = file_of(rows[_i].path, rows[_i].marks);
	struct settings s = { .exclude = words(rows[_i].exclude),
			      .include = words(rows[_i].include) };
	struct cover c = { 0 };
	struct buf got = { 0 };

	cover_file(&c, &f, &s, strchr(rows[_i].marks, 'e'));
	buf_addf(&got, "%s%s", states[c.state], c.counts ? "" : " -");
	if (c.reason.len)
		buf_addf(&got, ": %.*s", SPAN_ARG(c.reason));
	ck_assert_str_eq(buf_cstr(&got), rows[_i].want);
	buf_release(&got);
}
END_TEST

static const struct {
	const char *was, *now, *want;
} summaries[] = {
	{ "", "struct A;\nfn b() {}\n", "adds struct A, fn b" },
	{ "fn a() {}\n", "", "removes fn a" },
	{ "struct A { a: u8 }\n", "struct A { a: u16 }\nfn c() {}\n",
	  "adds fn c; changes struct A" },
	{ "fn a() {}\n", "// x\nfn a() {}\n", "no item changes" },
	{ "",
	  "fn a(){} fn b(){} fn c(){} fn d(){} fn e(){} fn f(){} fn g(){} "
	  "fn h(){} fn i(){}",
	  "adds fn a, fn b, fn c, fn d, fn e, fn f, fn g, fn h and 1 more" },
};

START_TEST(a_summary_names_the_items_that_come_change_and_go)
{
	struct arena a = { 0 };
	struct task_input in = { 0 };
	struct file_change *f = vec_push(&in.change.files, &a);
	struct cover *c = vec_push(&in.covers, &a);

	f->path = f->old_path = SPAN("gen/a.rs");
	f->old_text = span_of(summaries[_i].was);
	f->new_text = span_of(summaries[_i].now);
	c->state = COVER_SUMMARY;
	cover_summaries(&in, &a);
	ck_assert_str_eq(arena_cstr(&a, c->summary), summaries[_i].want);
	ck_assert(c->counts);
	arena_release(&a);
}
END_TEST

static const struct {
	struct cover was;
	const char *want;
} unread[] = {
	{ { .state = COVER_FULL, .unread = true, .note = SPAN("n") },
	  "skipped -: n" },
	{ { .state = COVER_FULL, .note = SPAN("n") }, "full" },
	{ { .state = COVER_SUMMARY, .reason = SPAN("r") }, "summary: r" },
};

START_TEST(rust_that_no_model_and_no_rule_reads_is_skipped)
{
	struct arena a = { 0 };
	struct task_input in = { 0 };
	struct cover *c = vec_push(&in.covers, &a);
	struct buf got = { 0 };

	*c = unread[_i].was;
	c->counts = true;
	cover_unread(&in);
	buf_addf(&got, "%s%s", cover_state_name(c->state),
		 c->counts ? "" : " -");
	if (c->reason.len)
		buf_addf(&got, ": %.*s", SPAN_ARG(c->reason));
	ck_assert_str_eq(buf_cstr(&got), unread[_i].want);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

Suite *cover_suite(void)
{
	Suite *s = suite_create("cover");
	TCase *tc = tcase_create("cover");

	add_rows(tc, a_file_is_shown_unless_the_base_or_the_user_says_otherwise,
		 rows);
	add_rows(tc, a_summary_names_the_items_that_come_change_and_go,
		 summaries);
	add_rows(tc, rust_that_no_model_and_no_rule_reads_is_skipped, unread);
	suite_add_tcase(s, tc);
	return s;
}
