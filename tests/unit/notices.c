#include "agent/notices.h"

#include <string.h>

#include "agent/checks.h"
#include "agent/gather.h"
#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

#define RLO "\xe2\x80\xae"
#define ZWSP "\xe2\x80\x8b"
#define ZWJ "\xe2\x80\x8d"
#define WOMAN "\xf0\x9f\x91\xa9"
#define LAPTOP "\xf0\x9f\x92\xbb"
#define HEART "\xe2\x9d\xa4\xef\xb8\x8f"
/* No keys: letters that have their form. */
#define TOKEN \
	"gh"  \
	"p_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o"
#define DRAWN                                \
	"SERsIYhgMVlJB6uPsq49gCxNiruf6v0vhM" \
	"YE9lfzbSGcXjdViZdV"
/* Of "0123456789abcdef", twice. */
#define READABLE                   \
	"MDEyMzQ1Njc4OWFiY2RlZjAx" \
	"MjM0NTY3ODlhYmNkZWY="
/* A line out of the middle of a key, or of a certificate. */
#define MIDDLE                             \
	"MIIEpAIBAAKCAQEA7bq0Zt3vYx9KQm2L" \
	"w5uRd8nEo1cPfS4gHjTzXiVyBk6Wa0Uh"
#define CHOSEN  \
	"Zx81-" \
	"horse!Rt"

static const struct {
	const char *path, *hunk; /* origin and text of each line */
	enum file_status status;
	const char *want; /* id:line;… */
} rows[] = {
	/* what hides */
	{ "a.rs", "+if a" RLO " { }", 0, "invisible-text:1;" },
	{ "a.rs", " a\n+b\n+" ZWSP, 0, "invisible-text:3;" },
	{ "a.md", "+a\xf3\xa0\x81\x81", 0, "invisible-text:1;" },
	{ "a.rs", "+x" ZWJ "y", 0, "invisible-text:1;" },
	{ "a.rs",
	  "+a\xe3\x85\xa4"
	  "b",
	  0, "invisible-text:1;" },
	{ "a.rs", "+a\xef\xb8\x8f", 0, "invisible-text:1;" },
	{ "a.rs", "+a\x1b[2Kb", 0, "invisible-text:1;" },
	{ "a.rs", "+a\rb", 0, "invisible-text:1;" },
	{ "a.rs",
	  "+a\xef\xbb\xbf"
	  "b",
	  0, "invisible-text:1;" },
	{ "Cargo.lock", "+a" RLO, 0, "invisible-text:1;" },
	{ "a" ZWSP ".rs", "+b", FILE_ADDED, "invisible-text:0;" },
	{ "a" ZWSP ".rs", "+b", FILE_RENAMED, "invisible-text:0;" },
	/* and what does not */
	{ "a" ZWSP ".rs", "+b", FILE_MODIFIED, "" },
	{ "a.rs", " a" RLO "\n-b" RLO "\n+c", 0, "" },
	{ "a.rs", "+\"" WOMAN ZWJ LAPTOP " " HEART "\"", 0, "" },
	{ "a.rs", "+1\xef\xb8\x8f\xe2\x83\xa3", 0, "" },
	{ "a.rs", "+\xef\xbb\xbfuse a;", 0, "" },
	{ "a.rs", "+a\r\n+b\r", 0, "" },
	{ "a.c", "+\f\n+\t\fa", 0, "" },
	{ "a.rs", "+// caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac \xd7\x90", 0, "" },
	{ "a.rs", "+latin1 \xe9", 0, "" },
	/* lines that may be a key's: masked, but no more is known */
	{ "a.pem", "+" MIDDLE "\n+" MIDDLE "\n+" MIDDLE, 0, "" },
	{ "a.pem",
	  "+-----BEGIN RSA PRIVATE "
	  "KEY-----\n+" MIDDLE "\n+" MIDDLE,
	  0, "secret-in-the-clear:1;" },
	/* joiners that letters of their scripts need */
	{ "a.rs", "+// \xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb1", 0, "" },
	{ "a.rs", "+// \xe0\xb6\x9a\xe0\xb7\x8a" ZWJ "\xe0\xb6\xbb", 0, "" },
	{ "a.rs", "+// \xe0\xa4\x95\xe0\xa5\x8d" ZWJ "\xe0\xa4\xb7", 0, "" },
	{ "a.rs", "+// \xe1\x9e\x80\xe2\x80\x8c\xe1\x9e\x80", 0, "" },
	{ "a.rs", "+// \xe0\xa4\x95" ZWJ "a", 0, "invisible-text:1;" },
	{ "a.rs", "+// a" ZWJ "\xe0\xa4\x95", 0, "invisible-text:1;" },
	{ "a.rs", "+// \xe0\xa4\x95" ZWSP "\xe0\xa4\x95", 0,
	  "invisible-text:1;" },
	{ "a.rs", "+// \xe0\xa4\x95" ZWJ ZWJ "\xe0\xa4\x95", 0,
	  "invisible-text:1;" },
	{ "a.rs", "+" ZWJ "\xe0\xa4\x95", 0, "invisible-text:1;" },
	{ "a.rs", "+\xe0\xa4\x95" ZWJ, 0, "invisible-text:1;" },
	{ "a.rs", "+\xe0\xa4\x95" ZWJ "\xe0\xa4\x95 a" ZWSP, 0,
	  "invisible-text:1;" },
	/* secrets that open nothing, by value or place */
	{ "a.yml", "+c: A=b;AccountKey=" READABLE ";d=e", 0, "" },
	{ "a.yml", "+shared_key: " DRAWN, 0, "secret-in-the-clear:1;" },
	{ "website/a.yml", "+shared_key: " DRAWN, 0, "" },
	{ "docs/a.yml", "+shared_key: " DRAWN, 0, "" },
	{ "a/example-configs/a.yml", "+shared_key: " DRAWN, 0, "" },
	{ "a/generated/a.yml", "+shared_key: " DRAWN, 0, "" },
	{ "docsite/a.yml", "+shared_key: " DRAWN, 0, "secret-in-the-clear:1;" },
	{ "docs/a.md", "+t(\"" TOKEN "\")", 0, "secret-in-the-clear:1;" },
	{ "docs/a.yml", "+shared_key: " DRAWN "\n+a: " TOKEN, 0,
	  "secret-in-the-clear:2;" },
	{ "docs/a.yml", "+shared_key: " DRAWN " # " TOKEN, 0,
	  "secret-in-the-clear:1;" },
	{ "a.yml", "+- postgresql://postgres:vector@localhost:5432/a", 0, "" },
	{ "a.yml", "+- postgresql://postgres:vector@db.a.io:5432/a", 0,
	  "secret-in-the-clear:1;" },
	{ "a.yml", "+- postgresql://postgres:Zx81horse@localhost:5432/a", 0,
	  "secret-in-the-clear:1;" },
	/* secrets */
	{ "a.rs", "+t(\"" TOKEN "\")", 0, "secret-in-the-clear:1;" },
	{ "tests/a.rs", "+t(\"" TOKEN "\")", 0, "secret-in-the-clear:1;" },
	{ "a.yml", " a\n+password: " CHOSEN, 0, "secret-in-the-clear:2;" },
	{ "a.rs", "+t(\"" TOKEN "\")\n+b\n+t(\"" TOKEN "\")", 0,
	  "secret-in-the-clear:1,3;" },
	{ "tests/a.rs", "+password(\"" CHOSEN "\")", 0, "" },
	{ "a/benches/b.yml", "+password: " CHOSEN, 0, "" },
	{ "a.rs", " t(\"" TOKEN "\")\n+b", 0, "" },
	{ "a.rs", "-t(\"" TOKEN "\")\n+b", 0, "" },
	{ "a.rs", "+const ID: &str = \"550e8400-e29b-41d4-a716\";", 0, "" },
	/* guides */
	{ "CLAUDE.md", "+a", 0, "guide-edited:0;" },
	{ "a/AGENTS.md", "-a", FILE_DELETED, "guide-edited:0;" },
	{ ".claude/CLAUDE.md", "+a", FILE_ADDED, "guide-edited:0;" },
	{ "docs/rules.md", "+a", 0, "guide-edited:0;" },
	{ "docs/other.md", "+a", 0, "" },
	{ "MY-CLAUDE.md", "+a", 0, "" },
	/* attributes */
	{ ".gitattributes", "+*.rs -diff", 0, "diff-hidden:1;" },
	{ ".gitattributes", "+a\n+* binary", 0, "diff-hidden:2;" },
	{ "x/.gitattributes", "+src/**\tlinguist-generated=true", 0,
	  "diff-hidden:1;" },
	{ ".gitattributes", "+*.png binary\n+*.rs text eol=lf", 0, "" },
	{ ".gitattributes", "+# *.rs -diff", 0, "" },
	{ ".gitattributes", " *.rs -diff\n+a b", 0, "" },
	{ "a.txt", "+*.rs -diff", 0, "" },
};

static struct arena arena;

static void add_hunk(struct file_change *f, const char *text)
{
	struct hunk *h = vec_push(&f->hunks, &arena);
	struct span rest = span_of(text), line;
	uint32_t new = 1;

	h->new_start = 1;
	while (text_line(&rest, &line)) {
		struct diff_line *l = vec_push(&h->lines, &arena);

		l->origin = line.ptr[0];
		l->text = span_from(line, 1);
		l->new_no = l->origin == '-' ? 0 : new ++;
	}
	h->new_lines = new - 1;
}

static void add_file(struct task_input *in, const char *path,
		     enum file_status status, const char *hunk)
{
	struct file_change *f = vec_push(&in->change.files, &arena);

	*vec_push(&in->covers, &arena) = (struct cover){ 0 };
	f->path = span_of(path);
	f->status = status;
	add_hunk(f, hunk);
}

static void look(struct task_input *in)
{
	masked_find(&in->masked, &arena, in);
	notices_add(in, &arena, false);
}

static const char *said(const struct task_input *in)
{
	struct buf b = { 0 };
	const char *text;

	vec_each (struct rule_group, g, &in->code.rules.groups) {
		buf_addf(&b, "%s:", g->rule->id);
		vec_each (struct rule_place, p, &g->places)
			buf_addf(&b, "%s%u", p > g->places.ptr ? "," : "",
				 p->line);
		buf_addc(&b, ';');
		ck_assert_uint_ge(g->total, g->places.len);
	}
	text = arena_cstr(&arena, buf_span(&b));
	buf_release(&b);
	return text;
}

START_TEST(a_change_is_looked_through_for_what_hides_and_steers)
{
	struct task_input in = { 0 };

	*vec_push(&in.guides.guides, &arena) = (struct guide){
		.path = SPAN("docs/rules.md"),
		.text = SPAN("No " WOMAN ZWJ LAPTOP ".\n"),
	};
	add_file(&in, "z.rs", FILE_MODIFIED, "+z");
	add_file(&in, rows[_i].path, rows[_i].status, rows[_i].hunk);
	look(&in);
	ck_assert_str_eq(said(&in), rows[_i].want);
}
END_TEST

/* Unicode 14, general category Cf; fillers; variation selectors. */
static const struct {
	uint32_t first, last;
} unseen[] = {
	{ 0xAD, 0xAD },	      { 0x600, 0x605 },	    { 0x61C, 0x61C },
	{ 0x6DD, 0x6DD },     { 0x70F, 0x70F },	    { 0x890, 0x891 },
	{ 0x8E2, 0x8E2 },     { 0x180E, 0x180E },   { 0x200B, 0x200F },
	{ 0x202A, 0x202E },   { 0x2060, 0x2064 },   { 0x2066, 0x206F },
	{ 0xFEFF, 0xFEFF },   { 0xFFF9, 0xFFFB },   { 0x110BD, 0x110BD },
	{ 0x110CD, 0x110CD }, { 0x13430, 0x13438 }, { 0x1BCA0, 0x1BCA3 },
	{ 0x1D173, 0x1D17A }, { 0xE0001, 0xE0001 }, { 0xE0020, 0xE007F },
	{ 0x115F, 0x1160 },   { 0x3164, 0x3164 },   { 0xFFA0, 0xFFA0 },
	{ 0xFE00, 0xFE0F },   { 0xE0100, 0xE01EF },
};

START_TEST(each_character_of_these_is_found_and_shown)
{
	struct buf line = { 0 }, shown = { 0 };
	uint32_t cp;

	for (cp = unseen[_i].first; cp <= unseen[_i].last; cp++) {
		struct task_input in = { 0 };
		const struct rule_place *p;

		buf_reset(&line);
		buf_reset(&shown);
		buf_adds(&line, "+a");
		text_add_utf8(&line, cp);
		buf_adds(&line, "b");
		buf_addf(&shown, "a\\u{%x}b", (unsigned)cp);
		add_file(&in, "a.rs", FILE_MODIFIED,
			 arena_cstr(&arena, buf_span(&line)));
		look(&in);
		ck_assert_uint_eq(in.code.rules.groups.len, 1);
		p = &in.code.rules.groups.ptr[0].places.ptr[0];
		ck_assert(span_eq(p->quote, buf_span(&shown)));
		ck_assert(span_find(p->fact,
				    span_of(arena_printf(&arena, "U+%04X",
							 (unsigned)cp))) >= 0);
	}
	buf_release(&line);
	buf_release(&shown);
}
END_TEST

START_TEST(a_value_is_told_once_whatever_files_it_stands_in)
{
	struct task_input in = { 0 };
	const struct rule_group *g;

	add_file(&in, "a.yml", FILE_ADDED, "+a\n+password: " CHOSEN);
	add_file(&in, "b.yml", FILE_ADDED,
		 "+password: " CHOSEN "\n+t: " TOKEN "\n+password: " CHOSEN);
	add_file(&in, "c.yml", FILE_ADDED, "+password: " CHOSEN);
	look(&in);
	ck_assert_str_eq(said(&in),
			 "secret-in-the-clear:2;secret-in-the-clear:2;");
	g = &in.code.rules.groups.ptr[0];
	ck_assert(span_ends(g->places.ptr[0].fact, "here and in 2 more files"));
	ck_assert(span_ends(g[1].places.ptr[0].fact, "in the clear"));
}
END_TEST

START_TEST(a_guide_is_looked_through_line_by_line)
{
	struct task_input in = { 0 };
	const struct rule_group *g;

	*vec_push(&in.guides.guides, &arena) = (struct guide){
		.path = SPAN("CLAUDE.md"),
		.text = SPAN("one\nobey" ZWSP "\n\n" RLO "\n"),
	};
	look(&in);
	ck_assert_str_eq(said(&in), "invisible-text:0,0;");
	g = &in.code.rules.groups.ptr[0];
	ck_assert(span_eqs(g->path, "CLAUDE.md"));
	ck_assert(span_eqs(g->places.ptr[0].quote, "obey\\u{200b}"));
}
END_TEST

START_TEST(of_existing_code_only_lines_and_paths_count)
{
	struct task_input in = { .range.all = true };

	add_file(&in, "CLAUDE.md", FILE_ADDED, "+a" ZWSP);
	add_file(&in, "a" ZWSP ".rs", FILE_ADDED, "+" CHOSEN);
	look(&in);
	ck_assert_str_eq(said(&in), "invisible-text:1;invisible-text:0;");
}
END_TEST

START_TEST(what_is_not_shown_is_not_quoted)
{
	struct task_input in = { 0 };

	add_file(&in, ".env", FILE_ADDED, "+TOKEN=" TOKEN ZWSP);
	in.covers.ptr[0].state = COVER_SKIPPED;
	look(&in);
	ck_assert_str_eq(said(&in), "");
}
END_TEST

START_TEST(a_long_line_is_quoted_around_the_place_and_no_secret_is_cut)
{
	struct task_input in = { 0 };
	struct buf line = { 0 };
	struct span quote;

	buf_adds(&line, "+let t = \"" TOKEN "\";");
	for (int i = 0; i < 30; i++)
		buf_adds(&line, " \xc3\xa9");
	buf_adds(&line, ZWSP);
	for (int i = 0; i < 1000; i++)
		buf_adds(&line, "x");
	add_file(&in, "a.rs", FILE_MODIFIED,
		 arena_cstr(&arena, buf_span(&line)));
	look(&in);
	ck_assert_str_eq(said(&in), "invisible-text:1;secret-in-the-clear:1;");
	vec_each (struct rule_group, g, &in.code.rules.groups) {
		quote = g->places.ptr[0].quote;
		ck_assert_uint_le(quote.len, 240);
		ck_assert_int_lt(span_find(quote, SPAN("Zk3v")), 0);
		ck_assert_int_lt(span_find(quote, SPAN("uEi6o")), 0);
	}
	quote = in.code.rules.groups.ptr[0].places.ptr[0].quote;
	ck_assert_int_ge(span_find(quote, SPAN("\\u{200b}xxx")), 0);
	ck_assert(text_utf8_valid(quote));
	buf_release(&line);
}
END_TEST

START_TEST(many_places_are_counted_and_three_are_shown)
{
	struct task_input in = { 0 };
	struct buf b = { 0 };

	for (int i = 0; i < 50; i++)
		buf_adds(&b, "+a" ZWSP "\n");
	add_file(&in, "a.rs", FILE_MODIFIED, arena_cstr(&arena, buf_span(&b)));
	look(&in);
	ck_assert_str_eq(said(&in), "invisible-text:1,2,3;");
	ck_assert_uint_eq(in.code.rules.groups.ptr[0].total, 50);
	buf_release(&b);
}
END_TEST

START_TEST(of_many_files_a_few_are_named_and_the_rest_is_counted)
{
	struct task_input in = { 0 };
	const struct rule_group *last;

	for (int i = 0; i < 9; i++)
		add_file(&in, arena_printf(&arena, "%d/CLAUDE.md", i),
			 FILE_MODIFIED, i ? "+a" : "+a" ZWSP);
	look(&in);
	ck_assert_str_eq(said(&in),
			 "invisible-text:1;guide-edited:0;guide-edited:0;"
			 "guide-edited:0;");
	last = &in.code.rules.groups.ptr[3];
	ck_assert_uint_eq(last->more, 6);
	ck_assert_uint_eq(last->more_files, 6);
}
END_TEST

START_TEST(every_notice_is_whole_and_its_id_is_its_own)
{
	const struct rule *r = &notice_table[_i];

	ck_assert_ptr_eq(notice_find(span_of(r->id)), r);
	ck_assert_ptr_null(rule_find(span_of(r->id)));
	ck_assert(r->about && r->why && r->bad && r->good && r->remedy);
	ck_assert(r->always && r->tier == TIER_A && r->few);
	ck_assert(!r->run && !r->run_change);
}
END_TEST

static void teardown(void)
{
	arena_release(&arena);
}

Suite *notices_suite(void)
{
	Suite *s = suite_create("notices");
	TCase *tc = tcase_create("notices");

	tcase_add_checked_fixture(tc, NULL, teardown);
	add_rows(tc, a_change_is_looked_through_for_what_hides_and_steers,
		 rows);
	add_rows(tc, each_character_of_these_is_found_and_shown, unseen);
	tcase_add_test(tc, a_value_is_told_once_whatever_files_it_stands_in);
	tcase_add_test(tc, a_guide_is_looked_through_line_by_line);
	tcase_add_test(tc, of_existing_code_only_lines_and_paths_count);
	tcase_add_test(tc, what_is_not_shown_is_not_quoted);
	tcase_add_test(
		tc,
		a_long_line_is_quoted_around_the_place_and_no_secret_is_cut);
	tcase_add_test(tc, many_places_are_counted_and_three_are_shown);
	tcase_add_test(tc,
		       of_many_files_a_few_are_named_and_the_rest_is_counted);
	tcase_add_loop_test(tc, every_notice_is_whole_and_its_id_is_its_own, 0,
			    (int)notice_count);
	suite_add_tcase(s, tc);
	return s;
}
