#include "rust/toml.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

static void show(struct buf *b, const struct toml *v)
{
	toml_each (c, v) {
		buf_addf(b, "%.*s%c", SPAN_ARG(c->key), "TASNBD"[c->type]);
		if (c->type == TOML_TABLE || c->type == TOML_ARRAY) {
			buf_addc(b, '(');
			show(b, c);
			buf_addc(b, ')');
		} else {
			text_visible_line(b, c->text);
		}
		buf_addc(b, c->next ? ' ' : '\0');
		b->len -= !c->next;
	}
}

/* Each value as key, type letter, text; then the first complaint. */
static const char *shown(struct arena *a, struct span src)
{
	struct toml_file f;
	struct buf b = { 0 };
	const char *text;

	parse_toml(&f, a, src);
	show(&b, f.root);
	buf_addc(&b, '\0');
	b.len--;
	if (f.bad)
		buf_addf(&b, " !%u: %s", f.bad_line, f.bad);
	text = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return text;
}

static const struct {
	const char *in, *out;
} files[] = {
	{ "", "" },
	{ "# only\n\n", "" },
	{ "a = 1", "aN1" },
	{ "\xef\xbb\xbf"
	  "a = 1\r\n",
	  "aN1" },
	{ "a.b.c = 1\na.b.d = 2", "aT(bT(cN1 dN2))" },
	{ "\"x y\" = 1\n'a.b' . c = 2", "x yN1 a.bT(cN2)" },
	{ "\"\" = 1", "N1" },
	{ "\"\\u0061\" = 1\na = 2", "aN1 !2: a key given twice" },
	{ "[a]\nx = 1\n[a.b]\ny = 2\n[c]", "aT(xN1 bT(yN2)) cT()" },
	{ "[a.b]\n[a]\nx = 1", "aT(bT() xN1)" },
	{ "[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nr = 3",
	  "pA(T(nN1) T(nN2 qT(rN3)))" },
	{ "[[p.q]]\n[[p.q]]", "pT(qA(T() T()))" },
	{ "a = { x = 1, y.z = [ 2, 'b' ] }", "aT(xN1 yT(zA(N2 Sb)))" },
	{ "a = {\n x = 1, # one\n}\n", "aT(xN1)" },
	{ "a = [\n 1, # one\n\n 2,\n]\nb = 3", "aA(N1 N2) bN3" },
	{ "a = [[], [[1]], {}]", "aA(A() A(A(N1)) T())" },
	{ "a = \"\"\nb = ''\nc = \"\"\"\"\"\"", "aS bS cS" },
	{ "a = \"\\t\\n\\\"\\\\\\u00e9\\U0001F600\\x41\\e\"",
	  "aS\\t\\n\"\\\xc3\xa9\xf0\x9f\x98\x80"
	  "A\\u{1b}" },
	{ "a = '\\n'", "aS\\n" },
	{ "a = \"\"\"\nx\n  y\"\"\"", "aSx\\n  y" },
	{ "a = \"\"\"x \\\n\n   y\"\"\"", "aSx y" },
	{ "a = \"\"\"\"q\"\" \"\"\"\"\"", "aS\"q\"\" \"\"" },
	{ "a = '''it's'''\nb = ''''q''''", "aSit's bS'q'" },
	{ "a = 1_000\nb = 0x_F\n", "aN1_000 !2: no value where one belongs" },
	{ "a = +1.5e-3\nb = -inf\nc = 0xdead_BEEF\nd = 0o17\ne = 0b1",
	  "aN+1.5e-3 bN-inf cN0xdead_BEEF dN0o17 eN0b1" },
	{ "a = true\nb = false", "aBtrue bBfalse" },
	{ "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.5\nc = 07:32:00",
	  "aD1979-05-27T07:32:00Z bD1979-05-27 07:32:00.5 cD07:32:00" },
	{ "a = 1979-05-27 # day", "aD1979-05-27" },
	{ "true = 1\n1979-05-27 = 2", "trueN1 1979-05-27N2" },
};

START_TEST(a_file_says_what_toml_1_0_says)
{
	struct arena a = { 0 };

	ck_assert_str_eq(shown(&a, span_of(files[_i].in)), files[_i].out);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *in, *out;
} damaged[] = {
	{ "a = 1\nb", "aN1 !2: no = behind a key" },
	{ "a = 1\nb =", "aN1 !2: no value where one belongs" },
	{ "a = 1\nb = 1.0.0\nc = 2", "aN1 !2: no value where one belongs" },
	{ "a = 1\nb = 01", "aN1 !2: no value where one belongs" },
	{ "a = 1\nb = 1__0", "aN1 !2: no value where one belongs" },
	{ "a = 1 b = 2", " !1: more on the line than one pair or header" },
	{ "a = \"x\nb = 1", " !1: a string without its end" },
	{ "a = \"\"\"x\nb = 1\n", " !1: a string without its end" },
	{ "a = \"\\q\"", " !1: a bad escape" },
	{ "a = \"\\ud800\"", " !1: a bad escape" },
	{ "a = \"\\U00110000\"", " !1: a bad escape" },
	{ "\"\"\"a\nb\"\"\" = 1", " !1: a key over several lines" },
	{ "z = 0\na = [1,\n2\n",
	  "zN0 !2: an array or inline table without its end" },
	{ "z = 0\na = { b = 1, c = [",
	  "zN0 !2: an array or inline table without its end" },
	{ "a = [1 2]", " !1: an array or inline table without its end" },
	{ "a = [1 }", " !1: no value where one belongs" },
	{ "a = [,]", " !1: no value where one belongs" },
	{ "a = { b }", " !1: no = behind a key" },
	{ "a = 1\n<<<<<<< HEAD\nb = 2", "aN1 !2: no key where one belongs" },
	{ "[a", " !1: a header without its end" },
	{ "[[a]\n", " !1: a header without its end" },
	{ "[]\n", " !1: no key where one belongs" },
	{ "a = 1\na = 2\nb = 3", "aN1 bN3 !2: a key given twice" },
	{ "[a]\nx = 1\n[a]\nx = 2\ny = 3",
	  "aT(xN1 yN3) !3: a table given twice" },
	{ "a = 1\n[a]\nb = 2\n[c]\nd = 3",
	  "aN1 cT(dN3) !2: a value is used as a table" },
	{ "a = {}\n[a.b]\nc = 1\n[d]",
	  "aT() dT() !2: a value is used as a table" },
	{ "a = []\n[[a]]\nb = 1",
	  "aA() !2: a value is used as an array of tables" },
	{ "[[a]]\n[a]\nb = 1",
	  "aA(T()) !2: an array of tables is used as a table" },
	{ "a.b = 1\na.b.c = 2", "aT(bN1) !2: a value is used as a table" },
};

START_TEST(damage_is_named_and_what_stands_before_it_kept)
{
	struct arena a = { 0 };

	ck_assert_str_eq(shown(&a, span_of(damaged[_i].in)), damaged[_i].out);
	arena_release(&a);
}
END_TEST

START_TEST(every_value_has_its_line)
{
	struct span src = SPAN("\n[a] # one\r\n\nx = '''\n\n'''\n"
			       "y = [\n 1,\n {\n z = 2 } ]\n\n[[b]]\n");
	struct arena a = { 0 };
	struct toml_file f;
	const struct toml *y;

	parse_toml(&f, &a, src);
	ck_assert(f.whole && !f.bad);
	ck_assert_uint_eq(f.lines, 12);
	ck_assert_uint_eq(find_toml(f.root, "a")->line, 2);
	ck_assert_uint_eq(find_toml(f.root, "a.x")->line, 4);
	y = find_toml(f.root, "a.y");
	ck_assert_uint_eq(y->line, 7);
	ck_assert_uint_eq(y->child->line, 8);
	ck_assert_uint_eq(y->child->next->line, 9);
	ck_assert_uint_eq(find_toml(y->child->next, "z")->line, 10);
	ck_assert_uint_eq(find_toml(f.root, "b")->child->line, 12);
	arena_release(&a);
}
END_TEST

START_TEST(a_key_is_found_among_all_others)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct toml_file f;
	unsigned i;

	/* prefixes of one another, and bytes of all kinds */
	for (i = 0; i < 600; i++)
		buf_addf(&b, "\"%.*s%u\" = %u\n", (int)(i % 40),
			 "\xff\x80zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", i,
			 i);
	buf_adds(&b, "\"\" = 600\n\"\\u0000\" = 601\n");
	parse_toml(&f, &a, buf_span(&b));
	ck_assert(f.whole && !f.bad);
	i = 0;
	toml_each (v, f.root) {
		ck_assert_ptr_eq(find_toml_key(f.root, v->key), v);
		i++;
	}
	ck_assert_uint_eq(i, 602);
	ck_assert_ptr_null(find_toml(f.root, "z"));
	ck_assert_ptr_null(find_toml(f.root->child, "z"));
	ck_assert_ptr_null(find_toml(NULL, "z"));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *before, *unit;
	size_t times;
	const char *words;
} much[] = {
	{ "a = ", "[", 65, "nested too deep" },
	{ "a = ", "[", 4000000, "nested too deep" },
	{ "a = ", "{a=", 1000000, "nested too deep" },
	{ "", "a.", 2000000, "a key of too many parts" },
	{ "a = [", "1,", 2000000, "too many values" },
	{ "", "[x]\n", 1000000, "a table given twice" },
	{ "", "[[x]]\n", 600000, "too many values" },
	{ "", "\"\\u0041", 500000, "no = behind a key" },
	{ "a = \"", "\\u0041", 600000, "a string without its end" },
	{ "", "# ", 2000000, NULL },
	{ "", "'''\n", 900000, "a key over several lines" },
	{ "", "x", 1025, "a key too long" },
	{ "", "x", 1024, "no = behind a key" },
	{ "", "x", 4194304, "a key too long" },
	{ "", "x", 4194305, "more than 4 MB" },
};

/* Nothing here takes long or much; Check's timeout is the judge. */
START_TEST(four_megabytes_of_anything_end)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct toml_file f;
	size_t i;

	buf_adds(&b, much[_i].before);
	for (i = 0; i < much[_i].times; i++)
		buf_adds(&b, much[_i].unit);
	parse_toml(&f, &a, buf_span(&b));
	if (much[_i].words)
		ck_assert_str_eq(f.bad, much[_i].words);
	else
		ck_assert_ptr_null(f.bad);
	ck_assert_uint_le(a.total, 100u << 20);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

static const char sample[] =
	"a = 1\n\"b\" = 'x'\n[c.d]\ne = [ 1, \"\\u0041\", { f = true } ]\n"
	"[[g]]\nh = \"\"\"\n\\\n z\"\"\"\n[[g]]\ni.j = 1979-05-27 07:32:00\n";

/* Is each value of the cut file one of the whole file's? */
static void check_within(const struct toml *cut, const struct toml *whole)
{
	const struct toml *w = whole->child;

	toml_each (c, cut) {
		ck_assert_ptr_nonnull(w);
		ck_assert(span_eq(c->key, w->key));
		ck_assert_uint_eq(c->line, w->line);
		ck_assert_int_eq(c->type == TOML_STRING,
				 w->type == TOML_STRING);
		/* the first two of three quotes are an empty string */
		if (c->type == TOML_STRING && c->text.len)
			ck_assert(span_eq(c->text, w->text));
		check_within(c, w);
		w = w->next;
	}
}

START_TEST(a_cut_file_holds_the_beginning_of_the_whole_one)
{
	struct arena a = { 0 };
	struct toml_file whole, cut;
	size_t n;

	parse_toml(&whole, &a, SPAN(sample));
	ck_assert(whole.whole && !whole.bad);
	for (n = 0; n < sizeof(sample); n++) {
		parse_toml(&cut, &a, span_first(SPAN(sample), n));
		check_within(cut.root, whole.root);
	}
	arena_release(&a);
}
END_TEST

START_TEST(any_one_changed_byte_is_survived)
{
	struct arena a = { 0 };
	char copy[sizeof(sample)];
	struct toml_file f;
	size_t n;
	int c;

	for (n = 0; n + 1 < sizeof(sample); n++)
		for (c = 0; c < 256; c += 1 + (c > 127) * 16) {
			memcpy(copy, sample, sizeof(sample));
			copy[n] = (char)c;
			parse_toml(&f, &a,
				   (struct span){ copy, sizeof(copy) - 1 });
			ck_assert_uint_le(f.bad_line, f.lines);
			arena_reset(&a);
		}
	arena_release(&a);
}
END_TEST

Suite *rust_toml_suite(void);

Suite *rust_toml_suite(void)
{
	Suite *s = suite_create("rust_toml");
	TCase *tc = tcase_create("toml");

	add_rows(tc, a_file_says_what_toml_1_0_says, files);
	add_rows(tc, damage_is_named_and_what_stands_before_it_kept, damaged);
	tcase_add_test(tc, every_value_has_its_line);
	tcase_add_test(tc, a_key_is_found_among_all_others);
	add_rows(tc, four_megabytes_of_anything_end, much);
	tcase_add_test(tc, a_cut_file_holds_the_beginning_of_the_whole_one);
	tcase_add_test(tc, any_one_changed_byte_is_survived);
	suite_add_tcase(s, tc);
	return s;
}
