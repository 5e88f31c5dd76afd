#include "render/annotation.h"

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "test.h"

static const struct {
	struct finding finding;
	enum severity severity;
} graves[] = {
	{ { .level = LEVEL_MUST_FIX, .own = true }, SEVERITY_ERROR },
	{ { .level = LEVEL_SHOULD_FIX, .own = true }, SEVERITY_WARNING },
	{ { .level = LEVEL_QUESTION, .own = true }, SEVERITY_NOTE },
	{ { .level = LEVEL_NICE_TO_HAVE, .own = true }, SEVERITY_NOTE },
	{ { .check = FINDING_VERIFIED }, SEVERITY_ERROR },
	{ { .check = FINDING_VERIFIED, .pre_existing = true }, SEVERITY_ERROR },
	{ { .check = FINDING_UNCHECKED }, SEVERITY_WARNING },
	{ { .check = FINDING_UNVERIFIED }, SEVERITY_WARNING },
	{ { .check = FINDING_UNVERIFIED, .level = LEVEL_QUESTION },
	  SEVERITY_NOTE },
	{ { .check = FINDING_CONTRADICTED }, SEVERITY_NOTE },
	{ { .check = FINDING_VERIFIED, .mask = true }, SEVERITY_NOTE },
	{ { .own = true, .age = FINDING_NEW }, SEVERITY_ERROR },
	{ { .own = true, .age = FINDING_KNOWN }, SEVERITY_NOTE },
	{ { .own = true, .age = FINDING_KNOWN, .known_expired = true },
	  SEVERITY_ERROR },
};

START_TEST(what_is_not_sure_is_never_an_error)
{
	const struct report r = { 0 };

	ck_assert_int_eq(annotation_of(&r, &graves[_i].finding).severity,
			 graves[_i].severity);
}
END_TEST

static const struct {
	const char *path, *file;
} files[] = {
	{ "src/a.rs", "src/a.rs" },
	{ "./src/a.rs", "src/a.rs" },
	{ "日本/ソ ース.rs", "日本/ソ ース.rs" },
	{ "a%2e%2e/b", "a%2e%2e/b" },
	{ "...", "..." },
	{ "C:x.rs", "C:x.rs" },
	{ "", "" },
	{ "/etc/passwd", "" },
	{ "../a.rs", "" },
	{ "src/../../a.rs", "" },
	{ "src/..", "" },
	{ "..\\a.rs", "" },
	{ "src\\..\\..\\a.rs", "" },
	{ "src//a.rs", "" },
	{ "src/./a.rs", "" },
	{ "src/", "" },
	{ ".", "" },
	{ "./", "" },
	{ "././a.rs", "" },
	{ "file:///etc/passwd", "" },
	{ "https://example.com/a.rs", "" },
};

START_TEST(only_what_could_be_a_file_of_the_tree_is_one)
{
	struct span file = annotation_file(span_of(files[_i].path));

	ck_assert_msg(span_eqs(file, files[_i].file), "%s: %.*s",
		      files[_i].path, SPAN_ARG(file));
}
END_TEST

/* In a ledger of a.rs, skipped, and b.rs, shown. */
static const struct {
	struct finding finding;
	const char *file;
	uint32_t line;
	bool elsewhere;
} places[] = {
	{ { .path = SPAN("c.rs"), .line = 7 }, "c.rs", 7, false },
	{ { .path = SPAN("c.rs") }, "c.rs", 0, false },
	{ { .path = SPAN("c.rs"), .line = 7, .old = true }, "c.rs", 0, false },
	{ { .path = SPAN("c.rs"), .line = 0x80000000 }, "c.rs", 0, false },
	{ { .path = SPAN("c.rs"), .line = 0x7fffffff },
	  "c.rs",
	  0x7fffffff,
	  false },
	{ { .line = 7 }, "b.rs", 0, true },
	{ { .path = SPAN("../c.rs"), .line = 7 }, "b.rs", 0, true },
};

START_TEST(a_place_is_in_the_new_tree_or_a_whole_file)
{
	struct report r = { 0 };
	struct arena a = { 0 };
	struct annotation an;

	*vec_push(&r.files, &a) =
		(struct cover){ .path = SPAN("a.rs"), .state = COVER_SKIPPED };
	*vec_push(&r.files, &a) = (struct cover){ .path = SPAN("b.rs") };
	an = annotation_of(&r, &places[_i].finding);
	ck_assert(span_eqs(an.file, places[_i].file));
	ck_assert_uint_eq(an.line, places[_i].line);
	ck_assert_int_eq(an.elsewhere, places[_i].elsewhere);
	/* with no file that is shown, the first; with none at all, none */
	r.files.len = 1;
	an = annotation_of(&r, &places[_i].finding);
	ck_assert(span_eqs(an.file, an.elsewhere ? "a.rs" : places[_i].file));
	r.files.len = 0;
	an = annotation_of(&r, &places[_i].finding);
	ck_assert_int_eq(!an.file.len, an.elsewhere);
	arena_release(&a);
}
END_TEST

static const struct {
	struct finding finding;
	const char *plain, *markdown; /* NULL: the same */
} worded[] = {
	{ { .text = SPAN("a `b`") }, "a `b`", NULL },
	{ { .text = SPAN("a\n![x](http://y) <img src=z>\x1b") },
	  "a\\n![x](http://y) <img src=z>\\u{1b}",
	  "a\\n!\\[x\\](http://y) &lt;img src=z>\\u{1b}" },
	{ { .text = SPAN("a. (`b`)"), .rule = "b" }, "a.", NULL },
	{ { .text = SPAN("a (`b`)"), .rule = "c" }, "a (`b`)", NULL },
	{ { .text = SPAN("a"), .check = FINDING_UNVERIFIED },
	  "a. Unverified: what it quotes is not in what was sent.",
	  NULL },
	{ { .text = SPAN("a."),
	    .check = FINDING_CONTRADICTED,
	    .fact = SPAN("line 3 has one") },
	  "a. Contradicted by the code: line 3 has one.",
	  NULL },
	{ { .text = SPAN("a?"), .check = FINDING_CONTRADICTED },
	  "a? Contradicted by the code.",
	  NULL },
	{ { .text = SPAN("a"), .pre_existing = true, .mask = true },
	  "a. It takes a mask of the program's for code. On a line that the "
	  "change leaves.",
	  NULL },
	{ { .text = SPAN("a"), .path = SPAN("b.rs"), .line = 3, .old = true },
	  "a. Of removed code: line 3 before the change.",
	  NULL },
	{ { .text = SPAN("a"), .path = SPAN("/b.rs"), .line = 3 },
	  "a. It names the place: /b.rs.",
	  NULL },
	{ { .text = SPAN("a"), .age = FINDING_KNOWN },
	  "a. Known from the baseline.",
	  NULL },
	{ { .text = SPAN("a"),
	    .age = FINDING_KNOWN,
	    .known_expired = true,
	    .known_reason = SPAN("later") },
	  "a. Known from the baseline, whose entry has expired: later.",
	  NULL },
};

START_TEST(what_is_known_of_it_stands_behind_what_is_wrong)
{
	struct buf b = { 0 };

	annotation_words(&b, &worded[_i].finding, false);
	ck_assert_str_eq(buf_cstr(&b), worded[_i].plain);
	buf_reset(&b);
	annotation_words(&b, &worded[_i].finding, true);
	ck_assert_str_eq(buf_cstr(&b), worded[_i].markdown ? worded[_i].markdown
							   : worded[_i].plain);
	buf_release(&b);
}
END_TEST

START_TEST(a_fix_is_shown_when_its_bytes_can_be)
{
	struct finding f = { 0 };
	struct arena a = { 0 };

	ck_assert(!annotation_has_fix(&f));
	vec_push(&f.fix, &a)->text = SPAN("\tlet a = \"日\";\n");
	ck_assert(annotation_has_fix(&f));
	vec_push(&f.fix, &a)->text = SPAN("b\xe2\x80\xae\n");
	ck_assert(!annotation_has_fix(&f));
	arena_release(&a);
}
END_TEST

static const struct {
	const char *words, *rule, *bare;
} named[] = {
	{ "a. (`b`)", "b", "a." },
	{ "a. (`b`)", NULL, "a. (`b`)" },
	{ "a. *(architect's own finding, rule `b`)*", "b", "a." },
	{ "a. *(architect's own finding, rule `b`; the model does not speak "
	  "of it)*",
	  "b", "a." },
	{ "a *(architect's own finding, rule `b`)* c", "b",
	  "a *(architect's own finding, rule `b`)* c" },
	{ "*(odd)*", "b", "*(odd)*" },
	{ "", "b", "" },
};

START_TEST(the_rules_name_is_not_said_twice)
{
	struct span bare =
		annotation_bare(span_of(named[_i].words), named[_i].rule);

	ck_assert_msg(span_eqs(bare, named[_i].bare), "'%.*s'", SPAN_ARG(bare));
}
END_TEST

Suite *annotation_suite(void)
{
	Suite *s = suite_create("annotation");
	TCase *tc = tcase_create("annotation");

	add_rows(tc, what_is_not_sure_is_never_an_error, graves);
	add_rows(tc, only_what_could_be_a_file_of_the_tree_is_one, files);
	add_rows(tc, a_place_is_in_the_new_tree_or_a_whole_file, places);
	add_rows(tc, what_is_known_of_it_stands_behind_what_is_wrong, worded);
	tcase_add_test(tc, a_fix_is_shown_when_its_bytes_can_be);
	add_rows(tc, the_rules_name_is_not_said_twice, named);
	suite_add_tcase(s, tc);
	return s;
}
